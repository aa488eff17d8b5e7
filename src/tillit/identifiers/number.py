"""A number as it came, with a verdict on it: nothing is thrown away because it is wrong."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a number by looking at it alone."""

    VALID = "valid"
    VALID_INCOMPLETE = "valid_incomplete"  # right, but it does not give a whole birth date
    CHECKSUM_ERROR = "checksum_error"  # the right form; one digit or more is wrong
    FORMAT_ERROR = "format_error"  # not the form of any number that is given out

    @property
    def is_valid(self) -> bool:
        """Whether the number can be what it says it is.

        >>> [verdict.value for verdict in Verdict if verdict.is_valid]
        ['valid', 'valid_incomplete']
        """
        return self in (Verdict.VALID, Verdict.VALID_INCOMPLETE)


class Scheme(StrEnum):
    """The series that a number is taken from; many numbers would fit more than one."""

    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"
    OCR = "ocr"
    IBAN = "iban"
    GLN = "gln"
    VAT = "vat"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of some scheme, without its blanks and hyphens; `repr` never shows it.

    `is_personal` says that it shows a personal identity number, or cannot be read and may be one.
    """

    scheme: Scheme
    verdict: Verdict
    number: str = field(repr=False)
    is_personal: bool


_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u200b\ufeff", None),
    }
)
_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice the digit, its two digits added


def tidy(text: str) -> str:
    """The text without what word processors and spreadsheets put on it.

    `5.56E+09` is left as it is: a spreadsheet has rounded that number away, and only the sender has it.

    >>> tidy(" 556016\u20110680\u00a0"), tidy("5560160680.0"), tidy("5.56E+09")
    ('556016-0680', '5560160680', '5.56E+09')
    """
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
    text = text.strip()
    return text[:-2] if text.endswith((".0", ",0")) else text


def compact(text: str) -> str:
    """The tidy text without blanks and hyphens, for the numbers in which they mean nothing.

    >>> compact("28 65 43-4")
    '2865434'
    """
    return tidy(text).replace(" ", "").replace("-", "")


def is_digits(text: str) -> bool:
    """Whether the text is nothing but the digits 0 to 9; `str.isdigit` also takes those of other scripts.

    >>> is_digits("0123"), is_digits("\u0661"), is_digits("")
    (True, False, False)
    """
    return text.isascii() and text.isdigit()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it, mod 10 with weights 1 and 2.

    >>> passes_luhn("5560160680"), passes_luhn("5560160681")
    (True, False)
    """
    weighed = digits[-1::-2] + digits[-2::-2].translate(_DOUBLED)
    return (sum(weighed.encode()) - 48 * len(weighed)) % 10 == 0  # 48 is the code of the digit 0


def judge(scheme: Scheme, number: str, *, formed: bool, checked: bool) -> Number:
    """The number with its verdict: wrong in form first, then in its check digit.

    >>> judge(Scheme.OCR, "18", formed=True, checked=True)
    Number(scheme=<Scheme.OCR: 'ocr'>, verdict=<Verdict.VALID: 'valid'>, is_personal=False)
    """
    if not formed:
        return Number(scheme, Verdict.FORMAT_ERROR, number, is_personal=True)
    return Number(scheme, Verdict.VALID if checked else Verdict.CHECKSUM_ERROR, number, is_personal=False)
