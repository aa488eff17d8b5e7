"""One text as its column holds it, in any of the ways in which people and systems write it; or why it cannot be."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from tillit.catalogue.source import Conversion
from tillit.errors import RefusedError
from tillit.readers.tabular.field import Field, spelled
from tillit.readers.values import utc_minute
from tillit.units import Sign, clock_minute, parse_amount, parse_decimal, parse_hours, shown

LARGEST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years in which time can have been worked; the rest are slips of the hand."""

_ISO = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_ISO_MONTH = ("%Y-%m", "%Y%m", "%Y-%m-%d")
_LOOKS_LIKE_A_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ T][0-9:.]*)?")
_HOURS_AND_MINUTES = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::[0-5][0-9])?")
_YES = frozenset(("ja", "j", "yes", "y", "true", "sant", "1", "x"))
_NO = frozenset(("nej", "n", "no", "false", "falskt", "0"))
_CODES_SHOWN = 12
_MOST_DECIMALS = Decimal(10) ** 14


class NotADay(RefusedError):
    """The text is no calendar day."""


class NotAWholeNumber(RefusedError):
    """The text is no whole number."""


class NotYesOrNo(RefusedError):
    """The text says neither yes nor no."""


class UnknownCode(RefusedError):
    """The text is none of the codes that the source knows."""


class TooLargeNumber(RefusedError):
    """The number does not fit in its column."""


def convert(text: str, field: Field, sign: Sign | None = None, *, often: bool = False) -> object:
    """What a text stands for in this field; persons, organisations and accounts are for `Identities`.

    Takes: the decimal sign, where it is known; whether the text stands on several lines, so that it is a code.
    Raises: RefusedError, named after the fault.

    >>> convert("3,5", Field("quantity", "decimal")), convert("ja", Field("vat", "boolean"))
    (Decimal('3.5000'), True)
    """
    if field.known is not None:
        return _code(text, field, often=often)
    if field.kind == "money":
        return _small(parse_amount(text, decimal=sign))
    if field.kind == "decimal":
        return _decimal(text, sign)
    if field.kind in ("date", "month"):
        return day(text, field.formats, month=field.kind == "month")
    if field.kind == "timestamp":
        return stored_instant(utc_minute(written_instant(text, field.formats)))
    return _OTHERS[field.kind](text)


def day(text: str, formats: tuple[str, ...] = (), *, month: bool = False) -> date:
    """A calendar day; of a month its first. ISO 8601 is always known.

    Raises: NotADay.

    >>> day("30-Apr-12", ("%d-%b-%y",)), day("2025-03", month=True)
    (datetime.date(2012, 4, 30), datetime.date(2025, 3, 1))
    """
    text = text.strip()
    for form in (*formats, *(_ISO_MONTH if month else _ISO)):
        try:
            found = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return found.replace(day=1) if month else found
    kind, fix = ("month", "write YYYY-MM") if month else ("day", "write YYYY-MM-DD")
    raise NotADay(f"{_shown_day(text)} is no {kind}", fix=f"{fix}, or add its form to formats in source.yaml")


def day_of_month(month: str, number: str, formats: tuple[str, ...] = ()) -> date:
    """A day given as a month and a number in it.

    Raises: NotADay.

    >>> day_of_month("2025-03", "7")
    datetime.date(2025, 3, 7)
    """
    first = day(month, formats, month=True)
    try:
        return first.replace(day=int(number))
    except ValueError:
        raise NotADay(f"{first:%Y-%m} has no day {shown(number)}", fix="write a day of that month") from None


def written_instant(text: str, formats: tuple[str, ...] = ()) -> datetime:
    """A point in time as it is written: naive where it has no zone, and then on the town's clock.

    Raises: NotADay.

    >>> written_instant("2025-06-01 08:00"), written_instant("1/6/2025 8.00", ("%d/%m/%Y %H.%M",))
    (datetime.datetime(2025, 6, 1, 8, 0), datetime.datetime(2025, 6, 1, 8, 0))
    """
    text = text.strip()
    for form in formats:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        fix = "write YYYY-MM-DD HH:MM, or add its form to formats in source.yaml"
        raise NotADay(f"{_shown_day(text)} is no point in time", fix=fix) from None


def stored_instant(given: datetime) -> datetime:
    """The instant as the store holds it: UTC without saying so."""
    return given.astimezone(UTC).replace(tzinfo=None)


def _code(text: str, field: Field, *, often: bool) -> str:
    known = field.known or {}
    if (found := known.get(spelled(text))) is not None:
        return found
    codes = [*field.codes[:_CODES_SHOWN], *(["…"] if len(field.codes) > _CODES_SHOWN else [])]
    # What stands on many lines is a code; what stands on one may be a name that lost its column.
    what = repr(text.strip()) if often and not re.search(r"[0-9]{6}", text) else shown(text.strip())
    fix = f"known: {', '.join(codes)}; add it to lookups in source.yaml if it is right"
    raise UnknownCode(f"is {what}", fix=fix)


def _decimal(text: str, sign: Sign | None) -> Decimal:
    """A quantity or a factor: a single sign in it is its decimal sign, as in 4,345 weeks a month."""
    signs = [one for one in text if one in ",."]
    if len(signs) == 1:
        sign = sign or ("," if signs == [","] else ".")
    number = parse_decimal(text, decimal=sign)
    if abs(number) >= _MOST_DECIMALS:
        raise TooLargeNumber("the number has more than 14 digits", fix="see the file")
    return number.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _integer(text: str) -> int:
    number = parse_decimal(text, decimal="," if "," in text else ".")
    if number != number.to_integral_value():
        raise NotAWholeNumber(f"{shown(text)} is not a whole number", fix="write it without decimals")
    return _small(int(number))


def _hours(text: str) -> int:
    """Hours with decimals, or hours and minutes with a colon between them."""
    parts = _HOURS_AND_MINUTES.fullmatch(text.strip())
    return int(parts[1]) * 60 + int(parts[2]) if parts else _small(parse_hours(text))


def _boolean(text: str) -> bool:
    given = spelled(text)
    if given not in _YES | _NO:
        raise NotYesOrNo(f"{shown(text)} says neither yes nor no", fix="write ja or nej")
    return given in _YES


def _small(number: int) -> int:
    if abs(number) > LARGEST:
        raise TooLargeNumber("the number is larger than any amount", fix="see the file")
    return number


def _shown_day(text: str) -> str:
    """A day, even a wrong one, may be shown when it has the form of one and no number behind it."""
    return repr(text) if _LOOKS_LIKE_A_DAY.fullmatch(text) else shown(text)


_OTHERS: dict[Conversion, Callable[[str], object]] = {
    "text": str.strip,
    "integer": _integer,
    "minutes": _integer,
    "hours": _hours,
    "clock": clock_minute,
    "boolean": _boolean,
}
