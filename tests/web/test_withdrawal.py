"""A delivered file that is withdrawn: later runs leave it out, and what was found in it says so and stays."""

import pytest

from tests.web.delivered import NAME, SHIFTS, deliver, work_off
from tests.web.matters import give
from tests.web.people import NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.run import start_run
from tillit.web.actions.withdrawal import NoReasonError, mark_findings, withdraw
from tillit.web.models import Board, Entry, Finding, Notice, Run, Upload
from tillit.web.queries.delivery import accepted, withdrawn_under

WHY = "Anordnaren skickade fel månad"


@pytest.fixture
def norr(city, installation):
    norr = Board.objects.get(slug="norr")
    deliver(city["Asta"])
    work_off()
    return norr


def run(city, norr):
    start_run(board=norr, by=as_viewer(city["Klas"]), now=NOW)
    work_off()
    return Run.objects.order_by("-pk").first()


def take_back(city, who="Klas", why=WHY):
    withdraw(Upload.objects.order_by("pk").first().pk, why=why, by=as_viewer(city[who]), now=NOW)


@pytest.mark.parametrize("who", ["Klas", "Asta"])
def test_the_control_function_and_the_one_who_delivered_withdraw_it_with_a_reason(city, norr, who):
    with pytest.raises(NoReasonError):
        take_back(city, who, why=" ")
    take_back(city, who)
    upload = Upload.objects.get()
    assert (upload.withdrawn_at, upload.withdrawn_by, upload.withdrawn_why) == (NOW, city[who], WHY)
    last = Entry.objects.order_by("-count").first()
    assert (last.what, last.by, last.details) == ("withdraw file", city[who], {"delivery": upload.pk})


@pytest.mark.parametrize(
    ("who", "error"), [("Cilla", NotYourStepError), ("Elin", NotForYouError), ("Bo", NotForYouError)]
)
def test_others_withdraw_nothing(city, norr, who, error):
    with pytest.raises(error):
        take_back(city, who)
    assert Upload.objects.get().withdrawn_at is None


def test_what_was_found_in_it_is_marked_and_stays_and_those_who_work_on_it_are_told(city, norr):
    run(city, norr)
    finding = Finding.objects.get()
    give(finding, city["Hanna"], now=NOW)
    take_back(city)
    for _ in range(2):
        work_off()
        mark_findings(Upload.objects.get().pk, board=norr.pk, now=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.source_withdrawn_at) == ("new", NOW)
    assert [(one.name, one.withdrawn_why) for one in withdrawn_under(finding)] == [(NAME, WHY)]
    assert [(one.user, one.what) for one in Notice.objects.filter(what="withdrawn")] == [(city["Hanna"], "withdrawn")]


def test_what_rests_on_other_files_is_not_marked(city, norr):
    run(city, norr)
    deliver(city["Klas"], name="annan.csv", text=SHIFTS.replace("2026-02-02", "2026-02-09"))
    work_off()
    run(city, norr)
    take_back(city)
    work_off()
    assert sorted(Finding.objects.values_list("period_from__day", "source_withdrawn_at")) == [(2, NOW), (9, None)]


def test_the_next_run_does_not_use_it_and_the_same_file_can_be_given_anew(city, norr):
    run(city, norr)
    take_back(city)
    work_off()
    assert accepted(norr) == []
    with pytest.raises(HeldBackError, match="Det finns inget underlag"):
        start_run(board=norr, by=as_viewer(city["Klas"]), now=NOW)
    deliver(city["Klas"])
    work_off()
    assert run(city, norr).summary["same"] == 1
    assert Finding.objects.get().source_withdrawn_at is None


def test_it_is_not_withdrawn_twice_nor_while_a_run_goes_on_nor_before_it_is_read(city, norr):
    deliver(city["Klas"], text=SHIFTS.replace("12:00", "11:00"))
    with pytest.raises(HeldBackError, match="Filen har inte lästs in"):
        withdraw(Upload.objects.order_by("-pk").first().pk, why=WHY, by=as_viewer(city["Klas"]), now=NOW)
    work_off()
    start_run(board=norr, by=as_viewer(city["Klas"]), now=NOW)
    with pytest.raises(HeldBackError, match="Kontrollerna körs: vänta tills de är klara"):
        take_back(city)
    work_off()
    take_back(city)
    with pytest.raises(SomeoneWasFasterError, match="Filen är redan tillbakadragen: läs sidan igen"):
        take_back(city)
