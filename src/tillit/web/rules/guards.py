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
def placement_is_given(asked: Asked) -> str | None:
    """Det är valt i vilken akt kontrollen dokumenteras (M173)."""
    if not asked.matter.fields.get("placement") and not asked.given.get("placement"):
        return "Välj först var det ska dokumenteras."
    return None
