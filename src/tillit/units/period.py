"""Periods: days from one to another, both included, or a calendar month."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tillit.errors import RefusedError
from tillit.units.clock import midnight
from tillit.units.decimals import shown


class NotAPeriod(RefusedError):
    """The text is not a period, or its days come in the wrong order."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included.

    >>> april = Period.month(2026, 4)
    >>> str(april), april.days, date(2026, 4, 30) in april
    ('2026-04', 30, True)
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            fix = "give the earlier day first"
            raise NotAPeriod(f"a period from {self.first} to {self.last} has no days", fix=fix)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """The whole of a calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """A month `YYYY-MM`, a day, or two days with a slash between.

        Raises: NotAPeriod.

        >>> str(Period.parse("2026-04-01/2026-04-30")), str(Period.parse("2026-04-02"))
        ('2026-04', '2026-04-02')
        """
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
                return cls.month(int(text[:4]), int(text[5:]))
            first, _, last = text.partition("/")
            return cls(date.fromisoformat(first), date.fromisoformat(last or first))
        except ValueError:  # its own text would repeat what was given
            fix = "write 2026-04, or 2026-04-01/2026-04-30"
            raise NotAPeriod(f"{shown(text)} is not a period", fix=fix) from None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def starts_at(self) -> datetime:
        """The instant in UTC at which its first day begins."""
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The instant in UTC at which its last day is over: not itself in the period."""
        return midnight(self.last + timedelta(days=1))

    def overlap(self, other: "Period") -> "Period | None":
        """The days in both, if any.

        >>> Period.month(2026, 4).overlap(Period.month(2026, 5)) is None
        True
        """
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def months(self) -> tuple["Period", ...]:
        """The period cut at the ends of months, in order.

        >>> [str(part) for part in Period.parse("2026-01-31/2026-03-31").months()]
        ['2026-01-31', '2026-02', '2026-03']
        """
        parts, first = [], self.first
        while first <= self.last:
            last = min(self.last, Period.month(first.year, first.month).last)
            parts.append(Period(first, last))
            first = last + timedelta(days=1)
        return tuple(parts)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if self == Period.month(self.first.year, self.first.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"
