"""One-time codes for accounts that log in here."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.hashers import make_password

from tillit.web.models import User
from tillit.web.rules.made_up_city import PASSWORD

KLAS = {"login": "klas", "password": PASSWORD}


@pytest.fixture
def passwords(cast):
    User.objects.update(password=make_password(PASSWORD))


def code(secret, later=0):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + later))


def test_a_one_time_code_is_asked_for_once_it_is_activated(client, passwords):
    client.post("/logga-in/", KLAS)
    client.post("/logga-in/igen/", {"password": PASSWORD})
    page = client.get("/konto/nycklar/totp/activate/")
    secret = page.context["form"].secret
    assert client.post("/konto/nycklar/totp/activate/", {"code": code(secret)}).status_code == 302
    client.post("/logga-ut/")

    first = client.post("/logga-in/", KLAS)
    assert (first.status_code, first.url) == (302, "/konto/nycklar/authenticate/")
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/nycklar/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/konto/nycklar/authenticate/", {"code": code(secret, later=1)}).status_code == 302
    assert client.get("/konto/").status_code == 200


def test_the_key_of_one_time_codes_is_not_stored_in_clear(client, passwords):
    client.post("/logga-in/", KLAS)
    client.post("/logga-in/igen/", {"password": PASSWORD})
    secret = client.get("/konto/nycklar/totp/activate/").context["form"].secret
    client.post("/konto/nycklar/totp/activate/", {"code": code(secret)})
    assert secret not in str(Authenticator.objects.get(type="totp").data)
