"""Deviations at a provider as other boards know them: that remedy is demanded, in what, and how it stands (M254)."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from tillit.web.models import Deviation, Provider
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer

PROCESS = "provider_deviation"


def deviations_of(found: Provider, viewer: Viewer) -> QuerySet[Deviation]:
    """Those at other boards that the viewer's board is shown, the newest first; what is remedied only for a time.

    Shown where a board of the viewer uses the provider, to the roles that read deviations at their own.
    Those of the viewer's own boards are matters, and are listed as such.
    """
    roles = {reader.role for reader in catalogue().processes[PROCESS].readers}
    using = [board for board in boards_using(found, viewer) if viewer.has(roles, board=board)]
    if not using:
        return Deviation.objects.none()
    kept = viewer.day - timedelta(days=whole("casework.deviation_shown_days", viewer.day))
    shown = Deviation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=kept), provider=found)
    own = [board for board in viewer.boards() if viewer.has(roles, board=board)]
    return shown.exclude(board__in=own).select_related("board").order_by("-since", "-pk")


def boards_using(found: Provider, viewer: Viewer) -> list[int]:
    """The boards of the viewer that use a provider today."""
    mine = set(viewer.boards())
    standing = {use.board_id for use in found.uses.all() if use.until is None or use.until >= viewer.day}
    return sorted(standing & mine)
