"""What is drawn of a large city: how large it is, who is where, and when things happened; the same every time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SEED = 20261124
OPEN, PROTECTED, ASSIGNED = 0.2, 0.004, 0.05
YEARS, AT_ONCE = 6, 50_000
KNOWN = ("id", "process", "state", "board_id", "opened_at", "closed_at")


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    findings: int
    users: int = 200
    boards: int = 10
    units_each: int = 5
    providers: int = 2000

    @property
    def cases(self) -> int:
        return self.findings // 20

    @property
    def lines(self) -> int:
        """Lines of the log."""
        return self.findings // 2


ROLES: list[tuple[list[str], bool]] = [
    (["R05", "R19"], False),
    (["R02", "R19"], False),
    (["R02", "R19"], True),
    (["R04", "R19"], False),
    (["R04", "R19"], False),
    (["R01", "R19"], False),
    (["R12", "R19"], False),
    (["R01", "R19"], False),
    (["R04", "R19"], True),
    (["R19"], False),
]
"""The roles of every ten people, and whether they hold them for a unit alone."""

CASES = ("provider_deviation", "ivo_report", "control_record", "support")
"""What three in ten cases are, beside investigations: those that can be read before anything is filled in."""


class City:
    """The city while it is made: what has been drawn, for those that point at it."""

    def __init__(self, size: Size, now: datetime) -> None:
        self.size, self.now, self.random = size, now, random.Random(SEED)
        # A board of one in three, and smaller and smaller ones: as a city's are.
        self.board_of = [1 + int((k / 1000) ** 2 * size.boards) for k in range(1000)]
        # Times are drawn from a few thousand, so that each is written out once.
        self.times = [now - timedelta(days=YEARS * 365 * k / 4000, minutes=k % 1440) for k in range(4000)]

    def board(self) -> int:
        return self.board_of[int(self.random.random() * 1000)]

    def unit(self, board: int) -> int | None:
        """One of the board's units; none for what concerns it all."""
        place = int(self.random.random() * self.size.units_each * 2)
        return (board - 1) * self.size.units_each + place + 1 if place < self.size.units_each else None

    def at(self, *, open_: bool) -> datetime:
        """When something began: what is open is rarely old."""
        return self.times[int(self.random.random() ** (4 if open_ else 1) * 4000)]

    def provider(self) -> str:
        return number_of(int(self.random.random() ** 3 * self.size.providers))

    def worker(self, board: int, roles: Sequence[int]) -> int:
        """Someone at the board who holds one of these places in every ten."""
        everyone = range(board - 1, self.size.users, self.size.boards)
        return next(
            (one + 1 for one in self.random.sample(everyone, len(everyone)) if place_of(one, self.size) in roles), 1
        )


def place_of(user: int, size: Size) -> int:
    """Which of the ten kinds of people someone is."""
    return user // size.boards % len(ROLES)


def number_of(provider: int) -> str:
    return f"559{provider:07}"
