"""Asks managers every year who still needs which role, and takes their answers. Nobody answers for one's own."""

from datetime import datetime, timedelta

from tillit.units import add_working_days, local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import RoleReview
from tillit.web.queries.role_review import not_asked_since, reviewer_of, to_review
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
