"""How an installation begins: its board, and the few people from whom every other role comes."""

from typing import Literal

from pydantic import Field, RootModel, model_validator

from tillit.catalogue.yaml_file import Part

GIVES, ORDERS, SYSTEM = "R27", "R24", "R28"


class FirstBoard(Part):
    """The board, or the directorate, that an installation begins with; more are opened in the browser."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9]{1,19}$")
    name: str
    kind: Literal["board", "district", "association"] = "board"


class FirstPerson(Part):
    """One of those who are there from the first day, and the roles that the person holds."""

    sv: str
    en: str
    roles: list[str] = Field(min_length=1)


class Beginning(Part):
    """One way to begin."""

    sv: str
    en: str
    about: str
    board: FirstBoard
    people: dict[str, FirstPerson]

    @model_validator(mode="after")
    def _nobody_rules_alone(self) -> "Beginning":
        for one in self.people.values():
            both = {GIVES, SYSTEM} & set(one.roles)
            if both and set(one.roles) - {GIVES, SYSTEM, "R19"}:
                raise ValueError(f"'{one.sv}' gives roles and reads matters: nobody does both")
        held = [role for one in self.people.values() for role in one.roles]
        for role in (GIVES, ORDERS, SYSTEM):
            if role not in held:
                raise ValueError(f"nobody holds {role}: no role could be given after the first day")
        return self


class Beginnings(RootModel[dict[str, Beginning]]):
    """The file content/plans/beginnings.yaml: name -> way to begin."""
