"""The page of a provider: the same for every board, and nothing in it leads to an individual."""

import pytest
from django_scopes import scopes_disabled

from tillit.web.models import Board, Finding, Provider, Use

P = "/anordnare/5599991014/"


def shown(client, path=P):
    return [month.number for month in client.get(path).context["months"] if month.number != 0]


def test_who_reads_every_finding_sees_how_many_there_are(browse):
    assert sum(shown(browse("Klas"))) == 5


def test_who_reads_none_of_them_is_shown_no_small_number(browse):
    with scopes_disabled():
        Finding.objects.filter(number="NORR-F-2026-4").update(provider_number="5599990008")
        few = Finding.objects.filter(provider_number="5599991014").count()
    assert few == 4
    assert set(shown(browse("Sara"))) == {None}
    assert browse("Sara").get(P).text.count("–") > 0


@pytest.mark.parametrize("person", ["Klas", "Sara", "Elin", "Doris", "Bo"])
def test_no_one_finds_a_client_a_worker_or_a_finding_on_it(browse, person):
    """M240: one page of a provider for every board."""
    text = browse(person).get(P).text
    assert [hint for hint in ("0000-0000-", "NORR-F-", "NORR-U-", "Asta") if hint in text] == []


def test_a_sole_traders_number_is_not_shown(browse):
    with scopes_disabled():
        Provider.objects.create(number="E-0000-0000-0000Z", name="", is_person=True)
    client = browse("Klas")
    assert "Enskild firma" in client.get("/anordnare/").text
    page = client.get("/anordnare/E-0000-0000-0000Z/").text
    assert "numret är ett personnummer och visas inte" in page


def test_which_boards_use_it_is_yes_or_no(browse):
    with scopes_disabled():
        provider, board = Provider.objects.get(number="5599991014"), Board.objects.get(slug="syd")
        Use.objects.create(provider=provider, board=board, since="2020-01-01", until="2021-01-01")
    told = [(one.slug, uses) for one, uses in browse("Bo").get(P).context["boards"]]
    assert sorted(told) == [("norr", True), ("syd", False)]
