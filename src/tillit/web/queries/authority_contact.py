"""How authorities are reached: what content says of each, and what the municipality has written itself."""

from dataclasses import dataclass

from tillit.catalogue import Recipient
from tillit.web.models import AuthorityContact
from tillit.web.rules.content import catalogue


@dataclass(frozen=True)
class Reach:
    """One recipient, and how it is reached; `ours` is none where nobody has written anything."""

    code: str
    recipient: Recipient
    ours: AuthorityContact | None


def register() -> list[Reach]:
    """Every recipient of the table of who may be told what, in its order (M133)."""
    known = {one.recipient: one for one in AuthorityContact.objects.select_related("by")}
    return [Reach(code, one, known.get(code)) for code, one in catalogue().recipients.items()]


def reach(code: str) -> Reach | None:
    """One of them; none where the content has no such recipient."""
    found = catalogue().recipients.get(code)
    ours = AuthorityContact.objects.select_related("by").filter(recipient=code).first()
    return Reach(code, found, ours) if found else None
