"""Spreadsheets: every cell as the text that a person would have written, whatever the cell's own type."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tillit.readers.kind import DamagedFile
from tillit.readers.record import LINES_TRIED, Preview, Record
from tillit.readers.sheet_span import check_span

Cell = int | float | str | bool | date | time | datetime | timedelta


def sheet_previews(path: Path, *, packed: bool) -> list[Preview]:
    """The first rows of every sheet.

    Takes: whether it is a packed file, as XLSX and ODS are and XLS is not.
    Raises: DamagedFile; ZipBomb.
    """
    if packed:
        check_span(path)
    with path.open("rb") as file:
        try:
            book = CalamineWorkbook.from_filelike(file)
            return [Preview(list(_rows(book, name, LINES_TRIED)), sheet=name) for name in book.sheet_names]
        except CalamineError:
            raise _damaged() from None


def sheet_records(path: Path, sheet: str, first_line: int) -> Iterator[Record]:
    """The rows of one sheet from a line on. Raises: DamagedFile."""
    with path.open("rb") as file:
        try:
            book = CalamineWorkbook.from_filelike(file)
            yield from (row for row in _rows(book, sheet) if row.line >= first_line)
        except CalamineError:
            raise _damaged() from None


def cell_text(cell: Cell) -> str:
    """A cell as text: numbers in the shortest form that is exact, days and clock times as in ISO 8601.

    >>> cell_text(5560160680.0), cell_text(1234.5), cell_text(time(8, 30)), cell_text(timedelta(days=1))
    ('5560160680', '1234.5', '08:30', '24:00')
    >>> cell_text(datetime(2025, 3, 1)), cell_text(datetime(2025, 3, 1, 8, 30)), cell_text(True)
    ('2025-03-01', '2025-03-01 08:30:00', 'true')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds" if cell.second else "minutes")
    if isinstance(cell, timedelta):
        minutes = round(cell / timedelta(minutes=1))
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return cell if isinstance(cell, str) else str(cell)


def _rows(book: CalamineWorkbook, sheet: str, most: int | None = None) -> Iterator[Record]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=most)
    for number, row in enumerate(rows, start=1):
        yield Record(number, number, [cell_text(cell) for cell in row])


def _damaged() -> DamagedFile:
    return DamagedFile("the spreadsheet is cut off, damaged or locked", fix="ask for it again, without a password")
