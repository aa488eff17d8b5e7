"""E-invoices and credit notes (Peppol BIS Billing 3), right by its rules."""

from pathlib import Path

from lxml import etree

from tillit.demo.files.xml import Make, maker, write
from tillit.demo.providers import TOWN_NAME, TOWN_NUMBER
from tillit.demo.town import Invoice, Line

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_UNITS = {"hour": "HUR", "minute": "MIN", "day": "DAY", "piece": "C62"}


def write_invoice(path: Path, invoice: Invoice) -> None:
    """One document: an invoice, or a credit note that names the invoice it takes from."""
    root = "CreditNote" if invoice.credits else "Invoice"
    make = maker(f"{_UBL}:{root}-2", cac=f"{_UBL}:CommonAggregateComponents-2", cbc=f"{_UBL}:CommonBasicComponents-2")
    is_credit = bool(invoice.credits)
    write(
        path,
        make(
            root,
            make("cbc:CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
            make("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
            make("cbc:ID", invoice.number),
            make("cbc:IssueDate", invoice.issued.isoformat()),
            None if is_credit else make("cbc:DueDate", invoice.due.isoformat()),
            make("cbc:CreditNoteTypeCode", "381") if is_credit else make("cbc:InvoiceTypeCode", "380"),
            make("cbc:DocumentCurrencyCode", "SEK"),
            make("cbc:BuyerReference", "7100"),
            _period(make, invoice.period.first.isoformat(), invoice.period.last.isoformat()),
            _credited(make, invoice.credits) if is_credit else None,
            _seller(make, invoice),
            _buyer(make),
            _payment(make, invoice),
            _vat(make, invoice),
            _totals(make, abs(invoice.net), abs(invoice.gross)),
            *(_line(make, place, line, is_credit) for place, line in enumerate(invoice.lines, 1)),
        ),
    )


def _period(make: Make, first: str, last: str) -> etree._Element:
    return make("cac:InvoicePeriod", make("cbc:StartDate", first), make("cbc:EndDate", last))


def _credited(make: Make, number: str) -> etree._Element:
    return make("cac:BillingReference", make("cac:InvoiceDocumentReference", make("cbc:ID", number)))


def _seller(make: Make, invoice: Invoice) -> etree._Element:
    number = invoice.provider.number
    return make(
        "cac:AccountingSupplierParty",
        make(
            "cac:Party",
            make("cbc:EndpointID", number, schemeID="0007"),
            make("cac:PartyName", make("cbc:Name", invoice.provider.name)),
            _address(make, "Storgatan 1"),
            _tax(make, f"SE{number}01", "VAT"),
            _tax(make, "Godkänd för F-skatt", "TAX"),
            _legal(make, invoice.provider.name, number),
        ),
    )


def _buyer(make: Make) -> etree._Element:
    return make(
        "cac:AccountingCustomerParty",
        make(
            "cac:Party",
            make("cbc:EndpointID", TOWN_NUMBER, schemeID="0007"),
            make("cac:PartyName", make("cbc:Name", TOWN_NAME)),
            _address(make, "Stortorget 2"),
            _legal(make, TOWN_NAME, TOWN_NUMBER),
        ),
    )


def _address(make: Make, street: str) -> etree._Element:
    return make(
        "cac:PostalAddress",
        make("cbc:StreetName", street),
        make("cbc:CityName", "Lillköping"),
        make("cbc:PostalZone", "999 99"),
        make("cac:Country", make("cbc:IdentificationCode", "SE")),
    )


def _tax(make: Make, number: str, scheme: str) -> etree._Element:
    return make("cac:PartyTaxScheme", make("cbc:CompanyID", number), make("cac:TaxScheme", make("cbc:ID", scheme)))


def _legal(make: Make, name: str, number: str) -> etree._Element:
    company = make("cbc:CompanyID", number, schemeID="0007")
    return make("cac:PartyLegalEntity", make("cbc:RegistrationName", name), company)


def _payment(make: Make, invoice: Invoice) -> etree._Element:
    branch = make("cac:FinancialInstitutionBranch", make("cbc:ID", "SE:BANKGIRO"))
    return make(
        "cac:PaymentMeans",
        make("cbc:PaymentMeansCode", "30"),
        make("cbc:PaymentDueDate", invoice.due.isoformat()) if invoice.credits else None,
        make("cbc:PaymentID", invoice.number),
        make("cac:PayeeFinancialAccount", make("cbc:ID", invoice.bankgiro), branch),
    )


def _category(make: Make, name: str, percent: int, *, reason: bool) -> etree._Element:
    """Care is exempt (E), and the tax total says by what law; the lines do not repeat it."""
    why = make("cbc:TaxExemptionReason", "Social omsorg, 10 kap. 6 § mervärdesskattelagen")
    return make(
        name,
        make("cbc:ID", "S" if percent else "E"),
        make("cbc:Percent", str(percent)),
        why if reason and not percent else None,
        make("cac:TaxScheme", make("cbc:ID", "VAT")),
    )


def _vat(make: Make, invoice: Invoice) -> etree._Element:
    percent = invoice.lines[0].vat_percent  # the town's suppliers have one rate each
    return make(
        "cac:TaxTotal",
        _amount(make, "cbc:TaxAmount", abs(invoice.vat)),
        make(
            "cac:TaxSubtotal",
            _amount(make, "cbc:TaxableAmount", abs(invoice.net)),
            _amount(make, "cbc:TaxAmount", abs(invoice.vat)),
            _category(make, "cac:TaxCategory", percent, reason=True),
        ),
    )


def _totals(make: Make, net: int, gross: int) -> etree._Element:
    return make(
        "cac:LegalMonetaryTotal",
        _amount(make, "cbc:LineExtensionAmount", net),
        _amount(make, "cbc:TaxExclusiveAmount", net),
        _amount(make, "cbc:TaxInclusiveAmount", gross),
        _amount(make, "cbc:PayableAmount", gross),
    )


def _line(make: Make, place: int, line: Line, is_credit: bool) -> etree._Element:
    quantity = f"{line.minutes / 60:.2f}" if line.minutes else str(line.quantity)
    return make(
        "cac:CreditNoteLine" if is_credit else "cac:InvoiceLine",
        make("cbc:ID", str(place)),
        make("cbc:CreditedQuantity" if is_credit else "cbc:InvoicedQuantity", quantity, unitCode=_UNITS[line.unit]),
        _amount(make, "cbc:LineExtensionAmount", line.amount),
        _period(make, line.first.isoformat(), line.last.isoformat()),
        make(
            "cac:Item",
            make("cbc:Name", line.text),
            make("cac:SellersItemIdentification", make("cbc:ID", line.item)) if line.item else None,
            _category(make, "cac:ClassifiedTaxCategory", line.vat_percent, reason=False),
        ),
        make("cac:Price", _amount(make, "cbc:PriceAmount", line.unit_price)),
    )


def _amount(make: Make, name: str, ore: int) -> etree._Element:
    return make(name, f"{ore // 100}.{ore % 100:02}", currencyID="SEK")
