"""A claim from its calculation to its end: who may, what the law holds back, and what is owed at each moment."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.web.matters import give, hear, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.recovery import MonthGiven, record_repayment, set_months
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Claim, Document, Instalment, Matter, Proposal
from tillit.web.queries.annual_wheel import running_out
from tillit.web.queries.document import paper
from tillit.web.queries.recovery import claim_shown
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.repayment import reference_of

PROCESS = catalogue().processes["recovery"]
BASIS = {"ground": "lss_12_caused", "debtor": "client", "granted_on": "2024-03-01", "basis": "amounts"}
WHY = {"reasons": "Uppgifterna var oriktiga", "answer_weighed": "Inget nytt kom fram"}
MONTHS = [
    MonthGiven(date(2025, 9, 1), date(2025, 9, 25), 3_000_000, 1_000_000),
    MonthGiven(date(2025, 10, 1), date(2025, 10, 25), 3_000_000, 2_500_000),
]


def take(case, step, user, given=None, second=None, now=NOW):
    matter = Matter.objects.get(pk=case.pk)
    done = take_step(matter, step, by=as_viewer(user, now), now=now, version=matter.version, given=given or {})
    if second:
        agree(done, by=as_viewer(second, now), now=now)
    return Matter.objects.get(pk=case.pk)


def count(case, user, months=MONTHS, version=None):
    matter = Matter.objects.get(pk=case.pk)
    by = as_viewer(user)
    return set_months(matter, months, by=by, now=NOW, version=matter.version if version is None else version)


@pytest.fixture
def case(city):
    made = make(PROCESS, now=NOW, number="NORR-R-2026-1")
    give(made, city["Asta"], city["Tage"], now=NOW)
    take(made, "calculate", city["Asta"], BASIS)
    return Matter.objects.get(pk=made.pk)


@pytest.fixture
def heard(case, city):
    count(case, city["Asta"])
    hear(case, city["Asta"], day=DAY, answer_by=DAY - timedelta(days=1), settled=True)
    Matter.objects.filter(pk=case.pk).update(state="answered")
    return case


@pytest.fixture
def served(heard, city):
    take(heard, "decide", city["Asta"], WHY, second=city["Cilla"])
    return take(
        heard, "serve", city["Asta"], {"served_on": DAY.isoformat(), "pay_by": "2026-04-01", "appeal_told": True}
    )


def stands(case, user, day=NOW):
    shown = claim_shown(Matter.objects.get(pk=case.pk), as_viewer(user, day))
    return shown.standing.owed, shown.standing.paid, shown.standing.left, shown.standing.late


def test_the_months_are_counted_and_the_last_day_stands_as_a_deadline(case, city):
    """M123: ground, debtor and the calculation by month; the ten years of the oldest payment."""
    claim = count(case, city["Asta"])
    matter = Matter.objects.get(pk=case.pk)
    assert (claim.calculated_ore, claim.limitation_on) == (2_500_000, date(2035, 9, 25))
    assert matter.fields["claim_total"] == 2_500_000
    assert matter.fields["calculation"].replace("\u00a0", " ").splitlines()[0] == (
        "2025-09: utbetalt 30 000,00 kr, rätt 10 000,00 kr, skillnad 20 000,00 kr"
    )


def test_the_last_day_is_due_before_all_else(city):
    """Three years from the payment for support: the day stands as the deadline when it is near."""
    made = make(PROCESS, now=NOW, number="NORR-R-2026-2")
    give(made, city["Asta"], now=NOW)
    take(made, "calculate", city["Asta"], BASIS | {"ground": "sol_33_caused", "granted_on": "2025-07-01"})
    old = catalogue().parameters["deadlines.recovery_action_years"]
    assert old.on(DAY).value == 3
    count(made, city["Asta"], [MonthGiven(date(2023, 3, 1), date(2023, 3, 5), 100, 0)])
    assert Matter.objects.get(pk=made.pk).due_on == date(2026, 3, 5)


def test_hours_are_counted_with_the_rate_of_their_month(city):
    made = make(PROCESS, now=NOW, number="NORR-R-2026-3")
    give(made, city["Asta"], now=NOW)
    take(made, "calculate", city["Asta"], BASIS | {"basis": "hours"})
    months = [MonthGiven(date(year, 1, 1), date(year, 1, 28), 9600, 9540) for year in (2025, 2026)]
    rates = catalogue().parameters["assistance.hourly_rate"]
    plain = sum(int(rates.on(date(year, 1, 1)).value * 100) for year in (2025, 2026))
    assert count(made, city["Asta"], months).calculated_ore == plain


def test_who_may_count_and_who_may_not_and_for_whom_it_does_not_exist(case, city):
    for stranger in ("Bo", "Klas", "Hanna", "Sara"):
        with pytest.raises(NotForYouError):
            count(case, city[stranger])
    with pytest.raises(NotYourStepError):
        count(case, city["Cilla"])
    with pytest.raises(SomeoneWasFasterError):
        count(case, city["Asta"], version=1)
    with pytest.raises(WrongValueError):
        count(case, city["Asta"], [MONTHS[0], MONTHS[0]])


def test_what_is_decided_is_no_longer_counted_anew(served, city):
    with pytest.raises(HeldBackError):
        count(served, city["Asta"])


def test_a_claim_is_decided_paid_by_a_plan_and_finished(served, city):
    """M104: amount, decision, plan, paid and rest stand in the case."""
    assert stands(served, city["Asta"]) == (2_500_000, 0, 2_500_000, 0)
    take(served, "agree_plan", city["Asta"], {"monthly": 1_000_000, "first_due": "2026-04-01"})
    assert [(one.due_on, one.ore) for one in Instalment.objects.all()] == [
        (date(2026, 4, 1), 1_000_000), (date(2026, 5, 1), 1_000_000), (date(2026, 6, 1), 500_000)
    ]  # fmt: skip
    later = NOW + timedelta(days=45)
    assert stands(served, city["Asta"], later)[3] == 1_000_000
    record_repayment(served, by=as_viewer(city["Asta"], later), now=later, paid_on=date(2026, 4, 1), ore=1_000_000)
    assert stands(served, city["Asta"], later) == (2_500_000, 1_000_000, 1_500_000, 0)
    take(served, "waive", city["Asta"], {"waived": 1_500_000, "reason": "Saknar medel"}, city["Cilla"], now=later)
    assert take(served, "finish", city["Asta"], now=later).state == "paid"


def test_a_reduction_is_taken_off_with_its_reason(heard, city):
    with pytest.raises(HeldBackError, match="Skriv skälet"):
        take(heard, "decide", city["Asta"], WHY | {"reduction": 500_000})
    take(heard, "decide", city["Asta"], WHY | {"reduction": 500_000, "reduction_reason": "Ålder"}, city["Cilla"])
    claim = Claim.objects.get(matter=heard.pk)
    assert (claim.decided_ore, claim.reduced_ore) == (2_000_000, 500_000)
    assert Matter.objects.get(pk=heard.pk).fields["decided_amount"] == 2_000_000


@pytest.mark.parametrize(
    ("ground", "debtor", "granted_on", "letter"),
    [
        ("lss_12_caused", "client", "2024-03-01", "recovery_decision"),
        ("contract", "provider", "2025-03-01", "recovery_decision"),
        ("sol_33_caused", "client", "2025-07-01", "support_recovery"),
        ("sol_9_2001", "client", "2025-06-30", "support_recovery"),
        ("grant_conditions", "association", "2025-03-01", "grant_recovery"),
    ],
)
def test_the_letter_is_that_of_the_ground_and_says_the_number_a_payment_is_found_by(
    city, ground, debtor, granted_on, letter
):
    """D12, D12b, D14: made at the decision, with what is to be paid and the reference of decision 77."""
    made = make(PROCESS, now=NOW, number="NORR-R-2026-5")
    give(made, city["Asta"], now=NOW)
    basis = {"ground": ground, "debtor": debtor, "granted_on": granted_on, "basis": "amounts"}
    take(made, "calculate", city["Asta"], basis)
    count(made, city["Asta"])
    hear(made, city["Asta"], day=DAY, answer_by=DAY, settled=True)
    Matter.objects.filter(pk=made.pk).update(state="answered")
    reduced = {"reduction": 500_000, "reduction_reason": "Ålder"}
    take(made, "decide", city["Asta"], WHY | reduced, second=city["Cilla"])
    said = Document.objects.get(matter=made.pk, step="decide")
    values = said.values
    assert (said.document, values["decided"], values["decided_by"]) == (letter, 2_000_000, "Cilla")
    assert values["reference"] == reference_of(made.pk) == claim_shown(made, as_viewer(city["Asta"])).reference
    assert "pay_by" in paper(said).filled.missing  # it is not sent before a person has written the last day


def test_above_the_limit_the_board_decides_and_never_one_who_has_investigated(heard, city):
    """SD3: the limit is the board's own parameter, and the one who decides has neither investigated nor counted."""
    big = [MonthGiven(date(2025, 9, 1), date(2025, 9, 25), 9_000_000, 0)]
    count(heard, city["Asta"], big)
    with pytest.raises(HeldBackError, match="nämnden"):
        take(heard, "decide", city["Asta"], WHY)
    Claim.objects.filter(matter=heard.pk).update(calculated_by=city["Tage"])
    with pytest.raises(HeldBackError, match="utrett eller räknat"):
        take(heard, "decide_above", city["Cilla"], WHY, second=city["Tage"])
    Claim.objects.filter(matter=heard.pk).update(calculated_by=city["Asta"])
    matter = Matter.objects.get(pk=heard.pk)
    agree(Proposal.objects.get(matter=matter, settled_at=None), by=as_viewer(city["Tage"]), now=NOW)
    assert Matter.objects.get(pk=heard.pk).state == "decided"


