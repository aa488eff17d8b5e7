"""Reported time, cut at midnight: each piece lies in one local day, and a change of the clocks changes its length."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tillit.units import Period, minutes_between, split_at_midnight

PRESENT = {"active", "waiting", "visit"}
"""Kinds of time in which the assistant is with the client: standby is somewhere else."""


@dataclass(frozen=True)
class Stretch:
    """One row of a time report, in UTC. `refused` is the code a person gave for not approving it."""

    row: str
    starts_at: datetime
    ends_at: datetime
    kind: str = "active"
    decision: str = ""
    refused: str = ""
    uncertain_minutes: int = 0
    """Minutes more in the longest reading of an hour that comes twice: the shortest is paid, and someone looks."""


@dataclass(frozen=True)
class Piece:
    """The part of a row that lies in one local day."""

    day: date
    starts_at: datetime
    ends_at: datetime
    of: Stretch

    @property
    def minutes(self) -> int:
        """Real minutes: 23 or 25 hours of them in a day when the clocks change."""
        return minutes_between(self.starts_at, self.ends_at)


def pieces(reported: Iterable[Stretch], period: Period) -> list[Piece]:
    """The pieces in a period, in the order they began; rows that began at once stand by their names."""
    found = [
        Piece(part.work_date, part.start, part.end, one)
        for one in reported
        for part in split_at_midnight(one.starts_at, one.ends_at)
        if part.work_date in period
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.of.row))
