"""A way to read a file that no source knows: its headings held against every name that the content knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tillit.catalogue import Catalogue, Kind, Source, Table
from tillit.catalogue.source import Conversion
from tillit.readers.headings import folded
from tillit.readers.proposal_values import decimal_sign, forms_of_days, looks_like_data, read_as
from tillit.readers.recognise import previews, recognise
from tillit.readers.record import Preview
from tillit.readers.unreadable import Unreadable
from tillit.units import Sign

_ALIKE = 0.84
_FEWEST = 2

Names = dict[str, str]
"""Folded heading -> the column that it stands for."""


class NoHeadings(Unreadable):
    """No line of the file looks like a row of headings."""


@dataclass(frozen=True)
class Guess:
    """A heading, the column it is taken for, and how it is read; `likeness` is 1 for a name that is known."""

    heading: str
    column: str
    likeness: float
    read_as: Conversion | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """How a file could be read. No value of the file is in it, only its headings.

    `interval` has the headings of day, start and end where the table is one of stretches of time.
    `lacking` are the columns that no row can do without and no heading was found for.
    """

    table: Table
    delimiter: str
    sheet: str
    header_line: int
    guesses: tuple[Guess, ...]
    interval: dict[str, Guess]
    unmapped: tuple[str, ...]
    lacking: tuple[str, ...]
    decimal: Sign | None

    def __str__(self) -> str:
        """What is proposed, for one who will look it over."""
        return "\n".join(_told(self))


def propose(path: Path, catalogue: Catalogue) -> Proposal:
    """How a file could be read by a source that is still to be written.

    Raises: NoHeadings; EmptyFile, WrongKind and others, all Unreadable.
    """
    best: tuple[float, Proposal] | None = None
    known = {name: _names(table, catalogue) for name, table in catalogue.tables.items()}
    for preview in previews(path, recognise(path, catalogue)):
        for place, record in enumerate(preview.records):
            headings = [cell.strip("\ufeff \t") for cell in record.cells]
            if sum(bool(folded(heading)) for heading in headings) < _FEWEST or any(map(looks_like_data, headings)):
                continue
            for name, names in known.items():
                found = _matched(headings, names)
                worth = _worth(found, catalogue.tables[name], headings)
                if found and (best is None or worth > best[0]):
                    best = worth, _proposal(preview, place, headings, found, catalogue.tables[name])
    if best is None:
        raise NoHeadings(
            "no line of the file looks like headings that Tillit could know",
            fix="give the columns headings, or see the template of the table: tillit template TABLE",
        )
    return best[1]


def _names(table: Table, catalogue: Catalogue) -> Names:
    """Every name by which a column of the table is known, its own first."""
    names: Names = {}
    for column, given in table.columns.items():
        if not given.derived:
            for heading in (given.sv, column, *given.also):
                names.setdefault(folded(heading), column)
    for source in catalogue.sources.values():
        if source.format == "table" and table.table in source.writes:
            for heading, column in _names_of_source(source, table):
                names.setdefault(folded(heading), column)
    return names


def _names_of_source(source: Source, table: Table) -> Iterator[tuple[str, str]]:
    for column, given in source.columns.items():
        yield from ((heading, column) for heading in given.from_)
    if source.interval:
        entered = {column.entered_as: name for name, column in table.columns.items()}
        yield from ((heading, entered["day"]) for heading in source.interval.day)
        yield from ((heading, entered["start"]) for heading in source.interval.start)
        yield from ((heading, entered["end"]) for heading in source.interval.end)


def _matched(headings: Sequence[str], names: Names) -> dict[int, tuple[str, float]]:
    """Place of a heading -> the column that it is likest, each column once; known names go before likeness."""
    found: list[tuple[float, int, str]] = []
    for place, heading in enumerate(headings):
        name = folded(heading)
        if name in names:
            found.append((1.0, place, names[name]))
        elif len(name) > 3:
            found += [(ratio, place, column) for ratio, column in _alike(name, names)]
    matched: dict[int, tuple[str, float]] = {}
    for ratio, place, column in sorted(found, key=lambda each: (-each[0], each[1])):
        if place not in matched and column not in {taken for taken, _ in matched.values()}:
            matched[place] = column, round(ratio, 2)
    return matched


def _alike(name: str, names: Names) -> Iterator[tuple[float, str]]:
    for other, column in names.items():
        matcher = SequenceMatcher(None, name, other)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            yield matcher.ratio(), column


def _worth(found: dict[int, tuple[str, float]], table: Table, headings: Sequence[str]) -> float:
    """How good a table is: how much of what it needs is there, and how much of the file it takes."""
    columns = {column for column, _ in found.values()}
    needed = [name for name, column in table.columns.items() if not column.optional and not column.derived]
    needed_share = sum(name in columns for name in needed) / len(needed)
    likeness = sum(ratio for _, ratio in found.values()) / max(sum(bool(folded(one)) for one in headings), 1)
    return needed_share + likeness


def _proposal(
    preview: Preview, place: int, headings: Sequence[str], found: dict[int, tuple[str, float]], table: Table
) -> Proposal:
    lines = [record.cells for record in preview.records[place + 1 :]]
    values = {at: [line[at].strip() for line in lines if at < len(line) and line[at].strip()] for at in found}
    guesses: list[Guess] = []
    interval: dict[str, Guess] = {}
    for at, (name, likeness) in sorted(found.items()):
        column = table.columns[name]
        guess = Guess(headings[at], name, likeness, read_as(column, values[at]), forms_of_days(column.type, values[at]))
        if column.entered_as:
            interval[column.entered_as] = guess
        else:
            guesses.append(guess)
    money = [value for at, (name, _) in found.items() if table.columns[name].type is Kind.ORE for value in values[at]]
    taken = {name for name, _ in found.values()}
    return Proposal(
        table=table,
        delimiter=preview.delimiter,
        sheet=preview.sheet,
        header_line=preview.records[place].line,
        guesses=tuple(guesses),
        interval=interval,
        unmapped=tuple(heading for at, heading in enumerate(headings) if at not in found and folded(heading)),
        lacking=tuple(
            name
            for name, column in table.columns.items()
            if name not in taken and not column.optional and not column.derived and column.default is None
        ),
        decimal=decimal_sign(money),
    )


def _told(proposal: Proposal) -> Iterator[str]:
    table = proposal.table
    yield f"Proposed: read it as {table.table} ({table.title}), headings on line {proposal.header_line}"
    for guess in (*proposal.interval.values(), *proposal.guesses):
        how = f", read as {guess.read_as}" if guess.read_as else ""
        how += f", written as {' or '.join(guess.formats)}" if guess.formats else ""
        sure = "" if guess.likeness == 1 else ": a likeness only, look at it"
        yield f"  {guess.heading} -> {guess.column}{how}{sure}"
    for heading in proposal.unmapped:
        yield f"  {heading}: no column is known for it"
    for name in proposal.lacking:
        yield f"  no heading was found for {name} ({table.columns[name].sv}), and no row can do without it"
