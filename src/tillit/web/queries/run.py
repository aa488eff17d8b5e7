"""What a run brought: what is new since the one before, what came again, what is gone."""

from django.db.models import QuerySet

from tillit.web.models import Finding, Run
from tillit.web.queries.matter import readable
from tillit.web.rules.viewer import Viewer


def new_in(run: Run, viewer: Viewer) -> QuerySet[Finding]:
    """The findings that a run brought for the first time, of those the viewer may read; the most urgent first."""
    if run.finished_at is None:
        return Finding.objects.none()
    found = readable(Finding, viewer).filter(board=run.board_id, origin="rule", opened_at=run.finished_at)
    return found.order_by("-severity", "-at_risk_ore", "pk")


def gone_in(run: Run, viewer: Viewer) -> QuerySet[Finding]:
    """The findings that a run did not find again, and no later one has."""
    if run.finished_at is None:
        return Finding.objects.none()
    found = readable(Finding, viewer).filter(board=run.board_id, origin="rule", gone_at=run.finished_at)
    return found.order_by("-severity", "-at_risk_ore", "pk")
