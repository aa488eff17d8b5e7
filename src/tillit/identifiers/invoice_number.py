"""Invoice numbers in the one form in which two ways of writing the same number are equal."""

import re


def comparable_number(number: str) -> str:
    """An invoice number in upper case, without blanks and signs, and without leading zeros of its groups of digits.

    >>> comparable_number("INV-00123 "), comparable_number("inv123"), comparable_number("000")
    ('INV123', 'INV123', '0')
    """
    kept = re.sub(r"[\W_]", "", number.upper())
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", kept)
