"""Writes how an authority is reached; done by those who coordinate."""

from datetime import datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import AuthorityContact
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import may_enter
from tillit.web.rules.personal_data import hits
from tillit.web.rules.viewer import Viewer

_IDENTITY = {"identity_number", "coordination_number", "interim_number", "birth_date"}


def write_contact(
    recipient: str, *, function: str, mailbox: str, phone: str, agreed: str, by: Viewer, now: datetime
) -> AuthorityContact:
    """How a recipient is reached, written over what stood there.

    Raises: NotForYouError, HeldBackError where a text may lead to a person: a contact is a function.
    """
    with one_press("write authority contact", by=by, now=now):
        if not may_enter(by, "contacts_change") or recipient not in catalogue().recipients:
            raise NotForYouError("Det finns ingen sådan kontakt för dig")
        if any(hit.kind in _IDENTITY for text in (function, agreed) for hit in hits(text, on=by.day)):
            raise HeldBackError("Texten innehåller något som kan leda till en person", fix="skriv bara en funktion")
        given = {"function": function, "mailbox": mailbox, "phone": phone, "agreed": agreed}
        made, _new = AuthorityContact.objects.update_or_create(
            recipient=recipient, defaults={**given, "by": by.user, "at": now}
        )
        log.write("change", "write authority contact", by=by.user, at=now, number=recipient)
        return made
