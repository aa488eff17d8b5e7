"""A figure as content: what is counted, from which rows, by what it is cut, and examples that prove it."""

from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median_low
from typing import Any, NamedTuple

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

PLACES = ("board", "unit", "month", "year", "state")
"""What every matter can be cut by; all other cuts are choices that its process asks for."""

Row = Mapping[str, Any]
"""A matter as a figure reads it: its fields, and number, board, unit, state, opened_on, closed_on and the first days of
some steps: step_on, with_on, but_on."""


class Rows(NamedTuple):
    """Rows of a table of their own that are counted in place of the matters which they belong to.

    Those without a process belong to no matter: they have a board and a day, and nothing leads to them.
    """

    process: str
    days: tuple[str, ...]
    money: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


ROWS = {
    "repayments": Rows("recovery", days=("repaid_on",), money=("repaid",)),
    "invoice_lines": Rows("invoice", days=("issued_on",), money=("line_amount",), cuts=("service_area",)),
    "persons_with_decisions": Rows("", days=("counted_on",), cuts=("sex",), numbers=("persons",)),
}
"""What can be counted beside matters, each with what a row has beyond its matter."""


class Day(Part):
    """The day that a matter counts by: a field of its own, when it was opened or closed, or when a step was taken."""

    field: str = ""
    moment: str = Field("", pattern="^(opened|closed)?$")
    steps: list[str] = []

    @property
    def key(self) -> str:
        """Where the day stands in a row."""
        return self.field or (f"{self.moment}_on" if self.moment else "step_on")

    @model_validator(mode="after")
    def _one_of_them(self) -> "Day":
        if sum(map(bool, (self.field, self.moment, self.steps))) != 1:
            raise ValueError("a matter counts by one day: give 'field', 'moment' or 'steps'")
        return self


class Counts(Part):
    """Which matters are counted."""

    process: str = Field("", description="none where 'rows' belong to no matter")
    rows: str = Field("", description="what is counted in place of matters (ROWS); none: the matters themselves")
    day: Day
    where: dict[str, list[str]] = Field(default={}, description="field -> the answers that are counted")
    states: list[str] = Field(default=[], description="only those that stand here; none: wherever they stand")
    but_states: list[str] = []
    but_steps: list[str] = Field(default=[], description="none that has ever had one of these steps")
    latest: bool = Field(False, description="how it stood: of each board only the last day in the period is counted")


class FigureExample(Part):
    """Rows, a period, and what is then counted."""

    name: str
    first: date
    last: date
    rows: list[dict[str, Any]]
    total: int | None
    cells: dict[str, dict[str, int | None]] = {}


class Tally(NamedTuple):
    """What was counted: the whole, and each cut of it. None where a number of persons is too small to show."""

    total: int | None
    cells: dict[str, dict[str, int | None]]


class Statistic(Part):
    """A figure. A controller reads here what it means, and changes it here."""

    statistic: str
    code: str = Field(pattern="^ST[0-9]+$", description="of the process analysis; two figures may share one")
    revision: int = Field(ge=1)
    sv: str
    en: str
    about: str
    about_en: str
    law: list[Law] = []
    source: str = Field(description="where the demand for it stands")
    persons: bool = Field(description="it counts persons: small numbers are not shown (IS4)")
    counts: Counts
    sum_of: str = Field("", description="a field with money: its sum is given in place of the number")
    number_of: str = Field("", description="a field with a number, as of persons: its sum is given, and held small")
    median_days_to: str = Field("", description="a field with a day: the median of the days until then")
    per_thousand_with: list[str] = Field(
        [], description="steps: of a thousand that are counted, how many have had one of them"
    )
    cuts: list[str] = Field(min_length=1)
    per: list[str] = Field(default=[], description="decisions, providers: the number is also given for each of them")
    shown_to: list[str] = Field(min_length=1, description="roles, each where it is held")
    in_board_paper: bool = False
    ledger: str = Field(
        "",
        pattern="^(stopped|decided|received)?$",
        description="which of the three ledgers of money it is: shown beside the others, and never added to them",
    )
    examples: list[FigureExample] = Field(min_length=1)

    @model_validator(mode="after")
    def _examples_hold(self) -> "Statistic":
        if sum(map(bool, (self.sum_of, self.number_of, self.median_days_to, self.per_thousand_with))) > 1:
            raise ValueError("it is a sum, a median or a rate, and only one of them")
        if set(self.per) - {"decisions", "providers"}:
            raise ValueError("'per' knows decisions and providers")
        for example in self.examples:
            found = tally(self, example.rows, example.first, example.last, limit=5)
            shown = {cut: {key: n for key, n in found.cells.get(cut, {}).items() if n != 0} for cut in example.cells}
            if (found.total, shown) != (example.total, example.cells):
                raise ValueError(f"example '{example.name}': it counts {found.total}, {shown}")
        return self


