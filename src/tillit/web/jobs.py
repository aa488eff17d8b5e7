"""The worker: does the long work of the queue, one job at a time. `python -m tillit.web.jobs`."""

import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

if __name__ == "__main__":  # models are imported below, and want their settings first
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    django.setup()

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from tillit.errors import BrokenError, TillitError
from tillit.units import local_date, midnight
from tillit.web.actions import (
    bounce,
    database,
    delivery,
    invoice_import,
    job,
    once,
    payment_answer,
    provider_system,
    repayment_import,
    report_calendar,
    report_check,
    run,
    sample,
    withdrawal,
)
from tillit.web.actions.annual_wheel import open_what_is_due
from tillit.web.actions.limitation import remind_of_limitation
from tillit.web.actions.log_review import draw_sample, last_month
from tillit.web.actions.permit_measure import follow_check
from tillit.web.actions.permit_notice import take_notice
from tillit.web.actions.permit_watch import watch_permits
from tillit.web.actions.reminder import remind
from tillit.web.actions.role_review import ask_reviews
from tillit.web.actions.signal_mail import send_messages
from tillit.web.actions.signal_watch import watch
from tillit.web.models import Job
from tillit.web.rules.scope import within_all

Clock = Callable[[], datetime]
Tell = Callable[[int], None]

BEAT_S = 10.0
REST_S = 1.0
KEEP = timedelta(days=30)
LATE = timedelta(hours=3)

_log = logging.getLogger("tillit.jobs")


@dataclass(frozen=True)
class Kind:
    """A kind of work: what does it, which must give the same when done again; and who is told where it fails."""

    do: Callable[[dict[str, Any], datetime, Tell], object]
    failed: Callable[[dict[str, Any], str], object] = lambda given, code: None


