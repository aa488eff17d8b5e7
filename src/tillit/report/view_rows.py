"""What the page says of the delivered rows behind a finding: where each stands, and the values that matter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tillit.catalogue import Column, Kind
from tillit.report.names import Names
from tillit.report.values import kind_of
from tillit.store import Evidence, Finding

ROWS_SHOWN = 10

_SET_AS = {
    **dict.fromkeys((Kind.ORE, Kind.MINUTES, Kind.INTEGER, Kind.DECIMAL), "n"),
    **dict.fromkeys((Kind.DATE, Kind.TIMESTAMP), "t"),
}
_WHO = {Kind.PERSON, Kind.ORGANISATION}


@dataclass(frozen=True)
class Heading:
    """A heading of a table, and how what stands under it is set: `n` for numbers, `t` for days and clock times."""

    text: str
    style: str


@dataclass(frozen=True)
class DeliveredRow:
    """A delivered row: its file, its line, and its values under the headings of its table."""

    file: str
    sha256: str
    line: int
    cells: list[str]


@dataclass(frozen=True)
class RowsOfTable:
    """Delivered rows of one kind."""

    title: str
    headings: list[Heading]
    rows: list[DeliveredRow]


def rows_behind(finding: Finding, names: Names) -> list[RowsOfTable]:
    """The first of the rows behind a finding, by the table that they are of."""
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in finding.evidence[:ROWS_SHOWN]:
        rows[row.table].append(row)
    told = {finding.provider, finding.client, finding.worker}
    return [_table(table, of_table, told, names) for table, of_table in rows.items()]


def _table(table: str, rows: Sequence[Evidence], told: set[str | None], names: Names) -> RowsOfTable:
    known = names.catalogue.tables.get(table)
    columns = [name for name, column in known.columns.items() if _tells(rows, name, column, told)] if known else []
    columns += sorted({name for row in rows for name in row.values if names.column(table, name) is None})
    return RowsOfTable(
        title=names.table(table),
        headings=[_heading(table, name, names) for name in columns],
        rows=[
            DeliveredRow(row.file, row.sha256, row.line, [_cell(row, name, names) for name in columns]) for row in rows
        ],
    )


def _tells(rows: Sequence[Evidence], name: str, column: Column, told: set[str | None]) -> bool:
    """Whether a column tells something new: more than the usual, the finding itself and the other columns do."""
    values = {row.values.get(name) for row in rows} - {None, False, column.default}
    if not values or (column.type in _WHO and values <= told):
        return False
    return not _follows(name, column) or any(row.values.get("clock_uncertain") for row in rows)


def _follows(name: str, column: Column) -> bool:
    """Whether it follows from the start and end of a stretch of time; its length is shown even so."""
    return column.entered_as == "day" or (column.derived == "interval" and name != "minutes")


def _heading(table: str, name: str, names: Names) -> Heading:
    return Heading(names.label(table, name), _SET_AS.get(kind_of(name, names.column(table, name)), ""))


def _cell(row: Evidence, name: str, names: Names) -> str:
    currency = row.values.get("currency")
    return names.value(row.table, name, row.values.get(name), currency if isinstance(currency, str) else "SEK")
