"""A matter's hours, payments, invoices and decisions in the order of time, from the rows that are its evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime

from tillit.catalogue.table import Column, Kind
from tillit.web.models import Exhibit, Matter
from tillit.web.queries.evidence import Cell
from tillit.web.queries.exhibit import exhibits
from tillit.web.rules.content import catalogue

WHEN = (
    ("starts_at", "ends_at"), ("work_date", ""), ("from_date", "to_date"), ("start_date", "end_date"), ("paid_on", ""),
    ("booked_on", ""), ("issued_on", ""), ("decided_on", ""), ("valid_from", "valid_to"),
    ("service_from", "service_to"),
    ("period_from", "period_to"), ("month", ""), ("read_on", ""),
)  # fmt: skip
"""The columns that say when a row happened, the first that is filled; with the column that says until when."""

WHO = ("worker_id", "client_id")
MAX_BARS = 31
"""Days with clock times that are drawn; the table tells them all."""


@dataclass(frozen=True)
class Moment:
    """A delivered row in time. `clash` says which other rows it cannot be true together with."""

    day: date
    until: date | None
    starts: datetime | None
    ends: datetime | None
    table: str
    said: list[tuple[str, Cell]]
    exhibit: int
    file: str
    line: int
    who: tuple[str, str] = ("", "")
    clash: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it was delivered."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Bar:
    """A shift on the line of its day: minutes after midnight, and the lane it is drawn in."""

    moment: Moment
    begins: int
    ends: int
    lane: int

    @property
    def width(self) -> int:
        """Minutes; a moment without length is still seen."""
        return max(self.ends - self.begins, 4)

    @property
    def y(self) -> int:
        """How far down it is drawn."""
        return self.lane * LANE


LANE = 18
"""How high a lane of the drawing is."""


@dataclass(frozen=True)
class Day:
    """A day with clock times, drawn as a line of bars; rows that overlap lie under each other."""

    day: date
    bars: list[Bar] = field(default_factory=list)
    hours: tuple[int, ...] = (360, 720, 1080)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return (max((bar.lane for bar in self.bars), default=0) + 1) * LANE


def timeline(matter: Matter) -> list[Moment]:
    """Every delivered row of a matter's evidence that has not been withdrawn, each once, the earliest first.

    For a page whose reader reads the matter.
    """
    seen: dict[str, Moment] = {}
    for one in exhibits(matter):
        for moment in () if hasattr(one, "withdrawal") else _moments(one):
            seen.setdefault(f"{moment.table}:{moment.place}", moment)
    found = sorted(seen.values(), key=lambda one: (one.day, str(one.starts or ""), one.place))
    return _with_clashes(found)


def days(moments: Iterable[Moment]) -> list[Day]:
    """The days that can be drawn: those with clock times, days with rows that cannot both be true before others."""
    timed = [one for one in moments if one.starts and one.ends]
    drawn = [Day(day, _bars(list(rows))) for day, rows in groupby(timed, key=lambda one: one.day)]
    chosen = sorted(drawn, key=lambda one: not any(bar.moment.clash for bar in one.bars))[:MAX_BARS]
    return sorted(chosen, key=lambda one: one.day)


def _moments(exhibit: Exhibit) -> Iterator[Moment]:
    for row in exhibit.lines:
        table, values = catalogue().tables.get(row["table"]), row["values"]
        columns = table.columns if table else {}
        first, last = next(((one, two) for one, two in WHEN if values.get(one)), ("", ""))
        if not first:
            continue
        starts, ends = _time(values.get("starts_at")), _time(values.get("ends_at"))
        day = starts.date() if starts else date.fromisoformat(str(values[first])[:10])
        until = date.fromisoformat(str(values[last])[:10]) if last and not starts and values.get(last) else None
        yield Moment(
            day, until, starts, ends, table.title if table else row["table"], _said(values, columns), exhibit.number,
            row["file"], int(row["line"]), (str(values.get(WHO[0]) or ""), str(values.get(WHO[1]) or "")),
        )  # fmt: skip


def _said(values: dict[str, Any], columns: dict[str, Column]) -> list[tuple[str, Cell]]:
    """What a row says but when: who, how much, of what kind."""
    shown = {Kind.PERSON, Kind.MINUTES, Kind.ORE}
    found = []
    for name, value in values.items():
        column = columns.get(name)
        if column and value is not None and (column.type in shown or column.one_of):
            found.append((column.sv, Cell(column.one_of.get(str(value), value), column.type, differs=False)))
    return found


def _time(value: Any) -> datetime | None:
    if not isinstance(value, str) or len(value) <= 10:
        return None
    told = datetime.fromisoformat(value)
    return localtime(told) if told.tzinfo else told  # a time without a zone was read off the town's clock


def _with_clashes(moments: list[Moment]) -> list[Moment]:
    """The same person at two places at once, or help given to someone who was away: each told of the other."""
    clashes: dict[int, list[str]] = {}
    for at, one in enumerate(moments):
        for other_at in range(at + 1, len(moments)):
            other = moments[other_at]
            if other.day > (one.until or one.day):
                break
            if _cannot_both_be(one, other):
                clashes.setdefault(at, []).append(other.place)
                clashes.setdefault(other_at, []).append(one.place)
    return [replace(one, clash=tuple(clashes.get(at, ()))) for at, one in enumerate(moments)]


def _cannot_both_be(one: Moment, other: Moment) -> bool:
    if one.starts and one.ends and other.starts and other.ends:
        at_once = one.starts < other.ends and other.starts < one.ends
        return at_once and bool(one.who[0]) and one.who[0] == other.who[0]
    # One of them lasts whole days, as an absence, and has no one who works.
    away, shift = (one, other) if one.starts is None else (other, one)
    covers = away.until is not None and away.day <= shift.day <= away.until and not away.who[0]
    return covers and shift.starts is not None and bool(away.who[1]) and away.who[1] == shift.who[1]


def _bars(rows: list[Moment]) -> list[Bar]:
    found: list[Bar] = []
    ends_of_lane: list[int] = []
    for one in rows:
        assert one.starts
        assert one.ends
        begins = one.starts.hour * 60 + one.starts.minute
        ends = begins + max(int((one.ends - one.starts).total_seconds() // 60), 0)
        lane = next((place for place, until in enumerate(ends_of_lane) if until <= begins), len(ends_of_lane))
        ends_of_lane[lane : lane + 1] = [min(ends, 1440)]
        found.append(Bar(one, begins, min(ends, 1440), lane))
    return found
