"""What someone outside may see: their own reports and nothing else, and what a report should be looked over for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.web.models import HandIn, PortalGrant, TimeReport, WorkerReport
from tillit.web.queries.time_report import Part, Shown, report_shown
from tillit.web.rules.content import catalogue
from tillit.web.rules.portal import CLIENT, PROVIDER, WORKER, Outsider
from tillit.web.rules.time_report import days_without, last_day, overlapping

BEFORE_HANDING_IN = ("expected", "draft", "signed", "approved", "late", "missing", "completion")
"""The states in which those outside have something to do."""


def own_reports(outsider: Outsider) -> QuerySet[TimeReport]:
    """The reports that are this one's own: a provider's, those an assistant has a part of, a client's."""
    own: Any = Q(pk__in=[])
    for one in outsider.bound:
        board = Q(board=one.board_id)
        match one.grant.role:
            case role if role == PROVIDER and not one.worker_code and one.provider_number:
                own |= board & Q(provider_number=one.provider_number)
            case role if role == WORKER and one.worker_code:
                part = WorkerReport.objects.filter(matter=OuterRef("pk"), worker_code=one.worker_code)
                own |= board & Q(provider_number=one.provider_number) & Exists(part)
            case role if role == CLIENT and one.client_code:
                own |= board & Q(client_code=one.client_code)
            case _:  # bound to something that its role does not fit: it opens nothing
                continue
    return TimeReport.objects.filter(own).select_related("board").order_by("-month", "number")


def own_report(number: str, outsider: Outsider) -> TimeReport | None:
    """The report of this number, where it is this one's own."""
    return own_reports(outsider).filter(number=number).first()


@dataclass(frozen=True)
class As:
    """As what someone outside meets a report: its provider, an assistant of it, its client or who represents one."""

    provider: bool
    workers: Sequence[str]
    client: PortalGrant | None

    @property
    def sees_all(self) -> bool:
        """Whether every assistant's rows are shown, or the own ones alone."""
        return self.provider or self.client is not None


def as_what(report: TimeReport, outsider: Outsider) -> As:
    """As what someone meets a report that is their own."""
    here = [one for one in outsider.bound if one.board_id == report.board_id]
    at_provider = [one for one in here if one.provider_number == report.provider_number]
    return As(
        any(one.grant.role == PROVIDER and not one.worker_code for one in at_provider),
        [one.worker_code for one in at_provider if one.grant.role == WORKER and one.worker_code],
        next((one for one in here if one.grant.role == CLIENT and one.client_code == report.client_code), None),
    )


def shown_to(report: TimeReport, role: As) -> Shown:
    """The report as this one sees it: an assistant the own rows, the others all. Never what a control found."""
    return report_shown(report, only=None if role.sees_all else role.workers)


def own_part(report: TimeReport, pk: int, role: As) -> Part | None:
    """An assistant's part that stands, where this one may see it."""
    return next((one for one in shown_to(report, role).standing if one.report.pk == pk), None)


def told_outside(report: TimeReport) -> str:
    """Where a report stands, in the words of those outside: never that a control has found something."""
    state = catalogue().processes[report.process].states[report.state]
    return state.outside or state.sv


def receipts(report: TimeReport) -> list[HandIn]:
    """The receipts of a report, the newest first."""
    return list(HandIn.objects.filter(matter=report).select_related("by").order_by("-at", "-pk"))


def called(report: TimeReport) -> dict[str, str]:
    """What the parties to a report call its client and its assistants, by code; who is not told stays a code."""
    at_board = PortalGrant.objects.filter(board=report.board_id)
    known = at_board.filter(Q(client_code=report.client_code) | Q(provider_number=report.provider_number))
    return {one.worker_code or one.client_code: one.called for one in known if one.worker_code or one.client_code}


def assistants(report: TimeReport) -> dict[str, str]:
    """The assistants whom the provider may add to a report, by code: those who have an account and no part of it."""
    there = WorkerReport.objects.filter(matter=report).values("worker_code")
    found = PortalGrant.objects.filter(board=report.board_id, provider_number=report.provider_number)
    left = found.exclude(worker_code="").exclude(worker_code__in=there).order_by("called")
    return {one.worker_code: one.called for one in left}


@dataclass(frozen=True)
class Warn:
    """Something to look over before handing in. It stops nothing but an overlap, which cannot be signed."""

    what: str
    first: date | None = None
    last: date | None = None
    minutes: int = 0
    worker: str = ""


def warnings(shown: Shown) -> list[Warn]:
    """What a report should be looked over for: overlaps, days without rows, more than the decision, outside it."""
    report, found = shown.report, []
    for part in shown.standing:
        code = part.report.worker_code
        found += [Warn("overlap", after.date, worker=code) for _before, after in overlapping(part.rows)]
    rows = [row for part in shown.standing for row in part.rows]
    if rows:
        found += [Warn("gap", first, last) for first, last in days_without(rows)]
    if report.granted_minutes is not None and (shown.difference or 0) > 0:
        found.append(Warn("above", minutes=shown.difference or 0))
    first, last = report.decided_from or report.month, report.decided_to or last_day(report.month)
    outside = sorted({row.date for row in rows if not first <= row.date <= last})
    return found + [Warn("outside", one) for one in outside[:3]]


def weeks(month: date) -> list[tuple[date, date]]:
    """The weeks of a month, each as its first and last day within it."""
    day, last, found = month, last_day(month), []
    while day <= last:
        end = min(day + timedelta(days=6 - day.weekday()), last)
        found.append((day, end))
        day = end + timedelta(days=1)
    return found
