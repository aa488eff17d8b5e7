"""Check lists in matters: who fills them in, what is kept, what the database refuses, and own questions in versions."""

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import answer_all, give, make
from tests.web.people import NOW, as_viewer
from tillit.catalogue import checklists_of
from tillit.web.actions.checklist import (
    Given,
    WrongQuestionError,
    WrongReplyError,
    answer_checklist,
    begin_checklist,
    change_questions,
)
from tillit.web.actions.matter import open_case
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError
from tillit.web.actions.step import take_step
from tillit.web.models import Board, ChecklistRun, Entry, LocalQuestions, Matter, Reply, Unit
from tillit.web.queries.checklist import points, questions_for
from tillit.web.queries.course import process_of
from tillit.web.rules.checklist import belonging, runs_of
from tillit.web.rules.content import catalogue

OWN = {"own_norr_1": {"sv": "Är lokalen besökt?", "source": "", "if_no": "Boka ett besök."}}


@pytest.fixture
def norr(city):
    return Board.objects.get(slug="norr")


@pytest.fixture
def support(city, norr):
    given = {"decision_kind": "assistance", "reference": "2026-17"}
    return open_case("support", by=as_viewer(city["Hanna"]), now=NOW, board=norr, given=given)


@pytest.fixture
def begun(city, support):
    return begin_checklist(support, "CL4", by=as_viewer(city["Hanna"]), now=NOW)


def test_a_run_keeps_the_questions_as_they_were_asked_and_every_answer(city, begun):
    """M266: runs are stored with answers, source and comment, by whom and when, and which version of the list."""
    hanna = as_viewer(city["Hanna"])
    answers = {"identity": Given("yes", "legitimation"), "residence": Given("no", "folkbokföring", "Flyttar i mars")}
    assert answer_checklist(begun, answers, by=hanna, now=NOW) == 2
    assert answer_checklist(begun, {**answers, "residence": Given("yes", "samtalet")}, by=hanna, now=NOW) == 1
    assert begun.revision == catalogue().checklists["CL4"].revision
    assert begun.asked["identity"]["sv"] == "Är den enskildes identitet kontrollerad?"
    told = [(one.question, one.reply, one.source, one.comment, one.by) for one in Reply.objects.all()]
    assert told == [
        ("identity", "yes", "legitimation", "", city["Hanna"]),
        ("residence", "no", "folkbokföring", "Flyttar i mars", city["Hanna"]),
        ("residence", "yes", "samtalet", "", city["Hanna"]),
    ]
    filled = runs_of(Matter.objects.get(pk=begun.matter_id))[0]
    assert (len(filled.left), filled.deviation) == (len(begun.asked) - 2, "none")
    lines = Entry.objects.filter(what="answer checklist").values_list("details", flat=True)
    assert list(lines) == [{"run": begun.pk, "answers": 2}, {"run": begun.pk, "answers": 1}]


def test_who_may_not_work_on_the_matter_neither_begins_nor_answers(city, support, begun):
    # Klas and Bo do not see it at all; Cilla leads the unit and sees it, and takes no step in it.
    for name in ("Klas", "Bo"):
        with pytest.raises(NotForYouError, match="Det finns inget sådant ärende för dig"):
            begin_checklist(support, "CL20", by=as_viewer(city[name]), now=NOW)
        with pytest.raises(NotForYouError, match="Det finns inget sådant ärende för dig"):
            answer_checklist(begun, {"identity": Given("yes")}, by=as_viewer(city[name]), now=NOW)
    with pytest.raises(NotYourStepError):
        answer_checklist(begun, {"identity": Given("yes")}, by=as_viewer(city["Cilla"]), now=NOW)
    assert (ChecklistRun.objects.count(), Reply.objects.count()) == (1, 0)


def test_a_list_that_is_not_of_the_process_and_one_that_is_being_filled_in_are_refused(city, support, begun):
    hanna = as_viewer(city["Hanna"])
    with pytest.raises(NotForYouError):
        begin_checklist(support, "CL11", by=hanna, now=NOW)
    with pytest.raises(HeldBackError, match="redan påbörjad"):
        begin_checklist(support, "CL4", by=hanna, now=NOW)


@pytest.mark.parametrize(
    "given", [{"nothing": Given("yes")}, {"identity": Given("maybe")}, {"identity": Given("yes", comment="x" * 2001)}]
)
def test_an_answer_to_what_was_not_asked_is_refused_whole(city, begun, given):
    with pytest.raises(WrongReplyError):
        answer_checklist(begun, {"residence": Given("yes"), **given}, by=as_viewer(city["Hanna"]), now=NOW)
    assert Reply.objects.count() == 0


def test_the_control_points_of_a_phase_are_shown_in_that_phase(city, support):
    """M165, M175: the matter shows the points of the phase it is in, and of its kind of decision alone."""
    hanna = as_viewer(city["Hanna"])
    shown = []
    for step, given in (("decide", {"decided_on": "2026-03-02"}), ("document", {}), ("begin", {}), ("pay", {})):
        matter = Matter.objects.get(pk=support.pk)
        now = points(matter, [])
        shown.append((now.phase, [one.id for one in now.now]))
        for one in now.now:
            answer_all(matter, one.id, by=hanna, now=NOW)
        take_step(matter, step, by=hanna, now=NOW, version=matter.version, given=given)
    matter = Matter.objects.get(pk=support.pk)
    assert [*shown, (points(matter, []).phase, [one.id for one in points(matter, []).now])] == [
        ("investigation", ["CL4"]),
        ("documentation", ["CL20"]),
        ("execution", ["CL1", "CL21"]),
        ("payment", ["CL2"]),
        ("follow_up", ["CL7"]),
    ]


