"""The words of a figure: what its cuts and their rows are called, and how its numbers are written."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from tillit.catalogue import Statistic
from tillit.letters import MONTHS
from tillit.web.models import Board, Unit
from tillit.web.queries.statistic import Cell, Figure
from tillit.web.rules.content import catalogue
from tillit.web.rules.small_cells import HIDDEN

TITLES = {
    "board": "Nämnd",
    "unit": "Enhet",
    "month": "Månad",
    "state": "Var den står i dag",
    "service_area": "Verksamhet",
}
SPACE = "\u00a0"

Told = dict[str, Any]
"""A figure as it is kept with a paper: its name, what it means, its number and its tables, all as JSON."""


class Words:
    """The words of every cut, with the names of boards and units read once, where any is told."""

    @cached_property
    def _boards(self) -> Mapping[str, str]:
        return dict(Board.objects.values_list("slug", "name"))

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return dict(Unit.objects.values_list("slug", "name"))

    def cell(self, statistic: Statistic, cut: str, key: str) -> str:
        """What one row of a table is called."""
        process = catalogue().processes[statistic.counts.process]
        match cut:
            case "board":
                return self._boards.get(key, key)
            case "unit":
                return self._units.get(key, key) or "Utan enhet"
            case "month":
                return month(key)
            case "service_area":
                areas = catalogue().tables["invoice_line"].columns["service_area"].one_of or {}
                return areas.get(key, key) or "Inte angivet"
            case "state":
                return process.states[key].sv if key in process.states else key
            case _:
                return process.fields[cut].one_of.get(key, key) or "Inte angivet"


def title(statistic: Statistic, cut: str) -> str:
    """What a table is called.

    Gives: the question of the field, without its mark.
    """
    field = catalogue().processes[statistic.counts.process].fields.get(cut)
    return TITLES.get(cut) or (field.sv.rstrip("?") if field else cut)


def month(key: str) -> str:
    """A month as people write it.

    >>> month("2024-10")
    'oktober\\xa02024'
    """
    day = date.fromisoformat(f"{key}-01")
    return f"{MONTHS[day.month - 1]}{SPACE}{day.year}"


def written(statistic: Statistic, number: int | None) -> str:
    """A number of a figure as it is read: öre as kronor, days with their word, a hidden one as a dash.

    It is the same on the page, in the files and in the paper to the board.
    """
    if number is None:
        return HIDDEN
    if statistic.sum_of:
        return f"{(abs(number) + 50) // 100 * (1 if number >= 0 else -1):,}".replace(",", SPACE) + f"{SPACE}kr"
    if statistic.per_thousand_with:
        return f"{number:,}".replace(",", SPACE) + f"{SPACE}av 1{SPACE}000"
    if statistic.median_days_to:
        return f"{number}{SPACE}{'dag' if number == 1 else 'dagar'}"
    return f"{number:,}".replace(",", SPACE)


def unit_of(statistic: Statistic) -> str:
    """What the numbers of a figure are, in a file."""
    if statistic.sum_of:
        return "öre"
    if statistic.per_thousand_with:
        return "av 1000"
    return "dagar" if statistic.median_days_to else "antal"


def decimal(number: float | None) -> str:
    """A rate with a comma.

    >>> decimal(0.5), decimal(None)
    ('0,5', '–')
    """
    return HIDDEN if number is None else f"{number:g}".replace(".", ",")


def told(found: Figure, words: Words) -> Told:
    """A figure in words and numbers that can be kept as it is: what is told then does not change with the content."""
    one = found.statistic
    tables = [
        {
            "cut": cut.name,
            "heads": [title(one, cut.name), "Tal"],
            "keys": {cell.key: cell.number for cell in cut.cells},
            "rows": [[words.cell(one, cut.name, cell.key), written(one, cell.number)] for cell in cut.cells],
        }
        for cut in found.cuts
        if any(cell.number != 0 for cell in cut.cells)
    ]
    rates = [
        [words.cell(one, "board", rate.board), decimal(rate.per_hundred_decisions), decimal(rate.per_provider)]
        for rate in found.rates
        if rate.number
    ]
    if rates:
        heads = ["Nämnd", "Per 100 beslut i kraft", "Per anordnare"]
        tables.append({"cut": "", "heads": heads, "keys": {}, "rows": rates})
    return {
        "statistic": one.statistic, "code": one.code, "title": one.sv, "about": one.about, "source": one.source,
        "total": found.total, "written": written(one, found.total), "tables": tables,
    }  # fmt: skip


def lines(found: Figure, words: Words) -> list[tuple[str, str, Cell]]:
    """Every row of every table of a figure: the table, the row, and its number."""
    one = found.statistic
    return [
        (title(one, cut.name), words.cell(one, cut.name, cell.key), cell) for cut in found.cuts for cell in cut.cells
    ]
