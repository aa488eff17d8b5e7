"""From the decision to the checked report: opened, late, reminded, handed in, run over, passed or looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.web.delivered import deliver
from tests.web.people import as_viewer
from tests.web.reports import bind, make_report, part
from tillit.store import code
from tillit.web.actions.report_calendar import every_day, open_expected
from tillit.web.actions.report_check import check_handed_in
from tillit.web.actions.reported_time import add_assistant, remove_row, write_row
from tillit.web.actions.step import take_step
from tillit.web.actions.time_report import approve, correct, hand_in, sign
from tillit.web.jobs import work
from tillit.web.models import (
    Board,
    Finding,
    Grant,
    HandIn,
    Notice,
    PortalGrant,
    Proposal,
    StepTaken,
    TimeReport,
    Upload,
)
from tillit.web.queries.time_report import through
from tillit.web.rules.board_store import store_of
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.reported_time import Written

PROVIDER, CLIENT, WORKER = "5599900197", "200001312388", "198605112385"
DECISIONS = (
    "Beslut;Brukare;Insats;Anordnare;Beviljad tid (timmar);Per;Gäller från\n"
    "B1;20000131-2388;Personlig assistans;559990-0197;40;Vecka;2025-01-01\n"
)
MONTH = date(2026, 1, 1)
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def norr(city, installation):
    """The board with one decision delivered, and a provider, an assistant and a client who report for it."""
    norr = Board.objects.get(slug="norr")
    deliver(city["Klas"], name="beslut.csv", text=DECISIONS, now=MARCH)
    work(once=True, clock=lambda: MARCH)
    persons = store_of(norr).persons
    client, worker = (code(one) for one in persons.pseudonyms([CLIENT, WORKER]))
    for name, to in {
        "Lova": {"provider_number": PROVIDER, "called": "Anordnaren AB"},
        "Amir": {"provider_number": PROVIDER, "worker_code": worker, "called": "Amir"},
        "Karl": {"client_code": client, "represents": "client", "called": "Karl"},
    }.items():
        PortalGrant.objects.create(grant=Grant.objects.get(user=city[name], board=norr), board=norr, **to)
    return norr


def as_outside(city, name, now=MARCH):
    return outsider_of(city[name], now)


def reported(city, norr, *times, now=MARCH):
    """The report of the month, with these times of Amir, signed, approved and handed in."""
    report = TimeReport.objects.get(board=norr)
    worker = as_outside(city, "Amir").bound[0].worker_code
    part = add_assistant(report, worker, by=as_outside(city, "Lova"), now=now)
    for day, start, end in times:
        write_row(part, Written(date(2026, 1, day), start, end), by=as_outside(city, "Amir"), now=now)
    sign(part, by=as_outside(city, "Amir"), now=now)
    approve(part, by=as_outside(city, "Karl"), now=now + timedelta(minutes=5))
    hand_in(report, by=as_outside(city, "Lova"), now=now + timedelta(minutes=9))
    work(once=True, clock=lambda: now + timedelta(minutes=10))
    return TimeReport.objects.get(pk=report.pk)


def test_a_month_with_a_decision_expects_a_report_once(city, norr):
    assert [open_expected(norr, month=MONTH, now=MARCH) for _ in range(2)] == [1, 0]
    report = TimeReport.objects.get()
    # 40 hours a week, 31 days
    assert (report.state, report.granted_minutes, report.decision, report.provider_number) == (
        "expected", 10_629, "B1", PROVIDER,
    )  # fmt: skip
    assert report.due_on == date(2026, 2, 15)
    assert Notice.objects.filter(user=city["Lova"], matter=report).count() == 1


def test_a_faultless_report_passes_without_handwork(city, norr):
    """M182: nobody has to touch it; and the same controls have been run over it, with the run named."""
    open_expected(norr, month=MONTH, now=MARCH)
    report = reported(city, norr, (5, "08:00", "16:00"), (6, "08:00", "16:00"))
    assert (report.state, list(report.findings.all())) == ("clean", [])
    assert report.run.finished_at is not None
    assert report.upload.delivery["rows"] == {"time_entry": 2, "time_report": 1}
    month = through(as_viewer(city["Klas"], MARCH), MONTH)
    assert (month.checked, month.untouched, month.percent) == (1, 1, 100)


def test_a_report_of_someone_the_store_does_not_know_waits_is_told_of_and_stops_no_other(city, norr):
    """P01: before, one mistyped code stopped the controls of every report of the board, and nobody was told."""
    open_expected(norr, month=MONTH, now=MARCH)
    stranger = make_report(now=MARCH, number="NORR-T-2026-9", month=MONTH, state="handed_in")
    part(stranger, now=MARCH, signed_at=MARCH, approved_at=MARCH)
    HandIn.objects.create(matter=stranger, number="K-9", at=MARCH, by=city["Lova"], sha256="0" * 64, minutes=480)
    TimeReport.objects.exclude(pk=stranger.pk).update(number="NORR-T-2026-8")
    for _again in range(2):
        check_handed_in(board=norr.pk, now=MARCH, tell=lambda percent: None)
    told = Notice.objects.filter(matter=stranger, what="unknown.time_report")
    assert sorted(told.values_list("user__username", flat=True)) == ["cilla", "klas", "mats"]
    other = TimeReport.objects.exclude(pk=stranger.pk).get()
    worker = as_outside(city, "Amir").bound[0].worker_code
    own = add_assistant(other, worker, by=as_outside(city, "Lova"), now=MARCH)
    write_row(own, Written(date(2026, 1, 5), "08:00", "16:00"), by=as_outside(city, "Amir"), now=MARCH)
    sign(own, by=as_outside(city, "Amir"), now=MARCH)
    approve(own, by=as_outside(city, "Karl"), now=MARCH + timedelta(minutes=5))
    hand_in(other, by=as_outside(city, "Lova"), now=MARCH + timedelta(minutes=9))
    work(once=True, clock=lambda: MARCH + timedelta(minutes=10))
    assert [TimeReport.objects.get(pk=one.pk).state for one in (stranger, other)] == ["handed_in", "clean"]


@pytest.mark.parametrize(
    ("more", "granted"),
    [
        ("B2;20000131-2388;Personlig assistans;559990-0197;10;Vecka;2025-02-01;Tillfällig utökning", 13_286),
        ("B2;20000131-2388;Personlig assistans;559990-0197;1;Vecka;2025-02-01;Merkostnad vid sjukdom", 10_629),
        ("B2;20000131-2388;Personlig assistans;559990-0197;10;Vecka;2025-02-01;Löpande", None),
        ("B2;20000131-2388;Personlig assistans;559990-0197;10;Vecka;2026-01-10;Tillfällig utökning", None),
    ],
)
def test_two_decisions_at_once_are_added_up_only_where_one_lies_on_top_of_the_other(city, installation, more, granted):
    lines = DECISIONS.replace("från\n", "från;Slag av betalning\n").replace("2025-01-01\n", "2025-01-01;Löpande\n")
    deliver(city["Klas"], name="beslut.csv", text=f"{lines}{more}\n", now=MARCH)
    work(once=True, clock=lambda: MARCH)
    board = Board.objects.get(slug="norr")
    assert open_expected(board, month=MONTH, now=MARCH) == 1
    assert TimeReport.objects.get().granted_minutes == granted


def test_what_a_control_finds_is_linked_and_someone_looks(city, norr):
    """More than the decision gives, by the same control as over every other file."""
    open_expected(norr, month=MONTH, now=MARCH)
    report = reported(city, norr, *((day, "06:00", "16:00") for day in range(1, 29)))
    assert report.state == "deviating"
    assert "ASS-04" in set(report.findings.values_list("control", flat=True))
    assert Finding.objects.filter(time_reports=report).count() == report.findings.count()


def test_a_completion_is_handed_in_anew_and_the_old_file_withdrawn(city, norr):
    open_expected(norr, month=MONTH, now=MARCH)
    report = reported(city, norr, *((day, "06:00", "16:00") for day in range(1, 29)))
    klas = as_viewer(city["Klas"], MARCH)
    take_step(report, "ask", by=klas, now=MARCH, version=report.version, given={"ask_for": ["hours"]})
    amir, karl = as_outside(city, "Amir"), as_outside(city, "Karl")
    new = correct(report.worker_reports.get(), by=amir, now=MARCH, why="Kortare dagar")
    for row in list(new.rows.all())[2:]:
        remove_row(new, row.pk, by=amir, now=MARCH)
    sign(new, by=amir, now=MARCH)
    approve(new, by=karl, now=MARCH)
    hand_in(report, by=as_outside(city, "Lova"), now=MARCH + timedelta(hours=1))
    work(once=True, clock=lambda: MARCH + timedelta(hours=2))
    files = Upload.objects.filter(name__startswith=report.number).order_by("pk")
    assert [(one.name, one.withdrawn_at is None) for one in files] == [
        (f"{report.number}-K1.json", False),
        (f"{report.number}-K2.json", True),
    ]
    assert TimeReport.objects.get().state == "clean"


def test_a_report_that_has_not_come_is_late_and_reminded_of(city, norr):
    """The clock says late and reminds. It refuses nobody anything: a person asks, and decides on what is known."""
    open_expected(norr, month=MONTH, now=MARCH)
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 12)]
    for day in days:
        every_day(now=datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9))
    report = TimeReport.objects.get(month=MONTH)
    steps = StepTaken.objects.filter(matter=report).values_list("step", flat=True)
    assert (report.state, list(steps)) == ("late", ["run_late", "remind"])


def test_the_assistants_of_a_month_come_along_to_the_next(city, norr):
    open_expected(norr, month=MONTH, now=MARCH)
    add_assistant(
        TimeReport.objects.get(), as_outside(city, "Amir").bound[0].worker_code, by=as_outside(city, "Lova"), now=MARCH
    )
    open_expected(norr, month=date(2026, 2, 1), now=MARCH)
    parts = TimeReport.objects.get(month=date(2026, 2, 1)).worker_reports
    assert list(parts.values_list("worker_code", flat=True)) == [as_outside(city, "Amir").bound[0].worker_code]


def test_a_hold_that_nobody_confirms_falls_the_day_after(city, installation):
    """M288: no payment is held by a proposal alone, nor by the machine."""
    bind(city)
    report = make_report(now=MARCH, state="clean")
    given = {"hold_reason": "x", "undisputed": "y", "hearing_exception": "urgent", "review_on": "2026-03-10"}
    take_step(report, "hold", by=as_viewer(city["Klas"], MARCH), now=MARCH, version=1, given=given)
    every_day(now=MARCH + timedelta(days=1))
    assert Proposal.objects.get().settled_at is None
    every_day(now=MARCH + timedelta(days=2))
    assert (Proposal.objects.get().declined_why, TimeReport.objects.get().state) == (
        "Ingen bekräftade förslaget i tid", "clean",
    )  # fmt: skip
