"""Runs of the controls: who may start one, what it brings, and that it is done once."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.web.delivered import LATER, deliver, work_off
from tests.web.people import DAY, NOW, as_viewer, settle
from tillit.web.actions.notice import mark_run_seen
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.run import carry_out, run_failed, start_nightly_runs, start_run
from tillit.web.models import Board, Entry, Finding, Grant, Job, Run, RunNotice, Unit
from tillit.web.queries.notice import run_notices_for
from tillit.web.queries.run import gone_in, new_in
from tillit.web.rules.scope import within_all


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


@pytest.fixture
def delivered(city, norr):
    deliver(city["Klas"])
    work_off()


def start(city, norr, who="Klas", **more):
    return start_run(board=norr, by=as_viewer(city[who]), now=NOW, **more)


def test_a_run_brings_findings_that_lead_back_to_the_delivered_lines(city, norr, delivered):
    run = start(city, norr)
    assert (run.day, run.finished_at, run.progress) == (DAY, None, 0)
    assert work_off() == 1
    run.refresh_from_db()
    counts = {name: run.summary[name] for name in ("findings", "new", "same", "explained", "reopened", "gone")}
    assert counts == {"findings": 1, "new": 1, "same": 0, "explained": 0, "reopened": 0, "gone": 0}
    assert (run.finished_at, run.progress, run.error) == (NOW, 100, "")
    finding = Finding.objects.get()
    assert (finding.number, finding.control, finding.zone) == ("NORR-F-2026-1", "ASS-01", "individual")
    assert (finding.provider_number, finding.state, finding.last_run) == ("5599900197", "new", run)
    assert [(row["file"], row["line"]) for row in finding.result["evidence"]] == [
        ("norrvik-2026-02.csv", 2),
        ("norrvik-2026-02.csv", 3),
    ]
    assert {one["control"] for one in run.summary["not_run"]} >= {"ASS-12", "FAK-01"}


def test_the_run_and_its_import_are_one_line_each_in_the_log(city, norr, delivered):
    before = Entry.objects.count()
    run = start(city, norr)
    work_off()
    lines = list(Entry.objects.order_by("count"))[before:]
    assert [(line.what, line.by) for line in lines] == [("start run", city["Klas"]), ("import findings", city["Klas"])]
    assert lines[1].details == {
        "run": run.pk, "findings": 1, "new": 1, "same": 0, "explained": 0, "reopened": 0, "gone": 0,
    }  # fmt: skip


def test_the_next_run_says_what_is_the_same_and_one_over_mended_files_what_is_new(city, norr, delivered):
    first = start(city, norr)
    work_off()
    again = start(city, norr)
    work_off()
    again.refresh_from_db()
    assert [again.summary[name] for name in ("new", "same", "gone")] == [0, 1, 0]
    klas, bo = as_viewer(city["Klas"]), as_viewer(city["Bo"])
    first.refresh_from_db()
    assert [one.number for one in new_in(first, klas)] == ["NORR-F-2026-1"]
    assert [list(new_in(first, bo)), list(gone_in(again, klas))] == [[], []]


def test_a_run_that_is_carried_out_twice_brings_its_findings_once(city, norr, delivered):
    run = start(city, norr)
    for _ in range(2):
        carry_out(run.pk, board=norr.pk, now=NOW, tell=lambda percent: None)
    assert Finding.objects.count() == 1
    assert Entry.objects.filter(what="import findings").count() == 1


@pytest.mark.parametrize(
    ("who", "error"),
    [("Cilla", NotYourStepError), ("Asta", NotYourStepError), ("Elin", NotYourStepError), ("Bo", NotForYouError)],
)
def test_others_start_no_run(city, norr, delivered, who, error):
    with pytest.raises(error):
        start(city, norr, who)
    assert list(Run.objects.all()) == []
    assert list(Job.objects.filter(kind="run")) == []


def test_a_run_waits_for_a_file_that_waits_and_for_a_run_that_goes_on(city, norr):
    with pytest.raises(HeldBackError, match="Det finns inget underlag att kontrollera: lämna en fil först"):
        start(city, norr)
    deliver(city["Klas"])
    with pytest.raises(HeldBackError, match="En fil väntar på att läsas: vänta tills den är läst"):
        start(city, norr)
    work_off()
    run = start(city, norr)
    with pytest.raises(HeldBackError, match="Kontrollerna körs redan: vänta tills de är klara"):
        start(city, norr)
    run_failed(run.pk, "OSError", board=norr.pk)
    assert [start(city, norr).error, Run.objects.get(pk=run.pk).error] == ["", "OSError"]


def test_another_board_finds_nothing_of_it_in_its_own_run(city, norr, delivered):
    deliver(city["Bo"], board="syd", text=LATER)
    work_off()
    start_run(board=Board.objects.get(slug="syd"), by=as_viewer(city["Bo"]), now=NOW)
    work_off()
    assert list(Finding.objects.all()) == []


def test_those_who_assess_are_told_how_many_new_findings_they_may_read_and_others_are_not(city, norr, delivered):
    """M176: who can act knows the same day that there is something to look at."""
    unit = Unit.objects.create(board=norr, slug="annan", name="Annan enhet")
    Grant.objects.filter(user=city["Mats"], role="R02").update(unit=unit)
    run = start(city, norr)
    work_off()
    told = [(one.user.name, one.run, one.new) for one in RunNotice.objects.order_by("user__name")]
    assert told == [("Cilla", run, 1)]  # Klas started it; Mats manages a unit that has none of them
    cilla, bo = as_viewer(city["Cilla"]), as_viewer(city["Bo"])
    assert [one.new for one in run_notices_for(cilla)] == [1]
    with pytest.raises(NotForYouError):
        mark_run_seen(RunNotice.objects.get(), by=bo, now=NOW)
    mark_run_seen(RunNotice.objects.get(), by=cilla, now=NOW)
    assert list(run_notices_for(cilla)) == []


def test_a_run_that_brings_nothing_new_tells_nobody(city, norr, delivered):
    for later in (NOW, NOW + timedelta(days=1)):
        start_run(board=norr, by=as_viewer(city["Klas"], later), now=later)
        work_off(later)
    assert [(one.user.name, one.at) for one in RunNotice.objects.order_by("pk")] == [("Cilla", NOW), ("Mats", NOW)]


def test_a_notice_of_a_run_is_gone_with_the_role(city, norr, delivered):
    start(city, norr)
    work_off()
    Grant.objects.filter(user=city["Cilla"], role="R02").delete()
    assert list(run_notices_for(as_viewer(city["Cilla"]))) == []


def test_every_night_every_board_with_something_delivered_gets_a_run(city, norr, delivered):
    assert start_nightly_runs(now=NOW) == 1
    assert [(run.board, run.by, run.day) for run in Run.objects.all()] == [(norr, None, DAY)]
    assert start_nightly_runs(now=NOW) == 0  # one goes on
    work_off()
    deliver(city["Klas"], text=LATER)
    assert start_nightly_runs(now=NOW) == 0  # a file waits
    assert [line.by for line in Entry.objects.filter(what="start run")] == [None]


WORKER = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from tillit.web import jobs
from tillit.web.actions import run
def die(percent):
    if percent >= 90:
        os.kill(os.getpid(), signal.SIGKILL)
jobs.KINDS["run"] = jobs.Kind(
    lambda given, now, tell: run.carry_out(given["run"], board=given["board"], now=now, tell=die)
)
jobs.work(once=True)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_run_whose_worker_is_killed_in_its_midst_is_done_once_by_another(installation):
    if connection.vendor != "sqlite":
        pytest.skip("the killed worker is given the test's SQLite file")
    people = settle()
    norr = Board.objects.get(slug="norr")
    with within_all():
        deliver(people["Klas"])
        work_off()
        run = start(people, norr)
    words = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    killed = subprocess.run(words, env=os.environ | {"TILLIT_FOLDER": str(installation)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    with within_all():
        run.refresh_from_db()
        assert (run.finished_at, Finding.objects.count(), Job.objects.get(kind="run").state) == (None, 0, "running")
        later = datetime.now(UTC) + timedelta(minutes=2)
        assert work_off(later) == 1
        run.refresh_from_db()
        assert (run.finished_at, Finding.objects.count(), Job.objects.get(kind="run").attempts) == (later, 1, 2)
