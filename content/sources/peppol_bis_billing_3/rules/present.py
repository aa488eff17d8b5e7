"""Rules of the European standard about what must be there, and in which order dates come."""

from collections.abc import Callable, Iterator

from tillit.readers.xml import Element, as_number, each, first, number, text

from .rule import Check, allowances, every, lacking, lines, rule

SELLER, BUYER = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
TOTALS = "LegalMonetaryTotal"
Places = Callable[[Element], list[Element]]


def _of(path: str) -> Places:
    return lambda document: each(document, path)


def _itself(document: Element) -> list[Element]:
    return [document]


def _lacks(places: Places, *paths: str) -> Check:
    return lambda document: lacking(places(document), *paths)


def _charges(document: Element) -> list[Element]:
    return allowances(document, charge=True)


def _discounts(document: Element) -> list[Element]:
    return allowances(document, charge=False)


def _line_charges(document: Element) -> list[Element]:
    return [one for line in lines(document) for one in allowances(line, charge=True)]


def _line_discounts(document: Element) -> list[Element]:
    return [one for line in lines(document) for one in allowances(line, charge=False)]


def _credit_transfers(document: Element) -> list[Element]:
    return [one for one in each(document, "PaymentMeans") if text(one, "PaymentMeansCode") in ("30", "58")]


REASON = ("AllowanceChargeReason", "AllowanceChargeReasonCode")
NEEDED: dict[str, tuple[Places, tuple[str, ...], str]] = {
    "BR-01": (_itself, ("CustomizationID",), "Specifikation (CustomizationID) ska finnas."),
    "BR-02": (_itself, ("ID",), "Fakturanummer ska finnas."),
    "BR-03": (_itself, ("IssueDate",), "Fakturadatum ska finnas."),
    "BR-04": (_itself, ("InvoiceTypeCode", "CreditNoteTypeCode"), "Fakturans typkod ska finnas."),
    "BR-05": (_itself, ("DocumentCurrencyCode",), "Fakturans valuta ska finnas."),
    "BR-06": (_itself, (f"{SELLER}/PartyLegalEntity/RegistrationName",), "Säljarens namn ska finnas."),
    "BR-07": (_itself, (f"{BUYER}/PartyLegalEntity/RegistrationName",), "Köparens namn ska finnas."),
    "BR-09": (_of(f"{SELLER}/PostalAddress"), ("Country/IdentificationCode",), "Säljarens land ska finnas."),
    "BR-11": (_of(f"{BUYER}/PostalAddress"), ("Country/IdentificationCode",), "Köparens land ska finnas."),
    "BR-12": (_of(TOTALS), ("LineExtensionAmount",), "Radernas summa ska finnas."),
    "BR-13": (_of(TOTALS), ("TaxExclusiveAmount",), "Summan utan moms ska finnas."),
    "BR-14": (_of(TOTALS), ("TaxInclusiveAmount",), "Summan med moms ska finnas."),
    "BR-15": (_of(TOTALS), ("PayableAmount",), "Beloppet att betala ska finnas."),
    "BR-18": (_of("TaxRepresentativeParty"), ("PartyName/Name",), "Skatteombudets namn ska finnas."),
    "BR-20": (
        _of("TaxRepresentativeParty/PostalAddress"), ("Country/IdentificationCode",), "Skatteombudets land ska finnas.",
    ),
    "BR-21": (lines, ("ID",), "Varje rad ska ha ett nummer."),
    "BR-22": (lines, ("InvoicedQuantity", "CreditedQuantity"), "Varje rad ska ha ett antal."),
    "BR-24": (lines, ("LineExtensionAmount",), "Varje rad ska ha ett nettobelopp."),
    "BR-25": (lines, ("Item/Name",), "Varje rad ska ha en benämning."),
    "BR-26": (lines, ("Price/PriceAmount",), "Varje rad ska ha ett pris."),
    "BR-31": (_discounts, ("Amount",), "Ett avdrag ska ha ett belopp."),
    "BR-33": (_discounts, REASON, "Ett avdrag ska ha en orsak."),
    "BR-36": (_charges, ("Amount",), "En avgift ska ha ett belopp."),
    "BR-38": (_charges, REASON, "En avgift ska ha en orsak."),
    "BR-41": (_line_discounts, ("Amount",), "Ett avdrag på en rad ska ha ett belopp."),
    "BR-42": (_line_discounts, REASON, "Ett avdrag på en rad ska ha en orsak."),
    "BR-43": (_line_charges, ("Amount",), "En avgift på en rad ska ha ett belopp."),
    "BR-44": (_line_charges, REASON, "En avgift på en rad ska ha en orsak."),
    "BR-45": (_of("TaxTotal/TaxSubtotal"), ("TaxableAmount",), "Varje momsdel ska ha ett underlag."),
    "BR-46": (_of("TaxTotal/TaxSubtotal"), ("TaxAmount",), "Varje momsdel ska ha ett momsbelopp."),
    "BR-49": (_of("PaymentMeans"), ("PaymentMeansCode",), "Betalsättet ska ha en kod."),
    "BR-52": (_of("AdditionalDocumentReference"), ("ID",), "Ett bifogat underlag ska ha en beteckning."),
    "BR-55": (
        _of("BillingReference"), ("InvoiceDocumentReference/ID",), "En tidigare faktura ska anges med sitt nummer.",
    ),
    "BR-57": (
        _of("Delivery/DeliveryLocation/Address"), ("Country/IdentificationCode",), "Leveransadressens land ska finnas.",
    ),
    "BR-61": (_credit_transfers, ("PayeeFinancialAccount/ID",), "Kontot att betala till ska finnas."),
    "BR-CO-21": (_discounts, REASON, "Ett avdrag ska ha en orsak eller en kod för den."),
    "BR-CO-22": (_charges, REASON, "En avgift ska ha en orsak eller en kod för den."),
    "BR-CO-23": (_line_discounts, REASON, "Ett avdrag på en rad ska ha en orsak eller en kod för den."),
    "BR-CO-24": (_line_charges, REASON, "En avgift på en rad ska ha en orsak eller en kod för den."),
    "BR-CO-19": (
        _of("InvoicePeriod"), ("StartDate", "EndDate", "DescriptionCode"),
        "Fakturans period ska ha en första eller sista dag.",
    ),
    "BR-CO-20": (
        lambda document: [one for line in lines(document) for one in each(line, "InvoicePeriod")],
        ("StartDate", "EndDate"), "Radens period ska ha en första eller sista dag.",
    ),
    "BR-CO-26": (
        _of(SELLER), ("PartyTaxScheme/CompanyID", "PartyIdentification/ID", "PartyLegalEntity/CompanyID"),
        "Säljaren ska ha ett organisationsnummer, momsnummer eller annat nummer.",
    ),
}  # fmt: skip

