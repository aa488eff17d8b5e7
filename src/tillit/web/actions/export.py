"""Gives out a list, with how many rows and why in the log before a row is given."""

from datetime import datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import NotYourStepError, one_press
from tillit.web.queries.export import Row, rows
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def export_list(process: str, *, by: Viewer, now: datetime, purpose: str) -> list[Row]:
    """The matters of a process that the viewer may read, as rows for a file.

    Raises: NotYourStepError for a role that takes no lists out.
    """
    with one_press(f"export {process}", by=by, now=now):
        if not set(catalogue().processes[process].exported_by) & by.roles():
            raise NotYourStepError("Din roll tar inte ut listor", fix="be någon som har rollen")
        given = list(rows(by, process))
        log.write("read", f"export {process}", by=by.user, at=now, purpose=purpose, details={"rows": len(given)})
        return given
