"""A Peppol BIS Billing 3 invoice or credit note, in UBL 2.1.

One document becomes one invoice, its lines, and a line for each allowance or charge on the whole of it, so
that the lines add up to the net. A credit note states what it takes back as positive amounts and is stored
as negative ones; an invoice that is negative from the start is left so. The rules for e-invoices that the
document breaks are remarks: the official Swedish samples break some of them.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tillit.identifiers import parse_person, parse_vat
from tillit.readers.parts import Document, Row, Stated
from tillit.readers.unreadable import Unreadable
from tillit.readers.xml import Element, as_number, each, first, line_of, number, text
from tillit.store import Remark
from tillit.units import nearest

from .rules import broken_rules

CREDIT_CODES = {"381", "396", "81", "83", "261", "262", "296", "308", "420", "458", "532"}
SELF_BILLED_CODES = {"389", "500", "501"}
UNITS = {
    "HUR": "hour", "MIN": "minute", "DAY": "day",
    "C62": "piece", "EA": "piece", "H87": "piece", "PCE": "piece", "NAR": "piece", "XPP": "piece",
}  # fmt: skip
MINUTES = {"HUR": 60, "MIN": 1}

LINES = "the invoice lines"
NET = "the invoice"


def rows(document: Document) -> Iterator[Row | Stated | Remark]:
    """The invoice, its lines, its remarks, and the sums it states."""
    root = document.root()
    if root.tag.endswith("}testSet"):
        what = "this is a set of tests for validators, not an invoice"
        raise Unreadable(what, fix="give the invoice itself")
    sign = -1 if root.tag.endswith("}CreditNote") else 1
    header = _header(root, document.new_id(1), sign)
    common = _common(root, header)
    yield Row("invoice", line_of(root), header)
    for place, line in enumerate(_lines(root), start=1):
        yield Row("invoice_line", line_of(line), common | _line(line, place, common, sign), (LINES, NET))
    for place, part in enumerate(each(root, "AllowanceCharge"), start=1):
        yield Row("invoice_line", line_of(part), common | _allowance(part, place, sign), (NET,))
    yield from _stated(root, sign)
    yield from _remarks(root, header)


def _header(root: Element, invoice_id: str, sign: int) -> dict[str, object]:
    seller, buyer = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
    code = text(root, "InvoiceTypeCode", "CreditNoteTypeCode")
    kind = "credit" if sign < 0 or code in CREDIT_CODES else "self_billed" if code in SELF_BILLED_CODES else "invoice"
    means = _payment_means(root)
    return {
        "invoice_id": invoice_id,
        "provider_id": _organisation(root, seller),
        "supplier_name": text(root, f"{seller}/PartyLegalEntity/RegistrationName", f"{seller}/PartyName/Name"),
        "number": text(root, "ID"),
        "kind": kind,
        "credits_number": text(root, "BillingReference/InvoiceDocumentReference/ID") if kind == "credit" else "",
        "issued_on": text(root, "IssueDate"),
        "due_on": text(root, "DueDate", "PaymentMeans/PaymentDueDate"),
        "period_from": text(root, "InvoicePeriod/StartDate"),
        "period_to": text(root, "InvoicePeriod/EndDate"),
        "currency": text(root, "DocumentCurrencyCode"),
        "net_ore": _signed(text(root, "LegalMonetaryTotal/TaxExclusiveAmount"), sign),
        "vat_ore": _signed(_vat(root), sign),
        "gross_ore": _signed(text(root, "LegalMonetaryTotal/TaxInclusiveAmount"), sign),
        "payable_ore": _signed(text(root, "LegalMonetaryTotal/PayableAmount"), sign),
        "account": _account(means) if means is not None else "",
        "ocr": text(root, "PaymentMeans/PaymentID"),
        "payee_id": text(root, "PayeeParty/PartyLegalEntity/CompanyID", "PayeeParty/PartyIdentification/ID"),
        "payee_name": text(root, "PayeeParty/PartyName/Name"),
        "buyer_id": _organisation(root, buyer),
        "order_reference": text(root, "OrderReference/ID"),
        "contract_id": text(root, "ContractDocumentReference/ID"),
        "claims_f_tax": _claims_f_tax(root, seller),
        "vat_number": _vat_number(root, seller),
    }


def _common(root: Element, header: dict[str, object]) -> dict[str, object]:
    """What every line has from the invoice, where the line itself does not say otherwise."""
    delivered = text(root, "Delivery/ActualDeliveryDate")
    objects = (one for one in each(root, "AdditionalDocumentReference") if text(one, "DocumentTypeCode") == "130")
    return {
        "invoice_id": header["invoice_id"],
        "provider_id": header["provider_id"],
        "contract_id": header["contract_id"],
        "client_id": next((_client(one, "ID") for one in objects if _client(one, "ID")), ""),
        "service_from": header["period_from"] or delivered,
        "service_to": header["period_to"] or delivered,
    }


def _line(line: Element, place: int, common: dict[str, object], sign: int) -> dict[str, object]:
    quantity = first(line, "InvoicedQuantity")
    if quantity is None:
        quantity = first(line, "CreditedQuantity")
    code = quantity.get("unitCode", "") if quantity is not None else ""
    count = as_number((quantity.text or "").strip()) if quantity is not None else None
    item = " – ".join(dict.fromkeys(part for path in ("Name", "Description") if (part := text(line, f"Item/{path}"))))
    return {
        "line_number": text(line, "ID") or str(place),
        "client_id": _client(line, "DocumentReference/ID") or common["client_id"],
        "item_code": text(line, "Item/SellersItemIdentification/ID", "Item/StandardItemIdentification/ID"),
        "item_name": item,
        "service_from": text(line, "InvoicePeriod/StartDate") or common["service_from"],
        "service_to": text(line, "InvoicePeriod/EndDate") or common["service_to"],
        "quantity": None if count is None else sign * count,
        "unit": UNITS.get(code, ""),
        "quantity_minutes": _minutes(count, code, sign),
        "unit_price_ore": _unit_price(line),
        "amount_ore": _signed(text(line, "LineExtensionAmount"), sign),
        "vat_percent": text(line, "Item/ClassifiedTaxCategory/Percent"),
    }


def _allowance(part: Element, place: int, sign: int) -> dict[str, object]:
    """An allowance or charge on the whole invoice, as a line of it."""
    is_charge = text(part, "ChargeIndicator") in ("true", "1")
    return {
        "line_number": f"{'C' if is_charge else 'A'}{place}",
        "item_name": text(part, "AllowanceChargeReason") or ("Avgift" if is_charge else "Avdrag"),
        "amount_ore": _signed(text(part, "Amount"), sign if is_charge else -sign),
        "vat_percent": text(part, "TaxCategory/Percent"),
    }


def _stated(root: Element, sign: int) -> Iterator[Stated]:
    for counted_in, name in ((LINES, "LineExtensionAmount"), (NET, "TaxExclusiveAmount")):
        total = first(root, f"LegalMonetaryTotal/{name}")
        amount = as_number((total.text or "").strip()) if total is not None else None
        if total is not None and amount is not None:
            yield Stated(line_of(total), counted_in, "amount_ore", nearest(Fraction(amount * 100)) * sign)


def _remarks(root: Element, header: dict[str, object]) -> Iterator[Row | Remark]:
    broken = list(broken_rules(root))
    for each_rule in broken:
        values = {
            "invoice_id": header["invoice_id"], "rule": each_rule.rule, "level": each_rule.level,
            "says": each_rule.says, "value": each_rule.value,
        }  # fmt: skip
        yield Row("invoice_remark", each_rule.line or line_of(root), values, of_file=False)
    if broken:
        named = ", ".join(sorted({each_rule.rule for each_rule in broken}))
        yield Remark(0, f"the invoice breaks rules for e-invoices: {named}", "it is stored even so; tell the supplier")
    if len({_account(means) for means in each(root, "PaymentMeans")} - {""}) > 1:
        yield Remark(0, "the invoice gives more than one account", "the first giro is stored, else the first account")


def _lines(root: Element) -> list[Element]:
    return each(root, "InvoiceLine") or each(root, "CreditNoteLine")


def _organisation(root: Element, party: str) -> str:
    """The organisation number; where only a VAT number or an electronic address is given, that one."""
    vat = _tax_ids(root, party, of_vat=True)
    address = first(root, f"{party}/EndpointID")
    endpoint = text(root, f"{party}/EndpointID") if address is not None and address.get("schemeID") == "0007" else ""
    return text(root, f"{party}/PartyLegalEntity/CompanyID") or next(iter(vat), "") or endpoint


def _tax_ids(root: Element, party: str, *, of_vat: bool) -> list[str]:
    schemes = each(root, f"{party}/PartyTaxScheme")
    of_kind = (scheme for scheme in schemes if (text(scheme, "TaxScheme/ID").upper() == "VAT") == of_vat)
    return [found for scheme in of_kind if (found := text(scheme, "CompanyID"))]


def _claims_f_tax(root: Element, seller: str) -> bool | None:
    """Whether a Swedish seller says it is approved for F-tax; it is the seller's own word."""
    if text(root, f"{seller}/PostalAddress/Country/IdentificationCode") != "SE":
        return None
    return any(claim.casefold() == "godkänd för f-skatt" for claim in _tax_ids(root, seller, of_vat=False))


