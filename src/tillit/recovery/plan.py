"""A plan of payments: equal parts and a rest, which add up to what is owed."""

import calendar
from datetime import date
from typing import NamedTuple

from tillit.errors import RefusedError

MOST = 240
"""So many payments are twenty years: a longer plan is no plan."""


class NoPlanError(RefusedError):
    """The plan would never end, or begins with nothing."""


class Instalment(NamedTuple):
    """A payment that is to come."""

    due_on: date
    ore: int


def instalments(owed: int, monthly: int, first: date) -> list[Instalment]:
    """The payments of a plan: the same each month, on the same day, and what is left in the last one.

    Takes: öre. A day that the month does not have is its last one.
    Raises: NoPlanError.

    >>> [(str(one.due_on), one.ore) for one in instalments(250_00, 100_00, date(2026, 1, 31))]
    [('2026-01-31', 10000), ('2026-02-28', 10000), ('2026-03-31', 5000)]
    """
    if owed <= 0 or monthly <= 0:
        raise NoPlanError("Det finns inget att dela upp", fix="ange ett belopp över noll")
    number = -(-owed // monthly)
    if number > MOST:
        raise NoPlanError(f"Planen skulle bli {number} månader lång", fix=f"höj beloppet så att den blir högst {MOST}")
    return [Instalment(_month(first, place), min(monthly, owed - place * monthly)) for place in range(number)]


def _month(first: date, after: int) -> date:
    months = first.year * 12 + first.month - 1 + after
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
