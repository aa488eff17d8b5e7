"""Rules about VAT that are not the same for each category: what must be there, what stands alone, exemptions."""

from collections.abc import Iterator

from tillit.readers.xml import Element, each, text

from .rule import Check, allowances, every, lines, rule
from .vat import charge_taxes, discount_taxes, line_taxes


@rule("BR-32", "Ett avdrag ska ha ett slag av moms.")
def allowance_has_a_category(document: Element) -> list[Element]:
    return [one for one in allowances(document, charge=False) if not _vat_category(one, "TaxCategory")]


@rule("BR-37", "En avgift ska ha ett slag av moms.")
def charge_has_a_category(document: Element) -> list[Element]:
    return [one for one in allowances(document, charge=True) if not _vat_category(one, "TaxCategory")]


@rule("BR-47", "Varje momsdel ska ha ett slag av moms.")
def part_has_a_category(document: Element) -> list[Element]:
    return [one for one in each(document, "TaxTotal/TaxSubtotal") if not _vat_category(one, "TaxCategory")]


@rule("BR-48", "Varje momsdel ska ha en procentsats, om den inte är utanför momsen.")
def part_has_a_rate(document: Element) -> Iterator[Element]:
    for part in each(document, "TaxTotal/TaxSubtotal"):
        if not text(part, "TaxCategory/Percent") and text(part, "TaxCategory/ID") != "O":
            yield part


@rule("BR-CO-04", "Varje rad ska ha ett slag av moms.")
def line_has_a_category(document: Element) -> list[Element]:
    return [line for line in lines(document) if not _vat_category(line, "Item/ClassifiedTaxCategory")]


@rule("BR-IC-11", "Vid handel inom EU ska leveransdag eller period finnas.")
def trade_has_a_day(document: Element) -> list[Element]:
    used = any(text(one, "TaxCategory/ID") == "K" for one in each(document, "TaxTotal/TaxSubtotal"))
    dated = text(document, "Delivery/ActualDeliveryDate", "InvoicePeriod/StartDate", "InvoicePeriod/EndDate")
    return [document] if used and not dated else []


@rule("BR-O-11", "En faktura utanför momsen ska inte ha andra slag i momsuppdelningen.")
def outside_is_alone_in_parts(document: Element) -> list[Element]:
    parts = each(document, "TaxTotal/TaxSubtotal")
    others = [part for part in parts if text(part, "TaxCategory/ID") != "O"]
    return others[:1] if len(others) < len(parts) else []


@rule("BR-O-12", "En faktura utanför momsen ska inte ha andra slag på raderna.")
def outside_is_alone_in_lines(document: Element) -> list[Element]:
    return _others_than_outside(document, line_taxes)


@rule("BR-O-13", "En faktura utanför momsen ska inte ha andra slag i avdragen.")
def outside_is_alone_in_allowances(document: Element) -> list[Element]:
    return _others_than_outside(document, discount_taxes)


@rule("BR-O-14", "En faktura utanför momsen ska inte ha andra slag i avgifterna.")
def outside_is_alone_in_charges(document: Element) -> list[Element]:
    return _others_than_outside(document, charge_taxes)


def _others_than_outside(document: Element, taxes: Check) -> list[Element]:
    is_outside = any(text(part, "TaxCategory/ID") == "O" for part in each(document, "TaxTotal/TaxSubtotal"))
    return [one for one in taxes(document) if text(one, "ID") != "O"][:1] if is_outside else []


def _vat_category(place: Element, path: str) -> bool:
    """Whether a place has a category of VAT, and not of another tax."""
    return any(text(one, "ID") and text(one, "TaxScheme/ID").upper() == "VAT" for one in each(place, path))


EXEMPTIONS = {
    "P0104": ("VATEX-EU-G", "G"), "P0105": ("VATEX-EU-O", "O"), "P0106": ("VATEX-EU-IC", "K"),
    "P0107": ("VATEX-EU-AE", "AE"), "P0108": ("VATEX-EU-D", "E"), "P0109": ("VATEX-EU-F", "E"),
    "P0110": ("VATEX-EU-I", "E"), "P0111": ("VATEX-EU-J", "E"),
}  # fmt: skip


def _exemption(reason: str, code: str) -> Check:
    def check(document: Element) -> Iterator[Element]:
        for one in every(document, "TaxCategory"):
            if text(one, "TaxExemptionReasonCode").upper() == reason and text(one, "ID") != code:
                yield one

    return check


for _id, (_exempt, _code) in EXEMPTIONS.items():
    rule(f"PEPPOL-EN16931-{_id}", f"Skälet {_exempt} gäller bara moms av slaget {_code}.")(_exemption(_exempt, _code))
