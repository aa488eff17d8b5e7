"""Cases as a list."""

from django.db.models import Exists, OuterRef, QuerySet

from tillit.web.models import Case
from tillit.web.queries.course import open_to
from tillit.web.queries.matter import readable, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def my_turn(case: Case, viewer: Viewer) -> bool:
    """Whether the next step of a case in a list is the viewer's."""
    return bool(getattr(case, "whole", False)) and bool(open_to(case, viewer))


def listed(viewer: Viewer, *, process: str = "", state: str = "", text: str = "") -> QuerySet[Case]:
    """The cases that the viewer may know of, what is due first. `whole` says whether their content may be shown.

    Takes: state '' for the open ones, 'closed', or 'all'.
    """
    found = visible(Case, viewer).annotate(whole=Exists(readable(Case, viewer).filter(pk=OuterRef("pk"))))
    if process:
        found = found.filter(process=process)
    if state != "all":
        found = found.filter(closed_at__isnull=state != "closed")
    if text:
        found = found.filter(number__icontains=text)
    return found.select_related("board", "unit").order_by("due_on", "-opened_at", "pk")


def can_open(viewer: Viewer) -> list[str]:
    """The processes of which the viewer's role may open a case from nothing."""
    roles = viewer.roles()
    alone = [one for one in catalogue().processes.values() if one.model == "case" and not one.opening.has_its_own_way]
    return [one.process for one in alone if roles & {*one.opened_by}]
