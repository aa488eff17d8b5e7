"""Search: by number, title, provider or code, among what the viewer may read and nothing else."""

from django.db.models import Q, QuerySet

from tillit.web.models import Matter
from tillit.web.queries.matter import readable
from tillit.web.rules.viewer import Viewer


def search(viewer: Viewer, text: str) -> QuerySet[Matter]:
    """The matters that hold the text, the newest first.

    What concerns protected persons is found only by those who have a special assignment to it, so that a hit
    tells nobody else that it is there.
    """
    wanted = text.strip()
    if len(wanted) < 2:
        return readable(Matter, viewer).none()
    codes = Q(finding__client_code__iexact=wanted) | Q(finding__worker_code__iexact=wanted)
    texts = Q(number__icontains=wanted) | Q(title__icontains=wanted) | Q(provider_number__startswith=wanted)
    return readable(Matter, viewer).filter(texts | codes).order_by("-opened_at", "-pk")
