"""What was paid and what was right, month by month: exact in between, and rounded to the öre once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tillit.catalogue import Parameter
from tillit.errors import BrokenError
from tillit.units import nearest


@dataclass(frozen=True)
class Hours:
    """Minutes that were paid and minutes that were right, at the rate that held in that month."""

    month: date
    paid_minutes: int
    right_minutes: int
    rate: Fraction

    @property
    def paid(self) -> Fraction:
        """What was paid, exactly, in öre."""
        return self.rate * self.paid_minutes / 60

    @property
    def right(self) -> Fraction:
        """What would have been right, exactly, in öre."""
        return self.rate * self.right_minutes / 60


@dataclass(frozen=True)
class Paid:
    """What was paid and what was right, in whole öre."""

    month: date
    paid_ore: int
    right_ore: int

    @property
    def paid(self) -> Fraction:
        """What was paid, in öre."""
        return Fraction(self.paid_ore)

    @property
    def right(self) -> Fraction:
        """What would have been right, in öre."""
        return Fraction(self.right_ore)


@dataclass(frozen=True)
class Line:
    """A month as it stands in a decision: whole öre, and the difference is what was paid less what was right."""

    month: date
    paid: int
    right: int

    @property
    def difference(self) -> int:
        """Above zero where too much was paid."""
        return self.paid - self.right


def rate_in(parameter: Parameter, month: date) -> Fraction:
    """The rate of a month, in öre an hour, exactly as the parameter says it.

    Raises: ContentError where no rate is known for the month.
    """
    value = parameter.on(month).value
    if isinstance(value, dict) or not parameter.unit.startswith("SEK"):
        raise BrokenError(f"'{parameter.id}' is no rate in kronor")
    return Fraction(value) * 100


def lines(months: Iterable[Hours | Paid]) -> list[Line]:
    """The months in whole öre, in order. They add up to the sum that is rounded once: nothing is lost between them.

    Each month gets what the rounded sum has grown by since the month before, so it is never off by a whole öre.

    >>> third = [Hours(date(2026, month, 1), 60, 40, Fraction(100)) for month in (1, 2, 3)]
    >>> [line.right for line in lines(third)], sum(line.right for line in lines(third))
    ([67, 66, 67], 200)
    """
    found: list[Line] = []
    paid, right = Fraction(0), Fraction(0)
    for one in sorted(months, key=lambda one: one.month):
        line = Line(one.month, nearest(paid + one.paid) - nearest(paid), nearest(right + one.right) - nearest(right))
        paid, right = paid + one.paid, right + one.right
        found.append(line)
    return found


def total(months: Iterable[Hours | Paid]) -> int:
    """What was paid too much in all, in öre; what was paid too little in a month is set off against the others.

    >>> total([Paid(date(2026, 1, 1), 1000, 400), Paid(date(2026, 2, 1), 0, 100)])
    500
    """
    return sum(line.difference for line in lines(months))
