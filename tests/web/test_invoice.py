"""An invoice from the delivered files to the payment: matched by line, confirmed by one, approved by another."""

import re

import pytest
from django.db import IntegrityError, transaction

from tests.shared_data import shared
from tests.web.delivered import deliver, work_off
from tests.web.matters import bill, give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Entry, Invoice, InvoiceLine, Matter
from tillit.web.queries.invoice import listed
from tillit.web.rules.content import catalogue

BILLS = (
    "Faktura-id;Organisationsnummer;Leverantör;Fakturanummer;Fakturadatum;Förfallodatum;Period från;Period till;"
    "Netto (kr);Moms (kr);Brutto (kr);Avtal\n"
    "I1;559990-0494;Solsidan AB;1001;2026-02-28;2026-03-30;2026-02-01;2026-02-28;9700,00;0,00;9700,00;A-1\n"
    "I2;559990-0494;Solsidan AB;1002;2026-02-28;2026-03-20;2026-02-01;2026-02-28;10200,00;0,00;10200,00;A-1\n"
    "I3;559990-0494;Solsidan AB;0900;2025-11-30;2025-12-30;2025-11-01;2025-11-30;9700,00;0,00;9700,00;A-1\n"
)
LINES = (
    "Faktura-id;Rad;Organisationsnummer;Brukare;Avtal;Artikel;Verksamhet;Utfört från;Utfört till;Enhet;Tid (timmar);"
    "À-pris (kr);Belopp netto (kr)\n"
    "I1;1;559990-0494;20000131-2388;A-1;HT;Hemtjänst;2026-02-01;2026-02-28;Timme;20;485,00;9700,00\n"
    "I2;1;559990-0494;20000131-2388;A-1;HT;Hemtjänst;2026-02-01;2026-02-28;Timme;20;510,00;10200,00\n"
)
CONTRACTS = "Avtal;Organisationsnummer;Verksamhet;Gäller från\nA-1;559990-0494;Hemtjänst;2024-01-01\n"
PRICES = "Avtal;Artikel;Enhet;Pris (kr);Gäller från\nA-1;HT;Timme;485,00;2026-01-01\n"
DECISIONS = (
    "Beslut;Brukare;Insats;Anordnare;Beviljad tid (timmar);Per;Gäller från\n"
    "B-1;20000131-2388;Hemtjänst;559990-0494;40;Månad;2025-01-01\n"
)


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


def delivered(city, **files):
    for name, text in files.items():
        deliver(city["Klas"], name=f"{name}.csv", text=text)
    work_off()


def test_invoices_are_matched_line_by_line_and_what_does_not_match_says_why(city, norr):
    delivered(city, avtal=CONTRACTS, priser=PRICES, beslut=DECISIONS, fakturor=BILLS, rader=LINES)
    right, dear = Invoice.objects.order_by("store_id")  # the third fell due long ago: nobody's work
    assert (right.state, right.reasons, right.zone) == ("matched", [], "individual")
    beside = InvoiceLine.objects.get(matter=right).beside
    assert (beside["contract"], beside["order"], beside["price_ore"], beside["expected_ore"]) == (
        "A-1",
        "B-1",
        48_500,
        970_000,
    )
    assert dear.state == "unmatched"
    assert [(one["code"], one["line"], one["found"], one["wanted"], one["day"]) for one in dear.reasons] == [
        ("price_differs", "1", 51_000, 48_500, "2026-01-01")
    ]
    assert list(listed(as_viewer(city["Fredrik"]))) == [dear, right]  # what is to be paid first


def test_what_is_delivered_later_is_matched_then_and_twice_is_once(city, norr):
    delivered(city, fakturor=BILLS, rader=LINES)
    assert {one.state for one in Invoice.objects.all()} == {"unmatched"}
    delivered(city, avtal=CONTRACTS, priser=PRICES, beslut=DECISIONS)
    assert [one.state for one in Invoice.objects.order_by("store_id")] == ["matched", "unmatched"]
    assert InvoiceLine.objects.count() == 2
    assert Entry.objects.filter(what="import invoices").count() == 1


def confirmed(city):
    matter = make(catalogue().processes["invoice"], now=NOW, number="NORR-FA-2026-9", state="confirmed")
    bill(matter, city, {"confirmed_by": "Hanna"}, now=NOW)
    return Matter.objects.get(pk=matter.pk)


def attest(matter, user):
    return take_step(matter, "attest", by=as_viewer(user), now=NOW, version=matter.version)


def test_another_approves_a_colleague_may_not_and_for_a_stranger_it_is_not_there(city):
    matter = confirmed(city)
    with pytest.raises(NotYourStepError):
        attest(matter, city["Fredrik"])
    with pytest.raises(NotForYouError):
        attest(matter, city["Bo"])
    attest(matter, city["Tyra"])
    invoice = Invoice.objects.get(pk=matter.pk)
    assert (invoice.state, invoice.attested_by, invoice.attested_at) == ("attested", city["Tyra"], NOW)


def test_the_database_refuses_that_one_approves_what_one_has_confirmed(city):
    invoice = Invoice.objects.filter(pk=confirmed(city).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        invoice.update(attested_by=city["Hanna"], attested_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        invoice.update(confirmed_by=None, attested_by=city["Tyra"], attested_at=NOW)


def test_a_caseworker_sees_only_what_has_been_given(city):
    """M241: what is ordered is confirmed by who knows it, and by nobody else."""
    matter = confirmed(city)
    assert list(listed(as_viewer(city["Hanna"]))) == []
    give(matter, city["Hanna"], now=NOW)
    assert [one.pk for one in listed(as_viewer(city["Hanna"]))] == [matter.pk]
    assert list(listed(as_viewer(city["Asta"]))) == []
    assert list(listed(as_viewer(city["Bo"]))) == []


def test_real_e_invoices_go_through_to_a_matter_that_says_why(city, norr):
    """Samples of Peppol, their days moved to this month: none has a contract here, so each waits for the unit."""
    files = sorted((shared("einvoice") / "sfti_usecases").rglob("*.xml"))[:12]
    for file in files:
        text = re.sub(r"(IssueDate>)\d{4}-\d{2}-\d{2}<", r"\g<1>2026-02-20<", file.read_text(encoding="utf-8-sig"))
        text = re.sub(r"(DueDate>)\d{4}-\d{2}-\d{2}<", r"\g<1>2026-03-22<", text)
        deliver(city["Klas"], name=file.name, text=text)
    work_off()
    brought = list(Invoice.objects.all())
    assert len(brought) >= 6
    for invoice in brought:
        assert (invoice.state, bool(invoice.reasons), invoice.tried_at) == ("unmatched", True, NOW)
        assert InvoiceLine.objects.filter(matter=invoice).exists()
