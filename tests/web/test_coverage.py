"""Coverage: what is done in all cases of a month, what is missing and who can act; small numbers are not shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.web.made_up import finding
from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.web.models import (
    Board,
    Finding,
    PermitAnswer,
    PermitCheck,
    Provider,
    Responsibility,
    TimeReport,
    Use,
)
from tillit.web.queries.coverage import coverage, delays
from tillit.web.rules.content import catalogue

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def boards(city):
    return {one.slug: one for one in Board.objects.all()}


@pytest.fixture
def provider(city, boards):
    found = Provider.objects.create(number="5599990008", name="Norrviks Assistans AB")
    for board in boards.values():
        Use.objects.create(provider=found, board=board, since=date(2024, 1, 1))
    PermitCheck.objects.create(
        number="NORR-TK-2026-1", provider=found, service="personal_assistance", board=boards["norr"],
        state="required", state_since=date(2026, 1, 1),
    )  # fmt: skip
    return found


def report(board, number, state):
    return TimeReport.objects.create(
        process="time_report", process_revision=1, state=state, state_since=NOW, zone="individual", board=board,
        number=f"{board.slug.upper()}-T-2026-{number}", title="Tidrapport", opened_at=NOW, key=f"{board.slug}-{number}",
        provider_number="5599990008", client_code=f"0000-0000-{number:05}", month=FEBRUARY, arrangement="provider",
    )  # fmt: skip


def answer(provider, board, day, said="valid"):
    PermitAnswer.objects.create(
        check_number="NORR-TK-2026-1", provider=provider, service="personal_assistance", answer=said, answered_on=day,
        medium="mail", board=board, boards=2, at=NOW,
    )  # fmt: skip


def rows(city, name, code):
    return [one for one in coverage(as_viewer(city[name]), FEBRUARY) if one.code == code]


def test_reports_are_counted_in_all_cases_and_those_who_can_act_are_named(city, boards, provider):
    """M134, M277: handed in of all that are owed, and at which provider the rest are."""
    for number, state in enumerate(("clean", "handed_in", "late"), 1):
        report(boards["norr"], number, state)
    (row,) = rows(city, "Klas", "time_reports")
    assert (row.covered, row.total, row.percent) == (2, 3, 66)
    assert [(one.name, one.number) for one in row.missing] == [("Norrviks Assistans AB", 1)]
    assert row.people == ["Klas"]
    Responsibility.objects.create(
        board=boards["norr"],
        chain="personal_assistance",
        step="receive",
        person=city["Hanna"],
        by=city["Cilla"],
        at=NOW,
    )
    assert rows(city, "Klas", "time_reports")[0].people == ["Hanna"]


def test_a_small_number_is_shown_only_to_one_who_sees_every_one_of_them(city, boards, provider):
    """IS4: Rut, who reads no report, is told of no number that could say who it is about; only where it is missing."""
    for number, state in enumerate(("clean", "handed_in", "late"), 1):
        report(boards["norr"], number, state)
    (row,) = rows(city, "Rut", "time_reports")
    assert (row.covered, row.total, row.percent, [one.number for one in row.missing]) == (None, None, None, [None])
    for number in range(4, 24):
        report(boards["norr"], number, "late" if number < 9 else "clean")
    assert [(one.covered, one.total) for one in rows(city, "Rut", "time_reports")] == [(17, 23)]


def test_invoices_of_the_month_are_counted_as_matched_and_those_who_can_act_are_named(city, boards, provider):
    """M241: what nothing was found for, or nobody has answered on, is missing; another month's is not counted."""
    for number, (state, issued_on) in enumerate(
        (("matched", FEBRUARY), ("disputed", FEBRUARY), ("asked", date(2026, 2, 28)), ("unmatched", date(2026, 3, 1))),
        1,
    ):
        invoice(boards["norr"], number, state, issued_on)
    invoice(boards["syd"], 9, "unmatched", FEBRUARY)
    (row,) = rows(city, "Klas", "invoices")
    assert (row.covered, row.total, row.percent, row.people) == (2, 3, 66, ["Fredrik"])
    assert [(one.name, one.number) for one in row.missing] == [("Norrviks Assistans AB", 1)]
    Responsibility.objects.create(
        board=boards["norr"], chain="home_care", step="invoice", person=city["Hanna"], by=city["Cilla"], at=NOW
    )
    assert rows(city, "Klas", "invoices")[0].people == ["Hanna"]
    assert [(one.board.slug, one.total) for one in rows(city, "Bo", "invoices")] == [("syd", 1)]


def invoice(board, number, state, issued_on):
    more = {"state": state, "issued_on": issued_on, "provider_number": "5599990008", "board": board.slug}
    return make(catalogue().processes["invoice"], now=NOW, number=f"{board.slug.upper()}-FA-2026-{number}", **more)


def test_another_boards_coverage_is_not_there(city, boards, provider):
    report(boards["norr"], 1, "clean")
    assert {one.board.slug for one in coverage(as_viewer(city["Bo"]), FEBRUARY)} == {"syd"}
    assert coverage(as_viewer(city["Elin"]), FEBRUARY) == []


@pytest.mark.parametrize(
    ("day", "said", "covered"),
    [
        (date(2026, 2, 28), "valid", 1),
        (date(2026, 1, 29), "valid", 1),
        (date(2026, 1, 28), "valid", 0),
        (date(2026, 3, 1), "valid", 0),
        (date(2026, 2, 10), "missing", 1),
        (date(2026, 2, 10), "unclear", 0),
    ],
)
def test_a_permit_is_checked_where_an_answer_is_new_enough(city, boards, provider, day, said, covered):
    """M137, M277: within the interval when the month ends; one answer covers every board."""
    answer(provider, boards["norr"], day, said)
    for name in ("Klas", "Bo"):
        (row,) = rows(city, name, "permits")
        assert (row.covered, row.total, row.percent) == (covered, 1, 100 * covered)
        assert [one.name for one in row.missing] == ([] if covered else ["Norrviks Assistans AB"])
    assert rows(city, "Bo", "permits")[0].people == ["Bo"]


def test_what_a_board_did_not_use_that_month_is_not_counted(city, boards, provider):
    Use.objects.filter(board=boards["syd"]).update(until=date(2026, 1, 31))
    assert rows(city, "Bo", "permits") == []


def test_the_time_from_what_happened_to_the_finding_is_measured(city, boards):
    """M169: the median of a unit's findings of the month; few findings are not told of."""
    for number, days in enumerate((3, 9, 4, 30, 5), 1):
        made = finding(boards["norr"], number)
        opened = datetime(2026, 2, 20, 12, tzinfo=UTC)
        happened = date(2026, 2, 20) - timedelta(days=days)
        Finding.objects.filter(pk=made.pk).update(opened_at=opened, period_to=happened)
    assert [(one.days, one.findings) for one in delays(as_viewer(city["Klas"]), FEBRUARY)] == [(5, 5)]
    Finding.objects.filter(number="NORR-F-2026-1").update(period_to=None)
    assert [(one.days, one.findings) for one in delays(as_viewer(city["Klas"]), FEBRUARY)] == [(None, None)]
    assert delays(as_viewer(city["Bo"]), FEBRUARY) == []
