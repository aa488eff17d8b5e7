"""What is read of credit notes and payments: counted once, closed when all is settled, and for one invoice only."""

from datetime import date

import pytest

from tests.web.made_up import finding
from tests.web.matters import BILLED, make
from tests.web.people import NOW
from tillit.web.actions.invoice_import import link_findings
from tillit.web.actions.invoice_payment import names, read_credits, read_payments
from tillit.web.models import Board, Finding, Invoice
from tillit.web.rules.content import catalogue

SUPPLIER = "5569999999"


@pytest.fixture
def norr(city):
    return Board.objects.get(slug="norr")


def invoice(number, *, state="attested", board="norr", **more):
    given = {"gross_ore": 1_000_000, "store_id": f"I{number}", **more}
    return make(
        catalogue().processes["invoice"], now=NOW, number=f"{board}-FA-{number}", state=state, board=board, **given
    )


def paid(*amounts, key=("I1",), day=date(2026, 3, 30)):
    rows = [
        {"paid_on": day, "amount_ore": ore, "sha256": "ab" * 32, "line": line} for line, ore in enumerate(amounts, 2)
    ]
    return {key: rows}


def credit(number, ore, *, of=BILLED["comparable_number"], supplier=SUPPLIER):
    return {
        "invoice_id": f"C{number}", "provider_id": supplier, "credits_normalised": of, "gross_ore": ore,
        "number": f"K{number}",
    }  # fmt: skip


def now(one):
    one.refresh_from_db()
    return one


def test_a_payment_of_all_that_is_left_closes_it_and_says_where_it_was_read(norr):
    one = invoice(1, credited_ore=200_000)
    assert read_payments(paid(300_000, 500_000), board=norr, now=NOW) == 1
    assert (now(one).state, one.paid_ore, one.paid_on, one.paid_line) == (
        "paid", 800_000, date(2026, 3, 30), "abababababab:2",
    )  # fmt: skip


def test_a_payment_in_part_is_shown_and_closes_nothing(norr):
    one = invoice(1)
    assert read_payments(paid(999_999), board=norr, now=NOW) == 0
    assert (now(one).state, one.paid_ore) == ("attested", 999_999)


def test_two_invoices_with_one_number_are_not_both_paid_by_one_payment(norr):
    """Before, the second was closed as paid by the money of the first."""
    first, second = invoice(1), invoice(2)
    by_number = paid(1_000_000, key=(SUPPLIER, BILLED["comparable_number"]))
    assert read_payments(by_number, board=norr, now=NOW) == 1
    assert (now(first).state, now(second).state, second.paid_ore) == ("paid", "attested", None)
    assert read_payments(by_number, board=norr, now=NOW) == 0
    twice = paid(1_000_000, 1_000_000, key=(SUPPLIER, BILLED["comparable_number"]))
    assert read_payments(twice, board=norr, now=NOW) == 1
    assert (now(second).state, second.paid_ore) == ("paid", 1_000_000)


def test_what_is_not_approved_or_another_boards_is_not_paid(norr):
    waiting, theirs = invoice(1, state="confirmed"), invoice(2, board="syd", store_id="I1")
    assert read_payments(paid(1_000_000), board=norr, now=NOW) == 0
    assert (now(waiting).paid_ore, now(theirs).paid_ore) == (None, None)


def test_a_credit_note_is_counted_once_and_closes_what_it_credits_whole(norr):
    one = invoice(1, state="unmatched")
    assert read_credits([credit(1, -400_000)], board=norr, now=NOW) == 0
    assert read_credits([credit(1, -400_000)], board=norr, now=NOW) == 0
    assert (now(one).credited_ore, one.credit_numbers, one.state) == (400_000, ["C1"], "unmatched")
    assert read_credits([credit(2, -600_000)], board=norr, now=NOW) == 1
    assert (now(one).credited_ore, one.state, one.fields["credit_number"]) == (1_000_000, "credited", "K2")


@pytest.mark.parametrize("other", [{"of": "9999"}, {"supplier": "5599990008"}])
def test_a_credit_note_of_another_number_or_supplier_credits_nothing(norr, other):
    one = invoice(1, state="unmatched")
    assert read_credits([credit(1, -1_000_000, **other)], board=norr, now=NOW) == 0
    assert (now(one).credited_ore, one.state) == (0, "unmatched")


def test_a_finding_stands_on_the_invoice_whose_row_it_rests_on_and_on_no_other(norr):
    one, other = invoice(1), invoice(2)
    made = finding(norr, 1)
    evidence = [{"values": {"invoice_id": "I1"}}, {"values": {"amount_ore": 1}}]
    Finding.objects.filter(pk=made.pk).update(origin="rule", result={"evidence": evidence})
    link_findings(norr)
    link_findings(norr)
    assert (list(one.findings.all()), list(other.findings.all())) == ([Finding.objects.get(pk=made.pk)], [])
    assert Invoice.findings.through.objects.count() == 1


def test_an_invoice_goes_by_its_own_key_and_by_its_supplier_with_its_number():
    assert list(names({"invoice_id": "I1", "provider_id": SUPPLIER, "number_normalised": "1"})) == [
        ("I1",), (SUPPLIER, "1"),
    ]  # fmt: skip
    assert list(names({"invoice_id": "", "provider_id": "", "number_normalised": "1"})) == []
