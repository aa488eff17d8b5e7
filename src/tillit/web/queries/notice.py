"""The notices that a viewer is shown: only those about matters that the viewer still may see."""

from django.db.models import Exists, OuterRef, QuerySet

from tillit.web.models import Matter, Notice
from tillit.web.queries.matter import visible
from tillit.web.rules.viewer import Viewer


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer has been told and not yet seen, the newest first."""
    mine: QuerySet[Notice] = Notice.objects.filter(user=viewer.user, seen_at=None)
    seen = visible(Matter, viewer).filter(pk=OuterRef("matter"))
    return mine.filter(Exists(seen)).select_related("matter").order_by("-at", "-pk")
