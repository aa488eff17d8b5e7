"""The figures of a period: each as its file in content/statistics says, and the rows behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery

from tillit.catalogue import Row, Statistic, Waiting, counted, day_of, keys, tally
from tillit.units import Period, local_date, midnight
from tillit.web.models import Board, InvoiceLine, Matter, Repayment, Run, StepTaken, Unit, Use
from tillit.web.queries.matter import at_place, readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer

FROM_MATTER = ("number", "board__slug", "unit", "state", "opened_at", "closed_at")

MOST_ROWS = 500
"""As many rows behind a figure as a page shows."""


@dataclass(frozen=True)
class Cell:
    """A row of a table: what is counted, and how much. None where a number of persons is too small to be shown."""

    key: str
    number: int | None
    share: int


@dataclass(frozen=True)
class Cut:
    """One table of a figure, and its chart."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Rate:
    """A board's number for each hundred active decisions, and for each provider that it uses (M013)."""

    board: str
    number: int | None
    decisions: int | None
    providers: int

    @property
    def per_hundred_decisions(self) -> float | None:
        """One decimal; none where the decisions are not known, or the number is not shown."""
        return round(100 * self.number / self.decisions, 1) if self.number is not None and self.decisions else None

    @property
    def per_provider(self) -> float | None:
        """Two decimals."""
        return round(self.number / self.providers, 2) if self.number is not None and self.providers else None


@dataclass(frozen=True)
class Figure:
    """A figure of a period, as one viewer is shown it."""

    statistic: Statistic
    period: Period
    total: int | None
    cuts: list[Cut]
    rates: list[Rate]

    def cells(self, cut: str) -> dict[str, int | None]:
        """The numbers of one cut by key."""
        return {cell.key: cell.number for one in self.cuts if one.name == cut for cell in one.cells}


def figures(viewer: Viewer, period: Period) -> list[Figure]:
    """Every figure that the viewer's roles are shown, in the order of the process analysis."""
    known = _Known(viewer.day)
    return [_figure(one, viewer, period, known) for one in shown_to(viewer)]


def ledgers(found: Iterable[Figure]) -> list[Figure]:
    """The figures of money among these: stopped before payment, decided, received. No sum of them means anything."""
    order = ("stopped", "decided", "received")
    return sorted((one for one in found if one.statistic.ledger), key=lambda one: order.index(one.statistic.ledger))


def figure(name: str, viewer: Viewer, period: Period) -> Figure | None:
    """One figure by its name; none where it is not shown to the viewer."""
    found = next((one for one in shown_to(viewer) if one.statistic == name), None)
    return _figure(found, viewer, period, _Known(viewer.day)) if found else None


def shown_to(viewer: Viewer) -> list[Statistic]:
    """The figures that any of the viewer's roles is shown."""
    found = [one for one in catalogue().statistics.values() if viewer.roles() & set(one.shown_to)]
    return sorted(
        found, key=lambda one: (int(one.code.removeprefix("ST")), list(catalogue().statistics).index(one.statistic))
    )


def waiting() -> list[Waiting]:
    """The figures that cannot be counted yet, and what they wait for."""
    return catalogue().waiting_statistics.waiting


@dataclass(frozen=True)
class Behind:
    """A row behind a figure: a matter that the viewer may read, or else its number alone."""

    number: str
    title: str
    on: date
    open: bool


def behind(found: Figure, viewer: Viewer, *, cut: str = "", key: str = "") -> list[Behind]:
    """The rows behind a figure or one of its cells: as many as were counted, where the number itself is shown.

    Of persons only those that the viewer may read are told: a number beside a person says too much.
    """
    shown = found.cells(cut).get(key) if cut else found.total
    if shown is None and not found.statistic.median_days_to:
        return []
    first, last = found.period.first, found.period.last
    taken = [(pk, row, on) for pk, row in _rows(found.statistic, viewer, found.period, _Known(viewer.day))
             if counted(found.statistic, row, first, last) and (on := day_of(found.statistic, row))
             and (not cut or key in keys(row, cut, on))]  # fmt: skip
    read = dict(readable(Matter, viewer).filter(pk__in=[pk for pk, _row, _on in taken]).values_list("pk", "title"))
    told = [Behind(row["number"], read.get(pk, ""), on, pk in read) for pk, row, on in taken]
    return [one for one in told if one.open or not found.statistic.persons]


