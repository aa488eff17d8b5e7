"""The queue of long work: each job is one worker's, is tried again, and outlives a worker that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import time as time_of_day
from datetime import timedelta

import pytest

from tests.web.people import NOW
from tillit.errors import BrokenError, RefusedError
from tillit.web import jobs
from tillit.web.actions import job
from tillit.web.models import Job

pytestmark = pytest.mark.django_db
PERSON = "Anna Andersson 8605112385"


def states():
    return list(Job.objects.order_by("pk").values_list("state", "attempts", "progress", "error"))


def kind(monkeypatch, do):
    """A kind of work of this test alone, and the list of what it was told when it failed."""
    told = []
    monkeypatch.setitem(
        jobs.KINDS, "probe", jobs.Kind(lambda given, now, tell: do(tell), lambda given, code: told.append(code))
    )
    job.enqueue("probe", now=NOW, given={"board": 1})
    return told


def work_off(now=NOW):
    return jobs.work(once=True, clock=lambda: now)


def test_a_job_is_done_and_its_progress_kept(monkeypatch):
    seen = []

    def do(tell):
        tell(40)
        seen.extend(states())

    told = kind(monkeypatch, do)
    assert work_off() == 1
    assert seen == [("running", 1, 40, "")]
    assert states() == [("done", 1, 100, "")]
    assert told == []


def test_a_job_is_taken_by_one_worker():
    job.enqueue("probe", now=NOW)
    first, second = job.take(now=NOW), job.take(now=NOW)
    assert (first.pk, second) == (Job.objects.get().pk, None)


def test_two_who_saw_the_same_row_do_not_both_get_it():
    job.enqueue("probe", now=NOW)
    seen_by_both = Job.objects.get()
    assert job.take(now=NOW) is not None
    assert job._still(seen_by_both).update(state="running") == 0


def test_a_job_of_a_dead_worker_is_taken_again_and_the_dead_one_has_no_say_if_it_wakes_up():
    job.enqueue("probe", now=NOW)
    slow = job.take(now=NOW)
    assert job.take(now=NOW + job.STALE) is None
    later = NOW + job.STALE + timedelta(seconds=1)
    assert job.take(now=later).attempts == 2
    job.done(slow, now=later)
    assert (states(), job.beat(slow, now=later)) == ([("running", 2, 0, "")], False)


def test_a_worker_that_is_heard_of_keeps_its_job():
    job.enqueue("probe", now=NOW)
    mine = job.take(now=NOW)
    later = NOW + job.STALE
    assert job.beat(mine, now=later) is True
    assert job.take(now=later + timedelta(seconds=30)) is None


def test_what_kills_its_worker_is_tried_three_times_and_then_told(monkeypatch):
    told = kind(monkeypatch, lambda tell: None)
    now = NOW
    for _ in range(3):
        assert job.take(now=now) is not None
        now += job.STALE * 2
    assert work_off(now) == 1
    assert states() == [("failed", 3, 0, "WorkerKilled")]
    assert told == ["WorkerKilled"]


def test_what_fails_is_tried_again_later_and_only_a_code_is_kept_of_why(monkeypatch, caplog):
    def do(tell):
        raise OSError(PERSON)

    told = kind(monkeypatch, do)
    assert work_off() == 1
    assert states() == [("waiting", 1, 0, "OSError")]
    assert [work_off(NOW + timedelta(seconds=59)), work_off(NOW + timedelta(seconds=60))] == [0, 1]
    assert [work_off(NOW + timedelta(minutes=10)), work_off(NOW + timedelta(minutes=11))] == [0, 1]
    assert states() == [("failed", 3, 0, "OSError")]
    assert told == ["OSError"]
    assert PERSON not in caplog.text


@pytest.mark.parametrize(("error", "state"), [(RefusedError, "failed"), (BrokenError, "waiting")])
def test_what_is_refused_is_not_tried_again_and_what_is_our_fault_is(monkeypatch, error, state):
    def do(tell):
        raise error(PERSON)

    kind(monkeypatch, do)
    work_off()
    assert states() == [(state, 1, 0, error.__name__)]


def test_what_is_due_is_put_in_line_once(monkeypatch):
    for hours in (0, 1, 24):
        jobs.schedule(now=NOW + timedelta(hours=hours))
    first, second = ([f"{kind}:{day}" for kind in jobs.DAILY] for day in ("2026-03-02", "2026-03-03"))
    names = [*first, "log_sample:2026-03", *second]
    assert list(Job.objects.order_by("pk").values_list("once", flat=True)) == names
    assert work_off(NOW + timedelta(days=1)) == len(names)
    assert {state for state, *_ in states()} == {"done"}


def nightly(settings, when):
    settings.TILLIT = replace(settings.TILLIT, nightly_run=when)
    jobs.schedule(now=NOW)
    return list(Job.objects.filter(kind="nightly_runs").values_list("not_before", flat=True))


def test_the_controls_are_run_at_the_hour_of_the_night_that_is_set_and_made_up_for_within_some_hours(settings):
    # NOW is ten in the morning on the town's clock.
    assert nightly(settings, None) == []
    assert nightly(settings, time_of_day(2, 30)) == []
    assert nightly(settings, time_of_day(8, 0)) == [NOW - timedelta(hours=2)]
    Job.objects.all().delete()
    assert nightly(settings, time_of_day(23, 15)) == [NOW + timedelta(hours=13, minutes=15)]
    assert nightly(settings, time_of_day(23, 15)) == [NOW + timedelta(hours=13, minutes=15)]


def test_jobs_that_ended_long_ago_are_forgotten_and_others_are_not():
    job.enqueue("probe", now=NOW)
    job.done(job.take(now=NOW), now=NOW)
    job.enqueue("probe", now=NOW)
    jobs.schedule(now=NOW + jobs.KEEP + timedelta(minutes=1))
    assert [state for state, *_ in states()] == ["waiting"] * (1 + len(jobs.DAILY) + 1)


WORKER = """
import os, sys, time
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from tillit.web import jobs
def slow(given, now, tell):
    tell(30)
    print("begun", flush=True)
    time.sleep(60)
jobs.KINDS["probe"] = jobs.Kind(slow)
jobs.work(beat_s=0.2)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_worker_that_was_killed_is_done_by_another(monkeypatch):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the killed worker is given the test's SQLite file")
    done = []
    monkeypatch.setitem(jobs.KINDS, "probe", jobs.Kind(lambda given, now, tell: done.append(given)))
    monkeypatch.setattr(job, "STALE", timedelta(seconds=1))
    job.enqueue("probe", now=jobs._now(), given={"board": 1})
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen([sys.executable, "-c", WORKER, name], stdout=subprocess.PIPE, text=True, env=os.environ)
    try:
        assert worker.stdout.readline() == "begun\n"
        time.sleep(2)
        assert Job.objects.get(kind="probe").heartbeat_at > jobs._now() - timedelta(seconds=1)
        os.kill(worker.pid, signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()
    left = Job.objects.get(kind="probe")
    assert (left.state, left.attempts, left.progress) == ("running", 1, 30)
    stop = threading.Event()
    end = time.monotonic() + 20
    while not done and time.monotonic() < end:
        jobs.work(once=True, stop=stop)
        time.sleep(0.2)
    assert done == [{"board": 1}]
    assert Job.objects.filter(kind="probe").values_list("state", "attempts").get() == ("done", 2)
