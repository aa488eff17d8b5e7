"""A board that is not connected reports by a signed link: nothing is shown to it, and nothing else is opened by it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from tests.web.people import NOW, as_viewer
from tests.web.test_signal import NORRVIK, PERSON, REPORT, press
from tillit.web.actions.form_link import (
    MOST_A_DAY,
    NoSuchLinkError,
    NoSuchReceiptError,
    TooManyError,
    end_link,
    link_of,
    make_link,
    outcome_by_link,
    report_by_link,
    token_of,
)
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.models import Board, Case, Entry, FormLink, Matter, Notice, Receipt

GIVEN = {"outcome": "no_action", "outcome_on": "2026-03-02"}


@pytest.fixture
def link(city):
    board = Board.objects.create(slug="vast", name="Västra stadsdelsnämnden", connected=False)
    from django_scopes import scope

    with scope(board=list(Board.objects.values_list("pk", flat=True))):
        yield make_link(board, by=as_viewer(city["Sara"]), now=NOW)


def test_only_a_coordinator_makes_and_ends_a_link(city, link):
    """M021: others are told that there is no such page."""
    for name in ("Rut", "Cilla", "Bo", "Doris"):
        with pytest.raises(NotForYouError):
            make_link(link.board, by=as_viewer(city[name]), now=NOW)
        with pytest.raises(NotForYouError):
            end_link(link.pk, by=as_viewer(city[name]), now=NOW)
    assert FormLink.objects.count() == 1


def test_a_report_by_link_waits_for_the_coordinators_and_gives_a_receipt(city, link):
    """M021: opened by nobody with an account, told to those who coordinate; the receipt is kept as a hash."""
    receipt = report_by_link(link, given=REPORT, now=NOW)
    case = Case.objects.get(process="signal")
    assert (case.board, case.opened_by, case.state, case.provider_number) == (link.board, None, "received", NORRVIK)
    assert {notice.user.name for notice in Notice.objects.all()} == {"Sara", "Siri"}
    assert (len(receipt), receipt.replace("-", "") in Receipt.objects.get().code_hash) == (19, False)


def test_a_report_about_a_person_by_link_is_counted_and_nothing_else(link):
    """M020: the same walls stand for the form without an account."""
    report_by_link(link, given=PERSON, now=NOW)
    assert Case.objects.get(process="signal").state == "statistics"
    with pytest.raises(HeldBackError, match="ta bort namn och nummer"):
        report_by_link(link, given={**PERSON, "provider_name": "Eva Svensson"}, now=NOW)


def test_the_outcome_comes_by_the_number_of_the_receipt_and_begins_the_clearing(city, link):
    """M018, M021: and what was never shared is not shared."""
    first, second = (report_by_link(link, given=REPORT, now=NOW) for _ in range(2))
    shared = Receipt.objects.order_by("pk")[0].matter
    press(city, shared, "check", "Sara", traceless=True)
    press(city, shared, "share", "Sara", "Siri", traceless=True)
    for code in (first, second.lower()):
        outcome_by_link(link, code=code, given=GIVEN, now=NOW)
    states = [Matter.objects.get(pk=one.matter_id).state for one in Receipt.objects.order_by("pk")]
    assert states == ["clearing", "withdrawn"]


def test_the_receipt_of_another_board_is_no_receipt(city, link):
    other = make_link(Board.objects.get(slug="syd"), by=as_viewer(city["Sara"]), now=NOW)
    receipt = report_by_link(link, given=REPORT, now=NOW)
    for code in (receipt, "AAAA-BBBB-CCCC-DDDD", ""):
        with pytest.raises(NoSuchReceiptError, match="ingen rapport med det numret"):
            outcome_by_link(other, code=code, given=GIVEN, now=NOW)
    assert Entry.objects.filter(what="wrong receipt", kind="refused").count() == 3


def test_guessing_ends_after_a_while(link):
    for _ in range(MOST_A_DAY):
        with pytest.raises(NoSuchReceiptError):
            outcome_by_link(link, code="x", given=GIVEN, now=NOW)
    with pytest.raises(TooManyError):
        outcome_by_link(link, code="x", given=GIVEN, now=NOW)
    with pytest.raises(NoSuchReceiptError):
        outcome_by_link(link, code="x", given=GIVEN, now=NOW + timedelta(hours=1, minutes=1))


def test_a_link_is_not_used_without_end(link):
    for _ in range(MOST_A_DAY):
        report_by_link(link, given=PERSON, now=NOW)
    with pytest.raises(TooManyError):
        report_by_link(link, given=PERSON, now=NOW)


def test_a_link_that_is_changed_ended_or_past_its_day_leads_nowhere(city, link):
    token = token_of(link)
    assert link_of(token, now=NOW).pk == link.pk
    for wrong, at in ((token + "x", NOW), ("", NOW), (token.swapcase(), NOW), (token, NOW + timedelta(days=91))):
        with pytest.raises(NoSuchLinkError):
            link_of(wrong, now=at)
    end_link(link.pk, by=as_viewer(city["Sara"]), now=NOW)
    with pytest.raises(NoSuchLinkError):
        link_of(token, now=NOW)


def test_the_page_takes_a_report_without_an_account_and_shows_nothing_of_anyone(city, link, monkeypatch):
    """From a browser: the form, what is wrong in it, the receipt; no menu, no number, no other report."""
    monkeypatch.setattr("tillit.web.views.outside.now", lambda: NOW)
    hidden = report_by_link(link, given={**REPORT, "provider_name": "Hemliga AB"}, now=NOW)
    client, page = Client(), reverse("outside", args=[token_of(link)])
    with scopes_disabled():
        assert client.get(page).status_code == 200
        wrong = client.post(page, {**REPORT, "certified": "on", "provider": "121212-1212"})
        assert (wrong.status_code, "personnummer" in wrong.content.decode()) == (422, True)
        done = client.post(page, {**REPORT, "certified": "on"})
        outcome = client.post(reverse("outside_outcome", args=[token_of(link)]), {"receipt": hidden, **GIVEN})
    shown = "".join(answer.content.decode() for answer in (wrong, done, outcome))
    assert (done.status_code, "Kvittots nummer" in shown, outcome.status_code) == (200, True, 200)
    assert [word for word in ("Hemliga", "VAST-D-", "Huvudmeny") if word in shown] == []
    assert (done["Cache-Control"], done["Referrer-Policy"]) == ("no-store", "same-origin")
