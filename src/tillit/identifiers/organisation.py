"""Organisation numbers, and which of them are a person's number."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tillit.identifiers.number import Number, Scheme, Verdict, compact, is_digits, passes_luhn, tidy
from tillit.identifiers.person import parse_person


class OrganisationKind(StrEnum):
    """The form of an organisation, as far as the first digit tells it."""

    ESTATE = "estate"  # dödsbo
    PUBLIC = "public"  # state, region, municipality, parish
    FOREIGN = "foreign"
    LIMITED_COMPANY = "limited_company"  # aktiebolag
    SIMPLE_PARTNERSHIP = "simple_partnership"  # enkelt bolag
    ECONOMIC_ASSOCIATION = "economic_association"  # ekonomisk förening, bostadsrättsförening
    NON_PROFIT = "non_profit"  # ideell förening, stiftelse
    PARTNERSHIP = "partnership"  # handelsbolag, kommanditbolag
    SOLE_TRADER = "sole_trader"  # enskild firma: the owner's own number
    GD = "gd"  # Bolagsverket's number for what has no organisation number
    UNKNOWN = "unknown"


_KINDS = {
    "1": OrganisationKind.ESTATE,
    "2": OrganisationKind.PUBLIC,
    "3": OrganisationKind.FOREIGN,
    "5": OrganisationKind.LIMITED_COMPANY,
    "6": OrganisationKind.SIMPLE_PARTNERSHIP,
    "7": OrganisationKind.ECONOMIC_ASSOCIATION,
    "8": OrganisationKind.NON_PROFIT,
    "9": OrganisationKind.PARTNERSHIP,
}


@dataclass(frozen=True, slots=True)
class OrganisationNumber:
    """An organisation's number: ten digits when they can be told, else the text as it came.

    >>> parse_organisation("121212+1212").is_sole_trader
    True
    """

    kind: OrganisationKind
    verdict: Verdict
    number: str = field(repr=False)

    @property
    def is_sole_trader(self) -> bool:
        """Whether the number is its owner's personal identity or coordination number."""
        return self.kind is OrganisationKind.SOLE_TRADER

    @property
    def is_personal(self) -> bool:
        """Whether it is a person's number, or cannot be read and may be one."""
        return self.is_sole_trader or self.verdict is Verdict.FORMAT_ERROR


_CENTURIES = ("18", "19", "20")


def parse_organisation(text: str) -> OrganisationNumber:
    """An organisation number and what is wrong with it, whatever the text.

    Takes: ten digits; twelve, with `16` or a century first; or a VAT number, `SE` + ten digits + `01`.

    >>> parse_organisation("16556016-0680").number, parse_organisation("SE556016068001").number
    ('5560160680', '5560160680')
    >>> parse_organisation("5.56E+09").verdict
    <Verdict.FORMAT_ERROR: 'format_error'>
    """
    given = tidy(text)
    digits = given.replace(" ", "").replace("-", "").replace("+", "")
    if len(digits) == 14 and digits[:2].upper() == "SE" and digits[-2:].isdigit():
        digits = digits[2:-2]
    prefix, number = digits[:-10], digits[-10:]
    if not is_digits(digits):
        return OrganisationNumber(OrganisationKind.UNKNOWN, Verdict.FORMAT_ERROR, given)
    if digits.startswith("302") and len(digits) in (10, 11):  # Bolagsverket uses both lengths; no check digit
        return OrganisationNumber(OrganisationKind.GD, Verdict.VALID, digits)
    if len(number) < 10 or prefix not in ("", "16", *_CENTURIES):
        return OrganisationNumber(OrganisationKind.UNKNOWN, Verdict.FORMAT_ERROR, given)
    if number[2] < "2":  # a month: the number of a person
        return OrganisationNumber(OrganisationKind.SOLE_TRADER, _owner(prefix, number), number)
    kind = _KINDS.get(number[0], OrganisationKind.UNKNOWN)
    if kind is OrganisationKind.UNKNOWN or prefix in _CENTURIES:
        return OrganisationNumber(kind, Verdict.FORMAT_ERROR, given)
    verdict = Verdict.VALID if passes_luhn(number) else Verdict.CHECKSUM_ERROR
    return OrganisationNumber(kind, verdict, number)


def parse_vat(text: str) -> Number:
    """A Swedish VAT number; that of a sole trader shows a personal identity number.

    Endings other than `01` exist in law and are taken.

    >>> parse_vat("SE 556016-0680 01").verdict.value, parse_vat("5560160680").verdict.value
    ('valid', 'format_error')
    """
    given = compact(text).upper()
    if len(given) != 14 or not given.startswith("SE"):
        return Number(Scheme.VAT, Verdict.FORMAT_ERROR, given, is_personal=True)
    organisation = parse_organisation(given)
    return Number(Scheme.VAT, organisation.verdict, given, organisation.is_personal)


def _owner(prefix: str, number: str) -> Verdict:
    """The verdict on the owner's number; without its century, 20 does: only 1900-02-29 slips through."""
    century = prefix if prefix in _CENTURIES else "20"
    return parse_person(century + number, on=date.max).verdict
