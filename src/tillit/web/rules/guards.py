"""The guards that steps name: each says, in Swedish, why a step cannot be taken yet, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tillit.web.models import Matter
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Asked:
    """What a guard is asked: may this person take this step on this matter, with this, at this time?"""

    matter: Matter
    by: Viewer
    given: Mapping[str, Any]
    now: datetime


Guard = Callable[[Asked], str | None]
GUARDS: dict[str, Guard] = {}


def guard(check: Guard) -> Guard:
    """Makes a function known to process files under its own name; its docstring is shown with the process."""
    GUARDS[check.__name__] = check
    return check


@guard
def not_the_one_who_opened(asked: Asked) -> str | None:
    """Den som öppnade ärendet får inte ta det här steget."""
    if asked.matter.opened_by_id == asked.by.user.pk:
        return "Någon annan än den som öppnade ärendet behöver göra det här."
    return None
