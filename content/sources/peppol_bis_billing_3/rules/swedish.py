"""Rules for Swedish sellers: organisation and VAT numbers, F-tax, VAT rates, giro numbers."""

from collections.abc import Iterator

from tillit.identifiers.number import is_digits, passes_luhn
from tillit.readers.xml import Element, as_number, each, text

from .rule import country, every, rule

RATES = (25, 12, 6)


@rule("SE-R-001", "En svensk säljares momsnummer ska ha 14 tecken.")
def vat_number_has_14_signs(document: Element) -> Iterator[Element]:
    return (one for one in _vat_numbers(document) if len(_value(one)) != 14)


@rule("SE-R-002", "De tolv sista tecknen i en svensk säljares momsnummer ska vara siffror.")
def vat_number_ends_in_digits(document: Element) -> Iterator[Element]:
    return (one for one in _vat_numbers(document) if not is_digits(_value(one)[2:14]))


@rule("SE-R-003", "Ett svenskt organisationsnummer ska bara ha siffror.")
def organisation_number_is_digits(document: Element) -> Iterator[Element]:
    return (one for one in _organisation_numbers(document) if not is_digits(_value(one)))


@rule("SE-R-004", "Ett svenskt organisationsnummer ska ha tio tecken.")
def organisation_number_has_ten(document: Element) -> Iterator[Element]:
    return (one for one in _organisation_numbers(document) if len(_value(one)) != 10)


@rule("SE-R-013", "Organisationsnumrets sista siffra ska vara rätt kontrollsiffra.")
def organisation_number_is_checked(document: Element) -> Iterator[Element]:
    return (one for one in _organisation_numbers(document) if is_digits(_value(one)) and not passes_luhn(_value(one)))


@rule("SE-R-005", 'En säljare som uppger F-skatt ska skriva "Godkänd för F-skatt".')
def f_tax_is_worded(document: Element) -> Iterator[Element]:
    if country(document, "Supplier") == "SE" and list(_vat_numbers(document)):
        for scheme in each(document, "AccountingSupplierParty/Party/PartyTaxScheme"):
            said = text(scheme, "CompanyID")
            if text(scheme, "TaxScheme/ID") != "VAT" and said.casefold() != "godkänd för f-skatt":
                yield from each(scheme, "CompanyID") or [scheme]


@rule("SE-R-006", "Svensk moms av slaget S ska vara 25, 12 eller 6 procent.")
def vat_rate_is_known(document: Element) -> Iterator[Element]:
    if country(document, "Supplier") == "SE" and list(_vat_numbers(document)):
        for category in every(document, "TaxCategory", "ClassifiedTaxCategory"):
            if text(category, "ID") == "S" and as_number(text(category, "Percent")) not in RATES:
                yield from each(category, "Percent") or [category]


@rule("SE-R-007", "Ett plusgironummer ska bara ha siffror.", "warning")
def plusgiro_is_digits(document: Element) -> Iterator[Element]:
    return (one for one in _giro_numbers(document, "SE:PLUSGIRO") if not is_digits(_value(one)))


@rule("SE-R-008", "Ett bankgironummer ska bara ha siffror.", "warning")
def bankgiro_is_digits(document: Element) -> Iterator[Element]:
    return (one for one in _giro_numbers(document, "SE:BANKGIRO") if not is_digits(_value(one)))


@rule("SE-R-009", "Ett bankgironummer ska ha sju eller åtta siffror.", "warning")
def bankgiro_has_seven_or_eight(document: Element) -> Iterator[Element]:
    return (one for one in _giro_numbers(document, "SE:BANKGIRO") if not 7 <= len(_value(one)) <= 8)


@rule("SE-R-010", "Ett plusgironummer ska ha två till åtta siffror.", "warning")
def plusgiro_has_two_to_eight(document: Element) -> Iterator[Element]:
    return (one for one in _giro_numbers(document, "SE:PLUSGIRO") if not 2 <= len(_value(one)) <= 8)


@rule("SE-R-011", "Bankgiro och plusgiro anges med betalsätt 30, inte 50 eller 56.", "warning")
def giro_is_means_30(document: Element) -> Iterator[Element]:
    codes = each(document, "PaymentMeans/PaymentMeansCode") if country(document, "Supplier") == "SE" else []
    return (code for code in codes if _value(code) in ("50", "56"))


@rule("SE-R-012", "Inom Sverige anges betalsätt 30, inte 31.", "warning")
def domestic_is_means_30(document: Element) -> Iterator[Element]:
    is_domestic = country(document, "Supplier") == country(document, "Customer") == "SE"
    codes = each(document, "PaymentMeans/PaymentMeansCode") if is_domestic else []
    return (code for code in codes if _value(code) == "31")


@rule("PEPPOL-COMMON-R040", "Ett GLN ska bara ha siffror och rätt kontrollsiffra.")
def gln_is_checked(document: Element) -> Iterator[Element]:
    """The rule says nothing of the length, and so passes numbers that are no GLN."""
    return (one for one in _identifiers(document, "0088") if not _passes_gs1(_value(one)))


@rule("PEPPOL-COMMON-R049", "Ett organisationsnummer i schema 0007 ska ha tio siffror och rätt kontrollsiffra.")
def scheme_0007_is_checked(document: Element) -> Iterator[Element]:
    for one in _identifiers(document, "0007"):
        value = _value(one)
        if not (len(value) == 10 and is_digits(value) and passes_luhn(value)):
            yield one


def _vat_numbers(document: Element) -> Iterator[Element]:
    """The VAT numbers of a Swedish seller that begin as Swedish ones."""
    if country(document, "Supplier") == "SE":
        for scheme in each(document, "AccountingSupplierParty/Party/PartyTaxScheme"):
            if text(scheme, "TaxScheme/ID") == "VAT" and text(scheme, "CompanyID")[:2] == "SE":
                yield from each(scheme, "CompanyID")


def _organisation_numbers(document: Element) -> list[Element]:
    is_swedish = country(document, "Supplier") == "SE"
    return each(document, "AccountingSupplierParty/Party/PartyLegalEntity/CompanyID") if is_swedish else []


def _giro_numbers(document: Element, branch: str) -> Iterator[Element]:
    for means in each(document, "PaymentMeans"):
        named = text(means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID")
        if text(means, "PaymentMeansCode") == "30" and named.upper() == branch:
            yield from each(means, "PayeeFinancialAccount/ID")


def _identifiers(document: Element, scheme: str) -> Iterator[Element]:
    """Electronic addresses and the numbers of parties, in one scheme."""
    for one in every(document, "EndpointID", "CompanyID"):
        if one.get("schemeID") == scheme:
            yield one
    for identification in every(document, "PartyIdentification"):
        for one in each(identification, "ID"):
            if one.get("schemeID") == scheme:
                yield one


def _passes_gs1(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it, mod 10 with weights 1 and 3.

    >>> _passes_gs1("7365560160681"), _passes_gs1("7365560160682")
    (True, False)
    """
    return (
        is_digits(digits)
        and sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0
    )


def _value(place: Element) -> str:
    return (place.text or "").strip()
