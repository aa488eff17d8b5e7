"""Rows that a document gave, as rows of canonical tables: each taken whole, or refused with every fault in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.catalogue import Column, Kind, Table
from tillit.errors import BrokenError, RefusedError
from tillit.identifiers import Verdict
from tillit.identifiers.invoice_number import comparable_number
from tillit.readers.identity import Identities, identity_remark
from tillit.readers.parts import Row
from tillit.readers.values import NotAValue, utc_minute, value_of
from tillit.store import Persons, Refusal, Remark
from tillit.units import Interval, NoLength, interval, minutes_between, split_at_midnight

Values = dict[str, object]

UNDATED = date(2026, 1, 1)
"""Settles the century of a birth year where no row has a date; only who is over a hundred can be mistaken."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass
class Taken:
    """One row on its way: what could be read of it, and what could not."""

    row: Row
    table: Table
    values: Values = field(default_factory=dict)
    faults: list[tuple[str, RefusedError]] = field(default_factory=list)
    stretch: Interval | None = None

    def refusal(self) -> Refusal:
        """Why the line is set aside, with all its faults."""
        what = "; ".join(f"{column}: {fault.what}" if column else fault.what for column, fault in self.faults)
        return Refusal(self.row.line, what, self.faults[0][1].fix)


def take(row: Row, table: Table) -> Taken:
    """A row with each value read by its column's kind; identity numbers are still as they came."""
    unknown = sorted(row.values.keys() - table.columns.keys())
    if unknown:
        raise BrokenError(f"a reader gave '{unknown[0]}', which is no column of {table.table}")
    taken = Taken(row, table)
    if table.is_interval:
        _take_interval(taken)
    for name, column in table.columns.items():
        if column.entered_as or column.derived:
            continue
        try:
            taken.values[name] = _required(column, value_of(column, row.values.get(name)))
        except RefusedError as fault:
            taken.faults.append((name, fault))
    return taken


def identify(rows: list[Taken], persons: Persons) -> list[Remark]:
    """Puts pseudonyms and accounts in their one form into the rows, and tells what is wrong with the numbers."""
    identities = Identities(persons, _latest_day(rows) or UNDATED)
    seen: dict[tuple[str, Kind], dict[str, int]] = {}
    for table in {taken.table.table: taken.table for taken in rows}.values():
        of_table = [taken for taken in rows if taken.table is table]
        # Organisations first: a worker's local number is that of the provider in the same row.
        for name, column in sorted(table.columns.items(), key=lambda each: each[1].type is Kind.PERSON):
            given = [taken for taken in of_table if taken.values.get(name) is not None]
            if column.type in identities.verdicts:
                lines = seen.setdefault((name, column.type), {})
                for taken in given:
                    lines.setdefault(str(taken.values[name]), taken.row.line)
            _replace(name, column, given, identities)
    return [remark for (name, kind), lines in seen.items() for remark in _remarks(name, kind, lines, identities)]


def stored(taken: Taken) -> list[Values]:
    """The rows to store of one that was taken: one, or one a day of a stretch of time."""
    pieces = _pieces(taken.stretch) if taken.stretch else [{}]
    rows = [{**taken.values, **piece, "line": taken.row.line} for piece in pieces]
    for name, column in taken.table.columns.items():
        if column.derived.startswith("normalised: "):
            written = taken.values[column.derived.removeprefix("normalised: ")]
            comparable = None if written is None else comparable_number(str(written))
            for row in rows:
                row[name] = comparable
    return rows


def _required(column: Column, value: object) -> object:
    if value is None and not column.optional:
        raise NotAValue("is missing", fix="ask the sender for it")
    return value


def _take_interval(taken: Taken) -> None:
    names = {column.entered_as: name for name, column in taken.table.columns.items() if column.entered_as}
    given = taken.row.values
    try:
        taken.stretch = _stretch(given.get(names["day"]), given.get(names["start"]), given.get(names["end"]))
    except RefusedError as fault:
        taken.faults.append(("", fault))
    else:
        taken.values["minutes"] = minutes_between(taken.stretch.start, taken.stretch.end)