def test_each_board_may_have_its_own_limit(heard, city, overlay):
    overlay(
        parameters__casework__recovery_delegation=(
            "id: casework.recovery_delegation\ntitle: x\nunit: SEK\nset_by: municipality\nknown_until: null\n"
            "values:\n  2022-01-01: {value: {default: 50000, norr: 100}, source: x}\n"
        )
    )
    with pytest.raises(HeldBackError, match="nämnden"):
        take(heard, "decide", city["Asta"], WHY)


def test_no_more_is_paid_back_than_is_owed_and_a_wrong_row_is_taken_back(served, city):
    by = as_viewer(city["Asta"])
    with pytest.raises(WrongValueError):
        record_repayment(served, by=by, now=NOW, paid_on=DAY, ore=2_500_001)
    record_repayment(served, by=by, now=NOW, paid_on=DAY, ore=100)
    record_repayment(served, by=by, now=NOW, paid_on=DAY, ore=-100, kind="correction")
    assert stands(served, city["Asta"]) == (2_500_000, 0, 2_500_000, 0)
    for stranger in ("Bo", "Klas", "Hanna"):
        with pytest.raises(NotForYouError):
            record_repayment(served, by=as_viewer(city[stranger]), now=NOW, paid_on=DAY, ore=100)


def test_coming_payments_are_held_by_two_reviewed_in_time_and_released_before_the_end(served, city):
    """M104: the stop on coming payments stands on the claim, with its own letter and its own day."""
    why = {"hold_reason": "Samma fel återkommer", "answer_weighed": "Inget nytt", "review_on": "2026-03-12"}
    for stranger in ("Bo", "Klas", "Hanna"):
        with pytest.raises(NotForYouError):
            take(served, "hold_payments_heard", city[stranger], why)
    with pytest.raises(HeldBackError, match="inte godkänna"):
        take(served, "hold_payments_heard", city["Asta"], why, city["Asta"])
    Proposal.objects.update(settled_at=NOW)
    held = take(served, "hold_payments_heard", city["Asta"], why, city["Cilla"])
    assert (held.fields["review_on"], held.due_on) == ("2026-03-12", date(2026, 3, 12))
    letter = Document.objects.filter(document="payment_hold").latest("pk")
    assert (letter.values["review_on"], letter.values["exception"]) == ("2026-03-12", None)
    record_repayment(served, by=as_viewer(city["Asta"]), now=NOW, paid_on=DAY, ore=2_500_000)
    with pytest.raises(HeldBackError, match="Släpp först"):
        take(served, "finish", city["Asta"])
    released = take(served, "release_payments", city["Cilla"], {"reason": "Felet är rättat"})
    assert (released.fields["review_on"], released.due_on) == (None, date(2026, 4, 1))
    assert take(served, "finish", city["Asta"]).state == "paid"