def _boards_shown(statistic: Statistic, viewer: Viewer, boards: list[Board]) -> list[Board]:
    """The boards that a figure covers for the viewer: each is told, also where its number is zero."""
    at = {held.board for held in viewer.held if held.role in statistic.shown_to}
    return [one for one in boards if None in at or one.pk in at]


def whole_months(period: Period) -> Period:
    """The months that a period touches, from the first day of the first to the last day of the last.

    Persons are counted in no shorter time: else one figure less another, a day shorter, would be one person.

    >>> str(whole_months(Period.parse("2026-01-31/2026-03-02")))
    '2026-01-01/2026-03-31'
    """
    last = period.last
    return Period(period.first.replace(day=1), Period.month(last.year, last.month).last)


def _figure(statistic: Statistic, viewer: Viewer, period: Period, known: "_Known") -> Figure:
    period = whole_months(period) if statistic.persons else period
    rows = [row for _pk, row in _rows(statistic, viewer, period, known)]
    found = tally(statistic, rows, period.first, period.last, limit=whole("casework.small_cell", viewer.day))
    boards = _boards_shown(statistic, viewer, known.boards)
    every = {"board": [one.slug for one in boards], "month": list(_months(period))}
    if statistic.median_days_to or statistic.per_thousand_with:
        every = {}  # a board without reports has no time, which is not the same as no days
    cuts = [_cut(name, found.cells[name], every.get(name, [])) for name in statistic.cuts]
    per = [known.rate(one, found.cells.get("board", {}).get(one.slug, 0)) for one in boards] if statistic.per else []
    return Figure(statistic, period, found.total, cuts, per)


def _cut(name: str, cells: Mapping[str, int | None], every: list[str]) -> Cut:
    numbers = {key: cells.get(key, 0) for key in [*every, *(key for key in cells if key not in every)]}
    most = max((abs(number) for number in numbers.values() if number), default=0)
    return Cut(name, [Cell(key, one, round(100 * (one or 0) / most) if most else 0) for key, one in numbers.items()])


def _months(period: Period) -> Iterator[str]:
    month = period.first.replace(day=1)
    while month <= period.last:
        yield f"{month:%Y-%m}"
        month = (month + timedelta(days=31)).replace(day=1)


BESIDE: dict[str, tuple[Callable[[], QuerySet[Any]], dict[str, F]]] = {
    "repayments": (Repayment.objects.all, {"repaid_on": F("paid_on"), "repaid": F("ore")}),
    "invoice_lines": (
        InvoiceLine.objects.all,
        {"issued_on": F("matter__issued_on"), "line_amount": F("amount_ore"), "service_area": F("area")},
    ),
}
"""The rows that are counted beside matters (ROWS of the catalogue), and where each of their values stands."""


def _rows(statistic: Statistic, viewer: Viewer, period: Period, known: "_Known") -> Iterator[tuple[int, Row]]:
    values = known.read(statistic, viewer, period)
    for pk, number, board, unit, state, opened, closed, step, having, without, given, beside in values:
        row: dict[str, Any] = dict(given) | beside
        row |= {"number": number, "board": board, "unit": known.units.get(unit, ""), "state": state}
        row |= {"opened_on": local_date(opened), "closed_on": local_date(closed) if closed else None}
        row |= {"with_on": local_date(having) if having else None, "but_on": local_date(without) if without else None}
        yield pk, row | {"step_on": local_date(step) if step else None}


