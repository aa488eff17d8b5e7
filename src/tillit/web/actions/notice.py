"""Tells people of a matter, and of what a run brought.

A notice is seen once the change it tells of is committed, and is mailed after that.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from tillit.web.actions.refusal import NotForYouError
from tillit.web.models import Grant, Matter, Notice, Run, RunNotice, User
from tillit.web.queries.notice import notices_for, run_notices_for
from tillit.web.queries.run import new_in, reopened_in
from tillit.web.rules.audiences import told
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer, viewer_of


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


def tell_of_run(run: Run, *, now: datetime) -> int:
    """A notice for each who assesses at the run's board, of how many new findings they may read. Gives how many.

    Who may read none of them is not told, nor is the one who started the run, who sees its page. The scope is the
    board's alone.
    """
    assessors = Grant.objects.filter(Q(board=None) | Q(board=run.board_id), role__in=roles_of("assess")).values("user")
    people = User.objects.filter(pk__in=assessors, is_active=True).order_by("pk")
    made = []
    for user in people:
        if user.pk == run.by_id:
            continue
        viewer = viewer_of(user, now)
        if any(held.role in roles_of("assess") and held.board in (None, run.board_id) for held in viewer.held):
            new = new_in(run, viewer).count() + reopened_in(run, viewer).count()
            made += [RunNotice(board_id=run.board_id, user=user, run=run, new=new, at=now)] if new else []
    return len(RunNotice.objects.bulk_create(made, ignore_conflicts=True))


def mark_run_seen(notice: RunNotice, *, by: Viewer, now: datetime) -> None:
    """The one who was told of a run has seen it."""
    if not run_notices_for(by).filter(pk=notice.pk, user=by.user).update(seen_at=now):
        raise NotForYouError("Det finns inget sådant meddelande för dig")
