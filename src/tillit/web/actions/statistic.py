"""Gives out the figures of a period as a file, with that in the log."""

from datetime import datetime

from tillit.units import Period
from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.queries.access import own_boards
from tillit.web.queries.statistic import figures
from tillit.web.queries.statistic_file import as_csv, as_open_document, as_pdf, as_workbook
from tillit.web.rules.doors import may_enter, roles_of
from tillit.web.rules.viewer import Viewer


def give_out(kind: str, period: Period, *, by: Viewer, now: datetime) -> bytes:
    """The figures that the viewer is shown, as csv, xlsx, ods or pdf. Raises: NotForYouError, NoPdfError."""
    with one_press(f"statistics {kind}", by=by, now=now):
        if not may_enter(by, "statistics"):
            raise NotForYouError("Det finns ingen sådan sida för dig")
        found = figures(by, period)
        log.write("read", f"statistics {kind}", by=by.user, at=now, details={"figures": len(found)})
    match kind:
        case "csv":
            return as_csv(found)
        case "xlsx":
            return as_workbook(found, period)
        case "ods":
            return as_open_document(found)
        case _:
            boards = list(own_boards(by, roles_of("statistics")))
            return as_pdf(found, period, boards[0].name if len(boards) == 1 else "")
