"""Who answers for what: named by the manager of the place, seen by everyone there, empty until it is filled."""

import pytest

from tests.web.people import NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.responsibility import name_responsible
from tillit.web.models import Board, Entry, Grant, Responsibility, Unit
from tillit.web.queries.responsibility import CONTROLS, chains, left_empty, matrix


@pytest.fixture
def norr(city):
    return Board.objects.get(slug="norr")


@pytest.fixture
def unit(norr):
    return Unit.objects.create(board=norr, slug="hemtjanst", name="Hemtjänst")


def named(city, norr, unit=None, chain="home_care", by="Cilla", **steps):
    by = as_viewer(city[by])
    return name_responsible(chain, steps, board=norr, unit=unit, by=by, now=NOW)


def told(norr, unit=None, chain="home_care"):
    (one,) = (one for one in matrix(norr, unit) if one.code == chain)
    return {cell.step: (cell.function, cell.person) for cell in one.cells if not cell.empty}


def test_a_manager_names_a_function_and_a_person(city, norr, unit):
    """M265: each step of a chain has someone at each unit, and an empty one is told."""
    before = left_empty(norr)[unit.pk]
    assert named(city, norr, unit, order=("Biståndshandläggare", None), pay=("", city["Hanna"])) == 2
    assert told(norr, unit) == {"order": ("Biståndshandläggare", None), "pay": ("", city["Hanna"])}
    assert told(norr) == {}
    assert left_empty(norr)[unit.pk] == before - 2
    assert [(one.what, one.details["steps"]) for one in Entry.objects.filter(kind="change")] == [
        ("name responsible", 2)
    ]


def test_what_is_named_again_alike_changes_nothing(city, norr):
    assert named(city, norr, pay=("Ekonomi", None)) == 1
    assert named(city, norr, pay=("Ekonomi", None)) == 0
    assert Entry.objects.filter(what="name responsible").count() == 1


def test_a_name_is_taken_away_and_the_step_is_nobodys_again(city, norr):
    before = left_empty(norr)[None]
    named(city, norr, pay=("Ekonomi", None))
    named(city, norr, pay=("", None))
    assert (told(norr), left_empty(norr)[None]) == ({}, before)


def test_each_control_has_one_owner_at_the_board(city, norr, unit):
    control = next(iter(chains()[CONTROLS].steps))
    named(city, norr, chain=CONTROLS, **{control: ("Kontrollfunktionen", city["Klas"])})
    assert told(norr, chain=CONTROLS) == {control: ("Kontrollfunktionen", city["Klas"])}
    with pytest.raises(HeldBackError, match="Ledet finns inte"):
        named(city, norr, unit, chain=CONTROLS, **{control: ("x", None)})


def test_one_person_who_orders_receives_and_pays_is_told_of(city, norr):
    person = ("", city["Hanna"])
    named(city, norr, order=person, receive=person)
    (chain,) = (one for one in matrix(norr, None) if one.code == "home_care")
    assert chain.together == []
    named(city, norr, pay=person)
    (chain,) = (one for one in matrix(norr, None) if one.code == "home_care")
    assert [[step.en.split()[0] for step in steps] for steps in chain.together] == [["Order", "Receive", "Approve"]]


@pytest.mark.parametrize("person", ["Klas", "Asta", "Elin", "Sara"])
def test_one_who_is_no_manager_names_nobody(city, norr, person):
    with pytest.raises(NotYourStepError):
        named(city, norr, by=person, pay=("Ekonomi", None))
    assert Responsibility.objects.count() == 0


def test_a_manager_of_another_board_names_nobody(city, norr):
    with pytest.raises(NotForYouError):
        named(city, norr, by="Bo", pay=("Ekonomi", None))


def test_a_manager_of_one_unit_names_nobody_at_another_or_for_the_whole_board(city, norr, unit):
    other = Unit.objects.create(board=norr, slug="assistans", name="Assistans")
    Grant.objects.filter(user=city["Cilla"], role="R02").update(unit=unit)
    assert named(city, norr, unit, pay=("Ekonomi", None)) == 1
    for place in (other, None):
        with pytest.raises(NotYourStepError):
            named(city, norr, place, pay=("Ekonomi", None))


def test_nobody_without_a_role_at_the_board_is_named(city, norr):
    with pytest.raises(HeldBackError, match="ingen roll i nämnden"):
        named(city, norr, pay=("", city["Bo"]))


def test_a_step_that_is_not_there_is_refused(city, norr):
    with pytest.raises(HeldBackError, match="Ledet finns inte"):
        named(city, norr, dance=("Ekonomi", None))


def test_a_unit_has_what_the_whole_board_has_said_until_it_says_otherwise(city, norr, unit):
    named(city, norr, pay=("Ekonomi", None), order=("Handläggare", None))
    assert told(norr, unit) == {"order": ("Handläggare", None), "pay": ("Ekonomi", None)}
    named(city, norr, unit, pay=("Enhetens ekonom", None))
    assert told(norr, unit) == {"order": ("Handläggare", None), "pay": ("Enhetens ekonom", None)}
    named(city, norr, unit, pay=("", None))
    assert told(norr, unit)["pay"] == ("Ekonomi", None)
    assert left_empty(norr)[unit.pk] == sum(chain.left for chain in matrix(norr, unit))
