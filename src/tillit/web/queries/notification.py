"""Notices to other authorities: the duties there are, what a notice is about, and how many there were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from tillit.catalogue import Duty
from tillit.units import midnight
from tillit.web.models import Case, Finding, Matter, StepTaken
from tillit.web.queries.matter import at_place, readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.small_cells import small_cells
from tillit.web.rules.viewer import Viewer

COUNTED_BY = ("R02", "R03", "R05", "R12", "R23", "R24")
"""The roles for whom the notices of a board are counted."""


def duties(viewer: Viewer) -> list[Duty]:
    """The duties that the viewer's role may try."""
    content = catalogue()
    return [one for one in content.duties.values() if viewer.roles() & {*content.processes[one.process].opened_by}]


def findings_behind(matter: Matter, viewer: Viewer) -> list[Finding]:
    """The findings that a notice is about, where it came up in a finding or a case; of those the viewer may read."""
    return list(readable(Finding, viewer).filter(Q(pk=matter.pk) | Q(cases=matter.pk)).distinct())


@dataclass(frozen=True)
class Counted:
    """The notices to one authority in a period; none where a number of persons is too small to be shown."""

    authority: str
    sent: int | None
    omitted: int | None
    answered: int | None
    resulted: int | None


@dataclass(frozen=True)
class Statistics:
    """Notices by authority, and how many were sent for each hundred matters that the board opened (ST5).

    A sum is none where it is small itself, or would say the one number of a column that is not shown.
    """

    rows: list[Counted]
    sent: int | None
    omitted: int | None
    matters: int

    @property
    def per_hundred(self) -> int | None:
        """Notices sent for each hundred matters opened; none where none were opened, or the sum is not shown."""
        return round(100 * self.sent / self.matters) if self.matters and self.sent is not None else None


def statistics(viewer: Viewer, first: date, last: date) -> Statistics:
    """What was notified, left out, answered and led to something, at the boards and units that the viewer counts.

    Each notice is about a person, so small numbers are not shown (IS4). A notice sent twice is one notice.
    Takes: the days of the period, both included; a notice counts by the day of the step.
    """
    steps = _steps(viewer, first, last)
    sent, omitted = _by_authority(steps.filter(step="send")), _by_authority(steps.filter(step="omit"))
    answered = _by_authority(steps.filter(step="answer"))
    resulted = _by_authority(steps.filter(step="answer", given__outcome__in=["changed", "repaid"]))
    limit = whole("casework.small_cell", viewer.day)
    shown = [small_cells(counts, limit=limit) for counts in (sent, omitted, answered, resulted)]
    authorities = sorted({*sent, *omitted, *answered}, key=_name)
    rows = [Counted(_name(one), *(counts.get(one, 0) for counts in shown)) for one in authorities]
    matters = Matter.objects.filter(_counted(viewer), opened_at__gte=midnight(first), opened_at__lt=_after(last))
    known = matters.exclude(process__in=_processes()).count()
    return Statistics(rows, _sum(sent, shown[0], limit), _sum(omitted, shown[1], limit), known)


def _sum(counts: Mapping[str, int], shown: Mapping[str, int | None], limit: int) -> int | None:
    total, hidden = sum(counts.values()), sum(number is None for number in shown.values())
    return None if hidden == 1 or 0 < total < limit else total


def _processes() -> list[str]:
    return sorted({duty.process for duty in catalogue().duties.values()})


def _steps(viewer: Viewer, first: date, last: date) -> QuerySet[StepTaken]:
    within = Case.objects.filter(_counted(viewer), process__in=_processes())
    return StepTaken.objects.filter(matter__in=within.values("pk"), at__gte=midnight(first), at__lt=_after(last))


def _counted(viewer: Viewer) -> Q:
    counted = Q(pk__in=[])
    for held in viewer.held:
        if held.role in COUNTED_BY:
            counted |= at_place(held)
    return counted


def _by_authority(steps: QuerySet[StepTaken]) -> dict[str, int]:
    rows = steps.order_by().values_list("matter__fields__authority").annotate(number=Count("matter", distinct=True))
    return {code or "": number for code, number in rows}


def _name(code: str) -> str:
    known = catalogue().recipients.get(code)
    return known.sv if known else code or "Inte vald"


def _after(last: date) -> datetime:
    return midnight(last + timedelta(days=1))
