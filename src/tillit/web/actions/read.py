"""Reads a matter for a page: what is shown of a person is in the log before it is shown."""

from datetime import datetime
from typing import NamedTuple

from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.models import Matter
from tillit.web.queries.matter import is_whole, visible
from tillit.web.queries.provider import NAME
from tillit.web.rules.viewer import Viewer


class Read(NamedTuple):
    """A matter that was looked up, and whether its content may be shown or its status alone."""

    matter: Matter
    whole: bool
    provider_name: str


def read_matter(number: str, *, by: Viewer, now: datetime, purpose: str = "") -> Read:
    """A matter by its number, with the read in the log.

    Raises: NotForYouError, the same for what does not exist, for another board's, and for one whom bias shuts out.
    """
    with one_press("read", by=by, now=now, number=number):
        # In one question to the database: every page of a matter asks it.
        known = visible(Matter, by).filter(number=number).annotate(whole=is_whole(by), provider_name=NAME)
        matter = known.select_related("board", "unit", "finding").first()
        if matter is None:
            raise NotForYouError("Det finns inget sådant ärende för dig")
        whole = bool(matter.whole)
        log.note_read("matter" if whole else "status", by=by.user, at=now, matter=matter, purpose=purpose)
        return Read(matter, whole, matter.provider_name or "")


def read_own(matter: Matter, *, by: Viewer, now: datetime) -> None:
    """Someone outside was shown what is their own: in the log as every other read."""
    log.note_read("own report", by=by.user, at=now, matter=matter)


def read_list(what: str, *, by: Viewer, now: datetime, shown: int, purpose: str = "") -> None:
    """A list with person data was shown: how many rows, in the log."""
    log.note_read(f"list {what}", by=by.user, at=now, purpose=purpose, details={"shown": shown})
