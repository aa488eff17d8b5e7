"""Settlements as pages show them: each line with its words, its law, and the rows of the report behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from tillit.catalogue import Code
from tillit.units import minutes_from28, nearest
from tillit.web.models import ReportedTime, Settlement, TimeReport
from tillit.web.queries.matter import readable
from tillit.web.rules.content import codes
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One figure of a settlement."""

    code: str
    words: Code
    why: Code | None
    """Why time was not approved."""
    of: str
    """A kind of time, or how a decision counts."""
    decision: str
    minutes: int | None
    weighted: int | None
    """Payable time in whole minutes, for showing."""
    rate_ore: int | None
    ore: int | None
    rows: Sequence[ReportedTime]


@dataclass(frozen=True)
class Shown:
    """A settlement and its lines; what the one before it came to."""

    settlement: Settlement
    lines: Sequence[Line]
    action: Code
    stands: bool

    @property
    def changed(self) -> int | None:
        """What this calculation gives more than the one before it, in öre."""
        before = self.settlement.follows
        return None if before is None else self.settlement.due_ore - before.due_ore

    @property
    def owed_back(self) -> int:
        """What has been paid too much, in öre."""
        return max(0, -self.settlement.difference_ore)


def settlements_of(report: TimeReport) -> list[Shown]:
    """The settlements of a report, the newest first. Whoever may read the report may read them."""
    found = list(Settlement.objects.filter(matter=report).select_related("by", "follows", "carries").order_by("-pk"))
    if not found:
        return []
    rows = {f"r{row.pk}": row for row in ReportedTime.objects.filter(matter=report).order_by("starts_at", "pk")}
    actions = codes("settlement_actions")
    return [
        Shown(one, [_line(line, rows) for line in one.lines], actions[one.action], place == 0)
        for place, one in enumerate(found)
    ]


def shown_for(viewer: Viewer, month: date) -> QuerySet[Settlement]:
    """The settlements of a month that stand, of the reports the viewer may read."""
    reports = readable(TimeReport, viewer).filter(month=month)
    return Settlement.objects.filter(matter__in=reports, followed_by=None).select_related("matter").order_by("number")


def _line(kept: dict[str, Any], rows: dict[str, ReportedTime]) -> Line:
    code, of = kept["code"], kept.get("of", "")
    weighted, rate = kept.get("weighted28"), kept.get("rate")
    money = {"due", "cost", "carry_over", "advance", "difference"}
    return Line(
        code=code,
        words=codes("settlement_lines")[code],
        why=codes("not_approved")[of] if code == "not_approved" else None,
        of="" if code == "not_approved" else of,
        decision=kept.get("decision", ""),
        minutes=kept.get("minutes"),
        weighted=None if weighted is None else minutes_from28(weighted),
        rate_ore=None if rate is None else nearest(Fraction(rate)),
        ore=kept.get("ore", 0) if code in money else kept.get("ore"),
        rows=[rows[name] for name in kept["rows"] if name in rows],
    )