def counted(statistic: Statistic, row: Row, first: date, last: date) -> bool:
    """Whether a row is one of those that are counted in a period, both days included."""
    counts = statistic.counts
    on = day_of(statistic, row)
    if on is None or not first <= on <= last:
        return False
    if (
        row.get("but_on")
        or (counts.states and row.get("state") not in counts.states)
        or row.get("state") in counts.but_states
    ):
        return False
    return all(set(_answers(row.get(name))) & set(known) for name, known in counts.where.items())


def day_of(statistic: Statistic, row: Row) -> date | None:
    """The day that a row counts by; none where it has none yet."""
    return _day(row.get(statistic.counts.day.key))


def keys(row: Row, cut: str, on: date) -> list[str]:
    """Under which keys of a cut a row is counted: several, where several answers were given."""
    match cut:
        case "month":
            return [f"{on:%Y-%m}"]
        case "year":
            return [f"{on:%Y}"]
        case _:
            return _answers(row.get(cut)) or [""]


def tally(statistic: Statistic, rows: Iterable[Row], first: date, last: date, *, limit: int) -> Tally:
    """Counts rows in a period.

    Takes: `limit`, the smallest number of persons that is shown.
    Gives: numbers, öre or days, as the figure says; with small numbers of persons hidden, and no sum from which
    they could be told.
    """
    taken = [(row, on) for row in rows if counted(statistic, row, first, last) and (on := day_of(statistic, row))]
    if statistic.counts.latest:
        last_of: dict[Any, date] = {}
        for row, on in taken:
            last_of[row.get("board")] = max(on, last_of.get(row.get("board"), on))
        taken = [(row, on) for row, on in taken if on == last_of[row.get("board")]]
    cells: dict[str, dict[str, list[tuple[Row, date]]]] = {cut: {} for cut in statistic.cuts}
    for row, on in taken:
        for cut, found in cells.items():
            for key in keys(row, cut, on):
                found.setdefault(key, []).append((row, on))
    measured = {
        cut: {key: _measure(statistic, part) for key, part in sorted(found.items())} for cut, found in cells.items()
    }
    if not statistic.persons:
        return Tally(_measure(statistic, taken), dict(measured))
    sizes = {cut: {key: _size(statistic, part) for key, part in found.items()} for cut, found in cells.items()}
    if 0 < _size(statistic, taken) < limit:
        return Tally(None, {cut: dict.fromkeys(found) for cut, found in sizes.items()})
    return Tally(_measure(statistic, taken), {cut: _shown(measured[cut], sizes[cut], limit) for cut in statistic.cuts})


def _shown(measured: Mapping[str, int | None], sizes: Mapping[str, int], limit: int) -> dict[str, int | None]:
    # The whole is shown, so one hidden cell alone would be the whole less the rest: the next smallest goes with it.
    hidden = {key for key, size in sizes.items() if 0 < size < limit}
    if len(hidden) == 1 and len(sizes) > 1:
        hidden.add(min((key for key in sizes if key not in hidden), key=lambda key: (sizes[key], key)))
    return {key: None if key in hidden else measured[key] for key in measured}


def _size(statistic: Statistic, rows: list[tuple[Row, date]]) -> int:
    """How many matters stand behind: ten payments of one are one, and of a rate those that it tells of."""
    if statistic.number_of:
        return _measure(statistic, rows) or 0
    hits = [row for row, _on in rows if row.get("with_on")] if statistic.per_thousand_with else []
    return len({row.get("number", index) for index, row in enumerate(hits or [row for row, _on in rows])})


def _measure(statistic: Statistic, rows: list[tuple[Row, date]]) -> int | None:
    if summed := statistic.sum_of or statistic.number_of:
        return sum(int(row.get(summed) or 0) for row, _on in rows)
    if statistic.median_days_to:
        days = [(until - on).days for row, on in rows if (until := _day(row.get(statistic.median_days_to)))]
        return median_low(days) if days else None
    if statistic.per_thousand_with:
        hits = sum(1 for row, _on in rows if row.get("with_on"))
        return (2000 * hits + len(rows)) // (2 * len(rows)) if rows else None
    return len(rows)


def _answers(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in dict.fromkeys(value)] if isinstance(value, list | tuple) else [str(value)]


def _day(value: Any) -> date | None:
    if not value:
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


class Waiting(Part):
    """A figure that cannot be counted yet, and what it waits for."""

    code: str
    sv: str
    en: str
    waits_for: str
    waits_for_en: str


class WaitingList(Part):
    """The file content/statistics/waiting.yaml."""

    waiting: list[Waiting] = []
