"""The matters that a viewer may see. There is no other way to a matter from a page."""

from collections import defaultdict
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.web.models import Assignment, Block, Matter
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Held, Viewer

M = TypeVar("M", bound=Matter)


def visible(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """The matters of a kind that the viewer may see; empty for one who may see none.

    A role sees as far as the process says (content/processes, `readers`): what it opened, what it
    is assigned, its unit, its board or every board. Bias (jäv) shuts a person out whatever the role.
    Needs an active scope of boards: a query without one raises.
    """
    allowed = _allowed(viewer)
    if allowed is None:
        return model.objects.none()
    blocked = Block.objects.filter(matter=OuterRef("pk"), user=viewer.user, lifted_at=None)
    return model.objects.filter(allowed).exclude(Exists(blocked))


def _allowed(viewer: Viewer) -> Q | None:
    parts: dict[tuple[str, int | None, int | None], set[str]] = defaultdict(set)
    for process in catalogue().processes.values():
        for reader in process.readers:
            for held in viewer.held:
                if held.role == reader.role:
                    parts[_place(reader.reach, held)].add(process.process)
    allowed: Q | None = None
    for (reach, board, unit), processes in sorted(parts.items(), key=str):
        part = Q(process__in=sorted(processes)) & _reached(reach, board, unit, viewer)
        allowed = part if allowed is None else allowed | part
    return allowed


def _place(reach: str, held: Held) -> tuple[str, int | None, int | None]:
    if reach == "municipality":
        return reach, None, None
    return reach, held.board, held.unit if reach == "unit" else None


def _reached(reach: str, board: int | None, unit: int | None, viewer: Viewer) -> Q:
    at_board = Q() if board is None else Q(board_id=board)
    match reach:
        case "municipality":
            return Q()
        case "board":
            return at_board
        case "unit":
            return at_board if unit is None else at_board & Q(unit_id=unit)
        case "own":
            return at_board & Q(opened_by=viewer.user)
        case "assigned":
            assigned = Assignment.objects.filter(matter=OuterRef("pk"), user=viewer.user, valid_to=None)
            return at_board & Q(Exists(assigned))
        case _:
            raise AssertionError(reach)