def _remind(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    remind(now=now)


def _limitation(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        remind_of_limitation(now=now)


def _draw_sample(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    month = last_month(date.fromisoformat(given["day"]))
    with within_all():
        draw_sample(month=month, seed=f"{month.first}", now=now)


def _watch_signals(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        watch(now=now)


def _read_bounces(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    if settings.TILLIT.bounces:
        bounce.read_folder(settings.TILLIT.bounces, now=now)


def _watch_permits(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        watch_permits(now=now)


def _permit_measures(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        follow_check(given["check"], now=now)


def _permit_notice(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        take_notice(given["notice"], now=now)


def _annual_wheel(given: dict[str, Any], now: datetime, tell: Tell) -> None:
    with within_all():
        open_what_is_due(now=now)


KINDS: dict[str, Kind] = {
    "import": Kind(
        lambda given, now, tell: delivery.read_upload(given["upload"], board=given["board"], now=now, tell=tell),
        lambda given, code: delivery.reading_failed(given["upload"], code, board=given["board"]),
    ),
    "invoices": Kind(
        lambda given, now, tell: invoice_import.bring_invoices(given["upload"], board=given["board"], now=now)
    ),
    "payments": Kind(lambda given, now, tell: payment_answer.read_answers(board=given["board"], now=now)),
    "repayments": Kind(
        lambda given, now, tell: repayment_import.bring_repayments(given["upload"], board=given["board"], now=now)
    ),
    "limitation": Kind(_limitation),
    "run": Kind(
        lambda given, now, tell: run.carry_out(given["run"], board=given["board"], now=now, tell=tell),
        lambda given, code: run.run_failed(given["run"], code, board=given["board"]),
    ),
    "sample": Kind(
        lambda given, now, tell: sample.carry_out(given["sample"], board=given["board"], now=now),
        lambda given, code: sample.sample_failed(given["sample"], code, board=given["board"]),
    ),
    "mark_withdrawn": Kind(
        lambda given, now, tell: withdrawal.mark_findings(given["upload"], board=given["board"], now=now)
    ),
    "nightly_runs": Kind(lambda given, now, tell: run.start_nightly_runs(now=now)),
    "reminders": Kind(_remind),
    "log_sample": Kind(_draw_sample),
    "database": Kind(lambda given, now, tell: database.learn()),
    "role_reviews": Kind(lambda given, now, tell: ask_reviews(now=now)),
    "signal_mail": Kind(lambda given, now, tell: send_messages(now=now)),
    "bounces": Kind(_read_bounces),
    "signal_watch": Kind(_watch_signals),
    "annual_wheel": Kind(_annual_wheel),
    "report_calendar": Kind(lambda given, now, tell: report_calendar.every_day(now=now)),
    "time_reports": Kind(
        lambda given, now, tell: report_check.check_handed_in(board=given["board"], now=now, tell=tell),
        lambda given, code: report_check.check_failed(board=given["board"], code=code),
    ),
    "permit_watch": Kind(_watch_permits),
    "permit_measures": Kind(_permit_measures),
    "permit_notice": Kind(_permit_notice),
}


DAILY = (
    "limitation", "reminders", "report_calendar", "annual_wheel", "signal_watch", "signal_mail", "permit_watch",
    "role_reviews", "database",
)  # fmt: skip
"""What is put in line once a day, in this order."""


def schedule(*, now: datetime) -> None:
    """Puts in line what is due by the calendar, each once.

    Reminders, statistics of the database and what time does with signals every day, a sample of the log every month,
    and where it is wanted a run every night: one that was missed because no worker was up is made within some hours,
    and else left out, so that findings do not change while people work.
    """
    day = local_date(now)
    night = _tonight(day)
    if night and now < night + LATE:
        job.enqueue("nightly_runs", now=now, not_before=night, once=f"nightly_runs:{day}")
    for kind in DAILY:
        job.enqueue(kind, now=now, once=f"{kind}:{day}")
    for hour in range(24) if settings.TILLIT.bounces else ():
        job.enqueue("bounces", now=now, not_before=midnight(day) + timedelta(hours=hour), once=f"bounces:{day}:{hour}")
    job.enqueue("log_sample", now=now, given={"day": day.isoformat()}, once=f"log_sample:{day:%Y-%m}")
    job.forget(before=now - KEEP)
    once.forget(before=now - KEEP)
    with within_all():
        provider_system.forget(before=now - KEEP)


def _tonight(day: date) -> datetime | None:
    when = settings.TILLIT.nightly_run
    # On the night when the clocks are put forward there may be no such time: then it is the one an hour later.
    return datetime.combine(day, when, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC) if when else None


def _now() -> datetime:
    return datetime.now(UTC)


def work(
    *, once: bool = False, clock: Clock = _now, stop: threading.Event | None = None, beat_s: float = BEAT_S
) -> int:
    """Does what there is to do, for ever or (once) until nothing is left. Gives how many jobs it has done.

    A database that is away is waited for.
    """
    stopped, count = stop or threading.Event(), 0
    day = None
    while not stopped.is_set():
        try:
            if not once and day != local_date(clock()):
                day = local_date(clock())
                schedule(now=clock())
            taken = job.take(now=clock())
            if taken:
                _do(taken, clock, beat_s)
                count += 1
                continue
        except DatabaseError as fault:
            if once:
                raise
            _log.warning("the database does not answer: %s", type(fault).__name__)
            close_old_connections()
        if once:
            break
        stopped.wait(REST_S)
    return count


def _do(taken: Job, clock: Clock, beat_s: float) -> None:
    kind = KINDS[taken.kind]
    if taken.state == "failed":
        kind.failed(taken.given, taken.error)
        return
    _log.info("job %s %s: begun, attempt %s", taken.pk, taken.kind, taken.attempts)
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(taken, clock, ended, beat_s), daemon=True)
    heart.start()
    try:
        kind.do(taken.given, clock(), lambda percent: job.progress(taken, percent, now=clock()))
    except Exception as fault:  # whatever it is must not stop the worker
        _failed(taken, kind, fault, clock)
    else:
        job.done(taken, now=clock())
        _log.info("job %s %s: done", taken.pk, taken.kind)
    finally:
        ended.set()
        heart.join(timeout=1)


def _failed(taken: Job, kind: Kind, fault: Exception, clock: Clock) -> None:
    code = type(fault).__name__
    # What is refused is refused the next time too. Texts are left out: they may hold what was delivered.
    again = not isinstance(fault, TillitError) or isinstance(fault, BrokenError)
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
    _log.error("job %s %s: %s at %s", taken.pk, taken.kind, code, " < ".join(reversed(places[-6:])))
    if job.failed(taken, code, now=clock(), again=again):
        kind.failed(taken.given, code)


def _beat(taken: Job, clock: Clock, ended: threading.Event, every_s: float) -> None:
    # A control may be asked for minutes without a word. The thread has a connection of its own.
    while not ended.wait(every_s):
        try:
            if not job.beat(taken, now=clock()):
                return
        except DatabaseError:
            continue
        finally:
            close_old_connections()


def main() -> None:
    """Works until it is told to stop, and then ends the job in hand first."""
    from tillit.web.actions.start import start

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    stop = threading.Event()

    def _stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    start()
    work(stop=stop)


if __name__ == "__main__":
    main()
