"""Tables as CSV and XLSX, with the headings of the canonical table and the manner of the sending system."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from tillit.catalogue import Column
from tillit.demo.files.cells import Manner, cell, table
from tillit.demo.town import Row

_MADE = datetime(2026, 5, 15)  # in every workbook, so that the same town is the same bytes


def write_csv(
    path: Path,
    name: str,
    rows: Sequence[Row],
    manner: Manner,
    *,
    encoding: str = "utf-8-sig",
    title: Sequence[str] = (),
) -> None:
    """Rows of a canonical table as semicolon-separated text, after lines of title."""
    kept = _kept(name, rows)
    lines = ([cell(column, row.get(key), manner) for key, column in kept] for row in rows)
    headings = [column.sv for _, column in kept]
    text = [*title, *(";".join(_quoted(value) for value in line) for line in (headings, *lines))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\r\n" for line in text).encode(encoding))


def write_xlsx(path: Path, name: str, rows: Sequence[Row], manner: Manner, *, title: Sequence[str] = ()) -> None:
    """Rows of a canonical table as a workbook of one sheet, after lines of title: days as days, amounts as numbers."""
    kept = _kept(name, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet, day = book.add_worksheet("Export"), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, line in enumerate(title):
            sheet.write_string(place, 0, line)
        for at, (_, column) in enumerate(kept):
            sheet.write_string(len(title), at, column.sv)
        for place, row in enumerate(rows, len(title) + 1):
            for at, (key, column) in enumerate(kept):
                value = row.get(key)
                if type(value) is date and column.type == "date" and "ÅÅÅÅ-MM" not in column.about:
                    sheet.write_datetime(place, at, datetime(value.year, value.month, value.day), day)
                elif type(value) is int and (column.type == "ore" or column.entered_in == "hours"):
                    sheet.write_number(place, at, value / (100 if column.type == "ore" else 60))
                else:
                    sheet.write_string(place, at, cell(column, value, manner))


def _kept(name: str, rows: Sequence[Row]) -> list[tuple[str, Column]]:
    """The columns that must be there, and those that any row says something about."""
    return [
        (key, column)
        for key, column in table(name).columns.items()
        if not column.derived and (not column.optional or any(row.get(key) not in {None, ""} for row in rows))
    ]


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(sign in value for sign in ';"\n') else value
