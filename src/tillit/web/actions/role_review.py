"""Asks managers every year who still needs which role, takes their answers, and gives and ends roles.

Nobody gives a right to oneself, orders one for oneself, or answers for one's own (SD8).
"""

from datetime import date, datetime, timedelta

from tillit.units import add_working_days, local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Grant, RoleReview, Unit, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.role_review import administered, managers_at, not_asked_since, reviewer_of, to_review
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer


def ask_reviews(*, now: datetime) -> int:
    """Asks a manager about each role at a board that nobody was asked about for a year. A job calls it, every day.

    Gives: how many were asked about. Done again it asks about nothing more.
    """
    day = local_date(now)
    since = now - timedelta(days=whole("casework.role_review_every", day))
    due = add_working_days(day, whole("casework.role_review_days", day))
    with one_press("ask role reviews", by=None, now=now):
        asked = []
        for grant in not_asked_since(since, day):
            reviewer = reviewer_of(grant, day)
            if reviewer:
                asked.append(RoleReview(grant=grant, reviewer=reviewer, asked_at=now, due_on=due))
        RoleReview.objects.bulk_create(asked)
        if asked:
            log.write("change", "ask role reviews", by=None, at=now, details={"roles": len(asked)})
        return len(asked)


def answer_role_review(review: RoleReview, *, by: Viewer, now: datetime, answer: str, reason: str = "") -> None:
    """The manager who was asked says that the role is kept, or why it should be taken away.

    Raises: NotForYouError for anyone else, HeldBackError where the reason is missing.
    """
    with one_press("answer role review", by=by, now=now):
        if answer not in {"keep", "remove"} or not to_review(by).filter(pk=review.pk).exists():
            raise NotForYouError("Det finns ingen sådan roll för dig att gå igenom")
        if answer == "remove" and not reason.strip():
            raise HeldBackError("Skriv varför rollen ska tas bort")
        told = {"answer": answer, "reason": reason.strip()[:300], "answered_at": now}
        RoleReview.objects.filter(pk=review.pk, answered_at=None).update(**told)
        details = {"grant": review.grant_id, "answer": answer}
        log.write("change", "answer role review", by=by.user, at=now, details=details)


def give_role(
    user: User,
    role: str,
    *,
    board: Board,
    unit: Unit | None = None,
    until: date | None = None,
    ordered_by: User,
    by: Viewer,
    now: datetime,
) -> Grant:
    """Gives a role at a board or unit, from today, on the order of a manager there.

    Raises: NotForYouError at a board that the viewer does not administer; NotYourStepError for a role to oneself;
    HeldBackError where the role, the unit or the day cannot be, or the order is no manager's or one's own.
    """
    with one_press("give role", by=by, now=now):
        if not by.has({ADMINISTRATOR}, board=board.pk):
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if user.pk == by.user.pk:
            raise NotYourStepError("Ingen ger en roll till sig själv", fix="be en annan behörighetsadministratör")
        known = catalogue().roles.get(role)
        if known is None or known.external or known.whole_municipality:
            raise HeldBackError("Rollen ges inte i en nämnd", fix="välj en annan roll")
        if unit is not None and unit.board_id != board.pk:
            raise HeldBackError("Enheten finns inte i nämnden", fix="välj en annan")
        if until is not None and until < by.day:
            raise HeldBackError("Sista dagen har redan varit", fix="välj en senare dag")
        if ordered_by.pk == user.pk or not managers_at(board, unit, by).filter(pk=ordered_by.pk).exists():
            raise HeldBackError("En annan chef där beställer rollen", fix="välj chefen som har beställt den")
        grant: Grant = Grant.objects.create(
            user=user, role=role, board=board, unit=unit, valid_from=by.day, valid_to=until
        )
        details = {"grant": grant.pk, "to": user.pk, "role": role, "board": board.pk, "ordered_by": ordered_by.pk}
        log.write("change", "give role", by=by.user, at=now, details=details)
        return grant


def end_role(grant: Grant, *, by: Viewer, now: datetime) -> None:
    """Ends a role at once; what a manager has asked for about it is done.

    A role that comes with the log-in comes back unless it is taken away there too.
    Raises: NotForYouError for a role that the viewer does not administer, as one's own.
    """
    with one_press("end role", by=by, now=now):
        if not administered(by).filter(pk=grant.pk).exists():
            raise NotForYouError("Det finns ingen sådan roll för dig")
        Grant.objects.filter(pk=grant.pk).update(valid_to=by.day - timedelta(days=1))
        RoleReview.objects.filter(grant=grant, answer="remove", done_at=None).update(done_at=now)
        log.write("change", "end role", by=by.user, at=now, details={"grant": grant.pk, "of": grant.user_id})
