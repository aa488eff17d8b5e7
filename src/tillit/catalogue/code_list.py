"""A list of codes as content: each with its words, its law, and the days between which it may be chosen."""

from datetime import date

from pydantic import Field

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part


class Code(Part):
    """One code. What was chosen once keeps its word for ever, also when it may no longer be chosen."""

    sv: str
    en: str
    about: str = ""
    goes_with: list[str] = Field(default=[], description="what it belongs to, as the recipient of a report; none: all")
    law: list[Law] = []
    valid_from: date | None = None
    valid_to: date | None = None
    remark: str = Field("", description="what its reader should know: that a law was cited wrongly, and so on")

    def held_on(self, day: date) -> bool:
        """Whether it could be chosen for something of that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class CodeList(Part):
    """A file of content/codes: fields of processes take their choices from it, by `codes:`."""

    id: str
    title: str
    about: str = ""
    codes: dict[str, Code] = Field(min_length=1)
