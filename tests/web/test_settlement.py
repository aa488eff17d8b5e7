"""A report settled: what it rests on, who may, what is kept, and what a later change makes of it (M119, M120)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import give, hear, make
from tests.web.people import DAY, NOW, as_viewer
from tests.web.reports import CLIENT, MONTH, PROVIDER, decide, make_report, part
from tillit.settlement import standing_on
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import (
    Decision,
    Dispatch,
    Document,
    Entry,
    Matter,
    Permit,
    Proposal,
    Settlement,
    StepTaken,
    TimeReport,
    User,
)
from tillit.web.queries.matter import matter_open_to
from tillit.web.queries.settlement import month_stands, months_with_some, settlements_of, shown_for
from tillit.web.rules.content import catalogue
from tillit.web.rules.settlement import basis_of

SHIFT = ((1, "08:00", "16:00"), (2, "08:00", "10:00"))
TEN_HOURS = 10 * 34260


def take(report, step, user, given=None, now=NOW):
    matter = Matter.objects.get(pk=report.pk)
    done = take_step(matter, step, by=as_viewer(user, now), now=now, version=matter.version, given=given or {})
    return done if isinstance(done, Proposal) else Matter.objects.get(pk=report.pk)


@pytest.fixture
def report(city):
    made = make_report(now=NOW, state="clean")
    part(made, now=NOW, rows=SHIFT)
    return made


@pytest.fixture
def settled(report, city):
    decide(report)
    take(report, "settle", city["Fredrik"])
    return Settlement.objects.get(matter=report)


def test_a_month_is_settled_by_the_rate_of_its_days_and_every_figure_has_its_rows(settled, report):
    """M119, M120: ten hours in December 2025 at 342,60 kr; the rows of the report stand behind the sum."""
    assert (settled.due_ore, settled.difference_ore, settled.action) == (TEN_HOURS, TEN_HOURS, "pay")
    rows = [f"r{one.pk}" for one in report.worker_reports.get().rows.order_by("starts_at")]
    assert [line["rows"] for line in settled.lines if line["code"] == "due"] == [rows]
    matter = Matter.objects.get(pk=report.pk)
    assert (matter.state, matter.fields["settlement"], matter.fields["to_pay"]) == (
        "settled", "NORR-T-2026-1-A1", TEN_HOURS
    )  # fmt: skip
    assert Entry.objects.filter(what="settle month").count() == 1


def test_the_colleague_with_another_role_settles_nothing_and_for_a_stranger_there_is_no_report(report, city):
    decide(report)
    with pytest.raises(NotYourStepError):
        take(report, "settle", city["Klas"])
    with pytest.raises(NotForYouError):
        take(report, "settle", city["Bo"])
    assert Settlement.objects.count() == 0


def test_the_one_who_settled_does_not_attest(settled, report, city):
    """SD1, SD5."""
    with pytest.raises(NotYourStepError):
        take(report, "attest", city["Fredrik"])
    assert take(report, "attest", city["Tyra"]).state == "attested"


def test_an_advance_is_held_against_what_is_due(report, city):
    decide(report)
    take(report, "settle", city["Fredrik"], {"advance_paid": 400_000})
    found = Settlement.objects.get(matter=report)
    assert (found.advance_ore, found.difference_ore, found.action) == (400_000, TEN_HOURS - 400_000, "claim_back")
    take(report, "attest", city["Tyra"])
    with pytest.raises(HeldBackError, match="inget att betala ut"):
        take(report, "pay_by_hand", city["Fredrik"], {"reason": "Utan fil"})
    take(report, "surplus", city["Fredrik"])
    assert take(report, "set_off", city["Fredrik"], {"set_off_ground": "consent"}).state == "set_off"


def test_a_surplus_that_is_set_off_is_taken_from_the_next_month_once(report, city):
    decide(report)
    take(report, "settle", city["Fredrik"], {"advance_paid": 400_000})
    Matter.objects.filter(pk=report.pk).update(state="set_off")
    for month, number, carried in ((date(2026, 1, 1), 2, TEN_HOURS - 400_000), (date(2026, 2, 1), 3, 0)):
        after = make_report(now=NOW, number=f"NORR-T-2026-{number}", month=month, state="clean")
        part(after, now=NOW, rows=SHIFT)
        take(after, "settle", city["Fredrik"])
        found = Settlement.objects.get(matter=after)
        assert (found.carry_over_ore, found.difference_ore) == (carried, 10 * 34770 + carried)


def test_a_decision_that_is_changed_afterwards_gives_a_new_calculation_and_the_old_one_stays(settled, report, city):
    """M120: what was known when the month was settled stays; the new one points at it and says the difference."""
    take(report, "attest", city["Tyra"])
    Matter.objects.filter(pk=report.pk).update(state="paid")
    later = NOW + timedelta(days=3)
    Decision.objects.filter(client_code=CLIENT).update(known_to=later)
    decide(report, minutes=540, per="month", valid_from=date(2025, 12, 1), known_from=later)
    take(report, "recalculate", city["Klas"], {"reason": "Beslutet ändrades"}, now=later + timedelta(hours=1))
    old, new = Settlement.objects.filter(matter=report)
    assert (new.follows, new.due_ore, new.advance_ore, new.difference_ore) == (old, 9 * 34260, TEN_HOURS, -34260)
    assert (old.due_ore, old.given["decisions"][0]["minutes"], new.given["decisions"][0]["minutes"]) == (
        TEN_HOURS, 2400, 540
    )  # fmt: skip


@pytest.mark.django_db
def test_a_settlement_and_what_was_known_are_never_changed(settled):
    for change in (
        lambda: Settlement.objects.filter(pk=settled.pk).update(due_ore=1, difference_ore=1),
        lambda: Settlement.objects.filter(pk=settled.pk).delete(),
        lambda: Decision.objects.update(minutes=1),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match=r"append-only|never changed"), transaction.atomic():
            change()


def test_without_a_permit_all_days_nothing_is_settled_until_people_have_looked(report, city):
    """M116, 9 d § LSS: the grace is counted from the day just this client was told."""
    decide(report)
    Permit.objects.update(status="revoked", status_on=date(2025, 11, 20))
    with pytest.raises(HeldBackError, match="inte klarlagt för den 2025-12-01"):
        take(report, "settle", city["Fredrik"])
    Decision.objects.filter(client_code=CLIENT).update(known_to=NOW - timedelta(hours=1))
    decide(report, told_on=date(2025, 11, 18), known_from=NOW - timedelta(minutes=5))
    take(report, "settle", city["Fredrik"])  # grace until 2 December
    assert Settlement.objects.get(matter=report).due_ore == TEN_HOURS


def test_a_month_without_a_permit_is_held_heard_and_denied_by_two_with_its_own_decision(report, city):
    """D38: nothing is paid until two have denied it or a permit is shown; the decision tells the permit of each day."""
    decide(report, told_on=date(2025, 11, 17))
    Permit.objects.update(status="revoked", status_on=date(2025, 11, 17))  # the grace ends on 1 December
    with pytest.raises(HeldBackError, match="inte klarlagt för den 2025-12-02"):
        take(report, "settle", city["Fredrik"])
    give(report, city["Jonna"], now=NOW)
    why = {
        "hold_reason": "Tillståndet",
        "undisputed": "Den 1",
        "hearing_exception": "urgent",
        "review_on": "2026-03-16",
    }
    agree(take(report, "hold", city["Klas"], why), by=as_viewer(city["Cilla"]), now=NOW)
    no = {"reason": "Tillståndet var återkallat", "answer_weighed": "Inget nytt kom fram"}
    with pytest.raises(HeldBackError, match="inte fått yttra sig"):
        take(report, "deny", city["Cilla"], no)
    hear(report, city["Klas"], day=DAY, answer_by=DAY, settled=True)
    agree(take(report, "deny", city["Cilla"], no), by=as_viewer(city["Jonna"]), now=NOW)
    assert TimeReport.objects.get(pk=report.pk).state == "denied"
    said = Document.objects.get(document="payment_denial")
    assert said.values["days"] == [
        {"days": "2025-12-01", "standing": "Inom tiden efter att den enskilde fick veta"},
        {"days": "2025-12-02", "standing": "Inget tillstånd"},
    ]
    assert (said.values["decided_by"], said.values["agreed_by"]) == ("Cilla", "Jonna")
    assert matter_open_to(report.number, as_viewer(city["Bo"])) is None


@pytest.mark.parametrize(("sent_on", "paid_hours"), [(date(2025, 11, 17), 8), (date(2025, 11, 18), 10)])
def test_the_grace_is_counted_from_the_day_the_very_clients_letter_was_sent(report, city, sent_on, paid_hours):
    """9 d § LSS, to the day: ended on the 10th, two weeks from the letter; what a neighbour was told says nothing."""
    decide(report)
    Permit.objects.update(status="revoked", status_on=date(2025, 11, 11))
    measure = told(report, sent_on=sent_on, applies_from=date(2025, 11, 11))
    assert standings(report) == {1: "grace", 2: "grace" if paid_hours == 10 else "none"}
    StepTaken.objects.filter(matter=measure).update(given={"client": "0000-0000-0000Z"})
    assert standings(report) == {1: "unclear", 2: "unclear"}


def test_a_letter_about_an_earlier_end_tells_nothing_of_this_one(report, city):
    """Björken lost its permit in 2023, got another in 2024 and lost that too: of the second end nobody has written."""
    decide(report)
    Permit.objects.update(valid_from=date(2024, 1, 1), status="revoked", status_on=date(2025, 11, 11))
    told(report, sent_on=date(2023, 5, 1), applies_from=date(2023, 4, 20))
    assert standings(report) == {1: "unclear", 2: "unclear"}


def test_a_letter_that_is_not_sent_tells_nobody(report, city):
    decide(report)
    Permit.objects.update(status="revoked", status_on=date(2025, 11, 11))
    told(report, sent_on=None, applies_from=date(2025, 11, 11))
    assert standings(report) == {1: "unclear", 2: "unclear"}


def standings(report):
    basis = basis_of(report, NOW)
    return {row.date.day: standing_on(row.date, basis.permits, 14, basis.agreed_on) for row in basis.rows}


def told(report, *, sent_on, applies_from):
    """The board's measure, with a letter to the client of the report."""
    fields = {"service": "personal_assistance", "applies_from": applies_from.isoformat()}
    measure = make(catalogue().processes["permit_measure"], now=NOW, number="NORR-TA-2026-1", fields=fields)
    given = {"step": "letter", "from_state": "listed", "to_state": "listed", "given": {"client": report.client_code}}
    StepTaken.objects.create(matter=measure, at=NOW, **given)
    paper = Document.objects.create(
        matter=measure, number=1, document="permit_letter", step="letter", made_at=NOW, revision=1
    )
    if sent_on:
        sent = datetime.combine(sent_on, time(9), UTC)
        how = {"recipient": "party", "channel": "letter", "kind": "pdf", "sha256": "0" * 64, "noted_at": NOW}
        Dispatch.objects.create(
            matter=measure, document=paper, sent_at=sent, by=User.objects.get(username="hanna"), **how
        )
    return measure