def _stretch(day: object, start: object, end: object) -> Interval:
    """A stretch of time from a day and two clock times, or from two instants; naive ones on the town's clock."""
    for given in (day, start, end):
        if isinstance(given, date) and not _FIRST_YEAR <= given.year <= _LAST_YEAR:
            raise NotAValue(f"the year {given.year} is out of reach", fix="see the file")
    if isinstance(day, date) and isinstance(start, str) and isinstance(end, str):
        return interval(day, start, end)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        raise NotAValue("the day, start or end of the time is missing", fix="ask the provider for it")
    if start.tzinfo is None and end.tzinfo is None:
        return interval(start.date(), f"{start:%H:%M}", f"{end:%H:%M}", end.date())
    first, last = utc_minute(start), utc_minute(end)
    if last <= first:
        raise NoLength("the time ends where it starts, or before", fix="look at its two ends")
    return Interval(first, last, first, last, False)


def _pieces(stretch: Interval) -> list[Values]:
    pieces = split_at_midnight(stretch.start, stretch.end)
    rows: list[Values] = []
    for number, piece in enumerate(pieces):
        earliest = stretch.earliest_start if number == 0 else piece.start
        latest = stretch.latest_end if number == len(pieces) - 1 else piece.end
        rows.append(
            {
                "work_date": piece.work_date,
                "starts_at": piece.start,
                "ends_at": piece.end,
                "minutes": minutes_between(piece.start, piece.end),
                "earliest_starts_at": earliest,
                "latest_ends_at": latest,
                "longest_minutes": minutes_between(earliest, latest),
                "clock_uncertain": (earliest, latest) != (piece.start, piece.end),
            }
        )
    return rows


def _replace(name: str, column: Column, given: list[Taken], identities: Identities) -> None:
    """Puts into each row what is stored of the identity in this column."""
    texts = list(dict.fromkeys(str(taken.values[name]) for taken in given))
    stored: Mapping[tuple[str, str | None], object]
    if column.type is Kind.PERSON:
        stored = _persons(name, column, given, identities)
    elif column.type is Kind.ORGANISATION:
        stored = _unowned(texts, identities.organisations(texts))
    elif column.type is Kind.ACCOUNT:
        stored = _unowned(texts, identities.accounts(texts))
    elif column.type is Kind.TEXT and column.personal != "none":
        stored = _unowned(texts, identities.free_texts(texts))
    else:
        return
    for taken in given:
        taken.values[name] = stored[str(taken.values[name]), _owner(column, taken)]


def _unowned(texts: list[str], stored: Iterable[object]) -> dict[tuple[str, str | None], object]:
    return {(text, None): value for text, value in zip(texts, stored, strict=True)}


def _persons(
    name: str, column: Column, given: list[Taken], identities: Identities
) -> dict[tuple[str, str | None], object]:
    of_owner: dict[str | None, dict[str, None]] = {}
    for taken in given:
        of_owner.setdefault(_owner(column, taken), {})[str(taken.values[name])] = None
    return {
        (text, owner): pseudonym
        for owner, texts in of_owner.items()
        for text, pseudonym in zip(texts, identities.persons(list(texts), owner), strict=True)
    }


def _owner(column: Column, taken: Taken) -> str | None:
    """Whose local numbers a column holds: a worker's are the provider's, a client's the municipality's."""
    owner = taken.values.get(column.local_to) if column.local_to else None
    return None if owner is None else str(owner)


def _remarks(name: str, kind: Kind, lines: dict[str, int], identities: Identities) -> list[Remark]:
    of_verdict: dict[Verdict, list[int]] = {}
    for text, line in lines.items():
        of_verdict.setdefault(identities.verdicts[kind][text], []).append(line)
    told = (identity_remark(name, kind, verdict, sorted(found)) for verdict, found in of_verdict.items())
    return [remark for remark in told if remark]


def _latest_day(rows: list[Taken]) -> date | None:
    """The latest day that some row must have: the file is not much older than that."""
    days = [
        value
        for taken in rows
        for name, value in taken.values.items()
        if isinstance(value, date) and not taken.table.columns[name].optional
    ]
    days += [taken.stretch.start.date() for taken in rows if taken.stretch]
    return max((day.date() if isinstance(day, datetime) else day for day in days), default=None)
