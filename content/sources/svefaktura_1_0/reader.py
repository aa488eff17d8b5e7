"""A Svefaktura 1.0, alone or in an envelope with its attachments.

The total of a Svefaktura is what is to be paid, after rounding; the gross is that without the rounding. A
credit note is known by its type code. Some senders write its amounts with a minus sign and some without; both
are stored as negative.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tillit.identifiers import parse_vat
from tillit.readers.parts import Document, Row, Stated
from tillit.readers.unreadable import Unreadable
from tillit.readers.xml import Element, each, first, line_of, number, text
from tillit.units import nearest

INVOICE = "{urn:sfti:documents:BasicInvoice:1:0}Invoice"
CREDIT = "381"
UNITS = {
    "hur": "hour", "h": "hour", "tim": "hour", "timme": "hour", "timmar": "hour", "min": "minute",
    "day": "day", "dag": "day", "dygn": "day", "pce": "piece", "ea": "piece", "st": "piece", "styck": "piece",
}  # fmt: skip
MINUTES = {"hour": 60, "minute": 1}
BANKS = {"BGABSESS": "BG", "PGSISESS": "PG"}
ZERO = Decimal(0)


def rows(document: Document) -> Iterator[Row | Stated]:
    """Each invoice in the document, with its lines."""
    invoices = list(document.root().iter(INVOICE))
    if not invoices:
        what = "this is an envelope with attachments only: the invoice lies in another file"
        raise Unreadable(what, fix="give the invoice that the envelope belongs to")
    for place, invoice in enumerate(invoices, start=1):
        yield from _invoice(invoice, document.new_id(place), f"invoice {place}" if place > 1 else "the invoice")


def _invoice(root: Element, invoice_id: str, named: str) -> Iterator[Row | Stated]:
    total = number(root, "LegalTotal/TaxInclusiveTotalAmount")
    is_credit = text(root, "InvoiceTypeCode") == CREDIT
    sign = -1 if is_credit and (total or ZERO) >= 0 else 1
    header = _header(root, invoice_id, is_credit, sign)
    yield Row("invoice", line_of(root), header)
    of_lines = f"{named}, its lines"
    for place, line in enumerate(each(root, "InvoiceLine"), start=1):
        yield Row("invoice_line", line_of(line), _line(line, place, header, sign), (of_lines, named))
    for place, part in enumerate(each(root, "AllowanceCharge"), start=1):
        yield Row("invoice_line", line_of(part), _allowance(part, place, header, sign), (named,))
    for counted_in, name in ((of_lines, "LineExtensionTotalAmount"), (named, "TaxExclusiveTotalAmount")):
        stated = number(root, f"LegalTotal/{name}")
        if stated is not None:
            yield Stated(line_of(root), counted_in, "amount_ore", nearest(Fraction(sign * stated * 100)))


def _header(root: Element, invoice_id: str, is_credit: bool, sign: int) -> dict[str, object]:
    due = number(root, "LegalTotal/TaxInclusiveTotalAmount")
    tax = number(root, "TaxTotal/TotalTaxAmount")
    gross = None if due is None else due - (number(root, "LegalTotal/RoundOffAmount") or ZERO)
    net = number(root, "LegalTotal/TaxExclusiveTotalAmount")
    if net is None and gross is not None:
        net = gross - (tax or ZERO)
    return {
        "invoice_id": invoice_id,
        "provider_id": _tax_id(root, "SellerParty", "SWT") or _tax_id(root, "SellerParty", "VAT"),
        "supplier_name": text(root, "SellerParty/Party/PartyName/Name"),
        "number": text(root, "ID"),
        "kind": "credit" if is_credit else "invoice",
        "credits_number": text(root, "InitialInvoiceDocumentReference/ID"),
        "issued_on": text(root, "IssueDate"),
        "due_on": text(root, "PaymentMeans/DuePaymentDate")[:10],
        "period_from": text(root, "InvoicingPeriod/StartDateTime")[:10],
        "period_to": text(root, "InvoicingPeriod/EndDateTime")[:10],
        "currency": text(root, "InvoiceCurrencyCode"),
        "net_ore": _signed(net, sign),
        "vat_ore": _signed(tax, sign),
        "gross_ore": _signed(gross, sign),
        "payable_ore": _signed(due, sign),
        "account": _account(root),
        "ocr": text(root, "PaymentMeans/PayeeFinancialAccount/PaymentInstructionID"),
        "buyer_id": _tax_id(root, "BuyerParty", "SWT") or _tax_id(root, "BuyerParty", "VAT"),
        "order_reference": text(root, "OrderReference/BuyersID", "OrderReference/ID"),
        "claims_f_tax": "f-skatt" in text(root, "SellerParty/Party/PartyTaxScheme/ExemptionReason").casefold(),
        "vat_number": _vatnumber(root),
    }


def _line(line: Element, place: int, header: dict[str, object], sign: int) -> dict[str, object]:
    quantity = first(line, "InvoicedQuantity")
    unit = UNITS.get(quantity.get("quantityUnitCode", "").lower(), "") if quantity is not None else ""
    count = number(line, "InvoicedQuantity")
    delivered = text(line, "Delivery/ActualDeliveryDateTime")[:10]
    price, base = number(line, "Item/BasePrice/PriceAmount"), number(line, "Item/BasePrice/BaseQuantity")
    minutes = nearest(Fraction(sign * count * MINUTES[unit])) if count is not None and unit in MINUTES else None
    return {
        "invoice_id": header["invoice_id"],
        "line_number": text(line, "ID") or str(place),
        "provider_id": header["provider_id"],
        "item_code": text(line, "Item/SellersItemIdentification/ID", "Item/StandardItemIdentification/ID"),
        "item_name": text(line, "Item/Description"),
        "service_from": text(line, "InvoicingPeriod/StartDateTime")[:10] or header["period_from"] or delivered,
        "service_to": text(line, "InvoicingPeriod/EndDateTime")[:10] or header["period_to"] or delivered,
        "quantity": _signed(count, sign),
        "unit": unit,
        "quantity_minutes": minutes,
        "unit_price_ore": price / base if price is not None and base else price,
        "amount_ore": _signed(number(line, "LineExtensionAmount"), sign),
        "vat_percent": text(line, "Item/TaxCategory/Percent"),
    }


def _allowance(part: Element, place: int, header: dict[str, object], sign: int) -> dict[str, object]:
    """An allowance or charge on the whole invoice, as a line of it."""
    is_charge = text(part, "ChargeIndicator") in ("true", "1")
    return {
        "invoice_id": header["invoice_id"],
        "line_number": f"{'C' if is_charge else 'A'}{place}",
        "provider_id": header["provider_id"],
        "item_name": "Avgift" if is_charge else "Avdrag",
        "amount_ore": _signed(number(part, "Amount"), sign if is_charge else -sign),
    }


def _tax_id(root: Element, party: str, scheme: str) -> str:
    schemes = each(root, f"{party}/Party/PartyTaxScheme")
    return next((text(one, "CompanyID") for one in schemes if text(one, "TaxScheme/ID") == scheme), "")


def _vatnumber(root: Element) -> str:
    """The VAT number, unless it shows the identity number of a sole trader."""
    given = _tax_id(root, "SellerParty", "VAT")
    return "" if given.upper().startswith("SE") and parse_vat(given).is_personal else given


def _account(root: Element) -> str:
    """The bankgiro when there is one, else the first account."""
    accounts: list[str] = []
    for one in each(root, "PaymentMeans/PayeeFinancialAccount"):
        bank = text(one, "FinancialInstitutionBranch/FinancialInstitution/ID")
        accounts.append(f"{BANKS.get(bank, 'BA')}:{text(one, 'ID')}")
    return next((account for account in accounts if account.startswith("BG:")), accounts[0] if accounts else "")


def _signed(amount: Decimal | None, sign: int) -> Decimal | None:
    return None if amount is None else sign * amount
