"""The content that an installation runs on: names that must exist, and what a municipality may change."""

from datetime import date
from typing import get_args

import pytest

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.catalogue import ContentErrors, Effect, content_folder
from tillit.web.actions.effects import EFFECTS
from tillit.web.actions.refusal import NotYourStepError
from tillit.web.actions.start import lay_gates
from tillit.web.actions.step import take_step
from tillit.web.models import Gate, Matter
from tillit.web.rules.audiences import AUDIENCES
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on
from tillit.web.rules.guards import GUARDS

FINDING = (content_folder() / "processes" / "finding.yaml").read_text(encoding="utf-8")
DAYS = (content_folder() / "parameters" / "casework" / "assess_days.yaml").read_text(encoding="utf-8")
MONDAY = date(2026, 3, 2)


def replaced(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def test_every_effect_that_a_file_may_name_is_a_function():
    assert set(EFFECTS) == set(get_args(Effect))


def test_every_guard_and_audience_is_used_by_a_process_and_says_what_it_is():
    steps = [step for process in catalogue().processes.values() for step in (*process.steps.values(), process.opening)]
    assert {name for step in steps for name in step.guards} == set(GUARDS)
    assert {name for step in steps for name in step.tell} == set(AUDIENCES)
    assert all(function.__doc__ for function in (*GUARDS.values(), *AUDIENCES.values(), *EFFECTS.values()))


def line_of(text, said):
    return text[: text.index(said)].count("\n") + 1


def test_a_guard_or_audience_that_is_not_there_stops_the_installation_with_its_line(overlay):
    spoilt = replaced(FINDING, "guards: [not_extended_before]", "guards: [not_extended_befor]")
    spoilt = replaced(spoilt, "tell: [contract_managers]", "tell: [everybody]")
    with pytest.raises(ContentErrors) as refused:
        overlay(processes__finding=spoilt)
    assert [str(error).split("/processes/")[1].partition(": known")[0] for error in refused.value.errors] == [
        f"finding.yaml:{line_of(spoilt, 'not_extended_befor]')}: there is no 'not_extended_befor'",
        f"finding.yaml:{line_of(spoilt, '[everybody]')}: there is no 'everybody'",
    ]


def test_a_municipality_sees_no_farther_by_its_own_files(overlay):
    with pytest.raises(ContentErrors, match="R10 never sees zone individual"):
        overlay(processes__finding=replaced(FINDING, "{role: R05, reach: board}", "{role: R10, reach: municipality}"))


def test_a_municipality_changes_a_deadline(overlay):
    process = catalogue().processes["finding"]
    assert due_on(process, "new", entered=MONDAY, opened=MONDAY) == date(2026, 3, 9)
    overlay(parameters__casework__assess_days=replaced(DAYS, "value: 5", "value: 2"))
    assert due_on(process, "new", entered=MONDAY, opened=MONDAY) == date(2026, 3, 4)


def test_a_municipality_changes_from_a_day_on(overlay):
    process = catalogue().processes["finding"]
    more = DAYS + "  2026-04-01: {value: 3, source: beslut i nämnden}\n"
    overlay(parameters__casework__assess_days=more)
    assert due_on(process, "new", entered=MONDAY, opened=MONDAY) == date(2026, 3, 9)
    april = date(2026, 4, 7)
    assert due_on(process, "new", entered=april, opened=april) == date(2026, 4, 10)


def test_a_municipality_gives_a_step_to_another_role(overlay, city):
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1")
    given = {"handed_to": "hr"}
    with pytest.raises(NotYourStepError):
        take_step(finding, "hand_over", by=as_viewer(city["Klas"]), now=NOW, version=1, given=given)
    old = "to: handed_over, who: [R02]"
    overlay(processes__finding=replaced(FINDING, old, "to: handed_over, who: [R02, R05]"))
    take_step(finding, "hand_over", by=as_viewer(city["Klas"]), now=NOW, version=1, given=given)
    assert Matter.objects.get().state == "handed_over"


def test_a_municipality_can_demand_a_hearing_where_we_do_not_and_the_database_follows(overlay, city):
    old = "correcting: {sv: Rättas, en: Being corrected,"
    overlay(processes__finding=replaced(FINDING, old, f"{old} needs_hearing: true,"))
    lay_gates()
    assert Gate.objects.filter(process="finding").get().state == "correcting"
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1")
    with pytest.raises(Exception, match="Parten har inte fått yttra sig"):
        take_step(finding, "correct", by=as_viewer(city["Klas"]), now=NOW, version=1, given={"reason": "x"})
