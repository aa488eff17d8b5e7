"""One value as its column holds it, from the exact forms that documents use; or the reason why it cannot be."""

import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tillit.catalogue import Column, Kind
from tillit.errors import RefusedError
from tillit.units import TOWN, ClockGap, nearest, parse_amount, parse_decimal, shown

_LARGEST = 2**63 - 1
_FURTHEST = 40
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")


class NotAValue(RefusedError):
    """The value is not of its column's kind."""


def value_of(column: Column, given: object) -> object:
    """The value as the store holds it; texts of numbers and accounts are left for `identity`.

    Takes: a text in the form of XML and ISO 8601 (decimal point), or what the column holds; a naive
    datetime is on the town's clock.
    Raises: NotAValue; NotANumber; ClockGap.

    >>> value_of(Column(type=Kind.ORE, sv="Belopp"), "100.50"), value_of(Column(type=Kind.ORE, sv="Belopp"), 10050)
    (10050, 10050)
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return column.default
    value = _READ[column.type](given.strip() if isinstance(given, str) else given)
    if column.one_of and value not in column.one_of:
        raise NotAValue(f"{shown(str(value))} is not known", fix=f"known: {', '.join(column.one_of)}")
    return value


def utc_minute(given: datetime) -> datetime:
    """The instant in UTC, its seconds dropped; without a zone it is on the town's clock, the first of two.

    Raises: ClockGap.

    >>> utc_minute(datetime(2026, 6, 1, 8, 0, 59)).isoformat()
    '2026-06-01T06:00:00+00:00'
    """
    given = given.replace(second=0, microsecond=0)
    if not MINYEAR < given.year < MAXYEAR:  # where another zone may be no year at all
        raise NotAValue(f"the year {given.year} is out of reach", fix="see the file")
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    instant = given.replace(tzinfo=TOWN).astimezone(UTC)
    if instant.astimezone(TOWN).replace(tzinfo=None) != given:
        what = f"{given:%Y-%m-%d %H:%M} never came: the clocks were put forward that night"
        raise ClockGap(what, fix="ask the provider when it was")
    return instant


def _text(given: object) -> str:
    return str(given).strip()


def _whole(given: object) -> int:
    number = _exact(given)
    if number != number.to_integral_value():
        raise NotAValue(f"{shown(str(given))} is not a whole number", fix="see the file")
    return _small(int(number))


def _decimal(given: object) -> Decimal:
    number = _exact(given)
    if abs(number) >= Decimal(10) ** 14:
        raise NotAValue("the number has more than 14 digits", fix="see the file")
    return number.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _ore(given: object) -> int:
    if isinstance(given, int):
        return _small(given)
    if isinstance(given, Decimal):
        return _small(nearest(Fraction(_exact(given)) * 100))
    return _small(parse_amount(_text(given), decimal="."))


def _exact(given: object) -> Decimal:
    """A number as it stands; one with an exponent beyond any amount would take all memory to write out."""
    number = given if isinstance(given, Decimal) else parse_decimal(_text(given), decimal=".")
    if not number.is_finite() or not -_FURTHEST < number.adjusted() < _FURTHEST:
        raise NotAValue("the number is larger or smaller than any amount", fix="see the file")
    return number


def _date(given: object) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    parts = _ISO_DAY.fullmatch(_text(given))
    try:
        return date.fromisoformat(parts[1] if parts else _text(given)[:0])
    except ValueError:
        raise NotAValue(f"{_shown_day(_text(given))} is no day", fix="a day is written YYYY-MM-DD") from None


def _timestamp(given: object) -> datetime:
    if isinstance(given, datetime):
        return utc_minute(given)
    if isinstance(given, date):
        return utc_minute(datetime.combine(given, time()))
    try:
        return utc_minute(datetime.fromisoformat(_text(given)))
    except ValueError:
        what = f"{_shown_day(_text(given))} is no point in time"
        raise NotAValue(what, fix="it is written YYYY-MM-DDTHH:MM") from None


def _boolean(given: object) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    try:
        return known[_text(given).lower()]
    except KeyError:
        raise NotAValue(f"{shown(_text(given))} is neither true nor false", fix="known: true, false, 1, 0") from None


def _small(number: int) -> int:
    if abs(number) > _LARGEST:
        raise NotAValue("the number is larger than any amount", fix="see the file")
    return number


def _shown_day(given: str) -> str:
    """A date, even a wrong one, may be shown when it has the form of one and no number behind it."""
    return f"'{given[:10]}'" if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?", given) else shown(given)


_READ: dict[Kind, Callable[[object], object]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _decimal,
    Kind.MINUTES: _whole,
    Kind.ORE: _ore,
    Kind.DATE: _date,
    Kind.TIMESTAMP: _timestamp,
    Kind.BOOLEAN: _boolean,
    Kind.PERSON: _text,
    Kind.ORGANISATION: _text,
    Kind.ACCOUNT: _text,
}
