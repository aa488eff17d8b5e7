"""Money: whole öre, read exactly from what files say and written as Swedes read it."""

import re
from fractions import Fraction

from tillit.units.decimals import Sign, nearest, parse_decimal

_CURRENCY = re.compile(
    r"(?<![0-9.,])(?:SEK|kr|[€£$])(?=[\s(+\u2212-]*[.,]?[0-9])"  # before the digits, never among them
    r"|(?:SEK|kr\.?|:-|[€£$])(?=[\s)\u2212-]*$)",
    re.IGNORECASE,
)
_NO_BREAK = "\u00a0"
_MINUS = "\u2212"


def parse_amount(text: str, *, decimal: Sign | None = None) -> int:
    """An amount in öre, or in the hundredths of whatever currency the source has declared.

    More than two decimals, which spreadsheets leave behind, are rounded to the öre, a half away from zero.

    Takes: `decimal`, the source's decimal sign; without it an amount like `1,234` is refused.
    Raises: NotANumber; AmbiguousNumber.

    >>> parse_amount("1\\u00a0234,56 kr"), parse_amount("(£1,234.56)"), parse_amount("12.00- ")
    (123456, -123456, -1200)
    >>> parse_amount("0,125"), parse_amount("1.234", decimal=",")
    (13, 123400)
    """
    bare = _CURRENCY.sub("", text, count=1)
    return nearest(Fraction(parse_decimal(bare, decimal=decimal)) * 100)


def format_money(ore: int, currency: str = "SEK") -> str:
    """An amount as Swedes read it, with blanks that do not break.

    >>> format_money(1235600).replace("\\u00a0", "_"), format_money(-5, "GBP").replace("\\u00a0", "_")
    ('12_356,00_kr', '−0,05_GBP')
    """
    kronor, rest = divmod(abs(ore), 100)
    grouped = f"{kronor:,}".replace(",", _NO_BREAK)
    return f"{_MINUS if ore < 0 else ''}{grouped},{rest:02}{_NO_BREAK}{'kr' if currency in ('', 'SEK') else currency}"
