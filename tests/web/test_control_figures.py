"""Controls as figures: why they were made, how often all was right, small numbers, matching and open work."""

from datetime import timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.catalogue import ContentErrors
from tillit.web.models import Board, Run, StepTaken
from tillit.web.queries.control_record import Matching, Reason, _reason, by_reason, mandatory, matching, open_work
from tillit.web.queries.routine import governing
from tillit.web.rules.content import catalogue
from tillit.web.rules.small_cells import small_cells


@pytest.fixture
def signed(city):
    """Makes signed records of a reason, of a kind of object, with a deviation."""

    def make_some(number, why, object_kind, deviation, board="norr", closed_at=NOW):
        process = catalogue().processes["control_record"]
        made = []
        for one in range(number):
            fields = {"why": why, "object_kind": object_kind, "deviation": deviation}
            name = f"{board}-{why}-{object_kind}-{deviation}-{one}"
            more = {"state": "signed", "closed_at": closed_at, "fields": fields, "board": board}
            made.append(make(process, now=NOW, number=name, **more))
        return made

    return make_some


def told(city, name, *, persons):
    return {one.code: one for one in by_reason(as_viewer(city[name]), persons=persons)}


def test_the_share_without_fault_is_told_for_each_reason_and_complaints_beside(city, signed):
    """M181: each control has its reason; how many showed that all was right, and complaints, are shown."""
    fine = signed(3, "random", "company", "none")
    signed(1, "random", "company", "minor")
    signed(2, "rule", "company", "serious")
    StepTaken.objects.create(matter=fine[0], step="complain", from_state="signed", to_state="signed", at=NOW)
    assert told(city, "Cilla", persons=False) == {
        "random": Reason("random", "Slumpvis urval", 4, 3, 1),
        "rule": Reason("rule", "Regel i en kontroll", 2, 0, 0),
    }
    assert told(city, "Cilla", persons=False)["random"].percent == 75
    assert told(city, "Cilla", persons=True) == {}


def test_small_numbers_of_persons_are_not_shown_nor_what_they_could_be_told_from(city, signed):
    signed(7, "random", "individual", "none")
    signed(2, "random", "individual", "minor")
    signed(6, "rule", "individual", "none")
    assert told(city, "Cilla", persons=True) == {
        "random": Reason("random", "Slumpvis urval", None, None, 0),
        "rule": Reason("rule", "Regel i en kontroll", 6, 6, 0),
    }


@settings(max_examples=200)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 10))
def test_a_hidden_number_is_never_the_difference_of_two_that_are_shown(fine, other, limit):
    cells = small_cells({"fine": fine, "other": other}, limit=limit, sum_is_shown=False)
    shown = _reason("rule", "x", cells["fine"], cells["other"], 0)
    if 0 < fine < limit or 0 < other < limit:
        assert (shown.made, shown.faultless) == (None, None)
    else:
        assert (shown.made, shown.faultless) == (fine + other, fine)


def test_another_board_an_older_year_and_what_is_not_signed_are_not_counted(city, signed):
    signed(2, "tip", "company", "none", board="syd")
    signed(2, "tip", "company", "none", closed_at=NOW - timedelta(days=400))
    make(catalogue().processes["control_record"], now=NOW, number="x", fields={"why": "tip"})
    assert told(city, "Cilla", persons=False) == {}
    assert told(city, "Hanna", persons=False) == {}
    assert told(city, "Bo", persons=False)["tip"].made == 2


def test_rows_that_no_finding_points_at_need_no_handwork(city):
    """M182: the share that the last run let pass by itself, of what someone else would have compared by hand."""
    norr, syd = (Board.objects.get(slug=slug) for slug in ("norr", "syd"))
    summary = {"tables": {"time_entry": 1000, "invoice": 50, "client": 9}, "touched": {"time_entry": 31, "client": 2}}
    for board, ago, more in ((norr, 9, {"touched": {"time_entry": 900}}), (norr, 1, {}), (syd, 1, {})):
        at = NOW - timedelta(days=ago)
        Run.objects.create(board=board, day=at.date(), at=at, finished_at=at, summary=summary | more)
    found = matching(as_viewer(city["Cilla"]))
    assert found == [Matching("time_entry", 1000, 31), Matching("invoice", 50, 0)]
    assert [one.untouched_percent for one in found] == [96, 100]
    assert matching(as_viewer(city["Hanna"])) == []


def test_open_work_is_what_one_may_know_of_and_how_much_is_late(city):
    """M182: open work is shown to those who lead it."""
    for number, due in ((1, NOW.date() - timedelta(days=1)), (2, NOW.date())):
        make(catalogue().processes["finding"], now=NOW, number=f"F-{number}", due_on=due)
    assert [(one.process, one.number, one.late) for one in open_work(as_viewer(city["Cilla"]))] == [("finding", 2, 1)]
    assert open_work(as_viewer(city["Bo"])) == []


def test_a_control_made_before_the_document_held_is_not_counted_as_mandatory(city, overlay):
    """M003: the document, its number, body and validity stand with the figures and on each matter that it governs."""
    routine = {"id": "controls", "sv": "Kontroller", "en": "Controls", "registry_number": "PS 2026/1",
               "decided_on": "2026-01-19", "decided_by": "Nämnden", "valid_from": "2026-02-01",
               "valid_to": "2027-12-31", "owner": "Kontrollfunktionen", "governs": ["control_record"]}  # fmt: skip
    overlay(plans__routines=yaml.safe_dump({"routines": [routine]}))
    for number, at in enumerate((NOW.replace(month=1), NOW.replace(month=2, day=1), NOW)):
        make(catalogue().processes["control_record"], now=at, number=f"KP-{number}", state="signed", closed_at=NOW,
             fields={"why": "rule", "object_kind": "company", "deviation": "none"})  # fmt: skip
    assert mandatory(as_viewer(city["Klas"])) == (2, 3)
    ((shown, holds),) = governing("control_record", NOW.replace(month=1).date())
    assert (shown.registry_number, shown.decided_by, str(shown.valid_from), holds) == (
        "PS 2026/1", "Nämnden", "2026-02-01", False,
    )  # fmt: skip
    assert governing("investigation", NOW.date()) == []


def test_a_document_that_governs_what_is_not_there_is_refused(overlay):
    routine = {"id": "x", "sv": "x", "en": "x", "registry_number": "1", "decided_on": "2026-01-19",
               "decided_by": "Nämnden", "valid_to": "2027-12-31", "owner": "x", "governs": ["nothing"]}  # fmt: skip
    with pytest.raises(ContentErrors, match="nothing"):
        overlay(plans__routines=yaml.safe_dump({"routines": [routine]}))
