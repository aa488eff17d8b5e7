"""The start page on welfare crime: routines, forms, contacts and news, in one file that a municipality replaces."""

from datetime import date

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class Entry(Part):
    """Something on the page: what it is called, what it is, and where it leads."""

    id: str
    sv: str
    en: str
    about: str = ""
    page: str = Field("", description="the name of a page in Tillit (web/urls.py) that asks for nothing")
    address: str = Field("", pattern="^(https://.*)?$", description="an address outside Tillit")


class Delegation(Part):
    """A decision by which a body lets another decide, from its day and for as long as it holds."""

    body: str
    says: str
    decided_on: date
    registry_number: str = ""
    valid_to: date | None = None


class Routine(Entry):
    """A decided document: who decided it, by what delegation, under what number, and from when to when it holds."""

    registry_number: str
    decided_on: date
    decided_by: str
    valid_from: date | None = Field(None, description="empty: from the day it was decided")
    valid_to: date
    owner: str
    governs: list[str] = Field(default=[], description="processes that are done as it says")
    delegated: list[Delegation] = Field(default=[], description="from the council down to the one who decided")

    def holds(self, day: date) -> bool:
        """Whether what it says is mandatory on a day."""
        return (self.valid_from or self.decided_on) <= day <= self.valid_to

    @model_validator(mode="after")
    def _delegation_held(self) -> "Routine":
        days = [*(one.decided_on for one in self.delegated), self.decided_on]
        for one, after in zip(self.delegated, days[1:], strict=True):
            if not one.decided_on <= after <= (one.valid_to or after):
                raise ValueError(f"{self.id}: the delegation of {one.body} did not hold on {after}")
        return self


class Contact(Entry):
    """Whom to ask: a function, never a person."""

    mailbox: str = Field(pattern="^[^@ ]+@[^@ ]+$")
    phone: str = ""


class News(Part):
    """Something new, and from what day it is told."""

    day: date
    sv: str
    en: str
    about: str = ""


class Routines(Part):
    """The file content/plans/routines.yaml."""

    routines: list[Routine] = []
    forms: list[Entry] = []
    contacts: list[Contact] = []
    news: list[News] = []

    @model_validator(mode="after")
    def _ids_are_apart(self) -> "Routines":
        ids = [one.id for part in (self.routines, self.forms, self.contacts) for one in part]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"two entries have the id {', '.join(twice)}")
        return self
