"""Two people who press at once: one is first and the other is told; of twenty who write, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.web.matters import give, make, signed
from tests.web.people import NOW, as_viewer, settle
from tillit.errors import TillitError
from tillit.web.actions.assignment import assign
from tillit.web.actions.matter import open_case
from tillit.web.actions.note import write_note
from tillit.web.actions.read import read_matter
from tillit.web.actions.start import lay_gates
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Assignment, Board, Case, Entry, Matter, Note, Proposal, StepTaken
from tillit.web.queries.log import faults
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within_all

pytestmark = pytest.mark.django_db(transaction=True)

ASSESS = {"risk": "low", "cause": "unclear", "placement": "control_file"}


@pytest.fixture
def people():
    lay_gates()
    return settle()


def at_once(presses):
    """Every press in a thread and a connection of its own, all let go at the same moment: what each was answered."""
    ready = Barrier(len(presses))

    def press(one):
        try:
            ready.wait(timeout=30)
            with within_all():
                return one()
        except TillitError as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def made(process, number="NORR-1", **more):
    with within_all():
        return make(catalogue().processes[process], now=NOW, number=number, **more)


def test_of_two_who_take_a_step_one_is_first_and_the_other_is_told(people):
    finding = made("finding")

    def by(name, step, given):
        return lambda: (
            take_step(
                Matter.objects.get(pk=finding.pk), step, by=as_viewer(people[name]), now=NOW, version=1, given=given
            ).step
        )

    answers = at_once([by("Klas", "assess", ASSESS), by("Cilla", "correct", {"reason": "x"})])
    assert answers.count("SomeoneWasFasterError") == 1
    with within_all():
        assert [taken.step for taken in StepTaken.objects.all()] == [one for one in answers if "Error" not in one]
        assert Matter.objects.get().version == 2
    assert faults() == []


def test_of_two_who_agree_to_the_same_proposal_one_is_the_second_person(people):
    finding = made("finding", state="deeper")
    with within_all():
        signed(finding, now=NOW)
        matter = Matter.objects.get(pk=finding.pk)
        klas = as_viewer(people["Klas"])
        proposal = take_step(matter, "close_deeper", by=klas, now=NOW, version=1, given={"reason": "x"})

    def by(name):
        return lambda: agree(Proposal.objects.get(pk=proposal.pk), by=as_viewer(people[name]), now=NOW).step

    answers = at_once([by("Cilla"), by("Mats")])
    assert sorted(answers) == ["SomeoneWasFasterError", "close_deeper"]
    with within_all():
        assert len(StepTaken.objects.filter(step="close_deeper")) == 1
    assert faults() == []


def test_twenty_who_open_cases_get_twenty_numbers(people):
    board = Board.objects.get(slug="norr")

    def press():
        by = as_viewer(people["Cilla"])
        return open_case("investigation", by=by, now=NOW, board=board, given={"origin": "other"}).number

    numbers = at_once([press] * 20)
    assert sorted(numbers, key=lambda number: int(number.split("-")[-1])) == [
        f"NORR-U-2026-{number}" for number in range(1, 21)
    ]
    with within_all():
        assert Case.objects.count() == 20


def test_twenty_who_write_lose_nothing_and_the_log_is_unbroken(people):
    case = made("investigation")
    with within_all():
        give(case, people["Asta"], now=NOW)
    asta = as_viewer(people["Asta"])

    def press(number):
        def writes():
            for turn in range(2):
                read_matter("NORR-1", by=asta, now=NOW)
                write_note(case, by=asta, now=NOW, text=f"{number}-{turn}")
            return "written"

        return writes

    assert at_once([press(number) for number in range(20)]) == ["written"] * 20
    with within_all():
        assert sorted(note.text for note in Note.objects.all()) == sorted(
            f"{n}-{turn}" for n in range(20) for turn in range(2)
        )
        assert Entry.objects.count() == 80
    assert faults() == []


@pytest.mark.slow
def test_twenty_who_take_steps_write_notes_and_assign_lose_nothing(people):
    findings = [made("finding", number=f"NORR-F-2026-{number}", key=f"k{number}") for number in range(1, 61)]
    case = made("investigation", number="NORR-U-2026-1")
    with within_all():
        give(case, people["Asta"], now=NOW)
    klas, asta = as_viewer(people["Klas"]), as_viewer(people["Asta"])

    def press(number):
        def writes():
            for turn in range(3):
                one = Matter.objects.get(pk=findings[number * 3 + turn].pk)
                assign(one, people["Hanna"], by=klas, now=NOW)
                one = Matter.objects.get(pk=one.pk)
                take_step(one, "assess", by=klas, now=NOW, version=one.version, given=ASSESS)
                write_note(case, by=asta, now=NOW, text=f"{number}-{turn}")
            return "written"

        return writes

    assert at_once([press(number) for number in range(20)]) == ["written"] * 20
    with within_all():
        assert StepTaken.objects.filter(step="assess").values("matter").distinct().count() == 60
        assert Assignment.objects.filter(user=people["Hanna"]).values("matter").distinct().count() == 60
        assert len({note.text for note in Note.objects.all()}) == 60
        assert faults() == []
