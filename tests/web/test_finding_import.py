"""What a run found becomes findings: new, the same again, gone, and opened again when an explanation has run out."""

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.web.people import NOW, as_viewer
from tillit.store import ControlRun, Evidence, Result, code
from tillit.store import Finding as Found
from tillit.web.actions.finding_import import bring_in
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Entry, Finding, Matter, Run, StepTaken
from tillit.web.queries.finding import explained_before
from tillit.web.queries.run import explained_in, reopened_in
from tillit.web.rules.board_store import store_of

EVIDENCE = Evidence(file="mars.csv", sha256="9f" * 32, line=2, table="time_entry", values={"minutes": 120})
ONE = Found(
    id="a" * 64,
    control="ASS-01",
    revision=3,
    certainty="sure",
    severity=4,
    type="rule",
    provider="5599900197",
    client=code(7),
    worker=code(8),
    period_from="2026-02-02T10:00+01:00",
    period_to="2026-02-02T12:00+01:00",
    measured=120,
    limit=0,
    unit="minutes",
    minutes_at_risk=120,
    at_risk_ore=69540,
    gross_minutes=120,
    gross_at_risk_ore=69540,
    priced=True,
    currency="SEK",
    details={},
    tried=[],
    not_tried=[],
    evidence=[EVIDENCE],
)
SUPPLIER = replace(ONE, id="b" * 64, control="FAK-01", client=None, worker=None, period_from=None, period_to=None)


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


def found(*findings, asked=("ASS-01", "FAK-01"), deliveries=()):
    ran = [ControlRun(control, 1, 0, []) for control in asked]
    return Result("2026-03-02", "0", "c", {}, run=ran, findings=list(findings), deliveries=list(deliveries))


def bring(norr, result, now=NOW):
    run = Run.objects.create(board=norr, day=now.date(), at=now)
    bring_in(result, run=run, store=store_of(norr), now=now)
    run.refresh_from_db()
    return run


def changed(run):
    return {name: run.summary[name] for name in ("new", "same", "explained", "reopened", "gone")}


def test_a_finding_is_stored_with_its_evidence_and_a_deadline(city, norr):
    run = bring(norr, found(ONE, SUPPLIER))
    first, second = Finding.objects.order_by("pk")
    assert (first.key, first.control, first.control_revision, first.severity) == (ONE.id, "ASS-01", 3, 4)
    assert (first.period_from, first.period_to) == (date(2026, 2, 2), date(2026, 2, 2))
    assert (first.client_code, first.worker_code, first.at_risk_ore) == (ONE.client, ONE.worker, 69540)
    assert (first.due_on, first.opened_at, first.last_run, first.gone_at) == (date(2026, 3, 9), NOW, run, None)
    assert first.result["evidence"][0]["values"] == {"minutes": 120}
    assert [(one.number, one.zone) for one in (first, second)] == [
        ("NORR-F-2026-1", "individual"),
        ("NORR-F-2026-2", "provider"),
    ]


def test_the_same_finding_again_changes_nothing_but_when_it_was_last_found(city, norr):
    bring(norr, found(ONE))
    before = Matter.objects.values().get()
    again = bring(norr, found(replace(ONE, at_risk_ore=1)), NOW + timedelta(days=1))
    assert changed(again) == {"new": 0, "same": 1, "explained": 0, "reopened": 0, "gone": 0}
    assert Matter.objects.values().get() == before
    assert (Finding.objects.get().last_run, Finding.objects.get().at_risk_ore) == (again, 69540)


def test_one_that_does_not_come_back_is_marked_and_one_that_does_is_unmarked(city, norr):
    bring(norr, found(ONE, SUPPLIER))
    later = NOW + timedelta(days=1)
    assert changed(bring(norr, found(SUPPLIER), later)) == {
        "new": 0,
        "same": 1,
        "explained": 0,
        "reopened": 0,
        "gone": 1,
    }
    assert list(Finding.objects.order_by("pk").values_list("state", "gone_at")) == [("new", later), ("new", None)]
    assert changed(bring(norr, found(SUPPLIER), later)) == {
        "new": 0,
        "same": 1,
        "explained": 0,
        "reopened": 0,
        "gone": 0,
    }
    assert changed(bring(norr, found(ONE, SUPPLIER), later)) == {
        "new": 0,
        "same": 2,
        "explained": 0,
        "reopened": 0,
        "gone": 0,
    }
    assert list(Finding.objects.order_by("pk").values_list("gone_at", flat=True)) == [None, None]


