"""A provider's file becomes drafts of the assistants' time: all of it, or nothing. No file ever signs for anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tillit.web.actions import log
from tillit.web.actions.refusal import NotForYouError, TurnedAwayError, one_press
from tillit.web.actions.reported_time import add_assistant, write_rows
from tillit.web.models import TimeReport, WorkerReport
from tillit.web.queries.portal import called
from tillit.web.queries.report_file import Months, months_of
from tillit.web.rules.portal import Outsider
from tillit.web.rules.report_file import FileLine, WrongFileError, lines_of
from tillit.web.rules.time_report import current_parts


@dataclass(frozen=True)
class Brought:
    """What came of a file: how many rows are new, how many were there before, and in how many reports."""

    new: int
    there: int
    reports: int


class _UnknownWorkerError(TurnedAwayError):
    """The file names someone whom the provider may not add; told as a line of the file."""


def bring_file(content: bytes, *, choice: str, by: Outsider, now: datetime) -> Brought:
    """Reads a file into drafts of a month: rows that are there already are left, so it can be given twice.

    Takes: the board, provider and month as `queries.report_file.Months.key`.
    Raises: NotForYouError where the month is not the provider's own; WrongFileError, with every wrong line.
    """
    chosen = months_of(by).get(choice)
    if chosen is None:
        with one_press("bring file", by=by.viewer, now=now):
            raise NotForYouError("Det finns ingen sådan månad för dig")
    # Read before the transaction: others are not kept waiting by a large file.
    lines = lines_of(content, board=chosen.board)
    with one_press("bring file", by=by.viewer, now=now):
        done = bring_lines(lines, chosen, by=by, now=now)
        details = {"rows": done.new, "reports": done.reports}
        log.write("change", "bring file", by=by.viewer.user, at=now, details=details)
        return done


def bring_lines(lines: Sequence[FileLine], chosen: Months, *, by: Outsider, now: datetime) -> Brought:
    """The lines of a file, or of what a system sends, as drafts: within the transaction of the one who logs it.

    Raises: WrongFileError, with every wrong line.
    """
    groups = _grouped(lines, chosen)
    new = there = 0
    wrong: list[tuple[int, str]] = []
    for (report, worker), some in groups.items():
        try:
            made, before = write_rows(
                _part(report, worker, by, now), [(one.line, one.written) for one in some], by=by, now=now
            )
            new, there = new + made, there + before
        except WrongFileError as error:
            wrong += error.lines
        except TurnedAwayError as error:
            wrong.append((some[0].line, f"{called(report).get(worker, worker)}: {error.what}"))
    if wrong:
        raise WrongFileError(wrong)
    return Brought(new, there, len({report.pk for report, _worker in groups}))


def _grouped(lines: Sequence[FileLine], chosen: Months) -> dict[tuple[TimeReport, str], list[FileLine]]:
    by_number = {one.number: one for one in chosen.reports}
    by_client: dict[str, TimeReport] = {one.client_code: one for one in chosen.reports}
    groups: dict[tuple[TimeReport, str], list[FileLine]] = {}
    wrong: list[tuple[int, str]] = []
    for one in lines:
        report = by_number.get(one.report) if one.report else by_client.get(one.client)
        if report is None:
            wrong.append((one.line, "Raden gäller ingen rapport som ni har den här månaden"))
        elif not _in_month(one.written.day, report.month):
            wrong.append((one.line, "Datumet hör till en annan månad"))
        else:
            groups.setdefault((report, one.worker), []).append(one)
    if wrong:
        raise WrongFileError(wrong)
    return groups


def _in_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _part(report: TimeReport, worker: str, by: Outsider, now: datetime) -> WorkerReport:
    found = current_parts(report.pk).filter(worker_code=worker).select_related("matter").first()
    if found is not None:
        return found
    try:
        return add_assistant(report, worker, by=by, now=now)
    except NotForYouError:
        raise _UnknownWorkerError("Assistenten har inget konto hos er i portalen") from None
