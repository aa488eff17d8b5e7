"""Each reason against an invoice, from a bill in which all is right; and money never added by a sum that differs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tillit.matching import match
from tillit.matching.parts import Bill, Deal, Line, Order, Price, Terms

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
SUPPLIER, OTHER = "5599900494", "5599900197"
LINE = Line(
    "1", 970_000, client="K1", contract="A-1", area="home_care", item="HT", kind="visit", first=FIRST, last=LAST,
    unit="hour", minutes=1200, unit_price_ore=48_500,
)  # fmt: skip
BILL = Bill(SUPPLIER, LAST, (LINE,), net_ore=970_000, vat_ore=0, gross_ore=970_000)
ORDER = Order("B-1", "K1", "home_care", date(2025, 1, 1), supplier=SUPPLIER)
DEAL = Deal("A-1", SUPPLIER, "home_care", date(2024, 1, 1))
PRICE = Price("A-1", "HT", "hour", 48_500, date(2026, 1, 1))


def reasons(bill=BILL, *, line=None, orders=(ORDER,), deals=(DEAL,), prices=(PRICE,), performed=None, terms=None):
    bill = replace(bill, lines=(line,)) if line else bill
    found = match(bill, orders=orders, deals=deals, prices=prices, performed=performed or {}, terms=terms or Terms())
    return [one.code for one in found.reasons]


def of(**changed):
    return replace(LINE, **changed)


def test_where_all_is_right_nothing_stands_against_it():
    assert reasons() == []


def test_what_the_whole_invoice_lacks():
    assert reasons(replace(BILL, supplier="")) == [
        "supplier_unknown",
        "contract_of_other",
        "order_of_other",
        "no_price",
    ]
    assert reasons(replace(BILL, seen_before="NORR-FA-2026-1")) == ["seen_before"]
    assert reasons(replace(BILL, currency="EUR")) == ["other_currency"]
    assert reasons(replace(BILL, lines=())) == ["no_lines"]
    assert reasons(replace(BILL, net_ore=969_000, gross_ore=969_000)) == ["sum_differs"]
    assert reasons(replace(BILL, gross_ore=980_000)) == ["vat_differs"]


def test_lines_are_held_against_the_total_also_where_only_total_and_vat_are_told():
    assert reasons(replace(BILL, net_ore=None, gross_ore=1_212_500, vat_ore=242_500)) == []
    assert reasons(replace(BILL, net_ore=None, gross_ore=1_312_500, vat_ore=242_500)) == ["sum_differs"]
    assert reasons(replace(BILL, net_ore=None, vat_ore=None, gross_ore=1_212_500)) == []


def test_the_contract_is_the_one_named_or_the_only_one_that_fits():
    two = (DEAL, replace(DEAL, id="A-2"))
    assert reasons(deals=two) == []
    assert reasons(line=of(contract=""), deals=(DEAL,)) == []
    assert reasons(line=of(contract=""), deals=two) == ["several_contracts", "no_price"]
    assert reasons(line=of(contract=""), deals=()) == ["no_contract", "no_price"]
    assert reasons(deals=(replace(DEAL, supplier=OTHER),)) == ["contract_of_other", "no_price"]
    assert reasons(deals=(replace(DEAL, last=LAST - timedelta(days=1)),)) == ["outside_contract"]
    assert reasons(deals=(replace(DEAL, first=FIRST + timedelta(days=1)),)) == ["outside_contract"]


def test_an_order_covers_every_day_by_one_decision_or_by_several_in_turn():
    half = replace(ORDER, last=date(2026, 2, 14))
    rest = replace(ORDER, id="B-2", first=date(2026, 2, 15))
    assert reasons(orders=(half, rest)) == []
    assert reasons(orders=(half, replace(rest, first=date(2026, 2, 16)))) == ["outside_order"]
    assert reasons(orders=(half,)) == ["outside_order"]
    assert reasons(orders=()) == ["no_order"]
    assert reasons(orders=(replace(ORDER, supplier=OTHER),)) == ["order_of_other"]
    assert reasons(orders=(replace(ORDER, supplier=""),)) == []
    assert reasons(line=of(client="")) == ["no_client"]
    assert reasons(line=of(first=None, last=None)) == ["no_period"]


def test_a_price_is_the_highest_that_held_and_lower_is_never_asked_about():
    assert reasons(line=of(unit_price_ore=48_502, amount_ore=970_000)) == ["price_differs"]
    assert reasons(line=of(unit_price_ore=None, amount_ore=980_000), bill=BILL)[-1] == "amount_differs"
    assert reasons(prices=(PRICE, replace(PRICE, ore=60_000, first=LAST))) == []
    assert reasons(prices=(replace(PRICE, first=LAST + timedelta(days=1)),)) == ["no_price"]
    assert reasons(prices=(replace(PRICE, unit="day"),)) == ["no_price"]


def test_an_amount_without_a_quantity_is_asked_about_where_it_is_more_than_one():
    """Before, such a line was held against nothing and passed."""
    piece = of(unit="piece", minutes=None, quantity=None, unit_price_ore=None)
    prices = (replace(PRICE, unit="piece"),)
    assert reasons(line=piece, prices=prices) == ["no_quantity"]
    one = replace(BILL, net_ore=48_500, gross_ore=48_500)
    assert reasons(one, line=replace(piece, amount_ore=48_500), prices=prices) == []
    assert reasons(line=replace(piece, quantity=Decimal(20)), prices=prices) == []


def test_more_time_than_was_done_is_asked_about_and_what_nobody_has_delivered_is_not():
    assert reasons(performed={"1": 1195}) == []
    assert reasons(performed={"1": 1194}) == ["not_delivered"]
    assert reasons(performed={"1": 0}, line=of(kind="km")) == []
    assert reasons(performed={"1": 1100}, terms=Terms(share=Decimal("0.1"))) == []


def test_assistance_has_no_contract_of_the_municipality_and_is_priced_by_the_law():
    """M111: the individual has the agreement with the provider."""
    line = of(area="personal_assistance", contract="", kind="active", unit_price_ore=34_770, amount_ore=695_400)
    hour = (Price("", "", "hour", 34_770, date(2026, 1, 1)),)
    bill = replace(BILL, net_ore=695_400, gross_ore=695_400)
    orders = (replace(ORDER, area="personal_assistance"),)
    told = {"line": line, "orders": orders, "deals": (), "prices": ()}
    assert reasons(bill, **told, terms=Terms(assistance_hour=hour)) == []
    assert reasons(bill, **told) == ["no_price"]


@given(st.integers(-1_000_000, 0))
def test_a_deduction_asks_for_nothing(amount):
    bill = replace(BILL, lines=(LINE, Line("2", amount)), net_ore=970_000 + amount, gross_ore=970_000 + amount)
    assert reasons(bill) == []


@given(st.integers(1, 100_000), st.integers(1, 2_000_000))
def test_no_amount_above_time_times_price_passes(minutes, amount):
    bill = replace(BILL, net_ore=amount, gross_ore=amount)
    line = of(minutes=minutes, amount_ore=amount, unit_price_ore=None)
    above = amount * 60 > minutes * 48_500 + (50 + 1) * 60
    found = reasons(bill, line=line)
    assert found == ["amount_differs"] or not above
