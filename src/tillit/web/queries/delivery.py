"""Deliveries and runs of the boards at which the viewer may see them, and the withdrawn files behind a finding."""

from django.db.models import QuerySet

from tillit.web.models import Board, Finding, Run, Upload
from tillit.web.queries.access import own_boards
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer

UNDERSTOOD = ("accepted", "accepted_with_remarks")
"""What a file is called that was read and may be used."""


def deliveries(viewer: Viewer) -> QuerySet[Upload]:
    """The files delivered, the newest first."""
    boards = own_boards(viewer, roles_of("deliveries"))
    return Upload.objects.filter(board__in=boards).select_related("board", "by").order_by("-at", "-pk")


def accepted(board: Board) -> list[str]:
    """The sha256 of each delivered file that was understood and not withdrawn, each once."""
    taken = Upload.objects.filter(board=board, delivery__status__in=UNDERSTOOD, withdrawn_at=None)
    return sorted(set(taken.values_list("sha256", flat=True)))


def runs(viewer: Viewer) -> QuerySet[Run]:
    """The runs of controls, the newest first."""
    boards = own_boards(viewer, roles_of("deliveries"))
    return Run.objects.filter(board__in=boards).select_related("board", "by").order_by("-at", "-pk")


def withdrawn_under(*findings: Finding) -> list[Upload]:
    """The withdrawn files that findings rest on, for one who reads them or a case that has them as its evidence."""
    marked = [one for one in findings if one.source_withdrawn_at]
    if not marked:
        return []
    under = {row["sha256"] for one in marked for row in one.result.get("evidence", [])}
    found = Upload.objects.filter(sha256__in=under, board__in={one.board_id for one in marked})
    return list(found.exclude(withdrawn_at=None).order_by("withdrawn_at", "pk"))
