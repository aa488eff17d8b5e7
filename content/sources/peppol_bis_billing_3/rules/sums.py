"""Rules of the European standard about arithmetic: the parts of an invoice make its totals."""

from collections.abc import Iterator
from decimal import Decimal

from tillit.readers.xml import Element, as_number, each, number, text

from .rule import allowances, every, lines, rounded, rule, total

TOTALS = "LegalMonetaryTotal"
ZERO = Decimal(0)


@rule("BR-CO-10", "Radernas summa ska vara summan av radernas nettobelopp.")
def lines_add_up(document: Element) -> Iterator[Element]:
    added = rounded(total(lines(document), "LineExtensionAmount"))
    return (one for one in each(document, TOTALS) if (number(one, "LineExtensionAmount") or ZERO) != added)


@rule("BR-CO-11", "Summan av avdrag ska vara avdragen tillsammans.")
def allowances_add_up(document: Element) -> Iterator[Element]:
    return _of_kind(document, "AllowanceTotalAmount", charge=False)


@rule("BR-CO-12", "Summan av avgifter ska vara avgifterna tillsammans.")
def charges_add_up(document: Element) -> Iterator[Element]:
    return _of_kind(document, "ChargeTotalAmount", charge=True)


@rule("BR-CO-13", "Summan utan moms ska vara raderna minus avdrag plus avgifter.")
def net_adds_up(document: Element) -> Iterator[Element]:
    for one in each(document, TOTALS):
        parts = (number(one, "LineExtensionAmount") or ZERO) - (number(one, "AllowanceTotalAmount") or ZERO)
        if (number(one, "TaxExclusiveAmount") or ZERO) != rounded(parts + (number(one, "ChargeTotalAmount") or ZERO)):
            yield one


@rule("BR-CO-14", "Momsen ska vara summan av momsdelarna.")
def tax_adds_up(document: Element) -> Iterator[Element]:
    for tax in each(document, "TaxTotal"):
        parts = each(tax, "TaxSubtotal")
        if parts and (number(tax, "TaxAmount") or ZERO) != rounded(total(parts, "TaxAmount")):
            yield tax


@rule("BR-CO-15", "Summan med moms ska vara summan utan moms plus momsen.")
def gross_adds_up(document: Element) -> Iterator[Element]:
    currency = text(document, "DocumentCurrencyCode")
    taxes = [one for one in each(document, "TaxTotal/TaxAmount") if one.get("currencyID") == currency]
    for one in each(document, TOTALS):
        with_tax, without = number(one, "TaxInclusiveAmount"), number(one, "TaxExclusiveAmount")
        tax = as_number((taxes[0].text or "").strip()) if len(taxes) == 1 else None
        if tax is None or with_tax is None or without is None or with_tax != rounded(without + tax):
            yield one


@rule("BR-CO-16", "Beloppet att betala ska vara summan med moms minus betalt, med öresavrundning.")
def payable_adds_up(document: Element) -> Iterator[Element]:
    for one in each(document, TOTALS):
        left = (number(one, "TaxInclusiveAmount") or ZERO) - (number(one, "PrepaidAmount") or ZERO)
        if (number(one, "PayableAmount") or ZERO) != rounded(left + (number(one, "PayableRoundingAmount") or ZERO)):
            yield one


@rule("BR-CO-17", "Momsdelens belopp ska vara underlaget gånger procenttalet.")
def tax_is_its_share(document: Element) -> Iterator[Element]:
    for part in every(document, "TaxSubtotal"):
        taxable, tax = number(part, "TaxableAmount") or ZERO, number(part, "TaxAmount") or ZERO
        rate = number(part, "TaxCategory/Percent")
        if not share_fits(taxable, tax, rate):
            yield part


@rule("BR-CO-18", "Fakturan ska ha minst en momsdel.")
def tax_has_parts(document: Element) -> list[Element]:
    return [] if each(document, "TaxTotal/TaxSubtotal") else [document]


@rule("UBL-DT-01", "Ett belopp ska ha högst två decimaler.")
def amounts_have_two_decimals(document: Element) -> Iterator[Element]:
    for one in document.iter("{*}*"):
        name = one.tag.rpartition("}")[2]
        decimals = (one.text or "").strip().partition(".")[2]
        if len(decimals) > 2 and name.endswith("Amount") and name != "PriceAmount" and not _in_price(one):
            yield one


def share_fits(taxable: Decimal, tax: Decimal, rate: Decimal | None) -> bool:
    """Whether a tax is its share of what it is taken on, within one unit of the currency.

    >>> share_fits(Decimal(100), Decimal("25.90"), Decimal(25)), share_fits(Decimal(100), Decimal(27), Decimal(25))
    (True, False)
    """
    if not rate:
        return round(tax) == 0
    return abs(abs(tax) - rounded(abs(taxable) * rate / 100)) < 1


def _of_kind(document: Element, name: str, *, charge: bool) -> Iterator[Element]:
    parts = allowances(document, charge=charge)
    added = rounded(total(parts, "Amount"))
    for one in each(document, TOTALS):
        stated = number(one, name)
        if (stated or ZERO) != added or (stated is None and parts):
            yield one


def _in_price(place: Element) -> bool:
    parent = place.getparent()
    above = parent.getparent() if parent is not None else None
    return above is not None and above.tag.endswith("}Price")
