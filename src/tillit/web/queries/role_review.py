"""Roles to review, and roles that a manager has asked to have taken away."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.web.models import Board, Grant, RoleReview, Unit, User
from tillit.web.queries.access import ADMINISTRATOR, MANAGER, grants, own_boards
from tillit.web.rules.viewer import Viewer

HEAD = "R24"


def to_review(viewer: Viewer) -> QuerySet[RoleReview]:
    """The roles that the viewer is asked about and has not answered, while they are held; the soonest due first."""
    standing = Q(grant__valid_to=None) | Q(grant__valid_to__gte=viewer.day)
    mine = RoleReview.objects.filter(standing, reviewer=viewer.user, answered_at=None)
    return mine.select_related("grant__user", "grant__board", "grant__unit").order_by(
        "due_on", "grant__user__name", "pk"
    )


def to_remove(viewer: Viewer) -> QuerySet[RoleReview]:
    """The roles that a manager wants taken away, for the administrator of the board who ends them."""
    asked = RoleReview.objects.filter(answer="remove", done_at=None, grant__in=administered(viewer))
    return asked.select_related("grant__user", "grant__board", "grant__unit", "reviewer").order_by("answered_at", "pk")


def administered(viewer: Viewer) -> QuerySet[Grant]:
    """The roles held now that the viewer may end, as access administrator; never one's own."""
    boards = own_boards(viewer, {ADMINISTRATOR})
    # A role of every board is ended by any administrator, with a second person (actions/role.py).
    at = Q(board__in=boards) | (Q(board=None) if boards else Q(pk__in=[]))
    return grants(viewer).filter(at).exclude(user=viewer.user)


def not_asked_since(since: datetime, viewer_day: object) -> QuerySet[Grant]:
    """The roles at a board that are held and that no manager has been asked about since a time."""
    asked = RoleReview.objects.filter(grant=OuterRef("pk"), asked_at__gt=since)
    held = Grant.objects.filter(~Exists(asked), board__isnull=False, valid_from__lte=viewer_day, user__is_active=True)
    return held.exclude(valid_to__lt=viewer_day).select_related("user").order_by("pk")


def reviewer_of(grant: Grant, day: object) -> User | None:
    """A manager of the place where the role is held, or else the head of administration; never the one who holds it."""
    for role in (MANAGER, HEAD):
        held = Grant.objects.filter(Q(unit=None) | Q(unit=grant.unit_id), role=role, board=grant.board_id)
        held = held.filter(valid_from__lte=day).exclude(valid_to__lt=day).exclude(user=grant.user_id)
        found = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk").first()
        if found:
            return found
    return None


def managers_at(board: Board, unit: Unit | None, viewer: Viewer) -> QuerySet[User]:
    """Those who may order a role at a place."""
    held = Grant.objects.filter(Q(unit=None) | Q(unit=unit), role__in=(MANAGER, HEAD), board=board)
    held = held.filter(valid_from__lte=viewer.day).exclude(valid_to__lt=viewer.day)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
