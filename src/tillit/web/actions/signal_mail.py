"""Sends the messages about signals, and finds another recipient where one cannot be reached."""

from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import formats

from tillit.catalogue import Due
from tillit.errors import BrokenError
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.actions.told import receivers_at
from tillit.web.models import Board, Signal, StandLink, Told, User
from tillit.web.rules.audiences import holders_at
from tillit.web.rules.bounce import message_id
from tillit.web.rules.content import catalogue, codes
from tillit.web.rules.deadline import ends
from tillit.web.rules.doors import may_enter
from tillit.web.rules.scope import within
from tillit.web.rules.stand_link import address_of
from tillit.web.rules.viewer import Viewer

ANSWER = Due(parameter="signal.stand_days")


class MailIsAwayError(BrokenError):
    """The mail server does not answer; what is not sent is tried again."""


def send_messages(*, now: datetime) -> int:
    """Sends what waits. A recipient who cannot be reached is replaced at once.

    Gives: how many were sent.
    Raises: MailIsAwayError where the server itself fails, after all the others have been tried.
    """
    sent, away = 0, False
    while waiting := list(_waiting()):
        for told in waiting:
            try:
                sent += _send(told, now)
            except (SMTPRecipientsRefused, SMTPResponseException):
                bounced(told, now=now)
            except (OSError, SMTPException):
                away = True
        if away:
            raise MailIsAwayError("the mail server does not answer", where="signal_mail", fix="it is tried again")
    return sent


def note_bounce(told: Told, *, by: Viewer, now: datetime) -> None:
    """A coordinator notes that a message came back; another recipient gets it instead."""
    with one_press("bounce", by=by, now=now):
        if not may_enter(by, "coordinate"):
            raise NotForYouError("Det finns inget sådant meddelande för dig")
        bounced(told, now=now)
        log.write("change", "bounce", by=by.user, at=now, number=told.signal.number, details={"told": told.pk})


def bounced(told: Told, *, now: datetime) -> None:
    """A message that came back: it is marked, and goes to the next who can take it for the board."""
    if not Told.objects.filter(pk=told.pk, bounced_at=None).update(bounced_at=now):
        return
    already = Told.objects.filter(signal=told.signal, board=told.board, what=told.what)
    taken = set(already.values_list("address", flat=True))
    for user, address in _others(told.board, now):
        if address and address not in taken:
            Told.objects.create(
                signal=told.signal, board=told.board, user=user, address=address, what=told.what, made_at=now,
                instead_of=told,
            )  # fmt: skip
            return


def _waiting() -> list[Told]:
    found = Told.objects.filter(sent_at=None, bounced_at=None).select_related("signal__board", "board", "user")
    return list(found.order_by("pk")[:200])


def _send(told: Told, now: datetime) -> int:
    if not told.address:
        if told.user is None:
            bounced(told, now=now)  # nobody to tell: the coordinator's page says so
            return 0
        return Told.objects.filter(pk=told.pk, sent_at=None).update(sent_at=now)  # told on the screen
    # The row is claimed first, so that two workers send one mail, and given back where the server says no.
    if not Told.objects.filter(pk=told.pk, sent_at=None).update(sent_at=now):
        return 0
    subject, text = _words(told)
    try:
        sender = settings.DEFAULT_FROM_EMAIL
        EmailMessage(subject, text, sender, [told.address], headers={"Message-ID": message_id(told.pk, sender)}).send()
    except (OSError, SMTPException):
        Told.objects.filter(pk=told.pk).update(sent_at=None)
        raise
    return 1


def _words(told: Told) -> tuple[str, str]:
    if told.what == "shared" and not told.board.connected and settings.TILLIT.address:
        with within([told.board_id]):
            link = StandLink.objects.filter(matter__fields__signal=told.signal.number).first()
        if link is not None:
            address = address_of(told.board_id, link.matter_id)
            return catalogue().messages["stand_by_link"].filled(values(told.signal) | {"answer_at": address})
    return catalogue().messages[f"signal_{told.what}"].filled(values(told.signal))


def values(signal: Signal) -> dict[str, str]:
    """All that a message about a signal can hold, in words."""
    reasons = codes("signal_reasons")
    number = signal.provider_number
    return {
        "provider": signal.provider_name,
        "organisation": f"{number[:6]}-{number[6:]}",
        "reported_to": signal.get_reported_to_display(),
        "reported_on": formats.date_format(signal.reported_on, "j F Y"),
        "reasons": ", ".join(reasons[one].sv for one in signal.reasons if one in reasons),
        "board": signal.board.name,
        "contact": signal.board.mailbox or signal.board.name,
        "answer_by": formats.date_format(ends(ANSWER, local_date(signal.shared_at)), "j F Y"),
        "expires_on": formats.date_format(signal.expires_on, "j F Y"),
        "number": signal.number,
    }


def _others(board: Board, now: datetime) -> list[tuple[User | None, str]]:
    people: list[tuple[User | None, str]] = [(user, user.email) for user in receivers_at(board, now)]
    heads = [(user, user.email) for user in holders_at("R24", board.pk, now)]
    return [*people, *heads, (None, board.mailbox)]
