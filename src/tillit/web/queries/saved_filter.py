"""The filters that a person has saved."""

from django.db.models import QuerySet

from tillit.web.models import SavedFilter
from tillit.web.rules.viewer import Viewer


def saved_filters(viewer: Viewer) -> QuerySet[SavedFilter]:
    """The viewer's own, by name."""
    return SavedFilter.objects.filter(user=viewer.user)
