"""Who holds which role where: for the access administrator and for managers, of their own boards and units."""

from django.db.models import Q, QuerySet

from tillit.web.models import Board, Grant, User
from tillit.web.rules.viewer import Viewer

ADMINISTRATOR, MANAGER = "R27", "R02"


def grants(viewer: Viewer, *, text: str = "", role: str = "", past: bool = False) -> QuerySet[Grant]:
    """The roles held within what the viewer answers for, by name; with `past` those that have ended too."""
    allowed = Q(pk__in=[])
    for held in viewer.held:
        if held.role in (ADMINISTRATOR, MANAGER):
            at = Q() if held.board is None else Q(board=held.board) | Q(board=None)
            allowed |= at if held.unit is None else Q(board=held.board, unit=held.unit)
    found = Grant.objects.filter(allowed).select_related("user", "board", "unit", "substitute_for")
    if not past:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gte=viewer.day), user__is_active=True)
    if role:
        found = found.filter(role=role)
    if text:
        found = found.filter(Q(user__name__icontains=text) | Q(user__username__icontains=text))
    return found.order_by("user__name", "role", "pk")


def people_at_work(viewer: Viewer) -> QuerySet[User]:
    """The active accounts, for the one who gives roles, who sees who there is and nothing of any case."""
    return User.objects.filter(is_active=True).order_by("name", "pk")


def own_boards(viewer: Viewer, roles: set[str]) -> QuerySet[Board]:
    """The boards at which the viewer holds one of the roles: where something can be opened or delivered."""
    held = [one.board for one in viewer.held if one.role in roles]
    found = Board.objects.order_by("name")
    return found if None in held else found.filter(pk__in=[board for board in held if board is not None])
