"""A field: one canonical column, where in the file it comes from, and how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillit.catalogue import Column, From, Interval, Kind, Table
from tillit.catalogue.source import Conversion
from tillit.readers.headings import Fit, folded

_READ_AS: dict[Kind, Conversion] = {
    Kind.TEXT: "text",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.MINUTES: "minutes",
    Kind.ORE: "money",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "timestamp",
    Kind.BOOLEAN: "boolean",
    Kind.PERSON: "person",
    Kind.ORGANISATION: "organisation",
    Kind.ACCOUNT: "account",
}


@dataclass(frozen=True)
class Field:
    """One canonical column as this file has it.

    `cells` are the places of what it is read from: one as a rule, several for what more than one cell
    tells together, none for a constant. `known` is what its codes mean, by their folded spelling. `part`
    is the pattern of what is meant of a text. `owner` is the field of whom a person's number is the own,
    where it is no identity number.
    """

    column: str
    kind: Conversion
    cells: tuple[int, ...] = ()
    headings: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    part: str = ""
    known: dict[str, str] | None = None
    codes: tuple[str, ...] = ()
    value: str | int | bool | None = None
    required: bool = False
    personal: bool = False
    by_filled: tuple[str, ...] = ()
    owner: "Field | None" = None

    @property
    def heading(self) -> str:
        """What the field is called to those who see the file."""
        return " + ".join(self.headings) or self.column


def fields_of(fit: Fit, headings: Sequence[str], table: Table) -> list[Field]:
    """The fields of every column that is entered in a cell, in the order of the table."""
    fields: dict[str, Field] = {}
    # Who owns local numbers is told before whose they are.
    for name in sorted(table.columns, key=lambda each: bool(table.columns[each].local_to)):
        column = table.columns[name]
        if not column.entered_as and not column.derived:
            fields[name] = _field(name, column, fit, headings, fields.get(column.local_to))
    return [fields[name] for name in table.columns if name in fields]


def _field(name: str, column: Column, fit: Fit, headings: Sequence[str], owner: Field | None) -> Field:
    given = fit.source.columns.get(name, From())
    by_filled = {heading: value for heading, value in given.by_filled.items() if folded(heading) in fit.places}
    if by_filled:
        cells = tuple(fit.places[folded(heading)] for heading in by_filled)
    else:
        place = fit.place(given.from_)
        cells = () if place is None else (place,)
    default = given.value if given.value is not None else column.default
    lookup = fit.source.lookups.get(given.lookup) if given.lookup else None
    if lookup is None and column.one_of:
        lookup = {**{code: code for code in column.one_of}, **{label: code for code, label in column.one_of.items()}}
    return Field(
        column=name,
        kind=given.read_as or column.entered_in or _READ_AS[column.type],
        cells=cells,
        headings=tuple(headings[cell] for cell in cells),
        formats=tuple(given.formats),
        empty=tuple(given.empty),
        part=given.part,
        known={spelled(text): value for text, value in lookup.items()} if lookup else None,
        codes=tuple(lookup or ()),
        value=default if isinstance(default, str | int | bool) else None,
        required=not column.optional,
        personal=column.personal != "none",
        by_filled=tuple(by_filled.values()),
        owner=owner,
    )


def spelled(text: str) -> str:
    """A code as it is looked up: case and blanks around it do not matter.

    >>> spelled(" Aktiv  tid ")
    'aktiv tid'
    """
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class Stretch:
    """Where the two ends of a stretch of time stand in the file; `day` has the month first where it is apart."""

    interval: Interval
    day: tuple[int, ...]
    start: int
    end: int
    end_day: int | None
    headings: tuple[str, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell that it is read from."""
        return (*self.day, self.start, self.end, *(() if self.end_day is None else (self.end_day,)))


def stretch_of(fit: Fit, headings: Sequence[str]) -> Stretch | None:
    """The stretch of time that the file has, if it has one."""
    interval = fit.source.interval
    start, end = (fit.place(interval.start), fit.place(interval.end)) if interval else (None, None)
    if interval is None or start is None or end is None:
        return None
    parts = [fit.place(interval.month), fit.place(interval.day)]
    day = tuple(part for part in parts if part is not None)
    return Stretch(interval, day, start, end, fit.place(interval.end_day), tuple(headings))
