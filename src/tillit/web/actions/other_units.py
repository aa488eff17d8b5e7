"""Asks, with a purpose, whether a person has support at another unit of the board."""

from datetime import datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Matter, Unit
from tillit.web.queries.matter import readable
from tillit.web.queries.other_units import may_ask_other_units, other_units
from tillit.web.rules.viewer import Viewer


def ask_other_units(matter: Matter, *, purpose: str, by: Viewer, now: datetime) -> list[Unit]:
    """The units to get in touch with, and nothing of what is decided there; the log tells who asked and why.

    Raises: NotForYouError for who does not read the matter or has no such role; HeldBackError without a purpose.
    """
    with one_press("ask other units", by=by, now=now, matter=matter):
        found = readable(Matter, by).filter(pk=matter.pk).select_related("board", "unit").first()
        if found is None or not may_ask_other_units(found, by):
            raise NotForYouError("Det finns inget sådant för dig")
        if not purpose.strip() or "\0" in purpose:
            raise HeldBackError("Skriv varför du behöver veta det", where=found.number)
        units = other_units(found, by.day)
        details = {"units": [one.pk for one in units]}
        log.write("read", "ask other units", by=by.user, at=now, matter=found, purpose=purpose.strip(), details=details)
        return units