def test_no_decision_before_every_question_is_answered(city, support):
    """M175: the check list before the decision is filled in, each question, or the step is refused."""
    hanna = as_viewer(city["Hanna"])
    run = begin_checklist(support, "CL4", by=hanna, now=NOW)
    every = {name: Given("yes") for name in list(run.asked)[:-1]}
    answer_checklist(run, every, by=hanna, now=NOW)
    with pytest.raises(HeldBackError, match="Före beslut om personlig assistans"):
        take_step(support, "decide", by=hanna, now=NOW, version=1, given={"decided_on": "2026-03-02"})


def test_the_database_keeps_every_answer_as_it_was_given(city, begun):
    answer_checklist(begun, {"identity": Given("yes")}, by=as_viewer(city["Hanna"]), now=NOW)
    for change in (
        lambda: Reply.objects.update(reply="no"),
        lambda: ChecklistRun.objects.update(asked={}),
    ):
        with pytest.raises(DatabaseError, match="an answer is never changed"), transaction.atomic():
            change()


def test_a_board_adds_its_own_question_and_runs_that_are_begun_keep_theirs(city, norr, support, begun):
    """M266: the editor keeps every version; a new run asks the new question, an old one what it asked."""
    cilla = as_viewer(city["Cilla"])
    first = change_questions("CL20", OWN, by=cilla, now=NOW, board=norr, revision=0)
    run = begin_checklist(support, "CL20", by=as_viewer(city["Hanna"]), now=NOW)
    second = change_questions("CL20", {}, by=cilla, now=NOW, board=norr, revision=1)
    assert (first.revision, second.revision, run.added) == (1, 2, {"norr": 1})
    assert run.asked["own_norr_1"]["if_no"] == "Boka ett besök."
    assert "own_norr_1" not in questions_for(catalogue().checklists["CL20"], board=norr, unit=None)
    assert "own_norr_1" not in begun.asked
    assert [one.questions != {} for one in LocalQuestions.objects.order_by("revision")] == [True, False]


def test_a_units_own_question_is_asked_in_that_unit_alone(city, norr):
    unit = Unit.objects.create(board=norr, slug="lss", name="LSS-enheten")
    change_questions("CL20", OWN, by=as_viewer(city["Cilla"]), now=NOW, board=norr, unit=unit, revision=0)
    asked = [set(questions_for(catalogue().checklists["CL20"], board=norr, unit=one)) for one in (None, unit)]
    assert asked[1] - asked[0] == {"own_norr_1"}


def test_own_questions_are_a_managers_and_of_the_own_board(city, norr):
    for name in ("Klas", "Hanna", "Bo"):
        with pytest.raises(NotYourStepError):
            change_questions("CL20", OWN, by=as_viewer(city[name]), now=NOW, board=norr, revision=0)
    assert LocalQuestions.objects.count() == 0


def test_two_who_change_at_once_and_an_empty_question_are_told(city, norr):
    cilla = as_viewer(city["Cilla"])
    change_questions("CL20", OWN, by=cilla, now=NOW, board=norr, revision=0)
    with pytest.raises(SomeoneWasFasterError):
        change_questions("CL20", OWN, by=as_viewer(city["Mats"]), now=NOW, board=norr, revision=0)
    with pytest.raises(WrongQuestionError, match="Skriv frågan, och vad som händer om svaret är nej"):
        change_questions("CL20", {"a": {"sv": " ", "if_no": "x"}}, by=cilla, now=NOW, board=norr, revision=1)


def test_a_list_in_a_signed_record_can_only_be_read(city, norr):
    record = make(catalogue().processes["control_record"], now=NOW, number="NORR-KP-2026-1")
    give(record, city["Klas"], now=NOW)
    klas = as_viewer(city["Klas"])
    run = begin_checklist(record, "CL17", by=klas, now=NOW)
    Matter.objects.filter(pk=record.pk).update(state="signed")
    with pytest.raises(HeldBackError, match="Det är underskrivet och ändras inte"):
        answer_checklist(run, {"result": Given("yes")}, by=klas, now=NOW)
    with pytest.raises(DatabaseError, match="it is signed"), transaction.atomic():
        Reply.objects.create(run=run, matter_id=record.pk, question="result", reply="yes", by=city["Klas"], at=NOW)


def test_one_district_alone_checks_permit_and_monthly_report_in_every_matter_of_assistance(city, support):
    """M237: without any central node, the permit and the monthly report are control points of every such matter."""
    process = process_of(support)
    lists = checklists_of(catalogue(), process)
    asked = {
        phase: [one.id for one in belonging(lists, process, support.fields, phase)]
        for phase in ("execution", "payment")
    }
    assert asked == {"execution": ["CL1", "CL21"], "payment": ["CL2"]}
    questions = [catalogue().checklists[id].questions for id in ("CL1", "CL2")]
    assert ("permit" in questions[0], {"permit_now", "all_reported"} <= set(questions[1])) == (True, True)
    assert [held.board for held in as_viewer(city["Hanna"]).held] == [support.board_id] * 2
