"""Deliveries and runs of the boards at which the viewer may see them."""

from django.db.models import QuerySet

from tillit.web.models import Run, Upload
from tillit.web.queries.access import own_boards
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer


def deliveries(viewer: Viewer) -> QuerySet[Upload]:
    """The files delivered, the newest first."""
    boards = own_boards(viewer, roles_of("deliveries"))
    return Upload.objects.filter(board__in=boards).select_related("board", "by").order_by("-at", "-pk")


def runs(viewer: Viewer) -> QuerySet[Run]:
    """The runs of controls, the newest first."""
    boards = own_boards(viewer, roles_of("deliveries"))
    return Run.objects.filter(board__in=boards).select_related("board", "by").order_by("-at", "-pk")
