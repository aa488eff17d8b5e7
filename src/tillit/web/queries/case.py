"""Cases as a list."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tillit.web.models import Case, Matter
from tillit.web.queries.course import open_to
from tillit.web.queries.matter import is_whole, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def my_turn(case: Case, viewer: Viewer) -> bool:
    """Whether the next step of a case in a list is the viewer's."""
    return bool(getattr(case, "whole", False)) and bool(open_to(case, viewer))


def listed(viewer: Viewer, *, process: str = "", state: str = "", text: str = "") -> QuerySet[Matter]:
    """The cases that the viewer may know of: of the open ones what is due first, else the newest first.

    They are what is counted and turned pages in; `rows_of` gives what a page of them shows.
    Takes: state '' for the open ones, 'closed', or 'all'.
    """
    found = visible(Matter, viewer, of="case")
    if process:
        found = found.filter(process=process)
    if state != "all":
        found = found.filter(closed_at__isnull=state != "closed")
    if text:
        found = found.filter(number__icontains=text)
    return found.order_by("due_on", "pk") if not state else found.order_by("-opened_at", "-pk")


def rows_of(keys: Sequence[int], viewer: Viewer) -> list[Case]:
    """The cases of some keys in their order, of those the viewer may know of. `whole` says if they may be read."""
    found = visible(Case, viewer).filter(pk__in=keys).annotate(whole=is_whole(viewer, of="case"))
    return sorted(found, key=lambda one: keys.index(one.pk))


def can_open(viewer: Viewer) -> list[str]:
    """The processes of which the viewer's role may open a case from nothing."""
    roles = viewer.roles()
    alone = [one for one in catalogue().processes.values() if one.model == "case" and not one.opening.has_its_own_way]
    return [one.process for one in alone if roles & {*one.opened_by}]
