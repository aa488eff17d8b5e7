"""Logging in: by password, through an identity provider with roles that come and go, and out again."""

import json
import threading
import urllib.request
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import override_settings
from oidc_provider_mock import app as identity_provider

from tests.web.people import settle
from tillit.web.configuration import WrongSettingError
from tillit.web.models import Board, Entry, Grant, Unit, User
from tillit.web.rules.claims import Claimed, claimed, named_claims
from tillit.web.rules.made_up_city import PASSWORD


@pytest.fixture
def cast(db):
    return settle()


@pytest.fixture
def passwords(cast):
    User.objects.update(password=make_password(PASSWORD))


def roles(username):
    grants = Grant.objects.filter(user__username=username, valid_to=None)
    return sorted((one.role, one.board.slug if one.board else None, one.origin) for one in grants)


def test_the_made_up_city_shows_everyone_who_can_be_chosen(client, cast):
    page = client.get("/logga-in/")
    assert [person.name for person, _ in page.context["people"]] == list(cast)


def test_a_chosen_person_comes_to_the_own_work_and_the_log_tells(client, passwords):
    answer = client.post("/logga-in/", {"login": "klas", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    assert list(Entry.objects.values_list("what", "by__username")) == [("sign in", "klas")]


def test_a_wrong_password_is_told_in_words_and_lets_nobody_in(client, passwords):
    answer = client.post("/logga-in/", {"login": "klas", "password": "fel-losenord"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == ["Användarnamnet och/eller lösenordet är felaktigt."]
    assert client.get("/konto/").status_code == 302


def test_outside_the_made_up_city_nobody_is_shown(client, cast):
    real = settings.TILLIT.__class__(**{**vars(settings.TILLIT), "made_up_city": False})
    with override_settings(TILLIT=real):
        page = client.get("/logga-in/")
    assert "people" not in page.context
    assert "Klas" not in page.text


def test_nobody_signs_up(client, db):
    answer = client.post("/logga-in/ny/", {"username": "ny", "password1": "ett-langt-losenord-1"})
    assert User.objects.count() == 0
    assert "signup_closed" in answer.templates[0].name


def test_logging_out_ends_the_session_and_is_logged(client, cast):
    client.force_login(cast["Klas"])
    answer = client.post("/logga-ut/")
    assert (answer.status_code, answer.url) == (302, "/utloggad/")
    assert client.get("/konto/").status_code == 302
    assert list(Entry.objects.values_list("what", flat=True)) == ["sign out"]


def test_an_address_cannot_log_anyone_out(client, cast):
    client.force_login(cast["Klas"])
    assert client.get("/logga-ut/").status_code == 405
    assert client.get("/konto/").status_code == 200


def test_a_form_sent_after_the_session_has_ended_gives_back_what_was_written(client, cast):
    answer = client.post("/konto/", {"reason": "Jag hade skrivit länge"})
    assert answer.status_code == 401
    assert "Du har loggats ut" in answer.text
    assert "Jag hade skrivit länge" in answer.text


def test_a_part_of_a_page_asked_for_after_the_session_has_ended_reloads_the_page(client, cast):
    answer = client.get("/konto/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (401, "true")


# Roles from claims


def test_claims_are_read_by_the_municipalitys_list_and_as_they_stand():
    named = {"group-17": [Claimed(role="R05", board="norr"), Claimed(role="R19", board="norr")]}
    told = claimed(["group-17", "R02@syd/hemtjanst", "R10", "vpn"], named)
    assert told.unknown == 1
    assert told.roles == {
        Claimed(role="R05", board="norr"),
        Claimed(role="R19", board="norr"),
        Claimed(role="R02", board="syd", unit="hemtjanst"),
        Claimed(role="R10"),
    }


def test_a_list_with_an_unknown_role_says_which(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text("group-17: [{role: R99, board: norr}]", encoding="utf-8")
    with pytest.raises(WrongSettingError) as told:
        named_claims(path)
    assert str(told.value) == "TILLIT_ROLE_CLAIMS: there is no role R99: see content/roles.yaml"


def test_a_list_that_cannot_be_read_says_how_it_should_be(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text("group-17: R02", encoding="utf-8")
    with pytest.raises(WrongSettingError) as told:
        named_claims(path)
    assert str(told.value) == (
        "TILLIT_ROLE_CLAIMS: the list cannot be read (ValidationError): "
        "a line a group, as in   group-17: [{role: R02, board: norr}]"
    )


@pytest.fixture
def provider(settings):
    """An identity provider in a thread; gives a function that says what it claims of a person."""

    class Silent(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    server = make_server("127.0.0.1", 0, identity_provider(), handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    one = {
        "provider_id": "kommun",
        "name": "Kommunen",
        "client_id": "tillit",
        "secret": "hemligt",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [one]}}

    def claims(person, **what):
        told = json.dumps(what).encode()
        asked = urllib.request.Request(f"{address}/users/{person}", told, {"Content-Type": "application/json"})
        asked.method = "PUT"
        urllib.request.urlopen(asked).close()

    yield claims
    server.shutdown()
    server.server_close()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def log_in(client, person):
    """What a browser does: to the identity provider, choose the person there, and back."""
    there = client.post("/logga-in/oidc/oidc/kommun/login/").url
    chosen = urllib.request.Request(there, f"sub={person}".encode())
    try:
        urllib.request.build_opener(Stay).open(chosen)
        raise AssertionError("the identity provider did not send the browser back")
    except urllib.error.HTTPError as sent_back:
        back = sent_back.headers["Location"]
    return client.get(back.replace("http://testserver", ""))


def test_roles_come_and_go_with_the_claims_at_every_log_in(client, cast, provider):
    provider("nina", preferred_username="nina", name="Nina Ny", roles=["R01@norr", "R19@norr", "R99", "vpn"])
    answer = log_in(client, "nina")
    assert (answer.status_code, answer.url) == (302, "/")
    assert User.objects.get(username="nina").name == "Nina Ny"
    assert roles("nina") == [("R01", "norr", "claims"), ("R19", "norr", "claims")]

    client.post("/logga-ut/")
    provider("nina", preferred_username="nina", name="Nina Ny", groups=["R02@norr", "R19@norr"])
    log_in(client, "nina")
    assert roles("nina") == [("R02", "norr", "claims"), ("R19", "norr", "claims")]

    client.post("/logga-ut/")
    provider("nina", preferred_username="nina", name="Nina Ny")
    log_in(client, "nina")
    assert roles("nina") == []


def test_an_account_made_beforehand_is_found_and_its_local_roles_stay(client, cast, provider):
    provider("sub-1", preferred_username="klas", name="Klas", roles=["R02@norr"])
    log_in(client, "sub-1")
    assert roles("klas") == [("R02", "norr", "claims"), ("R05", "norr", "local"), ("R19", "norr", "local")]


def test_an_account_with_a_password_is_never_taken_over(client, passwords, provider):
    provider("sub-1", preferred_username="klas", name="Klas", roles=["R02@norr"])
    log_in(client, "sub-1")
    assert roles("klas") == [("R05", "norr", "local"), ("R19", "norr", "local")]


def test_what_was_claimed_is_not_stored(client, cast, provider):
    provider("nina", preferred_username="nina", name="Nina Ny", roles=["R01@norr"], personnummer="19121212-1212")
    log_in(client, "nina")
    account = User.objects.get(username="nina").socialaccount_set.get()
    assert account.extra_data == {}


def test_a_claim_cannot_give_a_role_outside_nor_every_board_to_a_role_of_one(client, cast, provider):
    claimed = ["R02", "R29@norr", "R02@finns-inte", "R01@norr/ingen"]
    provider("nina", preferred_username="nina", name="Nina", roles=claimed)
    log_in(client, "nina")
    assert roles("nina") == []


def test_a_claim_can_name_a_unit(client, cast, provider):
    unit = Unit.objects.create(board=Board.objects.get(slug="norr"), slug="hem", name="Hemtjänst")
    provider("nina", preferred_username="nina", name="Nina", roles=["R02@norr/hem"])
    log_in(client, "nina")
    assert Grant.objects.get(user__username="nina").unit == unit


def test_who_guesses_passwords_is_stopped_and_told_when_to_come_back(client, passwords):
    answers = [client.post("/logga-in/", {"login": "klas", "password": f"gissning-{n}"}) for n in range(12)]
    last = answers[-1].context["form"].non_field_errors()
    assert last == ["För många misslyckade inloggningsförsök. Försök igen senare."]
    right = client.post("/logga-in/", {"login": "klas", "password": PASSWORD})
    assert right.status_code == 200
