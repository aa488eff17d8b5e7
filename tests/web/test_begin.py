"""The first start: one board and its first people, each with roles that leave nobody to rule alone."""

import pytest
from django.test import Client

from tests.web.people import NOW, as_viewer
from tillit.web.actions.begin import CannotBeginError, begin
from tillit.web.actions.role import give_role
from tillit.web.models import Board, Entry, Grant, User
from tillit.web.rules.content import catalogue

NAMES = {"administrator": "Åsa Berg", "manager": "Anna Ek", "control": "Bo Alm", "officer": "Disa Dahl"}


@pytest.mark.parametrize(("way", "kind"), [("small_municipality", "board"), ("association", "association")])
def test_each_way_begins_with_one_board_and_people_who_can_go_on_from_there(db, way, kind):
    """M289: works for one small municipality and for a city with districts."""
    passwords = begin(way, names=NAMES, board_name="Nämnden", now=NOW)
    (board,) = Board.objects.all()
    assert ((board.name, board.kind), sorted(passwords)) == (
        ("Nämnden", kind), ["anna.ek", "asa.berg", "bo.alm", "disa.dahl"],
    )  # fmt: skip
    for account, password in passwords.items():
        assert (account, Client().login(username=account, password=password)) == (account, True)
    bo, anna = User.objects.get(username="bo.alm"), User.objects.get(username="anna.ek")
    by = as_viewer(User.objects.get(username="asa.berg"))
    given = give_role(bo, "R06", board=board, ordered_by=anna, by=by, now=NOW)
    assert given.board == board
    assert Entry.objects.get(what="begin").details == {"board": board.pk, "people": 4}


def test_the_one_who_gives_roles_reads_no_matter(db):
    begin("small_municipality", names=NAMES, now=NOW)
    client = Client()
    client.force_login(User.objects.get(username="asa.berg"))
    paths = ("/namnder/", "/behorigheter/", "/leveranser/", "/logg/")
    assert [client.get(path).status_code for path in paths] == [200, 200, 404, 404]


@pytest.mark.parametrize(
    ("way", "names", "why"),
    [
        ("large", NAMES, "there is no way to begin called 'large'"),
        ("small_municipality", NAMES | {"officer": " "}, "nobody is named as officer"),
        ("small_municipality", NAMES | {"mayor": "X Y"}, "there is no part called mayor"),
        ("small_municipality", NAMES | {"control": "anna ek"}, "two parts have the same name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(db, way, names, why):
    with pytest.raises(CannotBeginError, match=why):
        begin(way, names=names, now=NOW)
    assert (Board.objects.count(), User.objects.count(), Grant.objects.count()) == (0, 0, 0)


def test_an_installation_begins_once(cast):
    with pytest.raises(CannotBeginError, match="it holds something already"):
        begin("small_municipality", names=NAMES, now=NOW)


def test_content_where_someone_would_rule_alone_is_refused(overlay):
    people = "{a: {sv: a, en: a, roles: [R27, R28, R02]}, b: {sv: b, en: b, roles: [R24]}}"
    with pytest.raises(Exception, match="nobody does both"):
        overlay(plans__beginnings=f"own: {{sv: a, en: a, about: a, board: {{slug: ks, name: A}}, people: {people}}}\n")


def test_the_first_board_can_stand_in_the_number_of_a_matter():
    assert {way: one.board.slug for way, one in catalogue().beginnings.items()} == {
        "small_municipality": "ks", "association": "direktionen",
    }  # fmt: skip
