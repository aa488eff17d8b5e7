"""A decision on assistance as a month is settled with it: what it grants, who pays, and what an hour costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tillit.errors import RefusedError
from tillit.settlement.terms import Terms
from tillit.units import PARTS, Period, add_months, nearest

Per = Literal["day", "week", "month", "half_year", "total"]

Cover = Literal["whole", "first_hours", "temporary", "sick_cover", "advance", "other_payer"]
"""What the municipality answers for: all of it (at most 20 hours of basic needs a week), the first hours of what
Försäkringskassan grants, a temporary increase, the extra cost when an assistant is ill, what is paid before
Försäkringskassan decides; or nothing, because another pays."""

_ORDER: tuple[Cover, ...] = ("first_hours", "whole", "other_payer", "advance", "temporary", "sick_cover")
"""Time that names no decision fills the standing ones first: a temporary increase is what lies above them."""

_DAY = timedelta(days=1)


class AboveCapError(RefusedError):
    """The decision gives more an hour than the law lets it."""


@dataclass(frozen=True)
class DoubleSlot:
    """A time of day when more than one assistant may work at once. Weekday 1 is Monday; none is every day."""

    from_minute: int
    to_minute: int
    extra: int = 1
    weekday: int | None = None

    def open_at(self, day: date, minute: int) -> bool:
        """Whether it holds at a minute of the clock on a day."""
        return self.weekday in (None, day.isoweekday()) and self.from_minute <= minute < self.to_minute


@dataclass(frozen=True)
class Grant:
    """What a decision gives in one span of its own: a month, a half-year, or all its days. Whole minutes."""

    span: Period
    gross: int
    parental: int

    @property
    def net(self) -> int:
        """What is left when the parental deduction is made: never below nothing."""
        return max(0, self.gross - self.parental)


@dataclass(frozen=True)
class Decision:
    """A decision as it was known when the month was settled."""

    id: str
    minutes: int
    per: Per
    valid_from: date
    valid_to: date | None = None
    cover: Cover = "whole"
    month_factor: Decimal | None = None
    weighted: bool = True
    double_slots: tuple[DoubleSlot, ...] = ()
    double_bank: int = 0
    """Minutes a month in which one more may work at any time of day."""
    parental_a_day: int = 0
    """Minutes a day still to be taken off; 0 where the grant is what is left."""
    raised: Fraction | None = None
    """The share of the standard rate that is granted for special reasons, as 1.08."""
    own_rate: int | None = None
    """Öre an hour by the municipality's own tariff or the agreement, where the standard rate does not bind."""

    @property
    def order(self) -> tuple[int, date, str]:
        """Where it stands among decisions that hold at once."""
        return _ORDER.index(self.cover), self.valid_from, self.id

    def holds_on(self, day: date) -> bool:
        """Whether it is valid that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def days_in(self, period: Period) -> Period | None:
        """Its days in a period."""
        if self.valid_to and self.valid_to < self.valid_from:
            return None
        return period.overlap(Period(self.valid_from, max(self.valid_from, self.valid_to or period.last)))

    def grant(self, day: date) -> Grant:
        """What it gives in the span that a day lies in, rounded to whole minutes once.

        A week is counted by the days of the month divided by seven, or by the factor that the decision states. A
        half-year counts from the decision's own first day; one that is cut short gives its share by days. A sum for all
        days of a decision without an end has no days to take a parental deduction from.
        Law: 1993:387 9 a §; 2010:110 51 kap. 9 §.
        """
        span, exact = self._exact(day)
        endless = self.per == "total" and self.valid_to is None
        return Grant(span, nearest(exact), 0 if endless else self.parental_a_day * span.days)

    def _exact(self, day: date) -> tuple[Period, Fraction]:
        if self.per == "half_year":
            return self._half_year(day)
        if self.per == "total":
            return Period(self.valid_from, self.valid_to or date.max), Fraction(self.minutes)
        month = Period.month(day.year, day.month)
        span = self.days_in(month)
        assert span is not None, "a day of the decision is asked for"
        if self.per == "day":
            return span, Fraction(self.minutes * span.days)
        part = Fraction(span.days, month.days)
        if self.per == "month":
            return span, self.minutes * part
        weeks = Fraction(span.days, 7) if self.month_factor is None else Fraction(self.month_factor) * part
        return span, self.minutes * weeks

    def _half_year(self, day: date) -> tuple[Period, Fraction]:
        first, number = self.valid_from, 0
        while (following := add_months(self.valid_from, 6 * (number + 1))) <= day:
            first, number = following, number + 1
        whole = Period(first, following - _DAY)
        span = Period(first, min(whole.last, self.valid_to or whole.last))
        return span, Fraction(self.minutes * span.days, whole.days)

    def ours28(self, month: Period, terms: Terms) -> int | None:
        """How much of a month's time the municipality pays, in 28ths; none: all of it.

        Law: 2010:110 51 kap. 22 § (the first twenty hours a week).
        """
        if self.cover == "other_payer":
            return 0
        if self.cover != "first_hours":
            return None
        return (
            nearest(sum((terms.our_minutes_a_week(day) / 7 for day in _each(self.days_in(month))), Fraction())) * PARTS
        )

    def rate(self, day: date, terms: Terms) -> Fraction:
        """Öre an hour for work done that day, exactly.

        Law: 1993:1091 5 §; 2010:110 51 kap. 11 § (at most so much more for special reasons).
        Raises: AboveCapError; ContentError where no rate is known for the day.
        """
        if self.own_rate is not None:
            return Fraction(self.own_rate)
        share = self.raised or Fraction(1)
        if share > terms.cap(day):
            told = f"Beslutet ger {float(share):.2%} av timbeloppet, och högst {float(terms.cap(day)):.0%} får ges"
            raise AboveCapError(told.replace(".", ","), fix="rätta beslutets förhöjda belopp")
        return terms.standard_rate(day) * share


def _each(period: Period | None) -> Iterator[date]:
    return (period.first + n * _DAY for n in range(period.days)) if period else iter(())
