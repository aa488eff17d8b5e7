"""A board that is not connected takes its position by a link, once, and is shown what the mail said, nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from tests.web.people import NOW, as_viewer
from tests.web.test_signal import NORRVIK, cleared, press, report, shared
from tillit.web.actions.form_link import MOST_A_DAY, NoSuchLinkError, TooManyError
from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.signal_mail import send_messages
from tillit.web.actions.stand_link import answer_by_link, stand_link_of
from tillit.web.models import Board, Case, Entry, Notice, StandLink
from tillit.web.queries.signal import item
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.stand_link import token_of


@pytest.fixture
def vast(city):
    board = Board.objects.create(slug="vast", name="Västra nämnden", connected=False, mailbox="vast@kommun.example")
    with scope(board=list(Board.objects.values_list("pk", flat=True))):
        yield board


def stand():
    return Case.objects.get(process="stand", board__slug="vast")


def token():
    return token_of(stand().board_id, stand().pk)


def test_it_answers_once_and_the_coordinator_sees_the_same_receipt(city, vast):
    """M010, M021: the step is the process's own, with its guards; then the link leads nowhere."""
    signal = shared(city)
    link = stand_link_of(token(), now=NOW)
    receipt = answer_by_link(link, "look_deeper", given={"controls": ["compare_hours"]}, now=NOW)
    assert (stand().state, stand().fields["controls"]) == ("controlling", ["compare_hours"])
    with pytest.raises(NoSuchLinkError):
        stand_link_of(token(), now=NOW)
    with pytest.raises(NoSuchLinkError):  # one who had the page open
        answer_by_link(link, "do_not_use", given={}, now=NOW)
    reached = {one.board.slug: one for one in item(signal, as_viewer(city["Sara"])).reached}
    assert (reached["vast"].link.receipt, reached["vast"].token, len(receipt)) == (receipt, "", 9)
    assert (reached["syd"].link, reached["syd"].token) == (None, "")  # a board that is connected logs in
    assert Notice.objects.filter(what="step.look_deeper", user__name="Sara").exists()


def test_what_is_refused_can_be_mended_and_is_not_tried_without_end(city, vast):
    """The guards hold for the link too: no person in the reason, no control that has nothing to do with it."""
    shared(city)
    link = stand_link_of(token(), now=NOW)
    wrong = [
        ("not_deeper", {"stand_reason": "Gäller bara 121212-1212"}, HeldBackError),
        ("look_deeper", {"controls": ["account"]}, HeldBackError),
        ("not_deeper", {}, WrongValueError),
        ("end", {}, NoSuchLinkError),
    ]
    for step, given, error in wrong:
        with pytest.raises(error):
            answer_by_link(link, step, given=given, now=NOW)
    assert (stand().state, StandLink.objects.get().used_at) == ("waiting", None)
    for _ in range(MOST_A_DAY - Entry.objects.filter(what="stand by link", kind="refused").count()):
        with pytest.raises(HeldBackError):
            answer_by_link(link, *wrong[0][:1], given=wrong[0][1], now=NOW)
    with pytest.raises(TooManyError):
        answer_by_link(link, "do_not_use", given={}, now=NOW)
    later = NOW + timedelta(hours=1, minutes=1)
    answer_by_link(link, "do_not_use", given={}, now=later)
    assert stand().state == "not_used"


def test_a_link_that_is_changed_past_its_day_or_no_longer_asked_leads_nowhere(city, vast):
    signal = shared(city)
    good = token()
    assert stand_link_of(good, now=NOW + timedelta(days=90)).matter_id == stand().pk
    past = NOW + timedelta(days=91)
    for wrong, at in ((good + "x", NOW), ("", NOW), (good.swapcase(), NOW), (good, past)):
        with pytest.raises(NoSuchLinkError):
            stand_link_of(wrong, now=at)
    cleared(city, signal)
    with pytest.raises(NoSuchLinkError):
        stand_link_of(good, now=NOW)


def test_the_mail_to_the_mailbox_has_the_link_where_the_address_is_known(city, vast, settings):
    """And a connected board's mail has none."""
    settings.TILLIT = replace(settings.TILLIT, address="https://tillit.kommun.example")
    city["Bo"].email = "bo@kommun.example"
    city["Bo"].save()
    shared(city)
    send_messages(now=NOW)
    by = {one.to[0]: one.body for one in mail.outbox}
    assert f"https://tillit.kommun.example/stallning/{token()}/" in by["vast@kommun.example"]
    assert "/stallning/" not in by["bo@kommun.example"]


def test_the_page_takes_the_answer_without_an_account_and_shows_nothing_else(city, vast, monkeypatch):
    """From a browser: what the mail said, what is wrong, the receipt; no number, no other signal, and then no page."""
    monkeypatch.setattr("tillit.web.views.outside_stand.now", lambda: NOW)
    shared(city)
    other = report(city, provider="7699990029", provider_name="Hemliga Föreningen")
    press(city, other, "check", "Sara", traceless=True)
    client, page = Client(), reverse("outside_stand", args=[token()])
    with scopes_disabled():
        first = client.get(page)
        wrong = client.post(page, {"answer": "not_deeper", "stand_reason": "Gäller 121212-1212"})
        done = client.post(page, {"answer": "not_deeper", "stand_reason": "Görs redan", "controls": ["sample"]})
        after = client.get(page)
    shown = "".join(answer.content.decode() for answer in (first, wrong, done))
    assert [one.status_code for one in (first, wrong, done, after)] == [200, 422, 200, 404]
    assert (first["Referrer-Policy"], first["Cache-Control"]) == ("same-origin", "no-store")
    assert (f"{NORRVIK[:6]}-{NORRVIK[6:]}" in shown, StandLink.objects.get().receipt in shown) == (True, True)
    assert [word for word in ("Hemliga", "-D-2026", "-ST-2026", "Huvudmeny", "Södra") if word in shown] == []
    assert stand().fields.get("controls") is None
