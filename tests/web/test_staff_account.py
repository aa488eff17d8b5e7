"""An account is opened with its first role and closed when someone leaves; nobody opens one alone for supervision."""

import dataclasses

import pytest
from django.test import Client

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.staff_account import close_account, open_account
from tillit.web.configuration import IdentityProvider
from tillit.web.models import Board, Entry, Grant, User


@pytest.fixture
def people(city):
    city["Berit"] = User.objects.create(username="berit", name="Berit")
    Grant.objects.create(user=city["Berit"], role="R27", board=Board.objects.get(slug="norr"), valid_from=DAY)
    return city


def opened(people, username="lisa.ek", *, name="Lisa Ek", role="R01", board="norr", by="Berit", ordered_by="Cilla"):
    where, by = Board.objects.get(slug=board), as_viewer(people[by])
    return open_account(username, name, role, board=where, ordered_by=people[ordered_by], by=by, now=NOW)


def test_an_account_has_its_first_role_and_opens_nothing_until_the_password_is_changed(people):
    made = opened(people)
    assert as_viewer(made.user).roles() == {"R01"}
    client = Client()
    assert client.login(username="lisa.ek", password=made.password)
    assert [client.get(path).status_code for path in ("/", "/fynd/", "/konto/losenord/")] == [302, 302, 200]
    new = "ett-helt-eget-losenord-26"
    told = client.post("/konto/losenord/", {"oldpassword": made.password, "password1": new, "password2": new})
    assert (told.status_code, client.get("/").status_code) == (302, 200)
    assert [one.what for one in Entry.objects.filter(by=people["Berit"]).order_by("count")] == [
        "give role", "open account",
    ]  # fmt: skip
    assert made.password not in str(list(Entry.objects.values_list("details", flat=True)))


def test_where_the_municipality_logs_people_in_there_is_no_second_way_in(people, settings):
    provider = IdentityProvider("https://id.example", "client", "secret", "Kommunen")
    settings.TILLIT = dataclasses.replace(settings.TILLIT, identity=provider)
    made = opened(people)
    assert (made.password, made.user.has_usable_password(), made.user.password_is_given) == ("", False, False)


@pytest.mark.parametrize("name", ["Cilla", "Klas", "Bo", "Hjalmar"])
def test_only_the_administrator_of_the_board_opens_and_closes(people, name):
    with pytest.raises(NotForYouError):
        opened(people, by=name)
    if name != "Klas":
        with pytest.raises(NotForYouError):
            close_account(people["Klas"], by=as_viewer(people[name]), now=NOW)
    assert (User.objects.filter(username="lisa.ek").exists(), User.objects.get(name="Klas").is_active) == (False, True)


@pytest.mark.parametrize(
    ("username", "name", "why"),
    [
        ("klas", "Klas Två", "finns redan"),
        ("KLAS", "Klas Två", "finns redan"),
        ("lova", "Lova", "finns redan"),
        ("19121212-1212", "Tolvan", "personnummer"),
        ("x", "Ett", "fyllas i"),
        ("lisa", " ", "fyllas i"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_made(people, username, name, why):
    before = User.objects.count()
    with pytest.raises(HeldBackError, match=why):
        opened(people, username, name=name)
    assert User.objects.count() == before


def test_whoever_leaves_holds_nothing_and_can_be_let_in_again_from_the_beginning(people):
    browser = Client()
    browser.force_login(people["Klas"])
    assert browser.get("/fynd/").status_code == 200
    close_account(people["Klas"], by=as_viewer(people["Berit"]), now=NOW)
    gone = User.objects.get(username="klas")
    assert (as_viewer(gone).roles(), browser.get("/fynd/").status_code) == (frozenset(), 302)
    again = opened(people, "klas", name="Klas", role="R01")
    assert (again.user.pk, as_viewer(again.user).roles()) == (gone.pk, {"R01"})


def test_an_account_with_a_role_elsewhere_or_of_supervision_is_not_closed_by_one(people):
    berit = as_viewer(people["Berit"])
    Grant.objects.create(user=people["Elin"], role="R19", board=Board.objects.get(slug="syd"), valid_from=DAY)
    with pytest.raises(HeldBackError, match="annan nämnd"):
        close_account(people["Elin"], by=berit, now=NOW)
    with pytest.raises(HeldBackError, match="två personer"):
        close_account(people["Doris"], by=berit, now=NOW)
    with pytest.raises(NotYourStepError):
        close_account(people["Berit"], by=berit, now=NOW)
    with pytest.raises(NotForYouError):
        close_account(people["Bo"], by=berit, now=NOW)
    assert not User.objects.filter(is_active=False).exists()
