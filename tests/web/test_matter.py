"""Opening cases and observations, and the numbers they get."""

import pytest

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.matter import open_case, report_observation
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.actions.series import next_number, next_numbers
from tillit.web.actions.step import take_step
from tillit.web.models import Assignment, Board, Case, Entry, Finding, Grant, Matter, Notice, StepTaken, Unit
from tillit.web.queries.matter import counts, readable, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

GIVEN = {"origin": "observation"}


@pytest.fixture
def norr(city):
    return Board.objects.get(slug="norr")


@pytest.fixture
def finding(norr):
    return make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", provider_number="5560000001")


def test_an_investigator_opens_a_case_and_has_it(city, norr):
    case = open_case("investigation", by=as_viewer(city["Asta"]), now=NOW, board=norr, given=GIVEN)
    assert (case.number, case.state, case.zone, case.fields) == ("NORR-U-2026-1", "received", "investigation", GIVEN)
    assert case.due_on.isoformat() == "2026-03-16"
    assert list(readable(Case, as_viewer(city["Asta"]))) == [case]
    assert [notice.user.name for notice in Notice.objects.order_by("user__name")] == ["Cilla", "Mats"]
    assert [(entry.kind, entry.what, entry.matter) for entry in Entry.objects.all()] == [
        ("change", "open investigation", "NORR-U-2026-1")
    ]


def test_a_manager_who_opens_a_case_sees_it_by_the_unit_and_is_not_assigned(city, norr):
    case = open_case("investigation", by=as_viewer(city["Cilla"]), now=NOW, board=norr, given=GIVEN)
    assert list(visible(Case, as_viewer(city["Cilla"]))) == [case]
    assert list(Assignment.objects.all()) == []


@pytest.mark.parametrize("name", ["Hanna", "Elin", "Sara", "Doris", "Bo"])
def test_others_open_no_investigation_at_norr_and_the_attempt_is_logged(city, norr, name):
    with pytest.raises(NotYourStepError, match="Din roll kan inte starta det här"):
        open_case("investigation", by=as_viewer(city[name]), now=NOW, board=norr, given=GIVEN)
    assert list(Case.objects.all()) == []
    assert [(entry.kind, entry.what, entry.by.name) for entry in Entry.objects.all()] == [
        ("refused", "open investigation", name)
    ]


def test_a_case_from_findings_takes_over_the_provider_and_the_protection(city, norr, finding):
    Finding.objects.filter(pk=finding.pk).update(protected=True)
    finding.refresh_from_db()
    with pytest.raises(
        NotForYouError, match="inget sådant fynd"
    ):  # it is protected: only a special assignment reads it
        open_case("investigation", by=as_viewer(city["Cilla"]), now=NOW, board=norr, given=GIVEN, findings=[finding])
    Assignment.objects.create(matter=finding, user=city["Cilla"], valid_from=NOW, special=True)
    case = open_case("investigation", by=as_viewer(city["Cilla"]), now=NOW, board=norr, given=GIVEN, findings=[finding])
    assert (case.provider_number, case.protected, list(case.findings.all())) == ("5560000001", True, [finding])


def test_findings_of_another_board_cannot_be_put_into_a_case(city, norr):
    theirs = make(catalogue().processes["finding"], now=NOW, number="SYD-F-2026-1", board="syd")
    with pytest.raises(NotForYouError, match="inget sådant fynd"):
        open_case("investigation", by=as_viewer(city["Asta"]), now=NOW, board=norr, given=GIVEN, findings=[theirs])


def test_a_unit_of_another_board_is_not_there(city, norr):
    unit = Unit.objects.create(board=Board.objects.get(slug="syd"), slug="a", name="A")
    with pytest.raises(NotForYouError, match="finns inte i nämnden"):
        open_case("investigation", by=as_viewer(city["Asta"]), now=NOW, board=norr, unit=unit, given=GIVEN)


def test_what_is_asked_at_the_opening_must_be_given(city, norr):
    with pytest.raises(WrongValueError, match="”Hur kom saken upp\\?” behöver fyllas i"):
        open_case("investigation", by=as_viewer(city["Asta"]), now=NOW, board=norr)


def test_an_employee_reports_an_observation_and_sees_where_it_stands_but_not_what_it_says(city, norr):
    """M103: from any employee, and the one who reported it is told how it goes."""
    seen = report_observation(
        by=as_viewer(city["Elin"]), now=NOW, board=norr, title="Tomma pass", given={"observation": "Ingen var där"}
    )
    assert (seen.number, seen.origin, seen.type, seen.state) == ("NORR-F-2026-1", "observation", "observation", "new")
    assert list(visible(Finding, as_viewer(city["Elin"]))) == [seen]
    assert list(readable(Finding, as_viewer(city["Elin"]))) == []
    assert list(readable(Finding, as_viewer(city["Klas"]))) == [seen]
    assert [notice.user.name for notice in Notice.objects.all()] == ["Klas"]


def test_opening_a_case_from_a_finding_leaves_the_key_on_the_side_of_the_person(city, norr, finding):
    Matter.objects.filter(pk=finding.pk).update(state="assessed")
    matter = Matter.objects.get(pk=finding.pk)
    by = as_viewer(city["Cilla"])
    taken = take_step(matter, "investigate", by=by, now=NOW, version=1, given={"reason": "Stort belopp"})
    case = Case.objects.get()
    assert (taken.opened, case.number, case.fields) == (case, "NORR-U-2026-1", {"origin": "finding"})
    assert [one.pk for one in case.findings.all()] == [finding.pk]
    assert StepTaken.objects.get().opened_id == case.pk


def test_each_board_kind_and_year_has_a_series_of_its_own(city, norr):
    finding, case = catalogue().processes["finding"], catalogue().processes["investigation"]
    syd, day = Board.objects.get(slug="syd"), NOW.date()
    assert next_number(finding, norr, day) == "NORR-F-2026-1"
    assert next_numbers(finding, norr, day, 3) == ["NORR-F-2026-2", "NORR-F-2026-3", "NORR-F-2026-4"]
    assert next_number(finding, syd, day) == "SYD-F-2026-1"
    assert next_number(case, norr, day) == "NORR-U-2026-1"
    assert next_number(finding, norr, day.replace(year=2027)) == "NORR-F-2027-1"


def test_counts_are_of_what_one_sees(city, norr, finding):
    make(catalogue().processes["finding"], now=NOW, number="SYD-F-2026-1", board="syd")
    assert counts(Matter, as_viewer(city["Klas"])) == {("finding", "new"): 1}
    assert counts(Matter, as_viewer(city["Elin"])) == {}


def test_two_roles_that_both_reach_every_board_show_what_either_does(city, norr):
    # R10 sees permit checks of the municipality; a control function for all boards sees those of each board.
    make(catalogue().processes["permit_check"], now=NOW, number="N-1")
    Grant.objects.create(user=city["Sara"], role="R05", board=None, valid_from=NOW.date())
    for name in ("Sara", "Siri"):
        assert [one.number for one in visible(Matter, as_viewer(city[name]))] == ["N-1"]
