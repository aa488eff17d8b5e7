"""The figures of a period: each as its file in content/statistics says, and the rows behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from tillit.catalogue import Statistic, Waiting, counted, day_of, keys, tally
from tillit.units import Period
from tillit.web.models import Board, Matter, Run, Use
from tillit.web.queries.matter import readable
from tillit.web.queries.statistic_rows import Rows
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer

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
    wanted = [(one, _counted_in(one, period)) for one in shown_to(viewer)]
    known = _Known(wanted, viewer)
    return [_figure(one, viewer, of, known) for one, of in wanted]


def ledgers(found: Iterable[Figure]) -> list[Figure]:
    """The figures of money among these: stopped before payment, decided, received. No sum of them means anything."""
    order = ("stopped", "decided", "received")
    return sorted((one for one in found if one.statistic.ledger), key=lambda one: order.index(one.statistic.ledger))


def figure(name: str, viewer: Viewer, period: Period) -> Figure | None:
    """One figure by its name; none where it is not shown to the viewer."""
    found = next((one for one in shown_to(viewer) if one.statistic == name), None)
    if found is None:
        return None
    of = _counted_in(found, period)
    return _figure(found, viewer, of, _Known([(found, of)], viewer))


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
    rows = Rows([(found.statistic, found.period)], viewer).of(found.statistic, found.period)
    taken = [(pk, row, on) for pk, row in rows
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


def _counted_in(statistic: Statistic, period: Period) -> Period:
    return whole_months(period) if statistic.persons else period


def _figure(statistic: Statistic, viewer: Viewer, period: Period, known: "_Known") -> Figure:
    rows = [row for _pk, row in known.rows.of(statistic, period)]
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


class _Known:
    """What is read once for all figures: boards, the active decisions of the last runs, providers in use, and rows."""

    def __init__(self, wanted: Iterable[tuple[Statistic, Period]], viewer: Viewer) -> None:
        day = viewer.day
        self.boards = list(Board.objects.order_by("name"))
        used = Use.objects.filter(Q(until=None) | Q(until__gte=day)).values_list("board").annotate(number=Count("pk"))
        self._providers = dict(used.order_by())
        runs = Run.objects.filter(finished_at__isnull=False, error="", summary__has_key="active_decisions")
        self._decisions = dict(runs.order_by("finished_at", "pk").values_list("board", "summary__active_decisions"))
        self.rows = Rows(wanted, viewer)

    def rate(self, board: Board, number: int | None) -> Rate:
        """A board's number and what it is set against."""
        return Rate(board.slug, number, self._decisions.get(board.pk), self._providers.get(board.pk, 0))