@pytest.mark.parametrize(("judged", "kept", "end"), [(1_000_000, 1_000_000, "paid"), (0, 0, "annulled")])
def test_what_a_court_lowers_below_what_is_paid_is_owed_back_until_two_have_paid_it(served, city, judged, kept, end):
    """Received is never more than decided: the surplus is the payer's from the day of the judgment, and is told."""
    record_repayment(served, by=as_viewer(city["Asta"]), now=NOW, paid_on=DAY, ore=2_000_000)
    give(served, city["Jonna"], now=NOW)
    take(served, "appeal", city["Asta"], {"appealed_on": "2026-03-02"})
    step, given = ("lower", {"judged_amount": judged}) if judged else ("annul_paid", {"reason": "Domstolen ändrade"})
    lowered = take(served, step, city["Jonna"], {"judged_on": "2026-03-02", **given})
    shown = claim_shown(lowered, as_viewer(city["Asta"]))
    assert (shown.standing.paid, shown.standing.left, shown.standing.owed_back) == (kept, 0, 2_000_000 - kept)
    assert [(one.kind, one.decided_ore) for one in shown.versions] == [
        ("decision", 2_500_000), ("judgment" if judged else "annulment", judged)
    ]  # fmt: skip
    assert lowered.fields["decided_amount"] == judged
    letter = Document.objects.get(document="repayment_owed")
    assert letter.values["owed_back"] == 2_000_000 - kept
    back = {"refunded_on": "2026-03-02", "refund_receipt": "U-1"}
    done = take(served, "refund" if judged else "refund_all", city["Asta"], back, city["Cilla"])
    assert done.state == end


