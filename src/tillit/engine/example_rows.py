"""The rows of an example as they would lie in the store: short names for persons, derived columns made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tillit.catalogue import ContentError, Kind, Table
from tillit.identifiers.invoice_number import comparable_number
from tillit.units import interval, local_date, minutes_between, split_at_midnight

Row = dict[str, Any]
_NAME_BYTES = 7  # 56 bits: fits in a pseudonym's whole number and can be read back


@dataclass
class ExampleRows:
    """Rows by table, and what each row_id is called in the example."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def add(self, table: Table, given: Row, number: int) -> None:
        """Adds one row as it is written in an example, or as many as it says; each is two where it crosses midnight."""
        name = str(given.get("row", f"{table.table} {number}"))
        for one in repeated(table, {key: value for key, value in given.items() if key != "row"}):
            for row in _stored(table, one):
                row_id = len(self.names) + 1
                self.names[row_id] = name
                self.by_table.setdefault(table.table, []).append({**row, "row_id": row_id, "line": number})


def repeated(table: Table, given: Row) -> Iterator[Row]:
    """The rows that one stands for: `times: 30` is a row a day for thirty days, each time and day in it moved along."""
    row = {key: value for key, value in given.items() if key != "times"}
    for days in range(int(given.get("times", 1))):
        yield {key: _moved(table, key, value, days) for key, value in row.items()} if days else row


def _moved(table: Table, name: str, value: Any, days: int) -> Any:
    kind = table.columns[name].type if name in table.columns and value is not None else None
    if kind is Kind.TIMESTAMP:
        return _instant(value) + timedelta(days=days)
    return _date(value) + timedelta(days=days) if kind is Kind.DATE else value


def person_number(name: str) -> int:
    """The stand-in for a pseudonym of a person who has a short name in an example.

    >>> person_name(person_number("K1"))
    'K1'
    """
    letters = name.encode()
    if not 1 <= len(letters) <= _NAME_BYTES:
        raise ContentError(f"'{name}' is too long to stand for a person", fix="use a short name, as in A or K1")
    return int.from_bytes(letters, "big")


def person_name(number: int) -> str:
    """The name that a stand-in was made from."""
    return number.to_bytes(_NAME_BYTES, "big").lstrip(b"\0").decode(errors="replace")


def _stored(table: Table, given: Row) -> Iterator[Row]:
    """The rows that a given one becomes: typed, with what was left out, cut at the town's midnight."""
    row = {name: column.example for name, column in table.columns.items()} | given
    pieces = _pieces(given, row) if table.is_interval else [{}]
    for piece in pieces:
        yield {name: _typed(table, name, (row | piece)[name]) for name in table.columns} | _normalised(
            table, row, given
        )


def _pieces(given: Row, row: Row) -> list[Row]:
    """What the reader makes of a stretch of time: one part for each local day, with both readings at its ends."""
    if "local" in given:
        local = given["local"]
        end_day = local.get("end_day")
        stretch = interval(
            _date(local["day"]), _clock(local["start"]), _clock(local["end"]), end_day and _date(end_day)
        )
        start, end, earliest, latest = stretch[:4]
        uncertain = stretch.clock_uncertain
    else:
        start, end = _ends(given, row)
        earliest, latest, uncertain = start, end, False
    parts = split_at_midnight(start, end)
    made = []
    for part in parts:
        first = earliest if part is parts[0] else part.start
        last = latest if part is parts[-1] else part.end
        made.append(
            {
                "work_date": part.work_date,
                "starts_at": part.start,
                "ends_at": part.end,
                "minutes": minutes_between(part.start, part.end),
                "earliest_starts_at": first,
                "latest_ends_at": last,
                "longest_minutes": minutes_between(first, last),
                "clock_uncertain": uncertain and (first, last) != (part.start, part.end),
            }
            | {name: given[name] for name in ("clock_uncertain",) if name in given}
        )
    return made


def _ends(given: Row, row: Row) -> tuple[datetime, datetime]:
    """Start and end in UTC; a row that gives only its day or its minutes starts as the table's example does."""
    start = _instant(row["starts_at"])
    if "starts_at" not in given and "work_date" in given:
        start += _date(given["work_date"]) - local_date(start)
    if "ends_at" in given:
        return start, _instant(given["ends_at"])
    minutes = given.get("minutes") or minutes_between(_instant(row["starts_at"]), _instant(row["ends_at"]))
    return start, start + timedelta(minutes=minutes)


def _normalised(table: Table, row: Row, given: Row) -> Row:
    made = {}
    for name, column in table.columns.items():
        if column.derived.startswith("normalised: ") and name not in given:
            written = row[column.derived.removeprefix("normalised: ")]
            made[name] = None if written is None else comparable_number(str(written))
    return made


def _typed(table: Table, name: str, value: Any) -> Any:
    kind = table.columns[name].type
    if value is None:
        return None
    if kind is Kind.PERSON:
        return person_number(str(value))
    if kind is Kind.TIMESTAMP:
        return _instant(value).replace(tzinfo=None)
    if kind is Kind.DATE:
        return _date(value)
    if kind is Kind.DECIMAL:
        return Decimal(str(value))
    return str(value) if kind in (Kind.TEXT, Kind.ORGANISATION, Kind.ACCOUNT) else value


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _instant(value: Any) -> datetime:
    """A time as YAML gives it: with seconds it has become a datetime, without them it is still text."""
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _clock(value: Any) -> str:
    """A clock time as YAML gives it: 22:00 without quotes has become the number 1320."""
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else str(value)
