"""Completeness: local reports that the coordinator has not got, and boards that certify that they made none."""

from datetime import date

import pytest

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import report
from tillit.web.actions.no_reports import WrongPeriodError, certify
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.models import Board, NoReports
from tillit.web.queries.completeness import certificates, missing
from tillit.web.rules.content import catalogue

MARCH = {"first": date(2026, 2, 1), "last": date(2026, 3, 1)}


def norr():
    return Board.objects.get(slug="norr")


def test_a_report_that_is_sent_and_not_told_is_missing_as_a_count_alone(city):
    """M022: the coordinator sees how many and since when; a board sees its own; nobody else sees anything."""
    for number, (process, board) in enumerate(
        [("ivo_report", "norr"), ("police_report", "norr"), ("ivo_report", "syd")]
    ):
        make(
            catalogue().processes[process], now=NOW, number=f"X-{number}", board=board, state="sent",
            due_on=date(2026, 3, 4), title="Eva Hemlig",
        )  # fmt: skip
    make(catalogue().processes["ivo_report"], now=NOW, number="X-9", state="waiting")
    seen = {
        name: [(one.board.slug, one.number, one.due_on) for one in missing(as_viewer(city[name]))]
        for name in ("Sara", "Rut", "Bo", "Doris")
    }
    due = date(2026, 3, 4)
    assert seen == {
        "Sara": [("norr", 2, due), ("syd", 1, due)],
        "Rut": [("norr", 2, due)],
        "Bo": [("syd", 1, due)],
        "Doris": [],
    }


def test_a_board_certifies_for_itself_a_period_that_has_ended(city):
    """M022."""
    made = certify(norr(), by=as_viewer(city["Rut"]), now=NOW, **MARCH)
    assert [one.pk for one in certificates(as_viewer(city["Sara"]))] == [made.pk]
    for name in ("Bo", "Cilla", "Sara"):
        with pytest.raises(NotForYouError):
            certify(norr(), by=as_viewer(city[name]), now=NOW, **MARCH)
    for first, last in ((date(2026, 3, 1), date(2026, 2, 1)), (date(2026, 2, 1), date(2026, 3, 2))):
        with pytest.raises(WrongPeriodError):
            certify(norr(), by=as_viewer(city["Rut"]), now=NOW, first=first, last=last)
    assert NoReports.objects.count() == 1


@pytest.mark.parametrize("day", ["2026-02-01", "2026-03-01"])
def test_a_board_that_made_a_report_cannot_certify_none(city, day):
    """M022: on the first day and on the last, here or with the coordinator."""
    made = make(catalogue().processes["police_report"], now=NOW, number="X-1", state="waiting", fields={"sent_on": day})
    with pytest.raises(HeldBackError):
        certify(norr(), by=as_viewer(city["Rut"]), now=NOW, **MARCH)
    made.delete()
    report(city, reported_on=day)
    with pytest.raises(HeldBackError):
        certify(norr(), by=as_viewer(city["Rut"]), now=NOW, **MARCH)