for _id, (_places, _paths, _says) in NEEDED.items():
    rule(_id, _says)(_lacks(_places, *_paths))


@rule("BR-08", "Säljarens postadress ska finnas.")
def seller_has_a_place(document: Element) -> list[Element]:
    return [] if each(document, f"{SELLER}/PostalAddress") else [document]


@rule("BR-10", "Köparens postadress ska finnas.")
def buyer_has_a_place(document: Element) -> list[Element]:
    return [] if each(document, f"{BUYER}/PostalAddress") else [document]


@rule("BR-16", "En faktura ska ha minst en rad.")
def has_lines(document: Element) -> list[Element]:
    return [] if lines(document) else [document]


@rule("BR-17", "En betalningsmottagare ska ha ett namn, och vara någon annan än säljaren.")
def payee_is_named(document: Element) -> Iterator[Element]:
    for payee in each(document, "PayeeParty"):
        name, number_ = text(payee, "PartyName/Name"), text(payee, "PartyIdentification/ID")
        same = name == text(document, f"{SELLER}/PartyName/Name")
        same |= bool(number_) and number_ == text(document, f"{SELLER}/PartyIdentification/ID")
        if not name or same:
            yield payee


@rule("BR-19", "Skatteombudets postadress ska finnas.")
def representative_has_a_place(document: Element) -> list[Element]:
    return [one for one in each(document, "TaxRepresentativeParty") if not each(one, "PostalAddress")]


@rule("BR-23", "Radens antal ska ha en enhet.")
def quantity_has_a_unit(document: Element) -> Iterator[Element]:
    for line in lines(document):
        quantities = [*each(line, "InvoicedQuantity"), *each(line, "CreditedQuantity")]
        if not any(one.get("unitCode") for one in quantities):
            yield line


