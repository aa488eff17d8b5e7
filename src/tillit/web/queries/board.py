"""The boards and units that someone may change: one's own, or all for the system's administrator."""

from django.db.models import QuerySet

from tillit.web.models import Board
from tillit.web.queries.access import ADMINISTRATOR, own_boards
from tillit.web.rules.viewer import Viewer

SYSTEM = "R28"


def boards_to_change(viewer: Viewer) -> QuerySet[Board]:
    """The boards whose name and units the viewer keeps, by name, with their units."""
    return own_boards(viewer, {ADMINISTRATOR, SYSTEM}).prefetch_related("units")


def may_open_boards(viewer: Viewer) -> bool:
    """Whether the viewer opens new boards: the system administrator of the whole installation."""
    return SYSTEM in viewer.roles()
