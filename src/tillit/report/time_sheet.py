"""A workbook to write a month's worked time in: lists to choose from, and cells that take only days and clock times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

LAST_ROW = 2_000
_WIDTHS = (30, 30, 12, 8, 8, 24, 22, 30, 16)


@dataclass(frozen=True)
class TimeSheet:
    """What the workbook is for: its headings, the first and last day, and what each list offers, in the same order."""

    title: str
    headings: Sequence[str]
    first: date
    last: date
    reports: Sequence[str]
    workers: Sequence[str]
    kinds: Sequence[str]
    places: Sequence[str]
    which: Sequence[str]
    says: Sequence[str]


def write_time_sheet(sheet: TimeSheet, path: Path) -> None:
    """Writes the workbook. The same month gives the same bytes: its date is the month's, not the clock's."""
    first = datetime(sheet.first.year, sheet.first.month, sheet.first.day)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": sheet.title, "created": first})
        rows, says, lists = (book.add_worksheet(name) for name in ("Tider", "Så gör du", "Listor"))
        head = book.add_format({"bold": True, "bg_color": "#0B5A6B", "font_color": "#FFFFFF", "text_wrap": True})
        formats = {2: "yyyy-mm-dd", 3: "hh:mm", 4: "hh:mm"}
        for place, (heading, width) in enumerate(zip(sheet.headings, _WIDTHS, strict=True)):
            rows.set_column(place, place, width, book.add_format({"num_format": formats.get(place, "@")}))
            rows.write_string(0, place, heading, head)
        rows.freeze_panes(1, 0)
        offered = {0: sheet.reports, 1: sheet.workers, 5: sheet.kinds, 6: sheet.places, 8: sheet.which}
        for place, words in offered.items():
            for number, word in enumerate(words):
                lists.write_string(number, place, word)
            if words:
                letter = "ABCDEFGHI"[place]
                source = f"=Listor!${letter}$1:${letter}${len(words)}"
                rows.data_validation(1, place, LAST_ROW, place, {"validate": "list", "source": source})
        days: dict[str, Any] = {
            "validate": "date",
            "criteria": "between",
            "minimum": sheet.first,
            "maximum": sheet.last,
        }
        rows.data_validation(1, 2, LAST_ROW, 2, days)
        lists.hide()
        says.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        for number, line in enumerate(sheet.says):
            says.write_string(number, 0, line)
