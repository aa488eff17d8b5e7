"""My work today: due, overdue, to be given to someone, to be agreed to, waiting; each for the one whose it is."""

from datetime import date, timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.assignment import take_in_emergency
from tillit.web.actions.log_review import answer_review
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.step import take_step
from tillit.web.models import Matter, Review
from tillit.web.queries.work import my_work
from tillit.web.rules.content import catalogue

NOTHING = {"overdue": [], "due": [], "later": [], "to_assign": [], "to_agree": [], "to_review": [], "waiting": []}


def work(city, name):
    found = my_work(as_viewer(city[name]))
    told = {
        part: [matter.number for matter in getattr(found, part)]
        for part in ("overdue", "due", "later", "to_assign", "waiting")
    }
    told["to_agree"] = [(one.matter.number, one.step) for one in found.to_agree]
    told["to_review"] = [one.entry.matter for one in found.to_review]
    return told


def finding(number, due, **more):
    return make(catalogue().processes["finding"], now=NOW, number=number, due_on=due, **more)


def case(number, due=None, **more):
    return make(catalogue().processes["investigation"], now=NOW, number=number, due_on=due, **more)


def test_what_nobody_has_is_the_work_of_all_who_can_do_it_the_soonest_first(city):
    finding("F-today", DAY)
    finding("F-late", DAY - timedelta(days=1))
    finding("F-week", DAY + timedelta(days=7))
    finding("F-later", DAY + timedelta(days=8))
    finding("F-closed", DAY, state="closed", closed_at=NOW)
    finding("F-syd", DAY, board="syd")
    expected = NOTHING | {"overdue": ["F-late"], "due": ["F-today", "F-week"], "later": ["F-later"]}
    assert work(city, "Klas") == expected
    assert work(city, "Cilla") == expected
    assert work(city, "Bo") == NOTHING | {"due": ["F-syd"]}
    assert [work(city, name) for name in ("Asta", "Hanna", "Elin", "Sara", "Doris")] == [NOTHING] * 5


def test_what_one_has_is_the_work_of_nobody_else(city):
    give(finding("F-1", DAY), city["Mats"], now=NOW)
    assert work(city, "Mats") == NOTHING | {"due": ["F-1"]}
    assert work(city, "Cilla") == NOTHING


def test_what_nobody_answers_for_is_left_with_those_who_help(city):
    # The investigator has laid it down; the one who was given it beside her still reads it, and can take its steps.
    one = case("N-1", state="preliminary")
    give(one, city["Asta"], now=NOW, responsible=False)
    assert work(city, "Asta")["later"] == ["N-1"]
    give(one, city["Cilla"], now=NOW)
    assert work(city, "Asta")["later"] == []


def test_a_case_that_nobody_has_is_for_the_manager_to_give(city):
    made = case("U-1", DAY)
    assert work(city, "Cilla") == NOTHING | {"to_assign": ["U-1"]}
    assert work(city, "Asta") == NOTHING
    give(made, city["Asta"], now=NOW)
    assert work(city, "Cilla") == NOTHING
    assert work(city, "Asta") == NOTHING | {"due": ["U-1"]}


def test_a_proposal_waits_for_another_and_not_for_the_one_who_made_it(city):
    made = case("U-1", DAY, state="preliminary")
    give(made, city["Asta"], now=NOW)
    given = {"legal_basis": "12 § LSS", "reason": "x", "case_type": "hours", "bias_checked": True}
    take_step(Matter.objects.get(), "open", by=as_viewer(city["Asta"]), now=NOW, version=1, given=given)
    assert work(city, "Asta") == NOTHING | {"waiting": ["U-1"]}
    assert work(city, "Cilla") == NOTHING | {"to_agree": [("U-1", "open")]}
    assert work(city, "Jonna") == NOTHING
    assert work(city, "Bo") == NOTHING


def test_a_proposal_on_what_has_changed_since_waits_for_nobody(city):
    made = case("U-1", DAY, state="preliminary")
    give(made, city["Asta"], now=NOW)
    given = {"legal_basis": "12 § LSS", "reason": "x", "case_type": "hours", "bias_checked": True}
    take_step(Matter.objects.get(), "open", by=as_viewer(city["Asta"]), now=NOW, version=1, given=given)
    Matter.objects.update(version=5)
    assert work(city, "Cilla") == NOTHING


def test_what_one_has_and_another_must_act_on_waits(city):
    give(finding("F-1", DAY, state="deeper"), city["Hanna"], now=NOW)
    assert work(city, "Hanna") == NOTHING | {"due": ["F-1"]}  # she can still refer to a report under lex Sarah
    made = case("U-2", DAY, state="opened")
    give(made, city["Jonna"], now=NOW)
    assert work(city, "Jonna") == NOTHING | {"waiting": ["U-2"]}


def test_an_access_taken_in_an_emergency_is_the_manager_s_work_until_it_is_answered(city):
    case("U-1", DAY)
    until = NOW + timedelta(hours=1)
    take_in_emergency("U-1", by=as_viewer(city["Asta"]), now=NOW, why="Utbetalning i dag", until=until)
    assert work(city, "Cilla") == NOTHING | {"to_assign": ["U-1"], "to_review": ["U-1"]}
    review = Review.objects.get(reviewer=city["Cilla"])
    with pytest.raises(NotForYouError):
        answer_review(review, by=as_viewer(city["Mats"]), now=NOW, answer="right")
    answer_review(review, by=as_viewer(city["Cilla"]), now=NOW, answer="right", remark="Avtalat")
    assert work(city, "Cilla") == NOTHING | {"to_assign": ["U-1"]}
    with pytest.raises(NotForYouError):
        answer_review(review, by=as_viewer(city["Cilla"]), now=NOW, answer="wrong")


def test_the_work_of_a_protected_person_is_for_the_one_with_a_special_assignment(city):
    made = case("U-1", DAY, protected=True)
    assert work(city, "Cilla") == NOTHING | {"to_assign": ["U-1"]}
    give(made, city["Jonna"], now=NOW)
    give(made, city["Asta"], now=NOW, special=True)
    assert work(city, "Jonna") == NOTHING
    assert work(city, "Asta") == NOTHING | {"due": ["U-1"]}


@pytest.mark.parametrize("rows", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_work(city, rows, django_assert_num_queries):
    for number in range(rows):
        finding(f"F-{number}", date(2026, 3, 1) + timedelta(days=number % 20))
    viewer = as_viewer(city["Klas"])
    with django_assert_num_queries(5):
        found = my_work(viewer)
        [list(part) for part in vars(found).values()]
