"""Settlements as pages show them: each line with its words, its law, and the rows of the report behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tillit.catalogue import Code
from tillit.units import minutes_from28, nearest
from tillit.web.models import Board, PaymentOrder, Provider, ReportedTime, Settlement, TimeReport
from tillit.web.queries.course import open_to
from tillit.web.queries.matter import readable
from tillit.web.rules.content import codes
from tillit.web.rules.payment_batch import OBSTACLES, Accounts, accounts_at, obstacle_of
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


@dataclass(frozen=True)
class Payable:
    """An attested settlement that left something to pay: to whom and where, or why not by file yet, as a code."""

    report: TimeReport
    settlement: Settlement
    payee_name: str
    account: str
    obstacle: str

    @property
    def why(self) -> Code | None:
        """What is missing, and what to do."""
        return codes(OBSTACLES)[self.obstacle] if self.obstacle else None


def payable(viewer: Viewer, month: date, board: Board) -> list[Payable]:
    """What a board is to pay of a month, of the reports the viewer may read; nothing that stands in a file already."""
    reports = readable(TimeReport, viewer).filter(month=month, board=board, state="attested")
    ordered = PaymentOrder.objects.filter(settlement=OuterRef("pk"), ended_at=None)
    found = Settlement.objects.filter(~Exists(ordered), matter__in=reports, followed_by=None, difference_ore__gt=0)
    waiting = list(found.select_related("matter", "by").order_by("number"))
    numbers = {one.matter.provider_number for one in waiting}
    if not numbers:
        return []
    names = {one.number: one for one in Provider.objects.filter(number__in=numbers)}
    accounts = accounts_at(board, numbers, viewer.day)
    return [_payable(one, names, accounts) for one in waiting]


def _payable(one: Settlement, names: dict[str, Provider], accounts: Accounts) -> Payable:
    obstacle = obstacle_of(one.matter, one, names, accounts)
    provider = names.get(one.matter.provider_number)
    name = provider.name if provider and obstacle not in ("payee", "person") else ""
    account = "" if obstacle else accounts.of(one.matter.provider_number).account
    return Payable(one.matter, one, name, account, obstacle)


GROUPS = {
    "settle": ("clean", "reviewed"),
    "attest": ("settled",),
    "pay": ("attested",),
    "decide": ("recalculated",),
    "held": ("hold",),
    "way": ("transferred",),
    "done": ("paid", "set_off", "reclaimed"),
}
"""Where a month's report stands on its way from settled to paid."""


@dataclass(frozen=True)
class Stands:
    """A report in the month's list of settlements: `mine` where its next step is the viewer's."""

    report: TimeReport
    settlement: Settlement | None
    batch: str
    mine: bool


@dataclass(frozen=True)
class Group:
    """The reports that stand alike, and what they come to. Below zero is what was paid too much."""

    name: str
    rows: Sequence[Stands]

    @property
    def ore(self) -> int:
        """The sum of what is left."""
        return sum(one.settlement.difference_ore for one in self.rows if one.settlement)


def month_stands(viewer: Viewer, month: date) -> list[Group]:
    """A month's reports on their way to be paid, by where they stand, of those the viewer may read."""
    group_of = {state: name for name, states in GROUPS.items() for state in states}
    reports = readable(TimeReport, viewer).filter(month=month, state__in=group_of)
    settled = {one.matter_id: one for one in shown_for(viewer, month)}
    orders = PaymentOrder.objects.filter(settlement__in=settled.values(), ended_at=None)
    batches = dict(orders.values_list("settlement__matter", "matter__number"))
    found: dict[str, list[Stands]] = {name: [] for name in GROUPS}
    for report in reports.select_related("board").order_by("provider_number", "number"):
        name, settlement = group_of[report.state], settled.get(report.pk)
        if name == "pay" and settlement and settlement.difference_ore <= 0:
            name = "decide"
        mine = bool(open_to(report, viewer))
        found[name].append(Stands(report, settlement, batches.get(report.pk, ""), mine))
    return [Group(name, rows) for name, rows in found.items() if rows]


def months_with_some(viewer: Viewer) -> list[date]:
    """The months in which something stands on its way to be paid, of what the viewer may read; the newest first."""
    states = [state for states in GROUPS.values() for state in states]
    found = readable(TimeReport, viewer).filter(state__in=states).order_by("-month")
    return list(found.values_list("month", flat=True).distinct())


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
