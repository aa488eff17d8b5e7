"""The rows that figures count: read once for all figures of a page, in one question for all that count matters."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from tillit.catalogue import Row, Statistic
from tillit.units import Period, local_date, midnight
from tillit.web.models import InvoiceLine, Matter, Repayment, Run, StepTaken, Unit
from tillit.web.queries.matter import at_place
from tillit.web.rules.viewer import Viewer

FROM_MATTER = ("number", "board__slug", "unit", "state", "opened_at", "closed_at")

BESIDE: dict[str, tuple[Callable[[], QuerySet[Any]], dict[str, F]]] = {
    "repayments": (Repayment.objects.all, {"repaid_on": F("paid_on"), "repaid": F("ore")}),
    "invoice_lines": (
        InvoiceLine.objects.all,
        {"issued_on": F("matter__issued_on"), "line_amount": F("amount_ore"), "service_area": F("area")},
    ),
}
"""The rows that are counted beside matters (ROWS of the catalogue), and where each of their values stands."""


class Rows:
    """What some figures count for a viewer, each in its period.

    Counted where the role is held, whoever may read the matters: what comes out is numbers.
    """

    def __init__(self, wanted: Iterable[tuple[Statistic, Period]], viewer: Viewer) -> None:
        self._viewer = viewer
        self._units = dict(Unit.objects.values_list("pk", "slug"))
        self._read: dict[str, list[tuple[Any, ...]]] = {}
        asked: dict[str, QuerySet[Any]] = {}
        for statistic, period in wanted:
            key = self._key(statistic, period)
            matters = Matter.objects.filter(self._places(statistic), process=statistic.counts.process)
            if not statistic.counts.process:
                self._read[key] = list(_of_runs(statistic, viewer, period))
            elif statistic.counts.rows:
                self._read[key] = list(_beside(statistic, matters, period))
            else:
                asked[key] = _by_day(statistic, matters, period)
        self._ask(asked)

    def of(self, statistic: Statistic, period: Period) -> Iterator[tuple[int, Row]]:
        """The rows that a figure may count, by the day they were opened: the key of the matter, and what it says."""
        for pk, number, board, unit, state, opened, closed, *firsts, given, beside in self._read[
            self._key(statistic, period)
        ]:
            row: dict[str, Any] = dict(given) | beside
            row |= {"number": number, "board": board, "unit": self._units.get(unit, ""), "state": state}
            row |= {"opened_on": local_date(opened), "closed_on": local_date(closed) if closed else None}
            days = zip(("step_on", "with_on", "but_on"), firsts, strict=True)
            yield pk, row | {name: local_date(at) if at else None for name, at in days}

    def _ask(self, asked: dict[str, QuerySet[Any]]) -> None:
        # One statement of many parts, each of which says which figures it is for.
        columns = ("pk", *FROM_MATTER, "step_at", "with_at", "but_at", "fields", "part")
        parts = [
            found.annotate(part=Value(place, IntegerField())).order_by().values_list(*columns)
            for place, found in enumerate(asked.values())
        ]
        if not parts:
            return
        keys = list(asked)
        self._read |= {key: [] for key in keys}
        for *row, place in parts[0].union(*parts[1:], all=True):
            self._read[keys[place]].append((*row, {}))
        for key in keys:
            self._read[key].sort(key=lambda row: (row[5], row[0]))

    def _places(self, statistic: Statistic) -> Q:
        places = Q(pk__in=[])
        for held in self._viewer.held:
            if held.role in statistic.shown_to:
                places |= at_place(held)
        return places

    def _key(self, statistic: Statistic, period: Period) -> str:
        """What is read alike for two figures has the same key."""
        counts = statistic.counts
        steps = f"{counts.day} {counts.but_steps} {statistic.per_thousand_with}"
        return f"{counts.process} {counts.rows} {steps} {self._places(statistic)} {period}"


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


def _first(steps: list[str]) -> Subquery | Cast:
    if not steps:
        return Cast(Value(None), DateTimeField())  # nothing, but of the kind that the other parts give
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


def _of_runs(statistic: Statistic, viewer: Viewer, period: Period) -> Iterator[tuple[Any, ...]]:
    """How many persons had a decision of a kind at each run, where the role is held for the whole board."""
    whole = {held.board for held in viewer.held if held.role in statistic.shown_to and held.unit is None}
    at = Q() if None in whole else Q(board__in=whole)
    runs = Run.objects.filter(at, finished_at__isnull=False, error="", day__gte=period.first, day__lte=period.last)
    told = runs.filter(summary__has_key="assistance_by_sex").order_by("day", "finished_at", "pk")
    last = {(slug, day): (at, said) for slug, day, at, said in told.values_list(
        "board__slug", "day", "at", "summary__assistance_by_sex")}  # fmt: skip
    for (slug, day), (opened, said) in last.items():
        for sex, persons in said.items():
            row = {"counted_on": day, "sex": sex, "persons": persons}
            yield (0, "", slug, None, "", opened, None, None, None, None, {}, row)
