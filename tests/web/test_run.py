"""Runs of the controls: who may start one, what it brings, and that it is done once."""

import pytest

from tests.web.delivered import LATER, deliver, work_off
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.run import carry_out, run_failed, start_run
from tillit.web.models import Board, Entry, Finding, Job, Run
from tillit.web.queries.run import gone_in, new_in


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
    counts = {name: run.summary[name] for name in ("findings", "new", "same", "reopened", "gone")}
    assert counts == {"findings": 1, "new": 1, "same": 0, "reopened": 0, "gone": 0}
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
    assert lines[1].details == {"run": run.pk, "findings": 1, "new": 1, "same": 0, "reopened": 0, "gone": 0}


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
