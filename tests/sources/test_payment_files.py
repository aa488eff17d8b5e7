"""Every real payment file at hand, and what their samples do not show: read or kindly refused, and never a crash."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from tests.readers.delivered import content, new_store, read, refused, rows
from tests.shared_data import shared
from tillit.readers import read_file
from tillit.store import Delivery, Store, Total

KINDS = ("bankgirot_lb", "bankgirot_lb_return", "bgmax", "camt", "camt_edge", "pain001")
KINDLY_REFUSED = {
    "leverantorsbetalning_exempelfil_betalningsbevakning_sv.txt": (
        "this is a list of payments under watch, with sums by day and no payments"
    ),
    "invalid.xml": "no source knows this kind of XML",
}


def all_read(folder: Path) -> dict[str, tuple[Path, Delivery, Store]]:
    store = new_store(folder)
    files = [file for kind in KINDS for file in sorted((shared("payments") / kind).iterdir()) if file.is_file()]
    return {file.name: (file, read_file(file, store, content()), store) for file in files}


def one_read(folder: Path, path: str) -> tuple[Delivery, Store]:
    store = new_store(folder)
    return read_file(shared("payments") / path, store, content()), store


def stated(delivery: Delivery) -> dict[str, Total]:
    return {total.of: total for total in delivery.totals if total.stated is not None}


def test_every_file_is_read_or_kindly_refused(tmp_path: Path) -> None:
    found = all_read(tmp_path)
    turned_away = {name: delivery for name, (_, delivery, _) in found.items() if delivery.status == "rejected"}
    assert {name: [refusal.what for refusal in one.refusals] for name, one in turned_away.items()} == {
        name: [what] for name, what in KINDLY_REFUSED.items()
    }
    for name, (_, delivery, _) in found.items():
        assert delivery.lines_read == delivery.lines_stored + delivery.lines_refused, name
        assert (delivery.lines_refused, bool(delivery.lines_stored)) == (0, name not in KINDLY_REFUSED), name


def test_an_orders_totals_are_those_of_its_payments(tmp_path: Path) -> None:
    """The file's own TK29, and an independent sum over its lines."""
    delivery, store = one_read(tmp_path, "bankgirot_lb/leverantorsbetalning_exempelfil_exempel1_sv.txt")
    lines = (shared("payments") / "bankgirot_lb" / delivery.name).read_text("iso-8859-1").splitlines()
    paid = [int(line[37:49]) * (-1 if line[:2] == "16" else 1) for line in lines if line[:2] in ("14", "16")]
    assert [row[0] for row in rows(store, delivery, "payment", "amount_ore")] == paid
    sums = stated(delivery)
    assert sums["order 1: rows"] == Total("order 1: rows", 18, 18, 0, 18)
    assert sums["order 1: amount_ore"] == Total("order 1: amount_ore", sum(paid), sum(paid), 0, 4041700)


def test_names_belong_to_the_payment_that_follows(tmp_path: Path) -> None:
    delivery, store = one_read(tmp_path, "bankgirot_lb/leverantorsbetalning_exempelfil_exempel1_sv.txt")
    named = "payee_name, amount_ore, paid_on, line"
    assert [
        (name, amount, str(day), line) for name, amount, day, line in rows(store, delivery, "payment", named) if name
    ] == [
        ("HANDELSBOLAGET HB", 1500000, "2006-03-30", 28),
        ("ENSKILDA FIRMAN", 500000, "2006-03-30", 31),
    ]


def test_a_report_of_paid_payments_is_read(tmp_path: Path) -> None:
    delivery, store = one_read(tmp_path, "bankgirot_lb_return/GEUT_LBATER_Sample2.txt")
    columns = "own_account, counterparty_account, counterparty_name, amount_ore, reference, status"
    assert rows(store, delivery, "bank_entry", columns) == [
        ("BG:2407617", "BG:53723532", "SWEDELTACO AB", -53800, "1106871203", "booked")
    ]
    assert stated(delivery)["report 1: amount_ore"].stated == -53800


def test_payments_in_cash_that_came_back_are_read_and_add_up(tmp_path: Path) -> None:
    name = "leverantorsbetalning_exempelfil_aterforda-kontantutbetalningar_sv.txt"
    delivery, store = one_read(tmp_path, f"bankgirot_lb/{name}")
    amounts = [row[0] for row in rows(store, delivery, "bank_entry", "amount_ore")]
    assert (len(amounts), sum(amounts)) == (9, 720000)
    assert stated(delivery)["the report: amount_ore"].stated == 720000


def test_deposits_add_up_to_what_they_state(tmp_path: Path) -> None:
    delivery, store = one_read(tmp_path, "bgmax/BgMaxfil4.txt")
    deposits = {of: (total.read, total.stated) for of, total in stated(delivery).items() if of.endswith("_ore")}
    assert deposits == {
        f"deposit {number}: amount_ore": (amount, amount)
        for number, amount in ((1, 370000), (2, 200000), (3, 290000), (4, 400000))
    }
    sums = rows(store, delivery, "bank_entry", "currency, sum(amount_ore) OVER (PARTITION BY currency)")
    assert dict(sums) == {"SEK": 860000, "EUR": 400000}


def test_a_broken_file_of_deposits_tells_its_lines(tmp_path: Path) -> None:
    delivery, _ = one_read(tmp_path, "bgmax/BgMaxfil4_broken.txt")
    assert [(remark.line, remark.what) for remark in delivery.remarks][:3] == [
        (67, "the file states 5 deposits, and has 4"),
        (67, "the payments of the file: the file states 8 rows, and has 9"),
        (10, "13 lines have letters that were lost before the file came"),
    ]


