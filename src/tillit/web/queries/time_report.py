"""Time reports for those who work here: the month's list, how many went through without handwork, and one report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from tillit.units import PARTS, add_months, minutes_from28, weighted28
from tillit.web.models import Finding, HandIn, Matter, ReportedTime, StepTaken, TimeReport, WorkerReport
from tillit.web.queries.matter import readable, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

PROCESS = "time_report"
WEIGHTS = "assistance.activity_weights"
MONTHS = 12
"""How many months back the list offers."""


@dataclass(frozen=True)
class Part:
    """An assistant's part in one version, with its rows and what they come to."""

    report: WorkerReport
    rows: Sequence[ReportedTime]
    stands: bool

    @property
    def minutes(self) -> int:
        """All its time."""
        return sum(one.minutes for one in self.rows)


@dataclass(frozen=True)
class Shown:
    """A report as its page shows it: the parts that stand first, then those that were corrected."""

    report: TimeReport
    parts: Sequence[Part]
    hand_ins: Sequence[HandIn]
    findings: Sequence[Finding]

    @property
    def standing(self) -> list[Part]:
        """The parts in the version that stands."""
        return [one for one in self.parts if one.stands]

    @property
    def minutes(self) -> int:
        """All the time that stands."""
        return sum(one.minutes for one in self.standing)

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """The time that stands, by its kind, the most first."""
        counted: Counter[str] = Counter()
        for one in self.standing:
            for row in one.rows:
                counted[row.kind] += row.minutes
        return counted.most_common()

    @property
    def difference(self) -> int | None:
        """What stands beyond what the decision gives; below zero where there is some left.

        Waiting and standby count for less where the decision counts them so. It warns; the settlement is another.
        """
        if self.report.granted_minutes is None:
            return None
        counted = dict(self.by_kind)
        if not self.report.granted_is_weighted:
            return sum(counted.values()) - self.report.granted_minutes
        weights = catalogue().parameters[WEIGHTS].on(self.report.month).value
        assert isinstance(weights, dict), "a weight for each kind of time"
        less = {kind: int(weights[kind]) for kind in ("waiting", "standby")}
        whole = {kind: less.get(kind, PARTS) for kind in counted}
        return minutes_from28(weighted28(counted, whole)) - self.report.granted_minutes


def report_of(matter: Matter) -> TimeReport | None:
    """The report that a matter is. Whoever may read the matter may read it."""
    some = Exists(TimeReport.findings.through.objects.filter(timereport=OuterRef("pk")))
    found = TimeReport.objects.filter(pk=matter.pk).annotate(has_findings=some)
    return found.select_related("board", "run").first()


def report_shown(report: TimeReport, viewer: Viewer | None = None, *, only: Iterable[str] | None = None) -> Shown:
    """A report with its rows, and for one who works here the findings that may be read.

    Takes: the workers whose parts alone are shown, where an assistant asks.
    """
    parts = WorkerReport.objects.filter(matter=report).select_related("signed_by", "approved_by", "corrected_by")
    if only is not None:
        parts = parts.filter(worker_code__in=list(only))
    rows: dict[int, list[ReportedTime]] = {}
    for row in ReportedTime.objects.filter(matter=report, part__in=parts).order_by("starts_at", "pk"):
        rows.setdefault(row.part_id, []).append(row)
    found = [Part(one, rows.get(one.pk, []), not hasattr(one, "corrected_by")) for one in parts]
    asked = viewer is not None and getattr(report, "has_findings", True)
    linked = readable(Finding, viewer).filter(time_reports=report) if viewer and asked else Finding.objects.none()
    return Shown(
        report,
        sorted(found, key=lambda one: (not one.stands, one.report.worker_code, -one.report.version)),
        list(HandIn.objects.filter(matter=report).select_related("by")),
        list(linked.order_by("urgency", "pk")),
    )


def listed(viewer: Viewer, *, month: date, state: str = "") -> QuerySet[TimeReport]:
    """The reports of a month that the viewer may know of, by provider. `whole` says if they may be read."""
    whole = readable(TimeReport, viewer).filter(pk=OuterRef("pk"))
    found = visible(TimeReport, viewer).filter(month=month).annotate(whole=Exists(whole))
    if state:
        found = found.filter(state=state)
    return found.order_by("provider_number", "client_code", "pk")


def by_state(viewer: Viewer, month: date) -> dict[str, int]:
    """How many reports of a month stand where, of those the viewer may know of."""
    return dict(Counter(visible(TimeReport, viewer).filter(month=month).values_list("state", flat=True)))


@dataclass(frozen=True)
class Through:
    """How many reports of a month are handed in and checked, and how many of them no one had to touch (M182)."""

    checked: int
    untouched: int

    @property
    def percent(self) -> int:
        """Of a hundred, rounded down: never more than is true."""
        return 100 * self.untouched // self.checked if self.checked else 0


def through(viewer: Viewer, month: date) -> Through:
    """How many of a month's checked reports went on without handwork."""
    taken = StepTaken.objects.filter(matter=OuterRef("pk"))
    found = visible(TimeReport, viewer).filter(Exists(taken.filter(step__in=["pass", "deviate"])), month=month)
    by_hand = found.filter(Exists(taken.filter(step__in=["deviate", "ask", "accept", "hold"])))
    checked = found.count()
    return Through(checked, checked - by_hand.count())


def months(day: date) -> list[date]:
    """The months to choose from: the last one that has ended first."""
    last = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    return [add_months(last, -back) for back in range(MONTHS)]
