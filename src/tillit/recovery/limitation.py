"""The last day on which a claim can be made: so many years after each payment, or after the claim arose."""

from collections.abc import Iterable
from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day some years later; the last of February where there is no leap day.

    >>> years_after(date(2024, 2, 29), 3), years_after(date(2025, 7, 1), 3)
    (datetime.date(2027, 2, 28), datetime.date(2028, 7, 1))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def last_day(paid_on: Iterable[date], years: int) -> date | None:
    """The last day for the oldest of some payments: after it a part of the claim is lost. None where nothing is paid.

    Law: 2025:400 33 kap. 5 § (three years from when the cost arose, for each payment); 1981:130 2 § (ten years).
    """
    return min((years_after(day, years) for day in paid_on), default=None)
