"""Rules about code lists: kinds of documents, reasons, attachments, currencies and electronic addresses.

Source: the code lists of Peppol BIS Billing 3.0.19. A code that is not known here is a remark, no more.
"""

from collections.abc import Iterator

from tillit.readers.xml import Element, each, text

from .rule import allowances, country, every, lines, rule


def _codes(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


INVOICES = _codes(
    "71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 389 393 395 500 501 502 503 553 575 623 780 817 870 875"
    " 876 877"
)
CREDIT_NOTES = _codes("81 83 261 262 296 308 381 396 420 458 502 503 532")
GERMAN_ONLY = frozenset(("326", "384"))
ALLOWANCES = _codes("41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105")
ATTACHMENTS = frozenset(
    (
        "application/pdf", "image/png", "image/jpeg", "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    )
)  # fmt: skip
PERIODS = frozenset(("3", "35", "432"))
ADDRESSES = _codes(
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191"
    " 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217"
    " 0218 0219 0220 0221 0225 0230 0235 0240 0244 0245 0246 9901 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924"
    " 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946"
    " 9947 9948 9949 9950 9951 9952 9953 9957 9959"
)


@rule("PEPPOL-EN16931-P0100", "Fakturans typkod ska finnas i kodlistan.")
def invoice_type_is_known(document: Element) -> Iterator[Element]:
    given = each(document, "InvoiceTypeCode") if _is_billing(document) else []
    return (one for one in given if _value(one) not in INVOICES)


@rule("PEPPOL-EN16931-P0101", "Kreditnotans typkod ska finnas i kodlistan.")
def credit_note_type_is_known(document: Element) -> Iterator[Element]:
    given = each(document, "CreditNoteTypeCode") if _is_billing(document) else []
    return (one for one in given if _value(one) not in CREDIT_NOTES)


@rule("PEPPOL-EN16931-P0112", "Typkod 326 och 384 gäller bara mellan tyska parter.")
def type_is_not_german(document: Element) -> Iterator[Element]:
    both = country(document, "Supplier") == country(document, "Customer") == "DE"
    return (one for one in each(document, "InvoiceTypeCode") if _value(one) in GERMAN_ONLY and not both)


@rule("PEPPOL-EN16931-CL001", "En bilaga ska vara av ett tillåtet filslag.")
def attachment_type_is_known(document: Element) -> Iterator[Element]:
    given = every(document, "EmbeddedDocumentBinaryObject")
    return (one for one in given if one.get("mimeCode") not in ATTACHMENTS)


@rule("PEPPOL-EN16931-CL002", "Orsakskoden till ett avdrag ska finnas i kodlistan.")
def allowance_reason_is_known(document: Element) -> Iterator[Element]:
    for place in (document, *lines(document), *(price for line in lines(document) for price in each(line, "Price"))):
        for one in allowances(place, charge=False):
            if text(one, "AllowanceChargeReasonCode") not in ("", *ALLOWANCES):
                yield from each(one, "AllowanceChargeReasonCode")


@rule("PEPPOL-EN16931-CL006", "Koden för momsdatum ska finnas i kodlistan.")
def period_code_is_known(document: Element) -> Iterator[Element]:
    given = (one for period in every(document, "InvoicePeriod") for one in each(period, "DescriptionCode"))
    return (one for one in given if _value(one) not in PERIODS)


@rule("PEPPOL-EN16931-CL007", "En valuta skrivs med tre stora bokstäver.")
def currency_has_its_form(document: Element) -> Iterator[Element]:
    given = (one for one in document.iter("{*}*") if one.get("currencyID") is not None)
    return (one for one in given if not _is_currency(one.get("currencyID", "")))


@rule("PEPPOL-EN16931-CL008", "Den elektroniska adressens schema ska finnas i kodlistan.")
def address_scheme_is_known(document: Element) -> Iterator[Element]:
    return (one for one in every(document, "EndpointID") if one.get("schemeID") not in ADDRESSES)


def _is_billing(document: Element) -> bool:
    """Whether the process is 01, billing; the lists of codes are those of that process."""
    return text(document, "ProfileID").endswith(":billing:01:1.0")


def _is_currency(given: str) -> bool:
    """Whether it can be a currency; which of them exist changes more often than we do.

    >>> _is_currency("SEK"), _is_currency("kr")
    (True, False)
    """
    return len(given) == 3 and given.isascii() and given.isalpha() and given.isupper()


def _value(place: Element) -> str:
    return (place.text or "").strip()