def test_the_payments_of_an_iso_order_are_those_of_the_file(tmp_path: Path) -> None:
    for version in ("03", "09"):
        name = f"pain001/pain.001.001.{version}_sample.xml"
        delivery, store = one_read(tmp_path / version, name)
        root = etree.parse(str(shared("payments") / name)).getroot()
        amounts = [int(Decimal(one.text or "") * 100) for one in root.iter("{*}InstdAmt")]
        assert [row[0] for row in rows(store, delivery, "payment", "amount_ore")] == amounts
        counts = [int(one.text or "") for one in root.iter("{*}NbOfTxs")]
        assert [total.stated for of, total in stated(delivery).items() if of.endswith("rows")] == counts
        ids = [row[0] for row in rows(store, delivery, "payment", "payment_id")]
        assert len(set(ids)) == len(ids)


def test_account_statements_hold_the_entries_of_the_file_with_their_sign(tmp_path: Path) -> None:
    for name, (file, delivery, store) in all_read(tmp_path).items():
        if file.parent.name not in ("camt", "camt_edge") or delivery.status == "rejected":
            continue
        root = etree.parse(str(file)).getroot()
        entries = [
            int(Decimal(entry.findtext("{*}Amt", "")) * 100) * (-1 if entry.findtext("{*}CdtDbtInd") == "DBIT" else 1)
            for entry in root.iter("{*}Ntry")
        ]
        assert [row[0] for row in rows(store, delivery, "bank_entry", "amount_ore")] == entries, name


def test_balances_are_compared_with_the_entries(tmp_path: Path) -> None:
    delivery, _ = one_read(tmp_path, "camt/camt053.v2.multi.statement.xml")
    assert [(total.read, total.stated) for total in stated(delivery).values()] == [(885, 885), (-700, -700)]
    other, _ = one_read(tmp_path, "camt/camt053.v2.all-balance-types.xml")
    assert [remark.what for remark in other.remarks] == [
        "statement 1: the file states 3.03 as the sum of amount_ore, and its lines give 8.85"
    ]


def test_the_same_entry_twice_on_a_day_is_two_entries(tmp_path: Path) -> None:
    delivery, store = one_read(tmp_path, "camt_edge/camt053_duplicate_same_day.xml")
    twice = rows(store, delivery, "bank_entry", "amount_ore, counterparty_name, CAST(booked_on AS VARCHAR)")
    assert twice == [(-450, "CITY COFFEE", "2026-04-07")] * 2


def without_namespace(path: str) -> str:
    return re.sub(r' xmlns="[^"]*"', "", (shared("payments") / path).read_text("utf-8"), count=1)


def test_a_statement_without_its_namespace_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    delivery, _ = read(tmp_path, without_namespace("camt_edge/camt053_multicurrency.xml"))
    assert (delivery.source, delivery.lines_stored) == ("camt", 3)


def test_an_order_without_its_namespace_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    delivery, _ = read(tmp_path, without_namespace("pain001/pain.001.001.03_sample.xml"))
    assert (delivery.source, delivery.lines_stored) == ("pain_001", 6)


def test_a_garbled_amount_sets_its_entry_aside(tmp_path: Path) -> None:
    text = (shared("payments") / "camt_edge" / "camt053_multicurrency.xml").read_text("utf-8")
    delivery, _ = read(tmp_path, text.replace(">1250.50<", ">1Z50.S0<"))
    assert refused(delivery) == [(40, "amount_ore: '1Z50.S0' is not a number")]
    assert (delivery.lines_read, delivery.lines_stored) == (3, 2)


ORDER = "110009912346250415LEVERANTÖRSBETALNINGAR".ljust(59) + "{currency}\r\n"
PAYMENT = "140054029681" + "417".ljust(25) + "000000010000" + "250502\r\n"


@pytest.mark.parametrize(("currency", "stored"), [("SEK", "SEK"), ("EUR", "EUR"), ("   ", "SEK")])
def test_an_order_is_in_the_currency_of_its_opening(tmp_path: Path, currency: str, stored: str) -> None:
    text = ORDER.format(currency=currency) + PAYMENT + "290009912346" + "00000001" + "000000010000\r\n"
    delivery, store = read(tmp_path, text.encode("iso-8859-1"))
    assert rows(store, delivery, "payment", "currency, amount_ore") == [(stored, 10000)]
    assert delivery.status == "accepted"


def test_an_order_that_breaks_off_says_so(tmp_path: Path) -> None:
    delivery, _ = read(tmp_path, (ORDER.format(currency="SEK") + PAYMENT).encode("iso-8859-1"))
    assert [(remark.line, remark.what) for remark in delivery.remarks] == [
        (1, "order 1 has no closing line (TK29), so nothing tells whether it is whole")
    ]


def test_a_negative_total_and_several_orders_are_compared_each_for_itself(tmp_path: Path) -> None:
    credit = PAYMENT.replace("14", "16", 1)
    text = ORDER.format(currency="SEK") + credit + "290009912346" + "00000001" + "000000010000-\r\n"
    text += ORDER.format(currency="SEK") + PAYMENT * 2 + "290009912346" + "00000003" + "000000020000\r\n"
    delivery, _ = read(tmp_path, text.encode("iso-8859-1"))
    assert {of: (total.read, total.stated) for of, total in stated(delivery).items()} == {
        "order 1: rows": (1, 1),
        "order 1: amount_ore": (-10000, -10000),
        "order 2: rows": (2, 3),
        "order 2: amount_ore": (20000, 20000),
    }
    assert [remark.what for remark in delivery.remarks] == ["order 2: the file states 3 rows, and has 2"]
