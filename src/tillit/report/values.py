"""Values of findings and rows as Swedes read them: amounts, lengths, days and local clock times."""

from datetime import UTC, date, datetime
from fractions import Fraction

from tillit.catalogue import Column, Kind
from tillit.store import Value
from tillit.units import TOWN, Period, format_minutes, format_money, nearest

_BLANK = "\u00a0"

_BY_NAME = {"_ore": Kind.ORE, "_minutes": Kind.MINUTES, "_at": Kind.TIMESTAMP, "_on": Kind.DATE, "_date": Kind.DATE}
"""The ending of a name tells its kind, as the glossary has it; details of a finding have no other."""

_BY_UNIT = {"minutes": Kind.MINUTES, "ore": Kind.ORE}


def kind_of(name: str, column: Column | None = None) -> Kind:
    """What a value is: as its table says, or as its name does.

    >>> kind_of("overlap_minutes").value, kind_of("minutes").value, kind_of("share").value
    ('minutes', 'minutes', 'text')
    """
    if column is not None:
        return column.type
    return next((kind for ending, kind in _BY_NAME.items() if f"_{name}".endswith(ending)), Kind.TEXT)


def text(value: Value, kind: Kind, column: Column | None = None, currency: str = "SEK") -> str:
    """A value in Swedish; nothing is an empty text.

    >>> text(90, Kind.MINUTES).replace(_BLANK, "_"), text(True, Kind.BOOLEAN), text("2025-03-03T07:00", Kind.TIMESTAMP)
    ('1_h_30_min', 'ja', '2025-03-03 08:00')
    >>> text("5566778899", Kind.ORGANISATION), text("0.2500", Kind.DECIMAL), text(-123456, Kind.ORE, currency="GBP")
    ('556677-8899', '0,25', '−1\\xa0234,56\\xa0GBP')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int):
        return _number(value, kind, currency)
    if column is not None and value in column.one_of:
        return column.one_of[value]
    if kind is Kind.TIMESTAMP:
        return local(value)
    if kind is Kind.DECIMAL:
        return (value.rstrip("0").rstrip(".") if "." in value else value).replace(".", ",")
    return organisation(value) if kind is Kind.ORGANISATION else value


def _number(value: int, kind: Kind, currency: str) -> str:
    if kind is Kind.ORE:
        return format_money(value, currency)
    return length(value) if kind is Kind.MINUTES else whole(value)


def whole(number: int) -> str:
    """A whole number with its thousands apart.

    >>> whole(-1234567).replace(_BLANK, "_")
    '−1_234_567'
    """
    return f"{number:,}".replace(",", _BLANK).replace("-", "\u2212")


def kronor(ore: int) -> str:
    """An amount in whole kronor, for headings and charts, where the öre only disturb.

    >>> kronor(123456750).replace(_BLANK, "_"), kronor(-150).replace(_BLANK, "_")
    ('1_234_568_kr', '−2_kr')
    """
    return f"{whole(rounded_kronor(ore))}{_BLANK}kr"


def rounded_kronor(ore: int) -> int:
    """Whole kronor, a half away from zero."""
    return nearest(Fraction(ore, 100))


def length(minutes: int) -> str:
    """A length of time that does not break over two lines."""
    hours, _, rest = format_minutes(minutes).partition(" ")
    return f"{_grouped(hours)} {rest}".replace(" ", _BLANK)


def _grouped(digits: str) -> str:
    sign, number = ("\u2212", digits[1:]) if digits.startswith("\u2212") else ("", digits)
    return sign + whole(int(number))


def measured(value: int | None, unit: str) -> str:
    """What a control measured, or its limit, in the control's unit.

    >>> measured(3, "days").replace(_BLANK, "_"), measured(None, "days"), measured(6, "minutes").replace(_BLANK, "_")
    ('3_dagar', '', '6_min')
    """
    if value is None:
        return ""
    if unit == "days":
        return f"{whole(value)}{_BLANK}{'dag' if abs(value) == 1 else 'dagar'}"
    return text(value, _BY_UNIT.get(unit, Kind.INTEGER))


def local(instant: str) -> str:
    """An instant in UTC as the town's clock showed it; a text that is no instant is left as it is.

    >>> local("2025-07-01T22:30:00"), local("2025-07-01 22:30"), local("2025-07-01")
    ('2025-07-02 00:30', '2025-07-02 00:30', '2025-07-01')
    """
    if len(instant) <= len("2025-07-01"):
        return instant
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError:
        return instant
    return f"{moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(TOWN):%Y-%m-%d %H:%M}"


def period(start: str | None, end: str | None) -> str:
    """A period of days, or of clock times, as short as it can be said.

    >>> period("2025-03-01", "2025-03-31"), period("2025-03-03", "2025-03-03"), period(None, "2025-03-03")
    ('2025-03', '2025-03-03', '– 2025-03-03')
    >>> period("2025-03-03T07:00", "2025-03-03T08:30"), period("2025-03-03T07:00", "2025-03-04T08:30")
    ('2025-03-03 08:00–09:30', '2025-03-03 08:00 – 2025-03-04 09:30')
    """
    first, last = local(start or ""), local(end or "")
    if first == last or not last:
        return first
    if first[:10] == last[:10] and len(last) > len("2025-03-03"):
        return f"{first}–{last[11:]}"
    if _is_month(first, last):
        return first[:7]
    return f"{first} – {last}".strip()


def _is_month(first: str, last: str) -> bool:
    if not len(first) == len(last) == len("2025-03-31"):
        return False
    day = date.fromisoformat(first)
    return Period(day, date.fromisoformat(last)) == Period.month(day.year, day.month) if first < last else False


def organisation(number: str) -> str:
    """An organisation number as people write it; anything else is left as it is."""
    return f"{number[:6]}-{number[6:]}" if len(number) == 10 and number.isdecimal() else number