def _by_day(statistic: Statistic, found: QuerySet[Matter], period: Period) -> QuerySet[Any]:
    """Only what can lie in the period is read; which rows do is asked of each (catalogue/statistic.py)."""
    day, after = statistic.counts.day, midnight(period.last + timedelta(days=1))
    having, without = _first(statistic.per_thousand_with), _first(statistic.counts.but_steps)
    found = found.annotate(step_at=_first(day.steps), with_at=having, but_at=without)
    if day.field:
        span = (period.first.isoformat(), period.last.isoformat())
        return found.filter(**{f"fields__{day.field}__gte": span[0], f"fields__{day.field}__lte": span[1]})
    name = f"{day.moment}_at" if day.moment else "step_at"
    return found.filter(**{f"{name}__gte": midnight(period.first), f"{name}__lt": after})


def _first(steps: list[str]) -> Subquery:
    taken = StepTaken.objects.filter(matter=OuterRef("pk"), step__in=steps).order_by()
    return Subquery(taken.values("matter").annotate(first=Min("at")).values("first"))


def _beside(statistic: Statistic, matters: QuerySet[Matter], period: Period) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of its own, each with the matter that it belongs to."""
    every, columns = BESIDE[statistic.counts.rows]
    on = statistic.counts.day.key
    found = every().filter(matter__in=matters).annotate(**{f"row_{name}": one for name, one in columns.items()})
    if on in columns:
        found = found.filter(**{f"row_{on}__gte": period.first, f"row_{on}__lte": period.last})
    of_matter = [f"matter__{name}" for name in ("pk", *FROM_MATTER, "fields")]
    rows = found.order_by("matter__opened_at", "pk").values_list(*of_matter, *(f"row_{name}" for name in columns))
    for *matter, fields, in_place in ((*row[:7], row[7], row[8:]) for row in rows):
        yield (*matter, None, None, None, fields, dict(zip(columns, in_place, strict=True)))


class _Known:
    """What is read once for all figures: boards and units, the active decisions of the last runs, providers in use."""

    def __init__(self, day: date) -> None:
        self.boards = list(Board.objects.order_by("name"))
        self.units = dict(Unit.objects.values_list("pk", "slug"))
        used = Use.objects.filter(Q(until=None) | Q(until__gte=day)).values_list("board").annotate(number=Count("pk"))
        self._providers = dict(used.order_by())
        runs = Run.objects.filter(finished_at__isnull=False, error="", summary__has_key="active_decisions")
        self._decisions = dict(runs.order_by("finished_at", "pk").values_list("board", "summary__active_decisions"))
        self._read: dict[str, list[Any]] = {}

    def read(self, statistic: Statistic, viewer: Viewer, period: Period) -> list[Any]:
        """The matters that a figure may count: read once for all that count the same process by the same day.

        Counted where the role is held, whoever may read the matters: what comes out is numbers.
        """
        counts = statistic.counts
        places = Q(pk__in=[])
        for held in viewer.held:
            if held.role in statistic.shown_to:
                places |= at_place(held)
        steps = f"{counts.day} {counts.but_steps} {statistic.per_thousand_with}"
        key = f"{counts.process} {counts.rows} {steps} {places} {period}"
        if key not in self._read:
            matters = Matter.objects.filter(places, process=counts.process)
            if counts.rows:
                self._read[key] = list(_beside(statistic, matters, period))
            else:
                found = _by_day(statistic, matters, period).order_by("opened_at", "pk")
                read = found.values_list("pk", *FROM_MATTER, "step_at", "with_at", "but_at", "fields")
                self._read[key] = [(*row, {}) for row in read]
        return self._read[key]

    def rate(self, board: Board, number: int | None) -> Rate:
        """A board's number and what it is set against."""
        return Rate(board.slug, number, self._decisions.get(board.pk), self._providers.get(board.pk, 0))
