"""Tables as CSV and XLSX, with the headings of the canonical table and the manner of the sending system."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from tillit.catalogue import Column
from tillit.demo.files.cells import Manner, cell, table
from tillit.demo.town import Row, Shift, Town

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


def time_rows(town: Town, shifts: Sequence[Shift]) -> list[Row]:
    """Shifts as rows of time_entry, in the order of the days, with the number of the time report that holds them."""
    reports = {
        (row["provider_id"].key, row["client_id"], row["worker_id"], row["month"]): row["report_id"]
        for row in town.rows["time_report"]
    }
    rows = []
    for place, shift in enumerate(sorted(shifts, key=lambda one: (one.day, one.start, one.client, one.worker)), 1):
        rows.append(
            {
                "entry_id": shift.entry or f"{shift.day:%y%m}-{place:05}",
                "provider_id": shift.provider,
                "worker_id": shift.worker,
                "client_id": shift.client,
                "work_date": shift.day,
                "starts_at": shift.start,
                "ends_at": shift.end,
                "kind": shift.kind,
                "service_area": shift.service_area,
                "service_code": shift.service_code,
                "status": shift.status,
                "capture": shift.capture,
                "receipt_starts_at": _at(shift, 0),
                "receipt_ends_at": _at(shift, 1),
                "reason_code": shift.reason,
                "double_staffing": shift.double_staffing or None,
                "group_id": shift.group,
                "report_id": reports.get((shift.provider.key, shift.client, shift.worker, shift.day.replace(day=1))),
            }
        )
    return rows


def _at(shift: Shift, end: int) -> str | None:
    """The receipt of the start or the end, with its day."""
    if shift.receipt is None:
        return None
    next_day = end and shift.receipt[1] < shift.receipt[0]
    return f"{shift.day + timedelta(days=int(next_day))} {shift.receipt[end]}"
