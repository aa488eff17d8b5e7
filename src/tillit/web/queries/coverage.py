"""Coverage of a month: what is done in all cases, what is missing, and who can do something about it (ST7, ST8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_low

from django.db.models import Q, QuerySet

from tillit.units import add_months, local_date, midnight
from tillit.web.models import (
    Board,
    Finding,
    Grant,
    Invoice,
    PermitAnswer,
    PermitCheck,
    Responsibility,
    TimeReport,
    Unit,
    Use,
)
from tillit.web.queries.access import own_boards
from tillit.web.queries.matter import visible
from tillit.web.queries.provider import names
from tillit.web.rules.content import codes
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer

Place = tuple[int, int | None]
"""A board and a unit; none where it is the whole board's."""

NOT_HANDED_IN = ("expected", "draft", "signed", "approved", "late", "missing")
NOT_MATCHED = ("received", "unmatched", "asked")
"""An invoice that nothing has been found for yet: neither an order, nor a person's answer, nor an objection."""

STEP = {
    "time_reports": ("personal_assistance", "receive"),
    "permits": ("personal_assistance", "permit"),
    "invoices": ("home_care", "invoice"),
}
"""Whose step it is, of content/plans/responsibilities.yaml."""


@dataclass(frozen=True)
class Missing:
    """What is missing at a provider; no number where it could say who it is about."""

    provider: str
    name: str
    number: int | None


@dataclass(frozen=True)
class Row:
    """One thing at one unit: how much of it is done, what is not, and who can act."""

    code: str
    board: Board
    unit: Unit | None
    covered: int | None
    total: int | None
    missing: list[Missing]
    people: list[str]

    @property
    def percent(self) -> int | None:
        """Of a hundred, rounded down: never more than is true. None where there is nothing, or it is not shown."""
        return 100 * self.covered // self.total if self.covered is not None and self.total else None

    @property
    def is_hidden(self) -> bool:
        """Whether the number of persons is too small to be shown."""
        return self.total is None


@dataclass(frozen=True)
class Delay:
    """How long it took from what happened to the finding, in the middle of a unit's findings of the month (M169)."""

    board: Board
    unit: Unit | None
    days: int | None
    findings: int | None


@dataclass
class _Count:
    covered: int = 0
    total: int = 0
    left: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def coverage(viewer: Viewer, month: date) -> list[Row]:
    """Every unit's coverage of a month, at the boards where the viewer's role is shown it; what is worst first.

    Numbers of persons are shown as they are to one who may see every one of them; else small ones are hidden, and so
    is what they could be told from.
    """
    boards = {one.pk: one for one in own_boards(viewer, roles_of("coverage"))}
    found: list[tuple[str, Place, _Count, bool]] = [
        *(("time_reports", place, one, whole_) for place, one, whole_ in _time_reports(viewer, month, boards)),
        *(("permits", place, one, True) for place, one in _permits(viewer, month, boards)),
        *(("invoices", place, one, whole_) for place, one, whole_ in _invoices(viewer, month, boards)),
    ]
    called = names({number for _code, _place, one, _whole in found for number in one.left})
    units = {one.pk: one for one in Unit.objects.filter(board__in=boards)}
    acts = _Acts(viewer, boards)
    limit = whole("casework.small_cell", viewer.day)
    rows = []
    for code, (board, unit), one, sees in found:
        few = any(0 < number < limit for number in (one.covered, one.total - one.covered, one.total))
        shown = sees or not few
        missing = [
            Missing(number, called.get(number, number), count if sees else None)
            for number, count in sorted(one.left.items(), key=lambda each: (-each[1] if sees else 0, each[0]))
        ]
        rows.append(
            Row(
                code,
                boards[board],
                units.get(unit or 0),
                one.covered if shown else None,
                one.total if shown else None,
                missing,
                acts.of(code, board, unit),
            )
        )
    return sorted(rows, key=lambda row: (list(STEP).index(row.code), row.percent if row.percent is not None else -1))


def delays(viewer: Viewer, month: date) -> list[Delay]:
    """The days from what happened to the finding: the median of each unit's findings of a month."""
    boards = {one.pk: one for one in own_boards(viewer, roles_of("coverage"))}
    units = {one.pk: one for one in Unit.objects.filter(board__in=boards)}
    last, limit = add_months(month, 1), whole("casework.small_cell", viewer.day)
    rows = Finding.objects.filter(
        board__in=boards, opened_at__gte=midnight(month), opened_at__lt=midnight(last), period_to__isnull=False
    ).values_list("board", "unit", "period_to", "opened_at")
    days: dict[Place, list[int]] = defaultdict(list)
    for board, unit, happened, opened in rows:
        if happened:
            days[board, unit].append(max((local_date(opened) - happened).days, 0))
    return [
        Delay(
            boards[board],
            units.get(unit or 0),
            median_low(found) if len(found) >= limit else None,
            len(found) if len(found) >= limit else None,
        )
        for (board, unit), found in sorted(days.items(), key=str)
    ]


