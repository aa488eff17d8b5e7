"""The time that each provider reports, in its own system's way."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tillit.demo.files.cells import Manner
from tillit.demo.files.fk3059 import write_fk3059
from tillit.demo.files.lifecare import write_visits
from tillit.demo.files.tabular import write_csv, write_xlsx
from tillit.demo.town import RefusedLine, Row, Shift, Town
from tillit.units import Period

REPORTS_IN_XML = "Kastanjen"

_BJORKEN, _LUNDEN, _OWN = Manner(hour_sign="."), Manner(person="{2}-{1}"), Manner(person="{0}{1}", hyphen=False)
_UNREADABLE: dict[tuple[str, str], tuple[Row, str]] = {
    ("Björken", "2026-02"): ({"ends_at": "25:00"}, "25.00 is no clock time"),
    ("Lunden", "2026-03"): ({"day": 29, "starts_at": "02:30"}, "02:30 never came that night"),
}
"""A line in a provider's file of a month that was typed wrong, and why it cannot be read."""


def write_time(town: Town, folder: Path) -> list[RefusedLine]:
    """One file a provider and month, or a worker, client and month. Gives the lines that cannot be read."""
    refused: list[RefusedLine] = []
    for month in town.months:
        path = folder / "anordnare" / f"bjorken-tid-{month}.csv"
        title = ["Björkens Assistans AB", f"Tidrapport {month}", ""]
        rows = _with_unreadable(town, "Björken", month, path, title, refused)
        write_csv(path, "time_entry", rows, _BJORKEN, encoding="cp1252", title=title)
        path = folder / "anordnare" / f"lunden-tid-{month}.xlsx"
        title = [f"Omsorg i Lunden AB – tid {month}"]
        rows = _with_unreadable(town, "Lunden", month, path, title, refused)
        write_xlsx(path, "time_entry", rows, _LUNDEN, title=title)
        write_visits(folder / "anordnare" / f"solsidan-besok-{month}.json", _of(town, "Solsidan", month))
        walks = [one for one in town.shifts if one.service_area == "companion" and one.day in month]
        write_csv(folder / "anordnare" / f"ledsagning-{month}.csv", "time_entry", _rows(town, walks), _OWN)
        own = _rows(town, _of(town, "Egen", month))
        write_csv(folder / "egen-regi" / f"besok-{month}.csv", "time_entry", own, _OWN)
    for report in town.rows["time_report"]:
        if report["provider_id"].key == REPORTS_IN_XML:
            write_fk3059(folder / "anordnare" / "kastanjen", report, _reported(town, report))
    return refused


def _of(town: Town, key: str, month: Period) -> list[Shift]:
    return [one for one in town.shifts if one.provider.key == key and one.day in month]


def _reported(town: Town, report: Row) -> list[Shift]:
    month = Period.month(report["month"].year, report["month"].month)
    shifts = _of(town, report["provider_id"].key, month)
    return [one for one in shifts if (one.client, one.worker) == (report["client_id"], report["worker_id"])]


def _with_unreadable(
    town: Town, key: str, month: Period, path: Path, title: Sequence[str], refused: list[RefusedLine]
) -> list[Row]:
    """The rows, and last the one that was typed wrong: a meeting, so that no bill depends on it."""
    rows = _rows(town, _of(town, key, month))
    if (key, str(month)) in _UNREADABLE:
        typed, why = _UNREADABLE[key, str(month)]
        day = month.first.replace(day=typed.get("day", month.last.day))
        rows.append({**rows[-1], "entry_id": "X", "kind": "meeting", "work_date": day, **typed})
        refused.append(RefusedLine(path.name, len(title) + 1 + len(rows), why))
    return rows


def _rows(town: Town, shifts: Sequence[Shift]) -> list[Row]:
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
                "receipt_starts_at": _at(shift, shift.receipt, 0),
                "receipt_ends_at": _at(shift, shift.receipt, 1),
                "reason_code": shift.reason,
                "planned_starts_at": _at(shift, shift.planned, 0),
                "planned_ends_at": _at(shift, shift.planned, 1),
                "double_staffing": shift.double_staffing or None,
                "group_id": shift.group,
                "report_id": reports.get((shift.provider.key, shift.client, shift.worker, shift.day.replace(day=1))),
            }
        )
    return rows


def _at(shift: Shift, clocks: tuple[str, str] | None, end: int) -> str | None:
    """The start or the end of a receipt or a plan, with its day."""
    if clocks is None:
        return None
    next_day = end and clocks[1] < clocks[0]
    return f"{shift.day + timedelta(days=int(next_day))} {clocks[end]}"
