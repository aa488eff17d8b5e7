"""Tells people about a matter. A notice is seen once the change it tells of is committed, and is mailed after that."""

from collections.abc import Iterable
from datetime import datetime

from tillit.web.actions.refusal import NotForYouError
from tillit.web.models import Matter, Notice, User
from tillit.web.queries.notice import notices_for
from tillit.web.rules.audiences import told
from tillit.web.rules.viewer import Viewer


def tell(
    audiences: Iterable[str],
    matter: Matter,
    what: str,
    *,
    at: datetime,
    but: User | None = None,
    roles: Iterable[str] = (),
) -> int:
    """A notice for everyone in the audiences and the roles, but the one who acts. Gives how many were told.

    Takes: `what` as a code that the screen puts into words, as 'step.close'; a notice holds no person data.
    """
    people = told(audiences, matter, now=at, roles=roles)
    if but is not None:
        people = people.exclude(pk=but.pk)
    made = Notice.objects.bulk_create(Notice(user=user, matter=matter, what=what, at=at) for user in people)
    return len(made)


def mark_seen(notice: Notice, *, by: Viewer, now: datetime) -> None:
    """The one who was told has seen it."""
    if not notices_for(by).filter(pk=notice.pk, user=by.user).update(seen_at=now):
        raise NotForYouError("Det finns inget sådant meddelande för dig")
