"""What a run brought: what is new since the one before, what came again and is explained, and what is gone."""

from django.db.models import QuerySet

from tillit.web.models import Finding, Run, StepTaken
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


def reopened_in(run: Run, viewer: Viewer) -> QuerySet[Finding]:
    """The findings whose explanation had run out, so that the run opened them again."""
    if run.finished_at is None:
        return Finding.objects.none()
    opened = StepTaken.objects.filter(step="reopen", at=run.finished_at).values("matter")
    found = readable(Finding, viewer).filter(board=run.board_id, pk__in=opened)
    return found.order_by("-severity", "-at_risk_ore", "pk")


def explained_in(run: Run, viewer: Viewer) -> QuerySet[Finding]:
    """The findings that came again and are explained until a day; those of the newest run, for a later one has them."""
    found = readable(Finding, viewer).filter(last_run=run, state="explained")
    return found.order_by("pk")
