"""The words of a figure: what its cuts and their rows are called, and how its numbers are written.

A page is read in the reader's language; what is kept with a paper, and what stands in a file, is Swedish.
"""

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
    "board": ("Nämnd", "Board"),
    "unit": ("Enhet", "Unit"),
    "month": ("Månad", "Month"),
    "year": ("År", "Year"),
    "state": ("Var den står i dag", "Where it stands today"),
}
"""What every figure can be cut by, in Swedish and in English."""

COLUMNS = {"service_area": ("invoice_line", "service_area"), "sex": ("client", "sex")}
"""A cut that is a column of a table, and has its words (content/tables). They are Swedish alone."""

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SPACE = "\u00a0"

Told = dict[str, Any]
"""A figure as it is kept with a paper: its name, what it means, its number and its tables, all as JSON."""


class Words:
    """The words of every cut, with the names of boards and units read once, where any is told."""

    def __init__(self, *, english: bool = False) -> None:
        self.english = english

    @cached_property
    def _boards(self) -> Mapping[str, str]:
        return dict(Board.objects.values_list("slug", "name"))

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return dict(Unit.objects.values_list("slug", "name"))

    def cell(self, statistic: Statistic, cut: str, key: str) -> str:
        """What one row of a table is called."""
        not_given = "Not given" if self.english else "Inte angivet"
        match cut:
            case "board":
                return self._boards.get(key, key)
            case "unit":
                return self._units.get(key, key) or ("No unit" if self.english else "Utan enhet")
            case "month":
                return month(key, english=self.english)
            case "year":
                return key
            case "state":
                state = catalogue().processes[statistic.counts.process].states.get(key)
                return key if state is None else self._of(state.sv, state.en)
            case _ if cut in COLUMNS:
                table, column = COLUMNS[cut]
                return (catalogue().tables[table].columns[column].one_of or {}).get(key, key) or not_given
            case _:
                field = catalogue().processes[statistic.counts.process].fields[cut]
                known = field.one_of_en if self.english and field.one_of_en else field.one_of
                return known.get(key, key) or not_given

    def title(self, statistic: Statistic, cut: str) -> str:
        """What a table is called: the question of the field, without its mark."""
        if cut in TITLES:
            return self._of(*TITLES[cut])
        if cut in COLUMNS:
            table, column = COLUMNS[cut]
            return catalogue().tables[table].columns[column].sv
        field = catalogue().processes[statistic.counts.process].fields[cut]
        return self._of(field.sv, field.en).rstrip("?")

    def written(self, statistic: Statistic, number: int | None) -> str:
        """A number of a figure as it is read: öre as kronor, days with their word, a hidden one as a dash.

        It is the same on the page, in the files and in the paper to the board.
        """
        if number is None:
            return HIDDEN
        if statistic.sum_of:
            kronor = (abs(number) + 50) // 100 * (1 if number >= 0 else -1)
            return f"{_grouped(kronor)}{SPACE}{'SEK' if self.english else 'kr'}"
        if statistic.per_thousand_with:
            return f"{_grouped(number)}{SPACE}{'of' if self.english else 'av'} 1{SPACE}000"
        if statistic.median_days_to:
            one, many = ("day", "days") if self.english else ("dag", "dagar")
            return f"{number}{SPACE}{one if number == 1 else many}"
        return _grouped(number)

    def _of(self, swedish: str, english: str) -> str:
        return english if self.english and english else swedish


def month(key: str, *, english: bool = False) -> str:
    """A month as people write it.

    >>> month("2024-10"), month("2024-10", english=True)
    ('oktober\\xa02024', 'October\\xa02024')
    """
    day = date.fromisoformat(f"{key}-01")
    return f"{(ENGLISH_MONTHS if english else MONTHS)[day.month - 1]}{SPACE}{day.year}"


def _grouped(number: int) -> str:
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
            "heads": [words.title(one, cut.name), "Tal"],
            "keys": {cell.key: cell.number for cell in cut.cells},
            "rows": [[words.cell(one, cut.name, cell.key), words.written(one, cell.number)] for cell in cut.cells],
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
        "total": found.total, "written": words.written(one, found.total), "tables": tables,
    }  # fmt: skip


def lines(found: Figure, words: Words) -> list[tuple[str, str, Cell]]:
    """Every row of every table of a figure: the table, the row, and its number."""
    one = found.statistic
    return [
        (words.title(one, cut.name), words.cell(one, cut.name, cell.key), cell)
        for cut in found.cuts
        for cell in cut.cells
    ]
