"""The town's clock: reported clock times as UTC instants, with both readings of the hour that comes twice."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tillit.errors import BrokenError, RefusedError
from tillit.units.decimals import shown

TOWN = ZoneInfo("Europe/Stockholm")


class NotAClockTime(RefusedError):
    """The text is not a time of day."""


class ClockGap(RefusedError):
    """The time never came: the clocks were put forward over it."""


class NoLength(RefusedError):
    """A stretch of time that ends where it starts, or before."""


class Interval(NamedTuple):
    """A stretch of reported time in UTC: as short as it can be read, and as wide.

    When both ends lie in the hour that comes twice, the short reading is the first of two as short.
    """

    start: datetime
    end: datetime
    earliest_start: datetime
    latest_end: datetime
    inferred_next_day: bool  # no end date was given, and the end is taken to be on the day after

    @property
    def clock_uncertain(self) -> bool:
        """Whether a finding about it is only possible, and certain only if every reading gives it."""
        return (self.start, self.end) != (self.earliest_start, self.latest_end)


class Piece(NamedTuple):
    """A part of a stretch of time that lies within one local day."""

    work_date: date
    start: datetime
    end: datetime


_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?|([0-9]{2})([0-9]{2})")


def clock_minute(text: str) -> int:
    """The minute of the day, 0 to 1440, of `8:00`, `8.00`, `0800` or `08:00:59`; seconds are dropped.

    Raises: NotAClockTime.

    >>> clock_minute("08:30"), clock_minute("8.30"), clock_minute("0830"), clock_minute("24:00")
    (510, 510, 510, 1440)
    """
    parts = _CLOCK.fullmatch(text.strip())
    if parts:
        hour, minute = int(parts[1] or parts[4]), int(parts[2] or parts[5])
        second = int(parts[3] or 0)
        if (hour < 24 and minute < 60 and second < 60) or (hour, minute, second) == (24, 0, 0):
            return hour * 60 + minute
    raise NotAClockTime(f"{shown(text)} is not a clock time", fix="write HH:MM from 00:00 to 24:00")


def local_instants(day: date, clock_text: str) -> tuple[datetime, ...]:
    """The instants at which the town's clock showed that time on that day.

    Gives: UTC, in order; none in the hour that spring leaves out, two in the one that autumn repeats.
    Raises: NotAClockTime.

    >>> [len(local_instants(date(2026, *day), "02:30")) for day in ((3, 29), (6, 1), (10, 25))]
    [0, 1, 2]
    """
    return _instants(_local(day, clock_minute(clock_text)))


def interval(day: date, start: str, end: str, end_day: date | None = None) -> Interval:
    """A stretch of time from its clock times; one that ends before it starts ends on the day after.

    One that ends when it starts is refused. Clock times alone decide, also in the hour that comes twice.

    Takes: the local day of the start, and of the end when it was given.
    Raises: NotAClockTime; NoLength; ClockGap.

    >>> shift = interval(date(2026, 10, 25), "02:30", "03:00")
    >>> minutes_between(shift.start, shift.end), minutes_between(shift.earliest_start, shift.latest_end)
    (30, 90)
    """
    starts = _local(day, clock_minute(start))
    ends = _local(end_day or day, clock_minute(end))
    inferred = end_day is None and ends < starts
    if inferred:
        ends += timedelta(days=1)
    if ends <= starts:
        fix = "give the day it ends" if ends == starts else "look at the two days"
        meaning = "could mean nothing, or a whole day" if ends == starts else "ends before it starts"
        raise NoLength(f"{starts:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M} {meaning}", fix=fix)
    first, last = _known(starts), _known(ends)
    readings = [(one, other) for one, other in product(first, last) if one < other]
    shortest = min(readings, key=lambda reading: reading[1] - reading[0])
    return Interval(*shortest, first[0], last[-1], inferred)


def split_at_midnight(start: datetime, end: datetime) -> tuple[Piece, ...]:
    """The parts of a stretch of time, each within one local day.

    Takes: instants with their time zone.
    Raises: NoLength.

    >>> for piece in split_at_midnight(*interval(date(2026, 6, 1), "22:00", "06:00")[:2]):
    ...     print(piece.work_date, minutes_between(piece.start, piece.end))
    2026-06-01 120
    2026-06-02 360
    """
    start, end = _utc(start), _utc(end)
    if end <= start:
        raise NoLength("a stretch of time ends where it starts, or before", fix="look at its two ends")
    pieces: list[Piece] = []
    while start < end:
        day = local_date(start)
        stop = min(end, midnight(day + timedelta(days=1)))
        pieces.append(Piece(day, start, stop))
        start = stop
    return tuple(pieces)


def local_date(instant: datetime) -> date:
    """The town's date at that instant.

    >>> local_date(datetime(2026, 5, 31, 22, 0, tzinfo=UTC))
    datetime.date(2026, 6, 1)
    """
    return _utc(instant).astimezone(TOWN).date()


def midnight(day: date) -> datetime:
    """The instant in UTC at which the town's day begins.

    >>> midnight(date(2026, 6, 1)).isoformat()
    '2026-05-31T22:00:00+00:00'
    """
    return datetime.combine(day, time(), TOWN).astimezone(UTC)


def day_minutes(day: date) -> int:
    """How long the town's day is: 1440 minutes, but for the two nights when the clocks are changed.

    >>> day_minutes(date(2026, 3, 29)), day_minutes(date(2026, 10, 25))
    (1380, 1500)
    """
    return minutes_between(midnight(day), midnight(day + timedelta(days=1)))


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one instant to the other.

    >>> minutes_between(midnight(date(2026, 6, 1)), midnight(date(2026, 6, 2)))
    1440
    """
    return (_utc(end) - _utc(start)) // timedelta(minutes=1)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:  # would silently be read on the clock of the machine
        raise BrokenError("an instant came without its time zone")
    return instant.astimezone(UTC)


def _local(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _instants(local: datetime) -> tuple[datetime, ...]:
    both = {local.replace(tzinfo=TOWN, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(at for at in both if at.astimezone(TOWN).replace(tzinfo=None) == local))


def _known(local: datetime) -> tuple[datetime, ...]:
    instants = _instants(local)
    if not instants:
        what = f"{local:%Y-%m-%d %H:%M} never came: the clocks were put forward that night"
        raise ClockGap(what, fix="ask the provider when it was")
    return instants
