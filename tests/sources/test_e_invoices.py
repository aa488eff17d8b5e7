"""Every real e-invoice at hand: its stored values and sums against plain XPath, and kind words for what is none."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from tests.readers.delivered import content, new_store, refused, rows
from tests.shared_data import shared
from tillit.readers import read_file
from tillit.store import Delivery, Store

PEPPOL = ("en16931_examples", "peppol_examples", "sfti_usecases")
TEST_SETS = ("en16931_unit_creditnote", "en16931_unit_invoice", "peppol_unit_common", "peppol_unit_se")
NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
HEADER = "number, issued_on, currency, net_ore, vat_ore, gross_ore, payable_ore, supplier_name, kind"
HOUR, MINUTE = Decimal(60), Decimal(1)

Path_ = Callable[[str], str]


def files(*folders: str) -> list[Path]:
    found = [file for folder in folders for file in sorted((shared("einvoice") / folder).iterdir())]
    assert found
    return found


def each_read(tmp_path: Path, *folders: str) -> list[tuple[Path, Delivery, Store]]:
    store = new_store(tmp_path)
    return [(file, read_file(file, store, content()), store) for file in files(*folders)]


def at(root: etree._Element) -> Path_:
    return lambda path: str(root.xpath(f"normalize-space({path})", namespaces=NAMES))


def ore(text: str, sign: int) -> int | None:
    return None if not text else int(sign * Decimal(text) * 100)


def test_every_standalone_e_invoice_is_stored_with_the_values_it_states(tmp_path: Path) -> None:
    for file, delivery, store in each_read(tmp_path, *PEPPOL):
        root = etree.parse(str(file)).getroot()
        get, is_credit = at(root), root.tag.endswith("CreditNote")
        sign = -1 if is_credit else 1
        currency = get("cbc:DocumentCurrencyCode")
        seller = "cac:AccountingSupplierParty/cac:Party"
        total = "cac:LegalMonetaryTotal/cbc:"
        ((number, issued_on, *amounts, name, kind),) = [
            (row[0], str(row[1]), *row[2:]) for row in rows(store, delivery, "invoice", HEADER)
        ]
        assert (number, issued_on, name) == (
            get("cbc:ID"), get("cbc:IssueDate"), get(f"{seller}/cac:PartyLegalEntity/cbc:RegistrationName"),
        ), file.name  # fmt: skip
        assert amounts == [
            currency,
            ore(get(f"{total}TaxExclusiveAmount"), sign),
            ore(get(f"cac:TaxTotal/cbc:TaxAmount[@currencyID='{currency}']"), sign),
            ore(get(f"{total}TaxInclusiveAmount"), sign),
            ore(get(f"{total}PayableAmount"), sign),
        ], file.name
        assert (kind == "credit") is is_credit


def test_every_line_of_a_standalone_e_invoice_is_stored(tmp_path: Path) -> None:
    for file, delivery, store in each_read(tmp_path, *PEPPOL):
        root = etree.parse(str(file)).getroot()
        sign = -1 if root.tag.endswith("CreditNote") else 1
        stated = []
        for line in root.xpath("cac:InvoiceLine | cac:CreditNoteLine", namespaces=NAMES):
            get = at(line)
            quantity = get("cbc:InvoicedQuantity | cbc:CreditedQuantity")
            unit = get("(cbc:InvoicedQuantity | cbc:CreditedQuantity)/@unitCode")
            per_unit = {"HUR": HOUR, "MIN": MINUTE}.get(unit)
            stated.append(
                (
                    get("cbc:ID"),
                    sign * Decimal(quantity).quantize(Decimal("0.0001")),
                    ore(get("cbc:LineExtensionAmount"), sign),
                    None if per_unit is None else round(sign * Decimal(quantity) * per_unit),
                )
            )
        stored = rows(store, delivery, "invoice_line", "line_number, quantity, amount_ore, quantity_minutes")
        assert [row for row in stored if row[1] is not None] == stated, file.name


def test_the_sums_that_e_invoices_state_are_those_of_their_lines(tmp_path: Path) -> None:
    for file, delivery, _ in each_read(tmp_path, *PEPPOL):
        sums = [total for total in delivery.totals if total.stated is not None]
        assert [total.of for total in sums] == ["the invoice lines: amount_ore", "the invoice: amount_ore"], file.name
        assert [total.read for total in sums] == [total.stated for total in sums], file.name
        assert [total.stored for total in sums] == [total.stated for total in sums], file.name


def test_every_element_of_an_e_invoice_is_counted(tmp_path: Path) -> None:
    for file, delivery, _ in each_read(tmp_path, *PEPPOL):
        parts = "cac:InvoiceLine | cac:CreditNoteLine | cac:AllowanceCharge"
        elements = 1 + len(etree.parse(str(file)).getroot().xpath(parts, namespaces=NAMES))
        assert (delivery.lines_read, delivery.lines_stored, delivery.lines_refused) == (elements, elements, 0), (
            file.name
        )


def test_a_negative_invoice_is_left_negative(tmp_path: Path) -> None:
    (file,) = (file for file in files("en16931_examples") if file.name == "BIS3_Invoice_negativ.XML")
    store = new_store(tmp_path)
    delivery = read_file(file, store, content())
    ((kind, gross),) = rows(store, delivery, "invoice", "kind, gross_ore")
    assert (kind, gross < 0) == ("invoice", True)


def test_what_is_paid_to_is_a_giro_only_where_the_invoice_says_so(tmp_path: Path) -> None:
    accounts = {
        file.name: rows(store, delivery, "invoice", "account")[0][0]
        for file, delivery, store in each_read(tmp_path, "sfti_usecases")
    }
    giros = {name: account for name, account in accounts.items() if account and not account.startswith("BA-")}
    assert giros["BIS_Billing_30-Telefoni.xml"] == "BG:44445555"
    for name, giro in giros.items():
        root = etree.parse(str(shared("einvoice") / "sfti_usecases" / name)).getroot()
        branch = {"BG": "SE:BANKGIRO", "PG": "SE:PLUSGIRO"}[giro[:2]]
        path = f"//cac:PayeeFinancialAccount[cac:FinancialInstitutionBranch/cbc:ID='{branch}']/cbc:ID"
        assert giro[3:] in [number.text.replace("-", "") for number in root.xpath(path, namespaces=NAMES)], name


def test_attachments_are_not_stored(tmp_path: Path) -> None:
    file = shared("einvoice") / "en16931_examples" / "FT G2G_TD01 con Allegato, Bonifico e Split Payment.xml"
    attached = str(
        etree.parse(str(file)).getroot().xpath("string(//cbc:EmbeddedDocumentBinaryObject)", namespaces=NAMES)
    )
    store = new_store(tmp_path)
    read_file(file, store, content())
    stored = [part.read_bytes() for part in store.folder.rglob("*") if part.is_file()]
    assert len(attached) > 100
    assert [part for part in stored if attached[:60].encode() in part] == []


@pytest.mark.slow
def test_every_set_of_tests_is_turned_away_kindly(tmp_path: Path) -> None:
    for file, delivery, _ in each_read(tmp_path, *TEST_SETS):
        assert refused(delivery) == [(0, "this is a set of tests for validators, not an invoice")], file.name
        assert (delivery.status, delivery.lines_read) == ("rejected", 0)


def test_svefakturas_are_stored_with_the_values_they_state(tmp_path: Path) -> None:
    found = {
        file.name: rows(store, delivery, "invoice", "number, net_ore, vat_ore, gross_ore, payable_ore, account, due_on")
        for file, delivery, store in each_read(tmp_path, "svefaktura_1_0")
    }
    due = {name: [(*row[:-1], str(row[-1])) for row in stored] for name, stored in found.items()}
    assert due == {
        "ObjectEnvelope.xml": [],
        "svefaktura m ext ref.xml": [("15", 622500, 155625, 778125, 778150, "BG:3338929", "2003-10-11")],
        "svefaktura moms.xml": [("200400035", 1515000, 376800, 1891800, 1891800, "BG:3748829", "2004-11-05")],
    }


def test_an_envelope_without_its_invoice_says_so(tmp_path: Path) -> None:
    delivery = read_file(shared("einvoice") / "svefaktura_1_0" / "ObjectEnvelope.xml", new_store(tmp_path), content())
    assert refused(delivery) == [
        (0, "this is an envelope with attachments only: the invoice lies in another file"),
    ]