def _time_reports(viewer: Viewer, month: date, boards: Iterable[int]) -> list[tuple[Place, _Count, bool]]:
    due = TimeReport.objects.filter(month=month, board__in=boards)
    return _by_place(due, visible(TimeReport, viewer).filter(month=month), NOT_HANDED_IN)


def _invoices(viewer: Viewer, month: date, boards: Iterable[int]) -> list[tuple[Place, _Count, bool]]:
    of_month = {"issued_on__gte": month, "issued_on__lt": add_months(month, 1)}
    due = Invoice.objects.filter(board__in=boards, **of_month)
    return _by_place(due, visible(Invoice, viewer).filter(**of_month), NOT_MATCHED)


def _by_place(
    due: "QuerySet[TimeReport] | QuerySet[Invoice]",
    mine: "QuerySet[TimeReport] | QuerySet[Invoice]",
    left: Sequence[str],
) -> list[tuple[Place, _Count, bool]]:
    """How many of some matters are done at each unit, and whether the viewer may see every one of them."""
    seen = set(mine.values_list("pk", flat=True))
    counts: dict[Place, _Count] = defaultdict(_Count)
    hidden: set[Place] = set()
    for pk, board, unit, state, provider in due.values_list("pk", "board", "unit", "state", "provider_number"):
        one = counts[board, unit]
        one.total += 1
        if state in left:
            one.left[provider] += 1
        else:
            one.covered += 1
        if pk not in seen:
            hidden.add((board, unit))
    return [(place, one, place not in hidden) for place, one in sorted(counts.items(), key=str)]


def _permits(viewer: Viewer, month: date, boards: Iterable[int]) -> list[tuple[Place, _Count]]:
    last = min(add_months(month, 1) - timedelta(days=1), viewer.day)
    first = last - timedelta(days=whole("permit.interval_days", max(last, date(2022, 1, 1))))
    in_use = Use.objects.filter(Q(until=None) | Q(until__gte=month), board__in=boards, since__lte=last)
    pairs = set(in_use.values_list("board", "provider"))
    checks = PermitCheck.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=month), provider__in={provider for _board, provider in pairs}
    ).values_list("provider", "provider__number", "service", "unit")
    due: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for provider, number, service, unit in checks:
        due[provider].add((number, service, unit))
    answers = PermitAnswer.objects.filter(answered_on__gte=first, answered_on__lte=last)
    known = set(answers.exclude(answer="unclear").values_list("provider__number", "service", "unit"))
    counts: dict[Place, _Count] = defaultdict(_Count)
    for board, provider in sorted(pairs):
        for about in sorted(due[provider]):
            one = counts[board, None]
            one.total += 1
            if about in known:
                one.covered += 1
            else:
                one.left[about[0]] += 1
    return sorted(counts.items(), key=str)


class _Acts:
    """Who can act on something at a unit: the one named for the step, or else those who hold a role that may."""

    def __init__(self, viewer: Viewer, boards: Mapping[int, Board]) -> None:
        named = Responsibility.objects.filter(board__in=boards, chain__in={chain for chain, _step in STEP.values()})
        self._named = {(one.chain, one.step, one.board_id, one.unit_id): one for one in named.select_related("person")}
        self._roles = {code: one.goes_with for code, one in codes("coverage").items()}
        day = viewer.day
        held = Grant.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), board__in=boards, valid_from__lte=day,
            role__in={role for roles in self._roles.values() for role in roles}, user__is_active=True,
        ).select_related("user")  # fmt: skip
        self._held = [(one.role, one.board_id, one.unit_id, one.user.name) for one in held.order_by("user__name")]

    def of(self, code: str, board: int, unit: int | None) -> list[str]:
        """Names, or the function where only that is named."""
        for place in dict.fromkeys((unit, None)):
            one = self._named.get((*STEP[code], board, place))
            if one and (one.person or one.function):
                return [one.person.name if one.person else one.function]
        for role in self._roles[code]:
            found = [
                name for held, at, where, name in self._held if (held, at) == (role, board) and where in (None, unit)
            ]
            if found:
                return list(dict.fromkeys(found))
        return []
