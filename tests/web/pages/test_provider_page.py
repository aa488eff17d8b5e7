"""The page of a provider: the same for every board, and nothing in it leads to an individual."""

import pytest
from django_scopes import scopes_disabled

from tillit.web.models import Board, Finding, GrantGiven, Provider, ProviderLink, Use

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


def test_a_full_month_is_counted_without_asking_what_the_viewer_may_read(browse):
    """Small numbers alone are compared with what the viewer reads: a large one is shown to everyone."""
    assert sum(shown(browse("Sara"))) == 5


def test_everything_it_does_is_on_one_screen(browse):
    """M240: kinds of work with permits and contracts, grants, and what it shares with others."""
    with scopes_disabled():
        provider = Provider.objects.get(number="5599991014")
        GrantGiven.objects.create(
            provider=provider, board_name="Kulturnämnden", number="KN-7", purpose="Läxhjälp",
            period_from="2026-01-01", period_to="2026-12-31", amount_ore=4_000_000,
        )  # fmt: skip
    page = browse("Elin").get(P)
    areas = [(one.code, len(one.permits), [deal.form for deal in one.contracts]) for one in page.context["areas"]]
    assert areas == [("home_care", 1, ["lov"]), ("personal_assistance", 1, [])]
    assert "40\xa0000\xa0kr" in page.text


@pytest.mark.parametrize("person", ["Klas", "Sara", "Elin", "Doris", "Bo"])
def test_what_two_providers_share_is_told_and_not_who_it_is(browse, person):
    links = browse(person).get(P).context["links"]
    told = [(one.provider.number, one.kinds, one.now, [other.number for other in one.further]) for one in links]
    assert told == [("5599990008", ["role"], True, []), ("7699990029", ["account"], False, [])]
    assert [(one.roles_here, one.roles_there) for one in links[0].shared] == [(["ceo", "owner"], ["board"])]


def test_a_link_leads_on_to_what_the_other_shares_in_turn(browse):
    (link,) = browse("Klas").get("/anordnare/5599990008/").context["links"]
    assert (link.provider.number, [other.number for other in link.further]) == ("5599991014", ["7699990029"])


def test_a_linked_sole_trader_is_masked(browse):
    with scopes_disabled():
        trader = Provider.objects.create(number="E-0000-0000-0000Z", name="Enskild firma", is_person=True)
        one, board = Provider.objects.get(number="5599991014"), Board.objects.get(slug="norr")
        ProviderLink.objects.create(one=one, other=trader, kind="role", board=board, read_on="2026-03-02")
    assert browse("Klas").get(P).text.count("Enskild firma") == 2