def test_a_control_that_was_not_asked_says_nothing_of_what_it_found(city, norr):
    bring(norr, found(ONE))
    assert changed(bring(norr, found(asked=["FAK-01"]))) == {
        "new": 0,
        "same": 0,
        "explained": 0,
        "reopened": 0,
        "gone": 0,
    }
    assert Finding.objects.get().gone_at is None


def explain(city, **more):
    given = {"explanation": "innocent", "reason": "Två assistenter enligt beslut", **more}
    matter = Matter.objects.get()
    take_step(matter, "explain", by=as_viewer(city["Klas"]), now=NOW, version=matter.version, given=given)


def test_an_explanation_holds_to_the_end_of_its_day_and_then_the_finding_opens_again(city, norr):
    bring(norr, found(ONE))
    explain(city, until="2026-03-10")
    assert changed(bring(norr, found(ONE), NOW + timedelta(days=8))) == {
        "new": 0,
        "same": 1,
        "explained": 1,
        "reopened": 0,
        "gone": 0,
    }
    assert Matter.objects.get().state == "explained"
    after = NOW + timedelta(days=9)
    assert changed(bring(norr, found(ONE), after)) == {"new": 0, "same": 1, "explained": 0, "reopened": 1, "gone": 0}
    matter = Matter.objects.get()
    assert (matter.state, matter.closed_at, matter.state_since, matter.due_on) == (
        "new",
        None,
        after,
        date(2026, 3, 18),
    )
    assert [(step.step, step.by) for step in StepTaken.objects.all()] == [("explain", city["Klas"]), ("reopen", None)]


def test_what_comes_back_says_what_was_said_last_time_and_a_new_answer_does_not_end_on_the_old_day(city, norr):
    bring(norr, found(ONE))
    explain(city, until="2026-03-10")
    after = NOW + timedelta(days=9)
    run, klas = bring(norr, found(ONE), after), as_viewer(city["Klas"], after)
    assert [one.number for one in reopened_in(run, klas)] == ["NORR-F-2026-1"]
    said = explained_before(Finding.objects.get())
    assert (said.by, said.given["until"], said.given["reason"]) == (
        city["Klas"],
        "2026-03-10",
        "Två assistenter enligt beslut",
    )
    explain(city)
    assert explained_before(Finding.objects.get()) is None
    again = bring(norr, found(ONE), NOW + timedelta(days=20))
    assert changed(again) == {"new": 0, "same": 1, "explained": 1, "reopened": 0, "gone": 0}
    assert [one.number for one in explained_in(again, klas)] == ["NORR-F-2026-1"]
    assert list(explained_in(again, as_viewer(city["Bo"]))) == []


def test_an_explanation_without_an_end_holds(city, norr):
    bring(norr, found(ONE))
    explain(city)
    assert changed(bring(norr, found(ONE), NOW + timedelta(days=900)))["reopened"] == 0
    assert Matter.objects.get().state == "explained"


def test_the_same_thing_at_another_board_is_another_finding(city, norr):
    bring(norr, found(ONE))
    bring(Board.objects.get(slug="syd"), found(ONE))
    assert sorted(Finding.objects.values_list("number", flat=True)) == ["NORR-F-2026-1", "SYD-F-2026-1"]


def test_a_finding_on_someone_with_protected_identity_is_protected_from_the_first_moment(city, norr):
    store = store_of(norr)
    folder = store.folder / "deliveries" / "f" / "client.parquet"
    folder.parent.mkdir(parents=True)
    pq.write_table(pa.table({"client_id": [7, 9], "protected_identity": [True, False]}), folder)
    bring(norr, found(ONE, replace(ONE, id="c" * 64, client=code(9)), SUPPLIER, deliveries=[{"sha256": "f"}]))
    assert list(Finding.objects.order_by("pk").values_list("protected", flat=True)) == [True, False, False]


def test_a_run_is_brought_in_once(city, norr):
    run = bring(norr, found(ONE))
    bring_in(found(SUPPLIER), run=run, store=store_of(norr), now=NOW)
    assert [one.control for one in Finding.objects.all()] == ["ASS-01"]
    assert Entry.objects.count() == 1


def bring_many(norr, count):
    many = found(*(replace(ONE, id=f"{number:064}") for number in range(count)))
    began = process_time()
    bring(norr, many)
    assert Finding.objects.count() == count
    assert len(set(Finding.objects.values_list("number", flat=True))) == count
    assert Entry.objects.count() == 1
    return process_time() - began


def test_many_findings_are_one_line_in_the_log(city, norr):
    bring_many(norr, 1001)


@pytest.mark.slow
def test_ten_thousand_findings_are_brought_in_within_seconds(city, norr):
    assert bring_many(norr, 10_000) < 10
