"""Writes the time of a report: an assistant's part is begun, its rows are written and copied, until it is signed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.actions.step import take_from_outside
from tillit.web.models import Matter, ReportedTime, TimeReport, WorkerReport
from tillit.web.queries.portal import As, as_what, assistants, own_report
from tillit.web.rules.content import codes
from tillit.web.rules.personal_data import NUMBERS, hits
from tillit.web.rules.portal import Outsider
from tillit.web.rules.report_file import WrongFileError
from tillit.web.rules.reported_time import NotATimeError, WhichHourError, Written, placed
from tillit.web.rules.time_report import current_parts

WRITTEN_IN = ("expected", "draft", "late", "missing", "completion")
"""The states in which time is written."""

MOST_ROWS = 400


def own(report: TimeReport, outsider: Outsider, *, states: Sequence[str] = WRITTEN_IN) -> tuple[TimeReport, As]:
    """The report as it is now, where it is this one's own and stands in one of these states, locked to the end.

    Raises: NotForYouError, HeldBackError.
    """
    if own_report(report.number, outsider) is None:
        raise NotForYouError("Det finns ingen sådan rapport för dig")
    # The assistants of a report sign each for themselves: of two at once the second waits, and is not turned away.
    Matter.objects.select_for_update().filter(number=report.number).values_list("pk").first()
    found = own_report(report.number, outsider)
    if found is None:
        raise NotForYouError("Det finns ingen sådan rapport för dig")
    if found.state not in states:
        raise HeldBackError("Rapporten är lämnad eller klar, och kan inte ändras nu", where=found.number)
    return found, as_what(found, outsider)


def add_assistant(report: TimeReport, worker: str, *, by: Outsider, now: datetime) -> WorkerReport:
    """The provider says that an assistant has worked with the client this month.

    Raises: NotForYouError, NotYourStepError, HeldBackError.
    """
    with one_press("add assistant", by=by.viewer, now=now, matter=report):
        found, role = own(report, by, states=(*WRITTEN_IN, "signed", "approved"))
        if not role.provider:
            raise NotYourStepError("Det är anordnaren som lägger till assistenter", where=found.number)
        if worker not in assistants(found):
            raise NotForYouError("Det finns ingen sådan assistent för dig")
        _begun(found, by, now)
        if found.state in ("signed", "approved"):
            take_from_outside(found, "correct", by=by.viewer, now=now)
        made: WorkerReport = WorkerReport.objects.create(
            matter=found, worker_code=worker, begun_at=now, begun_by=by.viewer.user
        )
        log.write("change", "add assistant", by=by.viewer.user, at=now, matter=found, details={"part": made.pk})
        return made


def remove_assistant(part: WorkerReport, *, by: Outsider, now: datetime) -> None:
    """An assistant who did not work this month is taken off the report, while nothing is signed."""
    with one_press("remove assistant", by=by.viewer, now=now, matter=part.matter):
        found, one, role = _writable(part, by)
        if not role.provider or one.corrects_id:
            raise NotYourStepError("Det här kan bara anordnaren ta bort, innan något är underskrivet")
        one.delete()
        log.write("change", "remove assistant", by=by.viewer.user, at=now, matter=found)


def write_row(
    part: WorkerReport, written: Written, *, by: Outsider, now: datetime, also_on: Sequence[date] = ()
) -> list[ReportedTime]:
    """Adds a row, split at midnight; the same on other days where it is said, which are left where it is there.

    Raises: NotForYouError, HeldBackError, NotATimeError, WhichHourError.
    """
    with one_press("write time", by=by.viewer, now=now, matter=part.matter):
        found, one, _role = _writable(part, by)
        _known(written, now)
        rows = _rows(one, written, placed(written, month=found.month))
        before = ReportedTime.objects.filter(part=one)
        there = {(row.date, row.start, row.end, row.kind) for row in before} | {
            (row.date, row.start, row.end, row.kind) for row in rows
        }
        for day in also_on:
            same = _rows(one, written, placed(replace(written, day=day), month=found.month))
            rows += [row for row in same if (row.date, row.start, row.end, row.kind) not in there]
        if before.count() + len(rows) > MOST_ROWS:
            raise HeldBackError("Rapporten har för många rader", fix="slå ihop dem som hör ihop")
        made = ReportedTime.objects.bulk_create(rows)
        _begun(found, by, now)
        log.write("change", "write time", by=by.viewer.user, at=now, matter=found, details={"part": one.pk})
        return made


def write_rows(
    part: WorkerReport, lines: Sequence[tuple[int, Written]], *, by: Outsider, now: datetime
) -> tuple[int, int]:
    """Adds the rows of a file, each split at midnight; a row that is there already is left as it is.

    Takes: what was written with the line that it stood on.
    Gives: how many rows are new, and how many were there.
    Raises: NotForYouError, HeldBackError; WrongFileError with every line that is no time.
    """
    with one_press("write time", by=by.viewer, now=now, matter=part.matter):
        found, one, _role = _writable(part, by)
        there = {(row.date, row.start, row.end, row.kind) for row in ReportedTime.objects.filter(part=one)}
        before, new, wrong, again = len(there), [], [], 0
        for line, written in lines:
            try:
                _known(written, now)
                rows = _rows(one, written, placed(written, month=found.month))
            except NotATimeError as error:
                wrong.append((line, sentence_of(error)))
                continue
            for row in rows:
                if (row.date, row.start, row.end, row.kind) in there:
                    again += 1
                else:
                    there.add((row.date, row.start, row.end, row.kind))
                    new.append(row)
        if wrong:
            raise WrongFileError(wrong)
        if before + len(new) > MOST_ROWS:
            raise HeldBackError("Rapporten har för många rader", fix="slå ihop dem som hör ihop")
        ReportedTime.objects.bulk_create(new)
        _begun(found, by, now)
        log.write("change", "write time", by=by.viewer.user, at=now, matter=found, details={"part": one.pk})
        return len(new), again


def sentence_of(error: NotATimeError) -> str:
    """What is wrong, and what to do, as one sentence of a list."""
    return f"{error.what}: {error.fix}" if error.fix else error.what


def remove_row(part: WorkerReport, row: int, *, by: Outsider, now: datetime) -> None:
    """Takes a row away while its part is not signed."""
    with one_press("remove time", by=by.viewer, now=now, matter=part.matter):
        found, one, _role = _writable(part, by)
        gone, _which = ReportedTime.objects.filter(part=one, pk=row).delete()
        if not gone:
            raise NotForYouError("Det finns ingen sådan rad för dig")
        log.write("change", "remove time", by=by.viewer.user, at=now, matter=found, details={"part": one.pk})


def copy_week(
    part: WorkerReport, *, of: date, to: Sequence[date], by: Outsider, now: datetime
) -> tuple[int, list[str]]:
    """Copies the rows of a week to the same weekdays and clock times of others, within the month.

    Takes: any day of each week.
    Gives: how many rows were made, and why others were not: a time that never was or comes twice, or one that another
    goes over. What is there already is left, so that it can be pressed twice.
    """
    with one_press("copy week", by=by.viewer, now=now, matter=part.matter):
        found, one, _role = _writable(part, by)
        rows = list(ReportedTime.objects.filter(part=one))
        there = {(row.date, row.start, row.end, row.kind) for row in rows}
        monday = of - timedelta(days=of.weekday())
        week = [row for row in rows if monday <= row.date < monday + timedelta(days=7)]
        new: list[ReportedTime] = []
        refused: list[str] = []
        for other in sorted({day - timedelta(days=day.weekday()) for day in to} - {monday}):
            for row in week:
                on = row.date + (other - monday)
                elsewhere = (on.year, on.month) != (found.month.year, found.month.month)
                if elsewhere or (on, row.start, row.end, row.kind) in there:
                    continue
                written = Written(on, row.start, row.end, row.kind, place=row.place)
                try:
                    made = _rows(one, written, placed(written, month=found.month))
                except (NotATimeError, WhichHourError) as error:
                    refused.append(f"{on}, {row.start}–{row.end}: {error.what}")
                    continue
                if _meet(made, [*rows, *new]):
                    refused.append(f"{on}, {row.start}–{row.end}: En annan tid går över den")
                else:
                    new += made
        if len(rows) + len(new) > MOST_ROWS:
            raise HeldBackError("Rapporten har för många rader", fix="slå ihop dem som hör ihop")
        ReportedTime.objects.bulk_create(new)
        log.write("change", "copy week", by=by.viewer.user, at=now, matter=found, details={"rows": len(new)})
        return len(new), refused


def _meet(some: Sequence[ReportedTime], others: Sequence[ReportedTime]) -> bool:
    """Whether one of some rows shares a minute with one of the others."""
    return any(one.starts_at < other.ends_at and other.starts_at < one.ends_at for one in some for other in others)


def _writable(part: WorkerReport, by: Outsider) -> tuple[TimeReport, WorkerReport, As]:
    found, role = own(part.matter, by)
    one = current_parts(found.pk).filter(pk=part.pk).first()
    if one is None or not (role.provider or one.worker_code in role.workers):
        raise NotForYouError("Det finns ingen sådan rapport för dig")
    if one.signed_at:
        raise HeldBackError("Tiden är underskriven. Gör en rättelse för att ändra den", where=found.number)
    # Locked to the end of the transaction: nothing is written while it is being signed.
    return found, WorkerReport.objects.select_for_update().get(pk=one.pk, signed_at=None), role


def _begun(report: TimeReport, by: Outsider, now: datetime) -> None:
    if report.state in ("expected", "missing"):
        take_from_outside(report, "save", by=by.viewer, now=now)


def _rows(part: WorkerReport, written: Written, pieces: Sequence[Any]) -> list[ReportedTime]:
    same: Mapping[str, Any] = {"kind": written.kind, "place": written.place, "comment": written.comment[:200]}
    return [
        ReportedTime(
            matter_id=part.matter_id, part=part, date=one.day, start=one.start, end=one.end, start_fold=one.start_fold,
            end_fold=one.end_fold, starts_at=one.starts_at, ends_at=one.ends_at, minutes=one.minutes, **same,
        )
        for one in pieces
    ]  # fmt: skip


def _known(written: Written, now: datetime) -> None:
    if written.kind not in codes("report_kinds") or (written.place and written.place not in codes("report_places")):
        raise NotATimeError("Välj vad det var för slags tid, och var")
    if any(ord(one) < 32 and one not in "\t\r\n" for one in written.comment):
        raise NotATimeError("Kommentaren har tecken som inte kan sparas", fix="skriv om den")
    if any(hit.kind in NUMBERS for hit in hits(written.comment, on=now.date())) or re.search(r"\d{6}", written.comment):
        raise NotATimeError("Skriv inget personnummer i kommentaren", fix="ta bort siffrorna")
