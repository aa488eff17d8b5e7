"""A canonical table: what each delivered row becomes, column by column."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from tillit.catalogue.yaml_file import Part


class Kind(StrEnum):
    """What a column holds; each kind has one form in the store and one way of being read."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"  # four decimals; quantities and shares, never money
    MINUTES = "minutes"  # whole minutes
    ORE = "ore"  # whole öre (or whole hundredths of another currency)
    DATE = "date"  # a local calendar day
    TIMESTAMP = "timestamp"  # an instant, UTC, whole minutes
    BOOLEAN = "boolean"
    PERSON = "person"  # a person, held as a keyed pseudonym (a whole number)
    ORGANISATION = "organisation"  # ten digits; a sole trader's as a keyed pseudonym in text
    ACCOUNT = "account"  # BG:/PG: in clear; any other bank account as a keyed pseudonym in text


STORED: dict[Kind, str] = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DECIMAL(18,4)",
    Kind.MINUTES: "BIGINT",
    Kind.ORE: "BIGINT",
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.PERSON: "BIGINT",
    Kind.ORGANISATION: "VARCHAR",
    Kind.ACCOUNT: "VARCHAR",
}
"""The SQL type of each kind, in the store and in every control."""

Personal = Literal["none", "about", "person"]
"""none: concerns no person. about: a fact about a person. person: the person, as a pseudonym."""

Example = str | int | float | bool | date | None


class Column(Part):
    """One column: its kind, its heading in Swedish, and what it tells about persons."""

    type: Kind
    sv: str = Field(description="the heading in templates and reports")
    also: list[str] = Field(default=[], description="what exports call it too: by these a file is proposed a source")
    about: str = ""
    personal: Personal = "none"
    one_of: dict[str, str] = Field(default={}, description="the values allowed -> what they mean, in Swedish")
    free_text: bool = Field(False, description="people write what they like in it: never copied into a finding")
    optional: bool = False
    example: Example = None
    entered_as: Literal["day", "start", "end"] | None = Field(
        None, description="part of an interval: entered as a local day and clock times, stored as UTC"
    )
    entered_in: Literal["hours", "clock", "month"] | None = Field(
        None, description="minutes that people enter as hours or as a time of day; a first day entered as its month"
    )
    local_to: str = Field("", description="the column of whom a number is the own, where it is no identity number")
    default: Example = Field(None, description="what an empty or missing value means, where that is certain")
    derived: str = Field(
        "",
        description="made when the row is read, never entered: 'interval', 'normalised: column', 'masked: column'",
    )

    @model_validator(mode="after")
    def _persons_are_personal(self) -> "Column":
        if self.type is Kind.PERSON and self.personal != "person":
            raise ValueError("a column of type person has 'personal: person'")
        return self


class Table(Part):
    """A canonical table. Every row also has row_id and line, which lead back to the delivery."""

    table: str
    title: str
    about: str
    key: list[str] = Field(description="what makes a row the same in two deliveries; may be empty")
    columns: dict[str, Column]

    @model_validator(mode="after")
    def _key_is_columns(self) -> "Table":
        for name in self.key:
            if name not in self.columns:
                raise ValueError(f"key names '{name}', which is not a column")
        for name in self.columns:
            if name in PROVENANCE:
                raise ValueError(f"'{name}' is given by Tillit to every row: take it away here")
        return self

    @property
    def is_interval(self) -> bool:
        """Whether rows are stretches of time, entered as day, start and end."""
        return any(column.entered_as for column in self.columns.values())


PROVENANCE: dict[str, str] = {"row_id": "BIGINT", "line": "BIGINT"}
"""The columns of every stored table that lead back to the delivered line."""
