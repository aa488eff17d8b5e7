"""Roles are given on a manager's order, lent to a substitute, and by two where they review others."""

from datetime import timedelta

import pytest

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.role import end_role, give_role, settle_role
from tillit.web.models import Board, Entry, Grant, RoleProposal, User
from tillit.web.queries.role import roles_to_settle


@pytest.fixture
def people(city):
    norr = Board.objects.get(slug="norr")
    for name in ("Berit", "Birger"):
        city[name] = User.objects.create(username=name.lower(), name=name)
        Grant.objects.create(user=city[name], role="R27", board=norr, valid_from=DAY)
    return city


def give(people, to="Elin", by="Berit", ordered_by="Cilla", role="R05", board="norr", **more):
    where = Board.objects.get(slug=board) if board else None
    by = as_viewer(people[by])
    return give_role(people[to], role, board=where, ordered_by=people[ordered_by], by=by, now=NOW, **more)


def test_a_role_is_given_on_the_order_of_a_manager(people):
    give(people)
    assert as_viewer(people["Elin"]).roles() == {"R05", "R19"}
    assert Entry.objects.get(what="give role").details["ordered_by"] == people["Cilla"].pk


def test_nobody_gives_a_role_to_oneself_or_orders_one_for_oneself(people):
    """SD8"""
    with pytest.raises(NotYourStepError, match="till sig själv"):
        give(people, to="Berit")
    with pytest.raises(HeldBackError, match="En annan chef"):
        give(people, to="Cilla", ordered_by="Cilla")
    with pytest.raises(HeldBackError, match="En annan chef"):
        give(people, ordered_by="Klas")
    assert Grant.objects.filter(role="R05").count() == 2


@pytest.mark.parametrize("name", ["Cilla", "Klas", "Bo", "Hjalmar"])
def test_only_the_administrator_of_the_board_gives_and_ends(people, name):
    with pytest.raises(NotForYouError):
        give(people, by=name)
    with pytest.raises(NotForYouError):
        end_role(Grant.objects.get(user=people["Klas"], role="R05"), by=as_viewer(people[name]), now=NOW)


def test_the_administrator_of_one_board_does_nothing_at_another_or_to_oneself(people):
    with pytest.raises(NotForYouError):
        give(people, board="syd")
    for grant in (Grant.objects.filter(user=people["Bo"])[0], Grant.objects.get(user=people["Berit"])):
        with pytest.raises(NotForYouError):
            end_role(grant, by=as_viewer(people["Berit"]), now=NOW)


@pytest.mark.parametrize("role", ["R10", "R29", "R99"])
def test_a_role_of_every_board_or_of_someone_outside_is_not_given_at_a_board(people, role):
    with pytest.raises(HeldBackError, match="ges inte i en nämnd"):
        give(people, role=role)


def test_a_substitute_has_the_role_of_the_one_away_for_the_days_alone(people):
    lent = {"substitute_for": people["Klas"], "since": DAY + timedelta(days=1), "until": DAY + timedelta(days=8)}
    give(people, **lent)
    days = {day: as_viewer(people["Elin"], NOW + timedelta(days=day)).roles() for day in (0, 1, 8, 9)}
    assert days == {0: {"R19"}, 1: {"R05", "R19"}, 8: {"R05", "R19"}, 9: {"R19"}}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"away": "Klas"}, "behöver en sista dag"),
        ({"away": "Asta", "until": DAY}, "har inte rollen där"),
        ({"away": "Elin", "until": DAY}, "har inte rollen där"),
        ({"since": DAY - timedelta(days=1)}, "dagar som har varit"),
        ({"since": DAY + timedelta(days=2), "until": DAY}, "Sista dagen"),
    ],
)
def test_days_and_substitutions_that_cannot_be_are_refused(people, more, why):
    given = {"substitute_for": people[more["away"]]} if "away" in more else {}
    with pytest.raises(HeldBackError, match=why):
        give(people, **given, **{name: more[name] for name in ("since", "until") if name in more})


@pytest.mark.parametrize(("role", "board", "ordered_by"), [("R27", "norr", "Cilla"), ("R26", None, "Hjalmar")])
def test_a_role_that_reviews_others_is_given_by_two(people, role, board, ordered_by):
    waits = give(people, role=role, board=board, ordered_by=ordered_by)
    assert as_viewer(people["Elin"]).roles() == {"R19"}
    may = {name for name in people if roles_to_settle(as_viewer(people[name])).exists()}
    assert may == {"Birger", "Hjalmar"}  # never Berit, who proposed it
    for name in ("Berit", "Elin", "Cilla", "Bo"):
        with pytest.raises(NotForYouError):
            settle_role(waits, agreed=True, by=as_viewer(people[name]), now=NOW)
    settle_role(waits, agreed=True, by=as_viewer(people["Birger"]), now=NOW)
    assert as_viewer(people["Elin"]).roles() == {role, "R19"}
    told = [one.what for one in Entry.objects.filter(kind="change").order_by("count")]
    assert told == ["propose role", "settle role", "give role"]


def test_a_role_that_reviews_others_is_ended_by_two(people):
    officer = Grant.objects.get(user=people["Doris"], role="R25")
    waits = end_role(officer, by=as_viewer(people["Berit"]), now=NOW)
    assert as_viewer(people["Doris"]).roles() == {"R25"}
    with pytest.raises(HeldBackError, match="väntar redan"):
        end_role(officer, by=as_viewer(people["Birger"]), now=NOW)
    settle_role(waits, agreed=True, by=as_viewer(people["Hjalmar"]), now=NOW)
    assert as_viewer(people["Doris"]).roles() == frozenset()


def test_what_is_declined_gives_nothing_and_is_answered_once(people):
    waits = give(people, role="R34")
    settle_role(waits, agreed=False, by=as_viewer(people["Birger"]), now=NOW)
    with pytest.raises(NotForYouError):
        settle_role(waits, agreed=True, by=as_viewer(people["Hjalmar"]), now=NOW)
    assert (as_viewer(people["Elin"]).roles(), RoleProposal.objects.get().agreed) == ({"R19"}, False)


def test_nobody_agrees_to_a_role_of_ones_own(people):
    waits = give(people, to="Birger", role="R26", board=None, ordered_by="Hjalmar")
    with pytest.raises(NotForYouError):
        settle_role(waits, agreed=True, by=as_viewer(people["Birger"]), now=NOW)
