"""Interest on a claim that is overdue, where an act gives it: the reference rate and a margin, day by day."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tillit.catalogue import Parameter
from tillit.errors import BrokenError
from tillit.units import nearest

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Interest:
    """Interest of some days: whole öre, rounded once, and the spans of one rate each that it was counted from."""

    ore: int
    spans: list[tuple[date, date, Fraction]]


def interest(principal: int, first: date, last: date, rate: Parameter, margin: Parameter) -> Interest:
    """The interest on öre from one day to another, both included; none where the last day is before the first.

    A year is counted as it is, 365 or 366 days. Takes: rates in per cent a year.
    Raises: ContentError where a rate is not known for a day: then it is not guessed.
    Law: 1975:635 6 § and 9 §.
    """
    spans: list[tuple[date, date, Fraction]] = []
    day, exact = first, Fraction(0)
    while day <= last:
        percent = _percent(rate, day) + _percent(margin, day)
        exact += Fraction(principal) * percent / 100 / (366 if isleap(day.year) else 365)
        if spans and spans[-1][2] == percent:
            spans[-1] = (spans[-1][0], day, percent)
        else:
            spans.append((day, day, percent))
        day += _DAY
    return Interest(nearest(exact), spans)


def _percent(parameter: Parameter, day: date) -> Fraction:
    value = parameter.on(day).value
    if isinstance(value, dict):
        raise BrokenError(f"'{parameter.id}' has a value for each key, and one is asked for")
    return Fraction(value)
