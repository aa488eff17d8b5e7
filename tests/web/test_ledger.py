"""The three ledgers of money: stopped before payment, decided and received; each krona in one of them once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.catalogue import tally
from tillit.units import Period
from tillit.web.models import Repayment
from tillit.web.queries.statistic import figure, figures, ledgers
from tillit.web.rules.content import catalogue

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ON = date(2026, 2, 2)


@st.composite
def faults(draw):
    """A faulty invoice: what was disputed, and where it was found after payment what was claimed and came back."""
    disputed = draw(st.integers(0, 10_000))
    if draw(st.booleans()):
        return disputed, None, "credited", []
    decided = first = draw(st.integers(0, disputed))
    left, paid = decided, []
    for _one in range(draw(st.integers(0, 3))):
        paid.append(draw(st.integers(0, left)))
        left -= paid[-1]
    if draw(st.booleans()):  # a court lowers it, and what is paid above that is the payer's from that day
        decided = draw(st.integers(0, first))
        paid.append(-max(0, sum(paid) - decided))
    return disputed, decided, draw(st.sampled_from(["served", "appealed", "plan", "paid", "annulled"])), paid


def counted(name, rows):
    return tally(catalogue().statistics[name], rows, YEAR.first, YEAR.last, limit=0).total or 0


@given(st.lists(faults(), max_size=8))
def test_no_ore_is_both_stopped_and_claimed_and_no_more_is_received_than_decided(found):
    """M032: what is in one ledger of loss is in no other, and what came back was claimed first."""
    invoices, claims, repayments = [], [], []
    for number, (disputed, decided, state, paid) in enumerate(found):
        invoice = {"step_on": ON, "disputed": disputed, "state": "credited", "number": f"FA-{number}"}
        invoices.append(invoice | ({"but_on": ON} if decided is not None else {}))
        case = {"state": state, "number": f"R-{number}"}
        if decided is not None:
            claims.append({**case, "step_on": ON, "decided_amount": decided})
        repayments += [{**case, "repaid_on": ON, "repaid": ore} for ore in paid]
    stopped, decided = counted("st11_stopped", invoices), counted("st11_claimed", claims)
    assert stopped == sum(disputed for disputed, claimed, _state, _paid in found if claimed is None)
    assert stopped + decided <= sum(disputed for disputed, *_rest in found)
    assert counted("st11_repaid", repayments) <= decided


def test_what_is_paid_on_a_claim_that_a_court_annulled_is_not_received(city):
    for number in range(6):
        case = make(
            catalogue().processes["recovery"],
            now=NOW,
            number=f"NORR-R-2026-{number}",
            state="annulled" if number == 5 else "received",
            fields={"ground": "contract", "debtor": "provider"},
        )
        Repayment.objects.create(matter=case, paid_on=ON, ore=10_000, kind="payment", by=city["Asta"], at=NOW)
    found = figure("st11_repaid", as_viewer(city["Klas"]), YEAR)
    assert (found.total, found.cells("board")) == (50_000, {"norr": 50_000})


def test_the_three_stand_in_order_and_a_stranger_has_none_of_another_board(city):
    def shown(who):
        return [one.statistic.ledger for one in ledgers(figures(as_viewer(city[who]), YEAR))]

    order = ["stopped", "decided", "received"]
    assert {who: shown(who) for who in ("Klas", "Elin", "Bo")} == {"Klas": order, "Elin": [], "Bo": order}
    assert [one.total for one in ledgers(figures(as_viewer(city["Bo"]), YEAR))] == [0, 0, 0]


def test_the_page_shows_the_three_and_no_sum_of_them(client, city):
    client.force_login(city["Klas"])
    page = client.get("/statistik/?first=2026-01-01&last=2026-12-31").content.decode()
    panel = page[page.index('id="pengar"') : page.index('id="tal"')]
    assert (panel.count('class="big"'), "summa" in panel.lower()) == (3, False)
