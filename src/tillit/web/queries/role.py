"""Roles that stand, and those that wait for a second person."""

from datetime import date

from django.db.models import Q, QuerySet

from tillit.web.models import Grant, RoleProposal, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.role_review import HEAD
from tillit.web.rules.viewer import Viewer


def standing(day: date) -> QuerySet[Grant]:
    """The roles that are held on a day."""
    return Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def is_waiting(given: Grant | RoleProposal) -> bool:
    """Whether a role that was to be given waits for a second person."""
    return isinstance(given, RoleProposal)


def heads(day: date) -> QuerySet[User]:
    """The heads of administration, who order roles of the whole municipality."""
    held = standing(day).filter(role=HEAD)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def roles_to_settle(viewer: Viewer) -> QuerySet[RoleProposal]:
    """What the viewer may agree to as a second person: never what one proposed, or what is about oneself.

    Another access administrator agrees, or a head of administration: of the board, or of any for a role of all boards.
    """
    mine = [held for held in viewer.held if held.role in (ADMINISTRATOR, HEAD) and held.unit is None]
    if not mine:
        return RoleProposal.objects.none()
    boards = {held.board for held in mine}
    at = Q() if None in boards else Q(board=None) | Q(board__in=boards)
    found = RoleProposal.objects.filter(at, settled_at=None).exclude(by=viewer.user).exclude(user=viewer.user)
    return found.select_related("user", "board", "unit", "by", "ordered_by", "substitute_for").order_by("at", "pk")


def staff(viewer: Viewer, *, text: str = "") -> QuerySet[User]:
    """The accounts of those who work here, by name, for the one who opens and closes them; closed ones too."""
    if ADMINISTRATOR not in viewer.roles():
        return User.objects.none()
    found = User.objects.filter(external=False)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text))
    return found.order_by("-is_active", "name", "pk")
