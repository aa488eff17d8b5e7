"""Recovery: what was paid too much month by month, its interest, its plan, the last day to claim it. Knows no data."""

from tillit.recovery.interest import Interest, interest
from tillit.recovery.limitation import last_day, years_after
from tillit.recovery.month import Hours, Line, Paid, lines, rate_in, total
from tillit.recovery.plan import Instalment, NoPlanError, instalments

__all__ = [
    "Hours",
    "Instalment",
    "Interest",
    "Line",
    "NoPlanError",
    "Paid",
    "instalments",
    "interest",
    "last_day",
    "lines",
    "rate_in",
    "total",
    "years_after",
]
