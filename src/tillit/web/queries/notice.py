"""The notices that a viewer is shown: only about matters and boards that the viewer still may see."""

from django.db.models import QuerySet

from tillit.web.models import Matter, Notice, RunNotice
from tillit.web.queries.access import own_boards
from tillit.web.queries.matter import visible
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer has been told and not yet seen, the newest first."""
    mine: QuerySet[Notice] = Notice.objects.filter(user=viewer.user, seen_at=None)
    # The few keys first: a database asked for "what is seen and told of" begins with all that is seen.
    told = set(mine.values_list("matter", flat=True))
    return (
        mine.filter(matter__in=visible(Matter, viewer).filter(pk__in=told))
        .select_related("matter")
        .order_by("-at", "-pk")
    )


def run_notices_for(viewer: Viewer) -> QuerySet[RunNotice]:
    """The runs that brought something new for the viewer, not yet seen, at boards where the viewer still may assess."""
    boards = own_boards(viewer, roles_of("assess"))
    mine: QuerySet[RunNotice] = RunNotice.objects.filter(user=viewer.user, seen_at=None, board__in=boards)
    return mine.select_related("run", "board").order_by("-at", "-pk")
