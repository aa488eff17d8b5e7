"""Fields of lines of fixed width, as Bankgirot's files write giros, amounts and days."""

from tillit.identifiers.number import is_digits

MASK = "X"
"""Published samples have it in place of digits of accounts and giros."""


def giro(field: str, scheme: str = "BG") -> str:
    """A giro number without the zeros that fill it up; nothing when there is none, or when it is masked.

    A bankgiro has seven digits at least: a shorter number in its place is that of a payout.

    >>> giro("0009912346"), giro("0000990010"), giro("00XXXXXXXX"), giro("0000000018", "PG")
    ('BG:9912346', '', '', 'PG:18')
    """
    number = field.strip().lstrip("0")
    shortest = 7 if scheme == "BG" else 2
    return f"{scheme}:{number}" if len(number) >= shortest and MASK not in number else ""


def is_masked(field: str) -> bool:
    """Whether a number is masked, so that it tells nothing.

    >>> is_masked("00XXXXXXXX"), is_masked("0009912346")
    (True, False)
    """
    return MASK in field.upper()


def ore(field: str) -> int | str:
    """An amount in öre; what is no amount is left as it stands, for the table to refuse.

    >>> ore("000000098000"), ore(" 98000"), ore("98o00")
    (98000, 98000, '98o00')
    """
    return int(field) if is_digits(field.strip()) else field.strip()


def day(field: str) -> str:
    """A day of YYMMDD or YYYYMMDD in ISO form; nothing for blanks, zeros and words such as `GENAST`.

    >>> day("060330"), day("20040525"), day("GENAST"), day("000000")
    ('2006-03-30', '2004-05-25', '', '')
    """
    digits = field.strip()
    if not is_digits(digits) or not digits.strip("0"):
        return ""
    return f"{digits[:-4] if len(digits) == 8 else '20' + digits[:-4]}-{digits[-4:-2]}-{digits[-2:]}"


def count(field: str) -> int | None:
    """A number of lines; nothing when it is blank or masked.

    >>> count("00000018"), count("        ")
    (18, None)
    """
    return int(field) if is_digits(field.strip()) else None
