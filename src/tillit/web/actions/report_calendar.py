"""What time does with reports: opens those that a month expects, tells that one is late, reminds, lets a hold lapse.

A late report is a reason to ask. It is in itself no reason to refuse pay (HFD 2143-21), and nothing here stops any.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction

from tillit.errors import RefusedError
from tillit.units import add_working_days, local_date
from tillit.web.actions import document, log
from tillit.web.actions.job import enqueue
from tillit.web.actions.notice import tell
from tillit.web.actions.series import next_number
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Proposal, StepTaken, TimeReport, WorkerReport
from tillit.web.queries.delivery import accepted
from tillit.web.rules.audiences import AUDIENCES
from tillit.web.rules.board_store import protected_clients, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, whole
from tillit.web.rules.decided_unit import Units, folded, units_of
from tillit.web.rules.granted import Granted, granted_in
from tillit.web.rules.scope import within
from tillit.web.rules.time_report import current_parts, in_next_month

PROCESS = "time_report"
SUBJECT = "En tidrapport väntar"
TEXT = """Hej!

Det finns en tidrapport som väntar på dig i portalen. Logga in för att läsa.

Det här brevet innehåller därför inga uppgifter om den.
"""

_log = logging.getLogger("tillit.web")


def every_day(*, now: datetime) -> None:
    """What is due today, at every board; a job. Done again it does nothing more."""
    day = local_date(now)
    for board in Board.objects.order_by("pk"):
        open_expected(board, month=day.replace(day=1), now=now)
        with within([board.pk]):
            let_lapse(board, now=now)
            tell_of_late(board, now=now)
            if TimeReport.objects.filter(board=board, state="handed_in").exists():
                enqueue("time_reports", now=now, given={"board": board.pk}, once=f"time_reports:{board.pk}:{day}")


def open_expected(board: Board, *, month: date, now: datetime) -> int:
    """Opens the reports that the board's decisions expect for a month, and gives how many; those there are left.

    The assistants of the month before come along, with nothing written.
    """
    with within([board.pk]):
        files = [{"sha256": one} for one in accepted(board)]
    if not files:
        return 0
    store, day = store_of(board), local_date(now)
    expected, protected = granted_in(store, files, month), protected_clients(store, files)
    opened = 0
    with within([board.pk]), transaction.atomic():
        Board.objects.select_for_update().get(pk=board.pk)  # two workers open one
        there = set(TimeReport.objects.filter(board=board, month=month).values_list("key", flat=True))
        units = units_of(board)
        for one in expected:
            if key_of(board, one, month) in there:
                continue
            report = _opened(board, one, month, units, now=now, day=day, protected=one.client in protected)
            _same_assistants(report, now)
            tell(["report_provider"], report, "opened.time_report", at=now)
            log.write("change", "open time_report", by=None, at=now, matter=report)
            opened += 1
    return opened


def key_of(board: Board, one: Granted, month: date) -> str:
    """What makes a report one: the board, the client, the provider and the month."""
    return f"{board.slug}:{one.client}:{one.provider}:{month:%Y-%m}"


def tell_of_late(board: Board, *, now: datetime) -> int:
    """Reports whose day has passed are late, and their providers reminded; again after some days. Gives how many."""
    day, told = local_date(now), 0
    for report in list(TimeReport.objects.filter(board=board, state__in=["expected", "draft"])):
        due = str(report.fields.get("hand_in_by", ""))
        if due and due < day.isoformat():
            told += _taken(report, "run_late", now)
    every = timedelta(days=whole("assistance.report_remind_days", day))
    for report in list(TimeReport.objects.filter(board=board, state="late")):
        taken = StepTaken.objects.filter(matter=report, step__in=["run_late", "remind"]).order_by("-at").first()
        if taken and local_date(taken.at) + every <= day:
            told += _taken(report, "remind", now)
    return told


def let_lapse(board: Board, *, now: datetime) -> int:
    """A hold that was proposed and that nobody has confirmed in time falls: no payment waits for a proposal."""
    day, fallen = local_date(now), 0
    waiting = Proposal.objects.filter(settled_at=None, step="hold", matter__process=PROCESS, matter__board=board)
    for one in list(waiting.select_related("matter")):
        first = local_date(one.at)
        if add_working_days(first, whole("casework.hold_confirm_days", first)) >= day:
            continue
        with transaction.atomic():
            why = "Ingen bekräftade förslaget i tid"
            if Proposal.objects.filter(pk=one.pk, settled_at=None).update(settled_at=now, declined_why=why):
                document.withdraw(one, now=now)
                tell(["control_function", "managers"], one.matter, "declined.hold", at=now)
                log.write("change", "lapse hold", by=None, at=now, matter=one.matter)
                fallen += 1
    return fallen


def _opened(
    board: Board, one: Granted, month: date, units: Units, *, now: datetime, day: date, protected: bool
) -> TimeReport:
    process = catalogue().processes[PROCESS]
    due = in_next_month(month, whole("assistance.report_due_day", month)).isoformat()
    fields = {"hand_in_by": due}
    report = TimeReport(
        process=PROCESS,
        process_revision=process.revision,
        state=process.start,
        state_since=now,
        zone=process.zone,
        board=board,
        unit_id=units.named.get(folded(one.unit), units.default),
        number=next_number(process, board, day),
        title=process.title,
        protected=protected,
        provider_number=one.provider,
        fields=fields,
        opened_at=now,
        due_on=due_on(process, process.start, entered=day, opened=day, fields=fields),
        key=key_of(board, one, month),
        client_code=one.client,
        month=month,
        arrangement=one.arrangement,
        decision=one.decision,
        decided_from=one.first,
        decided_to=one.last,
        granted_minutes=one.minutes,
        granted_is_weighted=one.weighted,
    )
    report.save(force_insert=True)
    return report


def _same_assistants(report: TimeReport, now: datetime) -> None:
    same = TimeReport.objects.filter(
        board=report.board_id, client_code=report.client_code, provider_number=report.provider_number
    )
    before = same.filter(month__lt=report.month).order_by("-month").first()
    if before:
        codes = current_parts(before.pk).values_list("worker_code", flat=True)
        WorkerReport.objects.bulk_create(WorkerReport(matter=report, worker_code=one, begun_at=now) for one in codes)


def _taken(report: TimeReport, step: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            take_as_system(report, step, now=now)
    except RefusedError:  # someone handed it in just now
        return False
    for address in _addresses(report, now):
        try:
            send_mail(SUBJECT, TEXT, None, [address])
        except (OSError, SMTPException) as fault:
            _log.warning("a reminder of a time report could not be mailed: %s", type(fault).__name__)
    return True


def _addresses(report: TimeReport, now: datetime) -> Iterator[str]:
    yield from AUDIENCES["report_provider"](report, now).exclude(email="").values_list("email", flat=True)
