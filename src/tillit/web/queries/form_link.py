"""The links that boards which are not connected report by."""

from tillit.web.models import Board, FormLink
from tillit.web.rules.viewer import Viewer


def open_links(viewer: Viewer) -> list[FormLink]:
    """The links that still lead somewhere, by board."""
    found = FormLink.objects.filter(ended_at=None, expires_on__gte=viewer.day).select_related("board")
    return list(found.order_by("board__name", "pk"))


def not_connected() -> list[Board]:
    """The boards that report by link."""
    return list(Board.objects.filter(connected=False).order_by("name"))