@rule("BR-27", "Ett nettopris ska inte vara negativt.")
def price_is_not_negative(document: Element) -> list[Element]:
    prices = [one for line in lines(document) for one in each(line, "Price/PriceAmount")]
    return [one for one in prices if (as_number((one.text or "").strip()) or 0) < 0]


@rule("BR-28", "Ett bruttopris ska inte vara negativt.")
def gross_price_is_not_negative(document: Element) -> list[Element]:
    prices = [one for line in lines(document) for one in each(line, "Price/AllowanceCharge/BaseAmount")]
    return [one for one in prices if (as_number((one.text or "").strip()) or 0) < 0]


@rule("BR-29", "Fakturans period ska inte sluta före sin början.")
def period_ends_after_it_begins(document: Element) -> list[Element]:
    return [one for one in each(document, "InvoicePeriod") if _ends_early(one)]


@rule("BR-30", "Radens period ska inte sluta före sin början.")
def line_period_ends_after_it_begins(document: Element) -> list[Element]:
    return [one for line in lines(document) for one in each(line, "InvoicePeriod") if _ends_early(one)]


@rule("BR-51", "Av ett kortnummer ska högst tio siffror finnas.", "warning")
def card_number_is_cut(document: Element) -> list[Element]:
    cards = each(document, "PaymentMeans/CardAccount")
    return [one for one in cards if len(text(one, "PrimaryAccountNumberID")) > 10]


@rule("BR-53", "Momsen i redovisningsvaluta ska finnas när valutan anges.")
def tax_of_the_books_is_given(document: Element) -> list[Element]:
    currency = text(document, "TaxCurrencyCode")
    given = {one.get("currencyID") for one in each(document, "TaxTotal/TaxAmount")}
    return [] if not currency or currency in given else each(document, "TaxCurrencyCode")


@rule("BR-54", "En egenskap hos varan ska ha namn och värde.")
def property_has_a_value(document: Element) -> list[Element]:
    return [one for one in every(document, "AdditionalItemProperty") if not (text(one, "Name") and text(one, "Value"))]


@rule("BR-56", "Skatteombudets momsnummer ska finnas.")
def representative_has_a_number(document: Element) -> Iterator[Element]:
    return lacking(each(document, "TaxRepresentativeParty"), "PartyTaxScheme/CompanyID")


@rule("BR-62", "Säljarens elektroniska adress ska ha ett schema.")
def seller_address_has_a_scheme(document: Element) -> list[Element]:
    return [one for one in each(document, f"{SELLER}/EndpointID") if not one.get("schemeID")]


@rule("BR-63", "Köparens elektroniska adress ska ha ett schema.")
def buyer_address_has_a_scheme(document: Element) -> list[Element]:
    return [one for one in each(document, f"{BUYER}/EndpointID") if not one.get("schemeID")]


@rule("BR-64", "Varans standardnummer ska ha ett schema.")
def item_number_has_a_scheme(document: Element) -> list[Element]:
    numbers = [one for line in lines(document) for one in each(line, "Item/StandardItemIdentification/ID")]
    return [one for one in numbers if not one.get("schemeID")]


@rule("BR-65", "Varans klass ska ha en kodlista.")
def item_class_has_a_list(document: Element) -> list[Element]:
    return [one for one in every(document, "ItemClassificationCode") if not one.get("listID")]


@rule("BR-CO-03", "Momsdatum och kod för momsdatum ska inte båda finnas.")
def tax_point_is_given_once(document: Element) -> list[Element]:
    return each(document, "TaxPointDate") if text(document, "InvoicePeriod/DescriptionCode") else []


@rule("BR-CO-25", "Det ska framgå när fakturan ska betalas.")
def when_to_pay_is_given(document: Element) -> list[Element]:
    totals = first(document, TOTALS)
    is_due = totals is not None and (number(totals, "PayableAmount") or 0) > 0
    if not is_due or document.tag.endswith("}CreditNote"):
        return []
    return list(lacking([document], "DueDate", "PaymentTerms/Note"))


def _ends_early(period: Element) -> bool:
    begins, ends = text(period, "StartDate"), text(period, "EndDate")
    return bool(begins and ends) and ends < begins
