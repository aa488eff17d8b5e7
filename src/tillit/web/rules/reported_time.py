"""A row as someone writes it, as whole minutes in UTC: split at midnight, and right on the nights the clocks change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tillit.errors import RefusedError
from tillit.units import TOWN, NotAClockTime, clock_minute, local_instants, minutes_between, split_at_midnight

MIDNIGHT = 24 * 60


class NotATimeError(RefusedError):
    """What was written is no time that can have been worked."""


class WhichHourError(NotATimeError):
    """The clock showed the time twice that night, and it is not said which of them is meant."""

    def __init__(self, ends: Sequence[str], day: date) -> None:
        self.ends = ends
        super().__init__(
            f"Natten till den {day} ställdes klockan tillbaka, och tiden fanns två gånger",
            fix="välj om det var före eller efter att klockan ställdes om",
        )


@dataclass(frozen=True)
class Written:
    """What someone writes: the day it began, from when to when; for an hour that comes twice, which one (0 or 1)."""

    day: date
    start: str
    end: str
    kind: str = "active"
    start_fold: int | None = None
    end_fold: int | None = None
    place: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Placed:
    """A part of it within one local day: its clock times, and its instants."""

    day: date
    start: str
    end: str
    start_fold: int
    end_fold: int
    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """How long it really was."""
        return minutes_between(self.starts_at, self.ends_at)


def placed(written: Written, *, month: date) -> list[Placed]:
    """The written time as rows, each within one day of the month.

    A time that ends before it begins ends the day after; 00:00 and 24:00 both end the day.
    Raises: NotATimeError; WhichHourError.

    >>> night = Written(date(2026, 3, 28), "22:00", "06:00")
    >>> [(one.day.day, one.minutes) for one in placed(night, month=date(2026, 3, 1))]
    [(28, 120), (29, 300)]
    """
    first, last = _minute(written.start), _minute(written.end) or MIDNIGHT
    if first in (MIDNIGHT, last):
        raise NotATimeError("Passet har ingen längd", fix="skriv när det började och när det slutade")
    end_day = written.day if last > first else written.day + timedelta(days=1)
    starts, ends = _instants(written.day, first), _instants(end_day, last)
    unclear = [
        name
        for name, found, fold in (("start", starts, written.start_fold), ("end", ends, written.end_fold))
        if len(found) > 1 and fold is None
    ]
    if unclear:
        raise WhichHourError(unclear, end_day)
    start, end = _chosen(starts, written.start_fold), _chosen(ends, written.end_fold)
    if end <= start:
        raise NotATimeError("Passet slutar innan det börjar", fix="se över vilken av de två timmarna som menas")
    rows = [
        Placed(
            piece.work_date, _clock(piece.start, piece.work_date), _clock(piece.end, piece.work_date),
            _fold(piece.start), _fold(piece.end), piece.start, piece.end,
        )
        for piece in split_at_midnight(start, end)
    ]  # fmt: skip
    for row in rows:
        if (row.day.year, row.day.month) != (month.year, month.month):
            raise NotATimeError(
                f"Den {row.day} hör till en annan månad",
                fix="skriv tiden till 24:00 här, och resten i den andra månadens rapport",
            )
    return rows


def _minute(text: str) -> int:
    try:
        return clock_minute(text)
    except NotAClockTime:
        raise NotATimeError("Klockslaget går inte att läsa", fix="skriv till exempel 08:00") from None


def _instants(day: date, minute: int) -> tuple[datetime, ...]:
    clock = f"{minute // 60:02}:{minute % 60:02}"
    found = local_instants(day, clock)
    if not found:
        raise NotATimeError(
            f"Klockan {clock} fanns inte den {day}: klockan ställdes fram från 02:00 till 03:00",
            fix="skriv 02:00 eller 03:00 i stället",
        )
    return found


def _chosen(instants: Sequence[datetime], fold: int | None) -> datetime:
    return instants[min(fold or 0, len(instants) - 1)]


def _clock(instant: datetime, day: date) -> str:
    local = instant.astimezone(TOWN)
    return "24:00" if local.date() > day else f"{local:%H:%M}"


def _fold(instant: datetime) -> int:
    return instant.astimezone(TOWN).fold
