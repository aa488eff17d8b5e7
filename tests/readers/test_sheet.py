"""Cells of a spreadsheet are read as a person would have written them."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from tests.readers.delivered import read, rows, written
from tillit.readers.kind import kind_of
from tillit.readers.sheet import Cell, cell_text, sheet_previews
from tillit.readers.sheet_span import check_span
from tillit.readers.unreadable import Unreadable

HEADINGS = ["Rad", "Anordnare", "Assistent", "Brukare", "Datum", "Från", "Till", "Typ"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5560160680.0, "5560160680"),
        (0.1, "0.1"),
        (1e20, "1e+20"),
        (-12.5, "-12.5"),
        (7, "7"),
        (True, "true"),
        ("0123", "0123"),
        (date(2025, 3, 3), "2025-03-03"),
        (datetime(2025, 3, 3), "2025-03-03"),
        (datetime(2025, 3, 3, 8, 30), "2025-03-03 08:30:00"),
        (time(8, 30), "08:30"),
        (time(8, 30, 15), "08:30:15"),
        (timedelta(hours=24), "24:00"),
        (timedelta(hours=40, minutes=30), "40:30"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_have_written(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_days_and_clock_times_of_a_workbook_are_read_and_lines_are_its_rows(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day, clock, long = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "hh:mm", "[h]:mm"))
        book.add_worksheet("Information").write(0, 0, "Se nästa blad")
        sheet = book.add_worksheet("Pass")
        sheet.write(0, 0, "Pass i mars")
        sheet.write_row(2, 0, HEADINGS)
        for row, entry in ((3, "R1"), (5, "R2")):
            sheet.write_row(row, 0, [entry, 5560160680, 12, "K1"])
            sheet.write_datetime(row, 4, datetime(2025, 3, 3), day)
            sheet.write_datetime(row, 5, time(22, 30), clock)
            sheet.write_number(row, 6, 1.0, long)
            sheet.write(row, 7, "Aktiv tid")
    delivery, store = read(tmp_path, file.getvalue())
    assert (delivery.encoding, delivery.header_line, delivery.lines_blank) == ("xlsx, sheet 'Pass'", 3, 1)
    assert rows(store, delivery, "time_entry", "line, entry_id, provider_id, minutes, kind") == [
        (4, "R1", "5560160680", 90, "active"),
        (6, "R2", "5560160680", 90, "active"),
    ]


def test_sheets_that_are_not_read_are_told(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for month in ("Januari", "Februari", "Mars"):
            sheet = book.add_worksheet(month)
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(1, 0, ["R1", "5560160680", "A", "K1", "2025-03-03", "08:00", "09:00", "active"])
    delivery, _ = read(tmp_path, file.getvalue())
    assert [remark.what for remark in delivery.remarks if not remark.line] == [
        "only sheet 'Januari' was read; 'Februari', 'Mars' have the same headings"
    ]


def test_a_workbook_with_any_part_of_it_broken_is_read_or_refused_and_never_a_crash(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Pass")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, 40):
            sheet.write_row(row, 0, [f"R{row}", 5560160680, 12, "K1", "2025-03-03", "08:00", "12:00", "Aktiv tid"])
    whole, seen = file.getvalue(), set()
    for place in range(0, len(whole), 61):
        for broken in (b"\0", b"\xff\xff\xff"):
            damaged = whole[:place] + broken + whole[place + len(broken) :]
            path = written(tmp_path, damaged, "damaged.xlsx")
            try:
                seen.add(kind_of(path))
                check_span(path)
                seen.add(str(len(sheet_previews(path, packed=True)[0].records)))
            except Unreadable as fault:
                seen.add(type(fault).__name__)
    assert seen >= {"xlsx", "DamagedFile"}
    assert seen <= {"xlsx", "DamagedFile", "WrongKind", "ZipBomb", "text", *map(str, range(60))}
