"""The payment file: valid by the bank's own schema, and read back exactly by Tillit's own readers (M120)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.shared_data import shared
from tillit.payments import NotPayableError, Order, Ordered, Payer, Payment, Told, compare, ledger_csv, pain_001
from tillit.payments.pain001 import NAMESPACE
from tillit.readers import read_file
from tillit.store import Store

PAYER = Payer("Provstads kommun", "2120000142", "BG:9910993")
MADE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def payment(number=1, **more):
    given = {
        "id": f"NORR-BF-2026-1-{number}", "payee_name": "Omsorg & Hjärta AB", "payee_number": "5599991014",
        "account": "BG:9912346", "ore": 342_605, "reference": f"NORR-T-2026-{number}-A1", "month": date(2026, 2, 1),
    }  # fmt: skip
    return Payment(**given | more)


def order(*payments, payer=PAYER):
    return Order("NORR-BF-2026-1", MADE, date(2026, 3, 4), payer, payments or (payment(1), payment(2, ore=1)))


def read(tmp_path, content, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    store = Store(tmp_path / "store", tmp_path / "persons")
    delivery = read_file(file, store, content)
    assert (delivery.status, delivery.lines_refused) == ("accepted", 0)
    return [row for path in store.parquet("payment", [delivery.sha256]) for row in pq.read_table(path).to_pylist()]


ACCOUNTS = [
    "BG:9912346",
    "PG:18",
    "BA:SE4550000000058398257466",
]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_file_to_the_bank_is_valid_by_the_schema(account):
    schema = etree.XMLSchema(file=str(shared("payments") / "pain001" / "xsd" / "pain.001.001.09.xsd"))
    payer = Payer(PAYER.name, PAYER.number, account)
    schema.assertValid(etree.fromstring(pain_001(order(payment(account=account), payer=payer))))


def test_both_files_are_read_back_by_our_own_readers_to_the_ore(tmp_path, content):
    """M120: payee, account, amount, day, batch and reference come back as they were ordered."""
    names = ("payment_id", "provider_id", "payee_name", "account", "amount_ore", "currency", "paid_on", "reference")
    wanted = [
        (
            one.id, one.payee_number, one.payee_name, one.account, one.ore, "SEK", date(2026, 3, 4), one.reference
        )
        for one in order().payments
    ]  # fmt: skip
    for name, data in (("order.xml", pain_001(order())), ("order.csv", ledger_csv(order()))):
        rows = read(tmp_path, content, name, data)
        assert [tuple(row[one] for one in names) for row in rows] == wanted
        assert {row["batch_id"].partition("/")[0] for row in rows} == {"NORR-BF-2026-1"}


@given(st.lists(st.integers(1, 10**11), min_size=1, max_size=20))
def test_count_and_control_sum_are_those_of_the_payments(amounts):
    root = etree.fromstring(pain_001(order(*(payment(n, ore=ore) for n, ore in enumerate(amounts)))))
    for level in ("GrpHdr", "PmtInf"):
        place = f".//{{{NAMESPACE}}}{level}/{{{NAMESPACE}}}"
        assert root.findtext(f"{place}NbOfTxs") == str(len(amounts))
        assert Decimal(root.findtext(f"{place}CtrlSum") or 0) * 100 == sum(amounts)


@pytest.mark.parametrize(
    ("payments", "told"),
    [
        ((payment(ore=0),), "större än noll"),
        ((payment(), payment()), "två gånger"),
        ((payment(account="BG:9912345"),), "inget bankgiro"),
        ((payment(account="BA-0000-0000-0000K"),), "inget bankgiro"),
        ((payment(id="N" * 36),), "längre än 35"),
    ],
)
def test_what_cannot_be_paid_is_refused(payments, told):
    with pytest.raises(NotPayableError, match=told):
        order(*payments)


def line(kind="paid", ore=100, file="konto", number=1, **more):
    return Told("B-1", kind, ore, date(2026, 3, 4), file, number, **more)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([], "waiting"),
        ([line()], "paid"),
        ([line(), line(file="avisering")], "paid"),  # the same booking in a statement and a notice
        ([line(), line(number=2)], "twice"),
        ([line(ore=99)], "other_amount"),
        ([line(ore=60), line(ore=40, number=2)], "paid"),
        ([line(account="BG:991-2346")], "paid"),
        ([line(account="BG:9910993")], "other_account"),
        ([line(currency="EUR")], "other_currency"),
        ([line("rejected")], "rejected"),
        ([line(), line("returned", number=2)], "returned"),
        ([line(), line("returned", ore=40, number=2)], "other_amount"),
        (
            [line(), line("returned", number=2), line(number=3, file="igen"), line(number=4, file="igen")],
            "other_amount",
        ),
    ],
)
def test_what_came_of_a_payment(lines, verdict):
    assert compare([Ordered("B-1", 100, "BG:9912346")], lines)["B-1"].verdict == verdict


@given(st.lists(st.builds(line, ore=st.integers(1, 200), kind=st.sampled_from(["paid", "returned", "rejected"]))))
def test_nothing_is_called_paid_unless_all_of_it_and_no_more_is_with_the_payee(lines):
    found = compare([Ordered("B-1", 100)], lines)["B-1"]
    assert found.verdict != "paid" or found.ore == 100