def test_a_decision_of_another_provider_client_or_board_counts_for_nothing(report, city):
    decide(report, client_code="0000-0000-0000Z")
    decide(report, number="B2", provider_number="5599990008")
    decide(report, number="B3", known_from=datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(HeldBackError, match="Inget beslut är känt"):
        take(report, "settle", city["Fredrik"])


def test_the_page_shows_each_line_with_its_law_and_the_rows_it_rests_on(settled, report):
    [shown] = settlements_of(report)
    due = next(line for line in shown.lines if line.code == "due")
    assert (due.words.sv, due.ore, due.rate_ore) == ("Belopp att ersätta", TEN_HOURS, 34260)
    assert [row.date.day for row in due.rows] == [1, 2]
    assert (report.provider_number, report.month) == (PROVIDER, MONTH)


def test_the_months_settlements_are_seen_by_those_who_read_the_reports(settled, city):
    assert [one.number for one in shown_for(as_viewer(city["Fredrik"]), MONTH)] == [settled.number]
    assert list(shown_for(as_viewer(city["Bo"]), MONTH)) == []


def test_the_months_that_have_something_are_found_from_one_that_has_nothing(settled, report, city):
    found = {name: months_with_some(as_viewer(city[name])) for name in ("Fredrik", "Elin", "Bo")}
    assert found == {"Fredrik": [MONTH], "Elin": [], "Bo": []}


def test_what_two_people_hold_stands_in_the_months_list_and_in_no_sum_to_pay(report, city):
    hear(report, city["Klas"], day=DAY, answer_by=DAY, settled=True)
    Matter.objects.filter(pk=report.pk).update(state="hold")
    groups = month_stands(as_viewer(city["Fredrik"]), MONTH)
    assert [(one.name, [row.report.number for row in one.rows], one.ore) for one in groups] == [
        ("held", [report.number], 0)
    ]
    assert month_stands(as_viewer(city["Bo"]), MONTH) == []
