"""Numbers as people and spreadsheets write them, read exactly, and rounded once."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tillit.errors import RefusedError

Sign = Literal[",", "."]


class NotANumber(RefusedError):
    """The text cannot be read as a number."""


class AmbiguousNumber(RefusedError):
    """The text can be read as two numbers, one a thousand times the other."""


_TIDIED = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys(" \t\u00a0\u2007\u2009\u202f\ufeff", None),
    }
)
_SHAPE = re.compile(r"([-+(]?)([0-9.,]*[0-9])([-)]?)")
_SIGNED = {("", ""): "", ("+", ""): "", ("-", ""): "-", ("", "-"): "-", ("(", ")"): "-"}
_LONGEST = 40  # characters; more is no amount, and slow to read


def parse_decimal(text: str, *, decimal: Sign | None = None) -> Decimal:
    """A number in any of the ways it is written, exactly.

    Of two signs the last is the decimal sign; a sign that comes twice divides thousands. One sign before
    three digits (`1,234`) says either, a thousand times apart, and is refused unless `decimal` tells.

    Takes: blanks anywhere, a minus first or last, or brackets for it.
    Raises: NotANumber; AmbiguousNumber.

    >>> parse_decimal("1.234,56"), parse_decimal("1,234.56"), parse_decimal("(1 234,5)")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('-1234.5'))
    >>> parse_decimal("1,234", decimal=","), parse_decimal("1,234", decimal=".")
    (Decimal('1.234'), Decimal('1234'))
    """
    shape = _SHAPE.fullmatch(text.translate(_TIDIED)) if len(text) <= _LONGEST else None
    minus = _SIGNED.get((shape[1], shape[3])) if shape else None
    if shape is None or minus is None:
        raise NotANumber(f"{shown(text)} is not a number", fix="write it as 1234,56")
    body = shape[2]
    sign = decimal or _decimal_sign(body)
    if sign is None:
        fix = "say in the source which sign is the decimal sign"
        raise AmbiguousNumber(f"{shown(text)} may be in thousands or in thousandths", fix=fix)
    whole, _, parts = body.partition(sign)
    divider = "." if sign == "," else ","
    grouped = re.fullmatch(rf"[0-9]*|[0-9]{{1,3}}(\{divider}[0-9]{{3}})+", whole)
    if not grouped or "," in parts or "." in parts:
        raise NotANumber(f"{shown(text)} is not a number", fix="write it as 1234,56")
    return Decimal(f"{minus}{whole.replace(divider, '')}" + (f".{parts}" if parts else ""))


def nearest(value: Fraction) -> int:
    """The whole number nearest, a half away from zero: as invoices are rounded, not as `round` does.

    >>> nearest(Fraction(5, 2)), nearest(Fraction(-5, 2)), nearest(Fraction(7, 3))
    (3, -3, 2)
    """
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def shown(text: str) -> str:
    """The text as an error may show it: a longer one may hold an identity number that lost its column.

    >>> shown("25:00"), shown("20000229-2399")
    ("'25:00'", 'a text of 13 characters')
    """
    return repr(text) if len(text) <= 8 else f"a text of {len(text)} characters"


def _decimal_sign(body: str) -> Sign | None:
    """Which sign is the decimal sign, when the number itself tells."""
    comma, point = body.rfind(","), body.rfind(".")
    last: Sign = "," if comma > point else "."
    if min(comma, point) >= 0 or max(comma, point) < 0:
        return last
    if body.count(last) > 1:
        return "." if last == "," else ","
    whole, _, parts = body.partition(last)
    looks_grouped = len(parts) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    return None if looks_grouped else last
