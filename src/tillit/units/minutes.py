"""Lengths of time: whole minutes, weighed in parts of 28, granted by the week, priced by the hour."""

from calendar import monthrange
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tillit.errors import RefusedError
from tillit.units.decimals import nearest, parse_decimal

PARTS = 28  # of which a quarter (waiting) and a seventh (standby) are both whole


class UnknownKind(RefusedError):
    """A kind of time has no weight."""


def weighted28(minutes_by_kind: Mapping[str, int], weights28: Mapping[str, int]) -> int:
    """The payable time in 28ths of a minute: sums stay exact until they are shown.

    Takes: whole minutes of each kind; of each kind its weight in 28ths, as the parameter of the day says.
    Raises: UnknownKind.

    >>> weighted28({"active": 60, "waiting": 480}, {"active": 28, "waiting": 7, "standby": 4}) // 28
    180
    """
    unknown = sorted(minutes_by_kind.keys() - weights28.keys())
    if unknown:
        fix = f"known: {', '.join(weights28)}"
        raise UnknownKind(f"no weight for the kind of time '{unknown[0]}'", fix=fix)
    return sum(minutes * weights28[kind] for kind, minutes in minutes_by_kind.items())


def minutes_from28(weighted: int) -> int:
    """Weighted time in whole minutes, for showing only: add up before, not after.

    >>> minutes_from28(42)
    2
    """
    return nearest(Fraction(weighted, PARTS))


def month_minutes(granted_week_minutes: int, year: int, month: int, month_factor: Decimal | None = None) -> int:
    """The month's share of a weekly grant, by its days or by the factor that the decision states.

    Takes: `month_factor`, weeks a month (4,33 or 4,345) when the decision says so.

    >>> month_minutes(2400, 2026, 4), month_minutes(2400, 2026, 4, Decimal("4.33"))
    (10286, 10392)
    """
    weeks = Fraction(monthrange(year, month)[1], 7) if month_factor is None else Fraction(month_factor)
    return nearest(granted_week_minutes * weeks)


def parse_hours(text: str) -> int:
    """Whole minutes of hours with decimals; a single sign is always the decimal sign.

    Raises: NotANumber.

    >>> parse_hours("0,5"), parse_hours("7.75"), parse_hours("0,333")
    (30, 465, 20)
    """
    return nearest(Fraction(parse_decimal(text, decimal="," if "," in text else ".")) * 60)


def price_of(minutes: int | Fraction, ore_per_hour: int) -> int:
    """What the minutes cost in öre, rounded once: price the sum, do not sum the prices.

    Takes: minutes, or a Fraction of 28ths from `weighted28`.

    >>> price_of(465, 32450), price_of(Fraction(100, 28), 32450)
    (251488, 1932)
    """
    return nearest(Fraction(minutes) * ore_per_hour / 60)


def format_minutes(minutes: int) -> str:
    """A length as people say it.

    >>> format_minutes(10286), format_minutes(45), format_minutes(-60)
    ('171 h 26 min', '45 min', '−1 h')
    """
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return ("\u2212" if minutes < 0 else "") + " ".join(parts)