def test_a_rate_that_is_not_known_is_named_on_the_claim_with_its_file_and_nothing_is_counted(served, city):
    Claim.objects.filter(matter=served.pk).update(ground="contract", debtor="provider")
    shown = claim_shown(served, as_viewer(city["Asta"], NOW + timedelta(days=45)))
    assert (shown.interest, shown.no_rate.file) == (None, "parameters/economy/reference_rate.yaml")
    assert shown.no_rate in running_out(as_viewer(city["Hanna"]))


def test_damages_are_followed_from_the_court_to_the_payment(city):
    """M128: claim, award and paid amount stand in the case."""
    made = make(PROCESS, now=NOW, number="NORR-R-2026-4")
    give(made, city["Asta"], now=NOW)
    take(made, "calculate", city["Asta"], BASIS | {"ground": "damages", "debtor": "other"})
    count(made, city["Asta"])
    hear(made, city["Asta"], day=DAY, answer_by=DAY - timedelta(days=1), settled=True)
    Matter.objects.filter(pk=made.pk).update(state="answered")
    take(made, "decide", city["Asta"], WHY, second=city["Cilla"])
    take(made, "serve", city["Asta"], {"served_on": DAY.isoformat(), "pay_by": DAY.isoformat(), "appeal_told": True})
    later = NOW + timedelta(days=3)
    take(made, "remind", city["Asta"], {"reminded_on": "2026-03-04"}, now=later)
    take(made, "sue_civil", city["Jonna"], {"court": "Tingsrätten B 1", "reason": "x"}, city["Cilla"], now=later)
    judged = {"judged_on": "2026-03-05", "judged_amount": 2_000_000, "pay_by": "2026-04-05"}
    take(made, "uphold", city["Jonna"], judged, now=later)
    assert stands(made, city["Asta"], later) == (2_000_000, 0, 2_000_000, 0)


def test_the_database_refuses_to_decide_more_than_was_calculated(heard, city):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(matter=heard.pk).update(decided_ore=2_500_001)
