"""Rules of the European standard about VAT, the same for each category but for what the category demands."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tillit.readers.xml import Element, each, number, text

from .rule import Check, allowances, lines, rule, total
from .sums import share_fits

SELLER, BUYER = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Category:
    """A category of VAT: how its rules are named, and what they demand."""

    code: str
    name: str
    sv: str
    rate: str  # positive, zero, any or none
    numbers: str  # whose numbers must be given: seller, both, exporter or nobody
    reason: bool | None  # must be given, must not be given, or may be


CATEGORIES = (
    Category("S", "S", "normal moms", "positive", "seller", False),
    Category("Z", "Z", "nollmoms", "zero", "seller", False),
    Category("E", "E", "momsfritt", "zero", "seller", True),
    Category("AE", "AE", "omvänd skattskyldighet", "zero", "both", True),
    Category("K", "IC", "handel inom EU", "zero", "trade", True),
    Category("G", "G", "export", "zero", "exporter", True),
    Category("O", "O", "utanför momsen", "none", "nobody", True),
    Category("L", "AF", "IGIC", "any", "seller", False),
    Category("M", "AG", "IPSI", "any", "seller", False),
)


def _add(of: Category) -> None:
    """Takes the rules 01 to 10 of a category among the rules."""
    kinds = {"en rad": line_taxes, "ett avdrag": discount_taxes, "en avgift": charge_taxes}
    says_numbers = {
        "seller": "ska säljarens momsnummer finnas", "both": "ska säljarens och köparens nummer finnas",
        "trade": "ska säljarens och köparens momsnummer finnas", "exporter": "ska säljarens momsnummer finnas",
        "nobody": "ska inga momsnummer finnas",
    }  # fmt: skip
    says_rate = {
        "positive": "ska momsen vara över noll procent", "zero": "ska momsen vara noll procent",
        "any": "ska momsen inte vara negativ", "none": "ska ingen procentsats finnas",
    }  # fmt: skip
    rule(f"BR-{of.name}-01", f"Momsuppdelningen ska ha {of.sv} när en rad, ett avdrag eller en avgift har det.")(
        _breakdown(of)
    )
    for place, (kind, taxes) in enumerate(kinds.items()):
        rule(f"BR-{of.name}-0{2 + place}", f"När {kind} är {of.sv} {says_numbers[of.numbers]}.")(_numbers(of, taxes))
        rule(f"BR-{of.name}-0{5 + place}", f"När {kind} är {of.sv} {says_rate[of.rate]}.")(_rate(of, taxes))
    rule(f"BR-{of.name}-08", f"Underlaget för {of.sv} ska vara raderna plus avgifter minus avdrag.")(_taxable(of))
    rule(f"BR-{of.name}-09", f"Momsbeloppet för {of.sv} ska stämma med procentsatsen.")(_tax(of))
    rule(f"BR-{of.name}-10", f"Skäl för undantag {'ska' if of.reason else 'ska inte'} finnas för {of.sv}.")(_reason(of))


def _breakdown(of: Category) -> Check:
    def check(document: Element) -> list[Element]:
        used = any(text(one, "ID") == of.code for taxes in _ALL_TAXES for one in taxes(document))
        given = len(_parts(document, of))
        most = 1 if of.code in ("Z", "E", "AE", "K", "G", "O") else given
        fits = 1 <= given <= most if used else given == 0
        return [] if fits else [document]

    return check


def _numbers(of: Category, taxes: Check) -> Check:
    def check(document: Element) -> list[Element]:
        used = [one for one in taxes(document) if text(one, "ID") == of.code]
        return used[:1] if used and not _has_numbers(document, of.numbers) else []

    return check


def _has_numbers(document: Element, demanded: str) -> bool:
    """Whether those numbers are there that a category demands, or not there that it forbids."""
    seller = bool(_tax_id(document, SELLER, vat=True))
    representative = bool(text(document, "TaxRepresentativeParty/PartyTaxScheme/CompanyID"))
    buyer = bool(_tax_id(document, BUYER, vat=True))
    registered = bool(_tax_id(document, SELLER, vat=False))
    match demanded:
        case "seller":
            return seller or registered or representative
        case "both":
            buyer_known = buyer or bool(text(document, f"{BUYER}/PartyLegalEntity/CompanyID"))
            return (seller or registered or representative) and buyer_known
        case "trade":
            return (seller or representative) and buyer
        case "exporter":
            return seller or representative
        case _:
            return not (seller or representative or buyer)


def _rate(of: Category, taxes: Check) -> Check:
    def check(document: Element) -> Iterator[Element]:
        for one in taxes(document):
            if text(one, "ID") == of.code and not _rate_fits(number(one, "Percent"), of.rate):
                yield one

    return check


def _rate_fits(rate: Decimal | None, demanded: str) -> bool:
    """Whether a rate is what its category demands.

    >>> _rate_fits(Decimal(25), "positive"), _rate_fits(None, "zero"), _rate_fits(None, "none")
    (True, False, True)
    """
    if demanded == "none":
        return rate is None
    if rate is None:
        return False
    return rate > 0 if demanded == "positive" else rate >= 0 if demanded == "any" else rate == 0


def _taxable(of: Category) -> Check:
    by_rate = of.rate in ("positive", "any")

    def check(document: Element) -> Iterator[Element]:
        for part in _parts(document, of):
            rate = number(part, "TaxCategory/Percent") if by_rate else None
            stated, added = number(part, "TaxableAmount") or ZERO, _added(document, of.code, rate)
            if abs(stated - added) >= 1 if by_rate else stated != added:
                yield part

    return check


def _added(document: Element, code: str, rate: Decimal | None) -> Decimal:
    """The lines and charges less the allowances of a category, and of a rate when it has several."""

    def fits(place: Element, path: str) -> bool:
        taxes = each(place, path)
        return any(text(one, "ID") == code and rate in (None, number(one, "Percent")) for one in taxes)

    def of(charge: bool) -> list[Element]:
        return [one for one in allowances(document, charge=charge) if fits(one, "TaxCategory")]

    of_lines = [line for line in lines(document) if fits(line, "Item/ClassifiedTaxCategory")]
    return total(of_lines, "LineExtensionAmount") + total(of(True), "Amount") - total(of(False), "Amount")


def _tax(of: Category) -> Check:
    def check(document: Element) -> Iterator[Element]:
        for part in _parts(document, of):
            tax, taxable = number(part, "TaxAmount") or ZERO, number(part, "TaxableAmount") or ZERO
            rate = number(part, "TaxCategory/Percent") if of.rate in ("positive", "any") else None
            if not (share_fits(taxable, tax, rate) if rate is not None else tax == 0):
                yield part

    return check


def _reason(of: Category) -> Check:
    def check(document: Element) -> list[Element]:
        categories = [one for part in _parts(document, of) for one in each(part, "TaxCategory")]
        given = [bool(text(one, "TaxExemptionReason", "TaxExemptionReasonCode")) for one in categories]
        return [one for one, has in zip(categories, given, strict=True) if has != of.reason]

    return check


def _parts(document: Element, of: Category) -> list[Element]:
    return [part for part in each(document, "TaxTotal/TaxSubtotal") if text(part, "TaxCategory/ID") == of.code]


def line_taxes(document: Element) -> list[Element]:
    """The VAT of each line."""
    return [one for line in lines(document) for one in each(line, "Item/ClassifiedTaxCategory")]


def discount_taxes(document: Element) -> list[Element]:
    """The VAT of each allowance on the whole document."""
    return [one for part in allowances(document, charge=False) for one in each(part, "TaxCategory")]


def charge_taxes(document: Element) -> list[Element]:
    """The VAT of each charge on the whole document."""
    return [one for part in allowances(document, charge=True) for one in each(part, "TaxCategory")]


_ALL_TAXES = (line_taxes, discount_taxes, charge_taxes)


def _tax_id(document: Element, party: str, *, vat: bool) -> str:
    schemes = each(document, f"{party}/PartyTaxScheme")
    return next((text(one, "CompanyID") for one in schemes if (text(one, "TaxScheme/ID") == "VAT") == vat), "")


for _category in CATEGORIES:
    _add(_category)
