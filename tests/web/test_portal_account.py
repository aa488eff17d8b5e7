"""The portal is opened to someone outside for one thing, on a manager's order, and closed as every role is."""

from datetime import timedelta

import pytest

from tests.web.people import DAY, NOW, as_viewer
from tests.web.reports import AMIR, CLIENT, PROVIDER, make_report
from tillit.web.actions.portal_account import Bond, open_portal
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.role import end_role
from tillit.web.models import Board, Entry, Grant, PortalGrant, Provider, User
from tillit.web.queries.portal import own_reports
from tillit.web.queries.portal_account import portal_accounts
from tillit.web.rules.portal import outsider_of

OF_PROVIDER = Bond("R29", "Anordnaren AB", provider_number=PROVIDER)


@pytest.fixture
def people(city):
    city["Berit"] = User.objects.create(username="berit", name="Berit")
    Grant.objects.create(user=city["Berit"], role="R27", board=Board.objects.get(slug="norr"), valid_from=DAY)
    Provider.objects.create(number=PROVIDER)
    return city


def opened(people, bond=OF_PROVIDER, *, by="Berit", username="lisa", board="norr", ordered_by="Cilla", until=None):
    return open_portal(
        username,
        "Lisa",
        bond,
        board=Board.objects.get(slug=board),
        until=until,
        ordered_by=people[ordered_by],
        by=as_viewer(people[by]),
        now=NOW,
    )


def test_a_new_account_sees_its_provider_until_it_is_ended(people):
    report = make_report(now=NOW)
    one = opened(people)
    lisa = one.grant.user
    assert (lisa.external, lisa.has_usable_password()) == (True, False)
    assert [found.number for found in own_reports(outsider_of(lisa, NOW))] == [report.number]
    assert list(portal_accounts(as_viewer(people["Berit"]))) == [one]
    end_role(one.grant, by=as_viewer(people["Berit"]), now=NOW)
    assert outsider_of(lisa, NOW) is None
    assert list(portal_accounts(as_viewer(people["Berit"]))) == []
    told = list(Entry.objects.order_by("count").values_list("what", "by__name"))
    assert told == [("open portal", "Berit"), ("end role", "Berit")]


def test_the_log_names_no_code_of_a_client(people):
    make_report(now=NOW)
    opened(people, Bond("R31", "Karl", client_code=CLIENT, represents="client"))
    assert CLIENT not in str(Entry.objects.get().details)


@pytest.mark.parametrize("name", ["Cilla", "Bo", "Lova"])
def test_only_the_access_administrator_of_the_board_opens_it(people, name):
    with pytest.raises(NotForYouError, match="ingen sådan nämnd"):
        opened(people, by=name)
    assert PortalGrant.objects.count() == 0
    assert list(portal_accounts(as_viewer(people[name]))) == []


def test_at_another_board_there_is_nothing_to_open(people):
    with pytest.raises(NotForYouError):
        opened(people, board="syd", ordered_by="Bo")


@pytest.mark.parametrize(
    "bond",
    [
        Bond("R29", "x", provider_number=PROVIDER, worker_code=AMIR),
        Bond("R29", "x"),
        Bond("R30", "x", worker_code=AMIR),
        Bond("R31", "x", client_code=CLIENT),
        Bond("R31", "x", client_code=CLIENT, represents="client", provider_number=PROVIDER),
        Bond("R05", "x", provider_number=PROVIDER),
    ],
)
def test_what_does_not_fit_the_role_is_refused(people, bond):
    with pytest.raises(HeldBackError, match="hör inte ihop"):
        opened(people, bond)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"username": "klas"}, "en medarbetares"),
        ({"ordered_by": "Asta"}, "En chef i nämnden"),
        ({"until": DAY - timedelta(days=1)}, "redan varit"),
        ({"bond": Bond("R29", "x", provider_number="1")}, "ingen anordnare"),
        ({"bond": Bond("R31", "x", client_code="KARL", represents="client")}, "ingen kod"),
        ({"bond": Bond("R31", "x", client_code="0000-0000-0000Z", represents="client")}, "ingen brukare med den"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(people, change, says):
    before = User.objects.count()
    with pytest.raises(HeldBackError, match=says):
        opened(people, **change)
    assert (PortalGrant.objects.count(), User.objects.count()) == (0, before)


def test_pressed_twice_it_is_opened_once(people):
    opened(people)
    with pytest.raises(HeldBackError, match="redan det"):
        opened(people)
    assert PortalGrant.objects.count() == 1
