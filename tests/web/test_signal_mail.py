"""Messages about signals: what they can hold, to whom they go, and what happens when one comes back."""

import pytest
from django.core import mail

from tests.web.people import NOW, as_viewer
from tests.web.test_dispatch import send
from tests.web.test_signal import REPORT, cleared, shared
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.signal_mail import note_bounce, send_messages, values
from tillit.web.actions.told import mark_read
from tillit.web.models import Board, Case, Document, Signal, Told, User
from tillit.web.queries.document import paper
from tillit.web.rules.content import catalogue

MESSAGES = [one for name, one in catalogue().messages.items() if name.startswith("signal_")]
BY_LINK = catalogue().messages["stand_by_link"]


@pytest.fixture
def mailed(city):
    for name in ("Rut", "Bo"):
        User.objects.filter(name=name).update(email=f"{name.lower()}@kommun.example")
    Board.objects.filter(slug="syd").update(mailbox="syd@kommun.example")
    return city


def sent_to():
    return sorted(address for one in mail.outbox for address in one.to)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: one.id)
def test_a_message_holds_a_few_provider_facts_and_can_hold_nothing_else(message, city):
    """M014: the values that there are, one by one; a message that asks for another is refused by its loader."""
    shared(city)
    known = values(Signal.objects.get())
    assert set(message.takes) == set(known)
    assert set(known) == {
        "provider", "organisation", "reported_to", "reported_on", "reasons", "board", "contact", "answer_by",
        "expires_on", "number",
    }  # fmt: skip
    assert {*BY_LINK.takes} == {*known, "answer_at"}
    subject, text = message.filled(message.example)
    assert ("$" in subject + text, "Norrviks Assistans AB" in subject) == (False, True)


def test_every_commissioning_manager_gets_it_once(mailed):
    """M016: after the sharing, and not again when the job runs again."""
    shared(mailed)
    assert (send_messages(now=NOW), send_messages(now=NOW)) == (2, 0)
    assert sent_to() == ["bo@kommun.example", "rut@kommun.example"]
    assert mail.outbox[0].subject == "Information om anmälan mot anordnare – Norrviks Assistans AB, 559999-0008"
    assert "Tid som inte stämmer med det som har utförts" in mail.outbox[0].body


def test_a_name_cannot_make_a_heading_of_its_own(mailed):
    shared(mailed, provider_name="Norrviks\nBcc: alla@example.org AB".replace("@", " at "))
    send_messages(now=NOW)
    assert {"\n" in one.subject for one in mail.outbox} == {False}


def test_the_clearing_goes_to_the_same(mailed):
    """M019."""
    signal = shared(mailed)
    send_messages(now=NOW)
    before, mail.outbox[:] = sent_to(), []
    cleared(mailed, signal)
    send_messages(now=NOW)
    assert sent_to() == before
    assert mail.outbox[0].subject == "Uppgiften kvarstår inte – Norrviks Assistans AB"


def test_what_the_messages_carry_is_no_letter_that_waits_to_be_sent(mailed):
    """D02 and D04: its content goes out by itself, so nobody is asked to send it, and nobody can."""
    signal = shared(mailed)
    cleared(mailed, signal)
    found = list(Document.objects.order_by("number"))
    assert [(one.document, paper(one).state) for one in found] == [
        ("sharing_message", "told"),
        ("clearing_message", "told"),
    ]
    with pytest.raises(HeldBackError, match="går ut av sig självt"):
        send(mailed, found[0], "Sara", times=found[0].times, recipient="board", channel="mail")


def test_a_coordinator_notes_what_came_back_later_and_nobody_else_does(mailed):
    shared(mailed)
    send_messages(now=NOW)
    told = Told.objects.get(user__name="Bo")
    for name in ("Rut", "Bo", "Cilla"):
        with pytest.raises(NotForYouError):
            note_bounce(told, by=as_viewer(mailed[name]), now=NOW)
    note_bounce(told, by=as_viewer(mailed["Sara"]), now=NOW)
    assert Told.objects.get(instead_of=told).address == "syd@kommun.example"


def test_who_opens_the_page_has_read_it(mailed):
    """M016: the read is the opening of the page, by the one who was told."""
    shared(mailed)
    stand = Case.objects.get(process="stand")
    mark_read(stand, by=as_viewer(mailed["Rut"]), now=NOW)
    mark_read(stand, by=as_viewer(mailed["Bo"]), now=NOW)
    assert {one.user.name: one.read_at for one in Told.objects.all()} == {"Rut": None, "Bo": NOW}


def test_a_board_that_nobody_can_be_reached_at_is_seen(city):
    """M016: no recipient at all is told to those who coordinate."""
    Board.objects.create(slug="ost", name="Ost")
    from django_scopes import scope

    with scope(board=list(Board.objects.values_list("pk", flat=True))):
        shared(city)
        send_messages(now=NOW)
        assert [one.bounced_at for one in Told.objects.filter(board__slug="ost")] == [NOW]
        assert REPORT["provider"] == Signal.objects.get().provider_number
