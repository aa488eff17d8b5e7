"""A sheet of a workbook, written row by row: real numbers and days, texts that no spreadsheet takes for a formula."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

import xlsxwriter

Cell = str | int | float | Decimal | date | datetime | None
T = TypeVar("T")

MOST_ROWS = 1_000_000
"""A sheet ends a little above this; what is left out is told on it, and is in the JSON."""

_LONGEST_TEXT = 32_767  # a longer one is dropped without a word by the format
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

_STYLES: dict[str, dict[str, Any]] = {
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True, "indent": 1},
    "whole": {"valign": "top", "num_format": "#,##0"},
    "number": {"valign": "top", "num_format": "#,##0.####"},
    "amount": {"valign": "top", "num_format": "#,##0.00"},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "time": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "heading": {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EAF0F1"},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "font_color": "#0B5A6B"},
    "bold": {"bold": True, "valign": "top"},
}


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a sheet: its heading, width in letters, style, and its value of what a row is about."""

    heading: str
    width: int
    style: str
    value: Callable[[T], Cell]


class Book:
    """A workbook that is written from its first row to its last, so that its size needs no memory.

    Takes: the day that stands in its properties; with the clock's, two runs would differ.
    """

    def __init__(self, path: Path, title: str, day: date) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
        self._book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        self._styles = {name: self._book.add_format({"font_size": 10, **style}) for name, style in _STYLES.items()}

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *fault: object) -> None:
        self._book.close()

    def _sheet(self, name: str) -> Any:
        """A sheet that prints on A4, its columns side by side."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def lines(self, name: str, widths: Sequence[int], rows: Iterable[Sequence[tuple[Cell, str]]]) -> None:
        """A sheet to be read from the top: each row is cells with their styles."""
        sheet = self._sheet(name)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.hide_gridlines(2)
        for number, row in enumerate(rows):
            for place, (cell, style) in enumerate(row):
                _write(sheet, number, place, cell, self._styles[style])

    def table(self, name: str, columns: Sequence[Column[T]], rows: Iterable[T]) -> None:
        """A sheet to be filtered and sorted: one heading row that stays, and one row for each."""
        sheet = self._sheet(name)
        sheet.repeat_rows(0)
        styles = [self._styles[column.style] for column in columns]
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        for place, column in enumerate(columns):
            _write(sheet, 0, place, column.heading, self._styles["heading"])
        sheet.freeze_panes(1, 1)
        number = 0
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                told = f"Bladet slutar här, efter {MOST_ROWS} rader. Alla rader finns i findings.json."
                _write(sheet, number, 0, told, self._styles["bold"])
                break
            for place, column in enumerate(columns):
                _write(sheet, number, place, column.value(row), styles[place])
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula, not even after it is saved as CSV: suppliers choose their names.

    >>> guarded("=1+1"), guarded("-5"), guarded("Assistans AB")
    ("'=1+1", "'-5", 'Assistans AB')
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _write(sheet: Any, row: int, place: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, guarded(cell)[:_LONGEST_TEXT], style)
    elif isinstance(cell, date):
        sheet.write_number(row, place, _serial(cell), style)
    else:
        sheet.write_number(row, place, float(cell), style)


_EPOCH = datetime(1899, 12, 30)


def _serial(day: date) -> float:
    """A day or an instant as spreadsheets count them."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment - _EPOCH) / timedelta(days=1)
