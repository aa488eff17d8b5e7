"""A source: how a file of one kind is recognised, and how its columns become canonical rows."""

import re
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.table import Table
from tillit.catalogue.yaml_file import Part

Conversion = Literal[
    "text", "integer", "decimal", "minutes", "hours", "clock", "money", "date", "month", "timestamp",
    "boolean", "person", "organisation", "account",
]  # fmt: skip


class From(Part):
    """Where a canonical column's value comes from: a heading (or several spellings of it), or a constant.

    Headings are compared folded: case, å/ä/ö, blanks and punctuation do not matter.
    """

    from_: list[str] = Field(default=[], alias="from")
    value: str | int | bool | None = None
    read_as: Conversion | None = Field(None, alias="as", description="when it is not read as the column's kind")
    formats: list[str] = Field(default=[], description="forms of a date, as in %d/%m/%Y; ISO is always known")
    lookup: str | None = None
    empty: list[str] = Field(default=[], description="what stands for nothing here, besides the empty cell")
    optional: bool = Field(False, description="the heading may be missing")
    like: str = Field("", description="what a value looks like, where two sources have the same headings: a pattern")
    part: str = Field("", description="the part of a text that is meant: a pattern with one group")
    by_filled: dict[str, str] = Field(
        default={}, description="heading -> value: the value is that of the one heading that is filled on the line"
    )

    @field_validator("like", "part")
    @classmethod
    def _is_pattern(cls, given: str, info: ValidationInfo) -> str:
        try:
            groups = re.compile(given).groups
        except re.error as fault:
            raise ValueError(f"'{given}' is no pattern: {fault}") from fault
        if given and info.field_name == "part" and groups != 1:
            raise ValueError(f"'{given}' needs one group, around the part that is meant")
        return given

    @field_validator("from_", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        return [given] if isinstance(given, str) else given


class Interval(Part):
    """Headings of a stretch of time: local clock times on a day, or two timestamps."""

    day: list[str] = []
    month: list[str] = Field(default=[], description="the month, where the day is only a number in it")
    start: list[str]
    end: list[str]
    end_day: list[str] = []
    formats: list[str] = Field(default=[], description="forms of the day; ISO is always known")
    zone: Literal["local", "utc"] = "local"

    @field_validator("day", "month", "start", "end", "end_day", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        return [given] if isinstance(given, str) else given


class Recognised(Part):
    """By what a file that is not a table of columns is known."""

    root: list[str] = Field(default=[], description="names of an XML root element, {namespace}Name or *")
    line: str = Field("", description="a regular expression that one of the first 40 lines fits")
    json_has: list[str] = Field(default=[], description="keys of the object, or of the first of a list of them")


class Expects(Part):
    """What a whole delivery must be like to be accepted."""

    min_rows: int = 1
    max_refused_share: float = Field(1.0, description="above this share of refused lines it is not taken")


class Source(Part):
    """A source. Tables of columns (CSV, XLSX, XLS, ODS, rows of JSON) are declared; the rest have a reader.py."""

    id: str
    title: str
    about: str = ""
    law: list[Law] = []
    format: Literal["table", "reader"]
    writes: list[str]
    columns: dict[str, From] = {}
    interval: Interval | None = None
    ignores: dict[str, str] = Field(default={}, description="heading -> why it is never stored")
    sets_aside: dict[str, dict[str, str]] = Field(
        default={}, description="heading -> value -> why a line with that value is refused"
    )
    extra_cells: str = Field(
        "", description="why cells beyond the last heading may be left unread; else such a line is refused"
    )
    lookups: dict[str, dict[str, str]] = {}
    decimal: Literal[",", "."] | None = Field(None, description="the decimal sign, where the file has but one")
    recognised_by: Recognised | None = None
    expects: Expects = Expects()
    made_from_table: bool = Field(False, description="the template of a canonical table")

    @model_validator(mode="after")
    def _is_whole(self) -> "Source":
        if self.format == "table":
            if len(self.writes) != 1:
                raise ValueError("a table of columns writes one canonical table")
            if not self.columns:
                raise ValueError("'columns' is missing: say where each canonical column comes from")
        elif self.recognised_by is None:
            raise ValueError("'recognised_by' is missing: say by what the file is known")
        for column, given in self.columns.items():
            if given.lookup and given.lookup not in self.lookups:
                raise ValueError(f"columns.{column}: lookup '{given.lookup}' is not among lookups")
            if not given.from_ and given.value is None and not given.by_filled:
                raise ValueError(f"columns.{column}: say 'from', 'value' or 'by_filled'")
        return self

    def headings(self) -> list[str]:
        """Every heading that the source knows, mapped or ignored."""
        known = [heading for given in self.columns.values() for heading in (*given.from_, *given.by_filled)]
        if self.interval:
            part = self.interval
            known += [*part.day, *part.month, *part.start, *part.end, *part.end_day]
        return [*known, *self.sets_aside, *self.ignores]


def template_source(table: Table) -> Source:
    """The source that reads a table's own template: its Swedish headings, and the codes or their Swedish names."""
    columns: dict[str, From] = {}
    lookups: dict[str, dict[str, str]] = {}
    entered: dict[str, str] = {}
    for name, column in table.columns.items():
        if column.entered_as:
            entered[column.entered_as] = column.sv
        elif not column.derived:
            if column.one_of:
                lookups[name] = {**{code: code for code in column.one_of}, **_by_label(column.one_of)}
            columns[name] = From.model_validate(
                {
                    "from": [column.sv, name] if column.sv != name else [name],
                    "lookup": name if column.one_of else None,
                    "as": column.entered_in,
                    "optional": column.optional,
                }
            )
    interval = None
    if entered:
        interval = Interval(day=[entered["day"]], start=[entered["start"]], end=[entered["end"]])
    return Source.model_validate(
        {
            "id": f"template_{table.table}",
            "title": f"Mall: {table.title}",
            "format": "table",
            "writes": [table.table],
            "columns": columns,
            "interval": interval,
            "lookups": lookups,
            "made_from_table": True,
        }
    )


def _by_label(one_of: dict[str, str]) -> dict[str, str]:
    return {label: code for code, label in one_of.items()}
