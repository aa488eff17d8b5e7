"""Numbers that payments and invoices carry: bankgiro, plusgiro, OCR reference, IBAN and GLN."""

import re
from datetime import date

from stdnum import ean, iban
from stdnum.exceptions import InvalidChecksum, ValidationError

from tillit.identifiers.number import (
    Number,
    Scheme,
    Verdict,
    compact,
    is_digits,
    judge,
    passes_luhn,
    tidy,
)
from tillit.identifiers.person import parse_person

_BANKGIRO = re.compile(r"0{0,3}([1-9][0-9]{2,3})-?([0-9]{4})")  # payment files fill it up to ten digits
_PLUSGIRO = re.compile(r"([1-9][0-9]{0,6})-?([0-9])")


def parse_bankgiro(text: str) -> Number:
    """A bankgiro number, seven or eight digits. Many are valid as plusgiro too: keep the scheme.

    >>> parse_bankgiro("5402-9681").verdict.value, parse_bankgiro("5402-9682").verdict.value
    ('valid', 'checksum_error')
    """
    return _giro(Scheme.BANKGIRO, _BANKGIRO, text)


def parse_plusgiro(text: str) -> Number:
    """A plusgiro number, two to eight digits.

    >>> parse_plusgiro("28 65 43-4").verdict.value, parse_plusgiro("410 54-51 21").verdict.value
    ('valid', 'format_error')
    """
    return _giro(Scheme.PLUSGIRO, _PLUSGIRO, text)


def parse_ocr(text: str, *, length_digit: bool = False) -> Number:
    """An OCR reference, two to twenty-five digits; it may hold anything, so it is kept out of `repr` too.

    Takes: `length_digit`, whether the digit before the check digit must be the last one of the length.

    >>> parse_ocr("1234567897").verdict.value, parse_ocr("1234567897", length_digit=True).verdict.value
    ('valid', 'checksum_error')
    """
    digits = compact(text)
    formed = is_digits(digits) and 2 <= len(digits) <= 25
    fits = not length_digit or digits[-2:-1] == str(len(digits) % 10)
    return judge(Scheme.OCR, digits, formed=formed, checked=formed and fits and passes_luhn(digits))


def parse_gln(text: str) -> Number:
    """A GS1 location number, thirteen digits.

    >>> parse_gln("7365560160681").verdict.value, parse_gln("736556016068").verdict.value
    ('valid', 'format_error')
    """
    digits = compact(text)
    formed = is_digits(digits) and len(digits) == 13
    return judge(Scheme.GLN, digits, formed=formed, checked=formed and ean.is_valid(digits))


def parse_iban(text: str) -> Number:
    """An IBAN of any country. A Swedish one that ends in a person's number is taken to show it.

    >>> parse_iban("SE45 5000 0000 0583 9825 7466").verdict.value
    'valid'
    """
    given = compact(text).upper()
    verdict = _iban_verdict(given)
    return Number(Scheme.IBAN, verdict, given, verdict is Verdict.FORMAT_ERROR or _ends_in_person(given))


def _giro(scheme: Scheme, form: re.Pattern[str], text: str) -> Number:
    given = tidy(text).replace(" ", "")
    parts = form.fullmatch(given)
    digits = parts[1] + parts[2] if parts else given
    return judge(scheme, digits, formed=parts is not None, checked=parts is not None and passes_luhn(digits))


def _iban_verdict(given: str) -> Verdict:
    lengths = range(24, 25) if given.startswith("SE") else range(15, 35)
    if not (given.isascii() and given.isalnum() and len(given) in lengths):
        return Verdict.FORMAT_ERROR
    try:
        iban.validate(given)
    except InvalidChecksum:
        return Verdict.CHECKSUM_ERROR
    except ValidationError:
        return Verdict.FORMAT_ERROR
    return Verdict.VALID


def _ends_in_person(given: str) -> bool:
    """Nordea's personal accounts are the owner's number; the bank digits alone do not give them away."""
    return given.startswith("SE") and parse_person("20" + given[-10:], on=date.max).verdict.is_valid
