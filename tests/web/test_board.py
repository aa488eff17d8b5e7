"""Boards and units: opened and changed by those who administer them, each change in the log, and nothing taken away."""

import pytest
from django.test import Client

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.board import change_board, change_unit, open_board, open_unit
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.models import Board, Entry, Grant, Unit, User
from tillit.web.queries.board import boards_to_change


@pytest.fixture
def people(city):
    norr = Board.objects.get(slug="norr")
    for name, role, board in (("Berit", "R27", norr), ("Sixten", "R28", None)):
        city[name] = User.objects.create(username=name.lower(), name=name)
        Grant.objects.create(user=city[name], role=role, board=board, valid_from=DAY)
    return city


def opened(people, slug="ost", by="Sixten", administrator="Berit", head="Hjalmar"):
    return open_board(
        slug, "Östra nämnden", kind="district", administrator=people[administrator], head=people[head],
        by=as_viewer(people[by]), now=NOW,
    )  # fmt: skip


def test_a_new_board_has_one_who_gives_roles_and_another_who_orders_them(people):
    """M289: works for one small municipality and for a city with districts."""
    board = opened(people)
    held = set(Grant.objects.filter(board=board).values_list("user__name", "role"))
    assert held == {("Berit", "R27"), ("Hjalmar", "R24")}
    line = Entry.objects.order_by("-count").first()
    told = {"board": board.pk, "administrator": people["Berit"].pk, "head": people["Hjalmar"].pk}
    assert (line.kind, line.what, line.by, line.details) == ("change", "open board", people["Sixten"], told)


@pytest.mark.parametrize("who", ["Berit", "Cilla", "Bo"])
def test_only_the_system_administrator_opens_a_board(people, who):
    with pytest.raises(NotForYouError):
        opened(people, by=who)
    assert (Board.objects.count(), Entry.objects.order_by("-count").first().kind) == (2, "refused")


def test_nobody_opens_a_board_to_rule_it_alone(people):
    with pytest.raises(NotYourStepError, match="Ingen ger en roll till sig själv"):
        opened(people, administrator="Sixten")
    with pytest.raises(HeldBackError, match="olika personer"):
        opened(people, head="Berit")
    assert Board.objects.count() == 2


@pytest.mark.parametrize("slug", ["norr", "Ost", "ö", "o", "a-b", "../x", "1a", "a" * 21])
def test_a_short_name_that_cannot_stand_in_a_number_is_refused(people, slug):
    with pytest.raises(HeldBackError, match="Kortnamnet"):
        opened(people, slug=slug)


def test_an_access_administrator_keeps_the_own_board_and_the_system_administrator_every_board(people):
    kept = {name: [one.slug for one in boards_to_change(as_viewer(people[name]))] for name in people}
    assert {name: found for name, found in kept.items() if found} == {"Berit": ["norr"], "Sixten": ["norr", "syd"]}
    syd = Board.objects.get(slug="syd")
    with pytest.raises(NotForYouError):
        open_unit(syd, "Hemtjänst", by=as_viewer(people["Berit"]), now=NOW)
    with pytest.raises(NotForYouError):
        change_board(
            syd, name="X", kind="board", mailbox="", connected=True, by=as_viewer(people["Berit"]), now=NOW
        )  # fmt: skip


def test_what_was_changed_is_in_the_log_by_field_and_never_by_its_text(people):
    norr, by = Board.objects.get(slug="norr"), as_viewer(people["Berit"])
    told = {"kind": norr.kind, "mailbox": "norr@provstad.example", "connected": norr.connected, "by": by, "now": NOW}
    change_board(norr, name="Norra  nämnden", **told)
    change_board(norr, name="Norra nämnden", **told)  # the same once more: nothing to log
    lines = [one.details for one in Entry.objects.filter(what="change board")]
    assert (Board.objects.get(slug="norr").name, lines) == (
        "Norra nämnden", [{"board": norr.pk, "name": 1, "mailbox": 1}],
    )  # fmt: skip


def test_there_is_one_default_unit_and_no_two_that_decisions_would_call_the_same(people):
    norr, by = Board.objects.get(slug="norr"), as_viewer(people["Berit"])
    first = open_unit(norr, "Äldreomsorg", default=True, by=by, now=NOW)
    second = open_unit(norr, "LSS", by=by, now=NOW)
    with pytest.raises(HeldBackError, match="redan en enhet"):
        open_unit(norr, " äldreOMSORG ", by=by, now=NOW)
    change_unit(second, name="Funktionsstöd", default=True, by=by, now=NOW)
    first.refresh_from_db()
    with pytest.raises(HeldBackError, match="redan en enhet"):
        change_unit(first, name="Funktionsstöd", default=False, by=by, now=NOW)
    kept = set(Unit.objects.filter(board=norr).values_list("slug", "name", "default"))
    assert kept == {("aldreomsorg", "Äldreomsorg", False), ("lss", "Funktionsstöd", True)}


def test_the_pages_are_there_for_those_who_keep_a_board_and_for_nobody_else(people):
    norr = Board.objects.get(slug="norr")
    unit = open_unit(norr, "LSS", by=as_viewer(people["Sixten"]), now=NOW)
    asked = {
        "/namnder/": None,
        "/namnder/norr/": None,
        "/namnder/syd/": None,
        "/namnder/ny/": {},
        "/namnder/norr/andra/": {"name": "Norr", "kind": "board", "mailbox": ""},
        "/namnder/norr/enhet/": {"name": "Socialjour"},
        f"/namnder/norr/enhet/{unit.pk}/": {"name": "Funktionsstöd"},
        f"/namnder/syd/enhet/{unit.pk}/": {"name": "Funktionsstöd"},
    }
    answers = {}
    for name in ("Berit", "Sixten", "Cilla", "Bo"):
        client = Client()
        client.force_login(people[name])
        answers[name] = [
            (client.get(path) if post is None else client.post(path, post)).status_code for path, post in asked.items()
        ]
    assert answers == {
        "Berit": [200, 200, 404, 404, 302, 302, 302, 404],
        "Sixten": [200, 200, 200, 422, 302, 422, 302, 404],
        "Cilla": [404] * 8,
        "Bo": [404] * 8,
    }
