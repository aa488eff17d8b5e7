"""A list that leaves Tillit: what it holds, with protected persons masked. The action that gives it out logs it."""

from collections.abc import Iterator

from tillit.web.models import Matter
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.protected import MASKED
from tillit.web.rules.viewer import Viewer

Row = dict[str, str | int | None]


def rows(viewer: Viewer, process: str) -> Iterator[Row]:
    """One row for each matter of a process that the viewer may read, where the viewer's role may take lists out."""
    content = catalogue().processes[process]
    held = [one for one in viewer.held if one.role in content.exported_by]
    boards = {one.board for one in held}
    found = readable(Matter, viewer).filter(process=process).select_related("board", "finding").order_by("pk")
    if None not in boards:
        found = found.filter(board__in=boards)
    for matter in found:
        finding = getattr(matter, "finding", None)
        yield {
            "number": matter.number,
            "state": content.states[matter.state].sv,
            "board": matter.board.name,
            "opened": matter.opened_at.date().isoformat(),
            "due": matter.due_on.isoformat() if matter.due_on else None,
            "provider": MASKED if matter.protected else matter.provider_number,
            "control": finding.control if finding else "",
            "client": _code(matter, finding.client_code if finding else ""),
            "at_risk_ore": finding.at_risk_ore if finding else 0,
        }


def _code(matter: Matter, code: str) -> str:
    return MASKED if matter.protected and code else code
