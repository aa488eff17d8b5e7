"""What a mail server says when a message could not be delivered (RFC 3464), and which message of ours it was."""

import re
from email import message_from_bytes, message_from_string
from email.message import EmailMessage, Message
from email.policy import default

from django.core.signing import BadSignature, Signer

_OURS = re.compile(r"^<told-(\d+)\.([\w-]+)@")
_SALT = "tillit.told"


def message_id(told: int, sender: str) -> str:
    """The Message-ID of a message about a signal: it comes back with what could not be delivered.

    It is signed, so that nobody who writes to the mailbox can make out that a message was not delivered.
    """
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<told-{told}.{_signature(told)}@{domain}>"


def not_delivered(raw: bytes) -> list[int]:
    """The messages of ours that a mail says could not be delivered, and will not be.

    Gives: nothing for an ordinary mail, an answer that someone is away, a delay, or a message that is not ours.
    """
    mail = message_from_bytes(raw, policy=default)
    if mail.get_content_type() != "multipart/report" or not any(map(_has_failed, mail.walk())):
        return []
    found = [_told(original) for original in map(_original_id, mail.walk()) if original]
    return [one for one in dict.fromkeys(found) if one is not None]


def _has_failed(part: Message) -> bool:
    if part.get_content_type() != "message/delivery-status":
        return False
    recipients = part.get_payload()
    assert isinstance(recipients, list)
    return any(str(one.get("Action", "")).strip().lower() == "failed" for one in recipients if isinstance(one, Message))


def _original_id(part: Message) -> str:
    match part.get_content_type():
        case "message/rfc822":
            inside = part.get_payload(0)
            return str(inside.get("Message-ID", "")) if isinstance(inside, Message) else ""
        case "text/rfc822-headers":
            assert isinstance(part, EmailMessage)
            return str(message_from_string(str(part.get_content()), policy=default).get("Message-ID", ""))
        case _:
            return ""


def _told(original: str) -> int | None:
    found = _OURS.match(original.strip())
    if found is None or len(found[1]) > 18:
        return None
    try:
        Signer(salt=_SALT).unsign(f"{found[1]}:{found[2]}")
    except BadSignature:
        return None
    return int(found[1])


def _signature(told: int) -> str:
    return Signer(salt=_SALT).signature(f"{told}")