def _vat_number(root: Element, seller: str) -> str:
    """The VAT number, unless it shows the identity number of a sole trader."""
    given = next(iter(_tax_ids(root, seller, of_vat=True)), "")
    return "" if given.upper().startswith("SE") and parse_vat(given).is_personal else given


def _vat(root: Element) -> str:
    """The VAT in the currency of the invoice; there may be a second total in the currency of the books."""
    currency = text(root, "DocumentCurrencyCode")
    amounts = each(root, "TaxTotal/TaxAmount")
    return next((amount.text or "" for amount in amounts if amount.get("currencyID") in (currency, None)), "")


def _payment_means(root: Element) -> Element | None:
    means = [one for one in each(root, "PaymentMeans") if _account(one)]
    return next((one for one in means if _account(one)[:3] in ("BG:", "PG:")), means[0] if means else None)


def _account(means: Element) -> str:
    """The account as text that tells its kind: a bare foreign number must not be taken for a giro."""
    given = text(means, "PayeeFinancialAccount/ID")
    branch = text(means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID").upper()
    code = text(means, "PaymentMeansCode")
    if not given:
        return ""
    if branch == "SE:BANKGIRO" or (code == "56" and not branch):
        return f"BG:{given}"
    if branch == "SE:PLUSGIRO" or (code == "50" and not branch):
        return f"PG:{given}"
    return f"BA:{given}"


def _client(place: Element, path: str) -> str:
    """The client, where the invoiced object is an identity number and not a meter or a telephone."""
    given = text(place, path)
    written_out = len(given) >= 12 or given[-5:-4] in ("-", "+")
    return given if written_out and parse_person(given, on=date.max).verdict.is_valid else ""


def _minutes(count: Decimal | None, code: str, sign: int) -> int | None:
    return nearest(Fraction(sign * count * MINUTES[code])) if count is not None and code in MINUTES else None


def _unit_price(line: Element) -> Decimal | None:
    price = number(line, "Price/PriceAmount")
    base = number(line, "Price/BaseQuantity")
    return price / base if price is not None and base else price


def _signed(amount: str, sign: int) -> str | Decimal:
    """An amount with the sign it is stored with; what is no number is left for the table to refuse."""
    found = as_number(amount)
    return amount if found is None else sign * found
