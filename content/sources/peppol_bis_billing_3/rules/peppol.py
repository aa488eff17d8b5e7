"""The rules that Peppol sets beyond the European standard."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tillit.readers.xml import Element, each, first, number, text

from .rule import allowances, country, every, lacking, lines, rule, total

PROFILE = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SLACK = Decimal("0.02")
DATES = ("IssueDate", "DueDate", "PaymentDueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate")


@rule("PEPPOL-EN16931-R001", "Affärsprocess (ProfileID) ska finnas.")
def profile_is_given(document: Element) -> Iterator[Element]:
    return lacking([document], "ProfileID")


@rule("PEPPOL-EN16931-R002", "Högst en anteckning på hela dokumentet.")
def one_note_at_most(document: Element) -> list[Element]:
    both_german = country(document, "Supplier") == country(document, "Customer") == "DE"
    return [] if both_german else each(document, "Note")[1:2]


@rule("PEPPOL-EN16931-R003", "Köparens referens eller beställningsnummer ska finnas.")
def reference_is_given(document: Element) -> Iterator[Element]:
    return lacking([document], "BuyerReference", "OrderReference/ID")


@rule("PEPPOL-EN16931-R004", "Specifikationen (CustomizationID) ska vara den för Peppol BIS Billing 3.")
def customization_is_peppol(document: Element) -> list[Element]:
    fits = text(document, "CustomizationID").startswith(CUSTOMIZATION)
    return [] if fits else each(document, "CustomizationID")[:1] or [document]


@rule("PEPPOL-EN16931-R005", "Momsens redovisningsvaluta ska skilja sig från fakturans valuta.")
def tax_currency_differs(document: Element) -> list[Element]:
    given = each(document, "TaxCurrencyCode")
    return given if text(document, "TaxCurrencyCode") == text(document, "DocumentCurrencyCode") else []


@rule("PEPPOL-EN16931-R006", "Högst ett fakturerat objekt på hela dokumentet.")
def one_object_at_most(document: Element) -> list[Element]:
    return _typed(document, "130")[1:2]


@rule("PEPPOL-EN16931-R007", "Affärsprocessen ska ha formen urn:fdc:peppol.eu:2017:poacc:billing:NN:1.0.")
def profile_has_its_form(document: Element) -> list[Element]:
    given = each(document, "ProfileID")
    return [] if PROFILE.fullmatch(text(document, "ProfileID")) else given[:1] or [document]


@rule("PEPPOL-EN16931-R008", "Dokumentet ska inte ha tomma element.")
def nothing_is_empty(document: Element) -> Iterator[Element]:
    return (one for one in document.iter("{*}*") if not len(one) and not (one.text or "").strip())


@rule("PEPPOL-EN16931-R010", "Köparens elektroniska adress ska finnas.")
def buyer_has_address(document: Element) -> list[Element]:
    return [one for one in each(document, "AccountingCustomerParty/Party") if not each(one, "EndpointID")]


@rule("PEPPOL-EN16931-R020", "Säljarens elektroniska adress ska finnas.")
def seller_has_address(document: Element) -> list[Element]:
    return [one for one in each(document, "AccountingSupplierParty/Party") if not each(one, "EndpointID")]


@rule("PEPPOL-EN16931-R040", "Avdragets eller avgiftens belopp ska vara grundbeloppet gånger procenttalet.")
def allowance_is_its_share(document: Element) -> Iterator[Element]:
    for one in _allowances(document):
        share, base = number(one, "MultiplierFactorNumeric"), number(one, "BaseAmount")
        if share is not None and base is not None:
            amount = number(one, "Amount") or Decimal(0)
            if abs(amount - base * share / 100) > SLACK:
                yield one


@rule("PEPPOL-EN16931-R041", "Grundbelopp ska finnas när avdraget eller avgiften anges i procent.")
def share_has_its_base(document: Element) -> Iterator[Element]:
    return lacking((one for one in _allowances(document) if text(one, "MultiplierFactorNumeric")), "BaseAmount")


@rule("PEPPOL-EN16931-R042", "Procenttal ska finnas när avdragets eller avgiftens grundbelopp anges.")
def base_has_its_share(document: Element) -> Iterator[Element]:
    return lacking((one for one in _allowances(document) if text(one, "BaseAmount")), "MultiplierFactorNumeric")


@rule("PEPPOL-EN16931-R043", "Om något är avdrag eller avgift anges med true eller false.")
def indicator_is_true_or_false(document: Element) -> Iterator[Element]:
    given = (one for place in _allowances(document) for one in each(place, "ChargeIndicator"))
    return (one for one in given if (one.text or "").strip() not in ("true", "false"))


@rule("PEPPOL-EN16931-R044", "Ett pris kan ha rabatt men inte avgift.")
def price_has_no_charge(document: Element) -> Iterator[Element]:
    return (one for price in every(document, "Price") for one in allowances(price, charge=True))


@rule("PEPPOL-EN16931-R046", "Nettopriset ska vara bruttopriset minus rabatten.")
def price_is_gross_less_discount(document: Element) -> Iterator[Element]:
    for price in every(document, "Price"):
        for one in each(price, "AllowanceCharge"):
            base = number(one, "BaseAmount")
            if base is not None and number(price, "PriceAmount") != base - (number(one, "Amount") or Decimal(0)):
                yield price


@rule("PEPPOL-EN16931-R051", "Alla belopp ska vara i fakturans valuta, utom momsen i redovisningsvaluta.")
def amounts_are_in_one_currency(document: Element) -> Iterator[Element]:
    currency, of_books = text(document, "DocumentCurrencyCode"), text(document, "TaxCurrencyCode")
    for one in document.iter("{*}*"):
        given, parent = one.get("currencyID"), one.getparent()
        is_total = parent is not None and parent.tag.endswith("}TaxTotal")
        if given is not None and given != currency and not (given == of_books and is_total):
            yield one


@rule("PEPPOL-EN16931-R053", "Exakt en momssumma med uppdelning.")
def one_tax_total_with_parts(document: Element) -> list[Element]:
    totals = [one for one in each(document, "TaxTotal") if each(one, "TaxSubtotal")]
    return [] if len(totals) == 1 else [document]


@rule("PEPPOL-EN16931-R054", "En momssumma utan uppdelning när redovisningsvaluta anges, annars ingen.")
def tax_total_of_the_books(document: Element) -> list[Element]:
    totals = [one for one in each(document, "TaxTotal") if not each(one, "TaxSubtotal")]
    return [] if len(totals) == bool(text(document, "TaxCurrencyCode")) else totals[1:2] or [document]


@rule("PEPPOL-EN16931-R055", "Momsen i de två valutorna ska ha samma tecken.")
def taxes_have_one_sign(document: Element) -> list[Element]:
    of_books = text(document, "TaxCurrencyCode")
    if not of_books:
        return []
    amounts = [_in_currency(document, currency) for currency in (of_books, text(document, "DocumentCurrencyCode"))]
    agree = all(one is not None and one <= 0 for one in amounts) or all(one is not None and one >= 0 for one in amounts)
    return [] if agree else [document]


@rule("PEPPOL-EN16931-R061", "Autogiro ska ange medgivandets nummer.")
def debit_has_its_mandate(document: Element) -> Iterator[Element]:
    means = (one for one in each(document, "PaymentMeans") if text(one, "PaymentMeansCode") in ("49", "59"))
    return lacking(means, "PaymentMandate/ID")


@rule("PEPPOL-EN16931-R080", "Högst en projektreferens på hela dokumentet.")
def one_project_at_most(document: Element) -> list[Element]:
    return (_typed(document, "50") if document.tag.endswith("}CreditNote") else each(document, "ProjectReference"))[1:2]


@rule("PEPPOL-EN16931-R100", "Högst ett fakturerat objekt på en rad.")
def one_object_a_line(document: Element) -> list[Element]:
    return [line for line in lines(document) if len(each(line, "DocumentReference")) > 1]


@rule("PEPPOL-EN16931-R101", "En dokumentreferens på en rad är bara till det fakturerade objektet.")
def line_refers_to_an_object(document: Element) -> list[Element]:
    references = [one for line in lines(document) for one in each(line, "DocumentReference")]
    return [one for one in references if text(one, "DocumentTypeCode") != "130"]


@rule("PEPPOL-EN16931-R110", "Radens period ska inte börja före fakturans.")
def line_begins_within(document: Element) -> list[Element]:
    begins = text(document, "InvoicePeriod/StartDate")
    periods = [one for line in lines(document) for one in each(line, "InvoicePeriod/StartDate")]
    return [one for one in periods if begins and (one.text or "").strip() < begins]


@rule("PEPPOL-EN16931-R111", "Radens period ska inte sluta efter fakturans.")
def line_ends_within(document: Element) -> list[Element]:
    ends = text(document, "InvoicePeriod/EndDate")
    periods = [one for line in lines(document) for one in each(line, "InvoicePeriod/EndDate")]
    return [one for one in periods if ends and (one.text or "").strip() > ends]


@rule("PEPPOL-EN16931-R120", "Radens belopp ska vara antal gånger pris, med radens avgifter och avdrag.")
def line_is_quantity_times_price(document: Element) -> Iterator[Element]:
    for line in lines(document):
        quantity = number(line, "InvoicedQuantity")
        if quantity is None:
            quantity = number(line, "CreditedQuantity")
        base = number(line, "Price/BaseQuantity") or Decimal(1)
        priced = (1 if quantity is None else quantity) * (number(line, "Price/PriceAmount") or Decimal(0)) / base
        charges = total(allowances(line, charge=True), "Amount")
        discounts = total(allowances(line, charge=False), "Amount")
        if abs((number(line, "LineExtensionAmount") or Decimal(0)) - (priced + charges - discounts)) > SLACK:
            yield line


@rule("PEPPOL-EN16931-R121", "Antalet som priset gäller för ska vara större än noll.")
def base_quantity_is_above_zero(document: Element) -> Iterator[Element]:
    for price in every(document, "Price"):
        base = number(price, "BaseQuantity")
        if base is not None and base <= 0:
            yield from each(price, "BaseQuantity")


@rule("PEPPOL-EN16931-R130", "Antalet som priset gäller för ska ha radens enhet.")
def base_quantity_has_the_lines_unit(document: Element) -> Iterator[Element]:
    for line in lines(document):
        quantity = first(line, "InvoicedQuantity")
        quantity = first(line, "CreditedQuantity") if quantity is None else quantity
        for base in each(line, "Price/BaseQuantity"):
            if quantity is not None and base.get("unitCode", "") not in ("", quantity.get("unitCode")):
                yield base


@rule("PEPPOL-EN16931-F001", "Ett datum ska skrivas ÅÅÅÅ-MM-DD.")
def dates_have_their_form(document: Element) -> Iterator[Element]:
    form = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
    return (one for one in every(document, *DATES) if not form.fullmatch((one.text or "").strip()))


def _allowances(document: Element) -> list[Element]:
    """The allowances and charges on the document and on its lines, not those in prices."""
    return [one for place in (document, *lines(document)) for one in each(place, "AllowanceCharge")]


def _typed(document: Element, code: str) -> list[Element]:
    references = each(document, "AdditionalDocumentReference")
    return [one for one in references if text(one, "DocumentTypeCode") == code]


def _in_currency(document: Element, currency: str) -> Decimal | None:
    for tax in each(document, "TaxTotal"):
        for amount in each(tax, "TaxAmount"):
            if amount.get("currencyID") == currency:
                return number(tax, "TaxAmount")
    return None
