"""The queue of long work: put in line, taken by one worker, kept alive, ended; taken again if its worker died."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from tillit.web.models import Job

STALE = timedelta(seconds=60)
"""A worker that has not been heard of for so long is dead, and its job is another's."""

MOST = 3
"""Times that a job is tried."""

_WAIT = (timedelta(minutes=1), timedelta(minutes=10))
KILLED = "WorkerKilled"


def enqueue(
    kind: str,
    *,
    now: datetime,
    given: Mapping[str, Any] | None = None,
    once: str | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Puts work in line, in the transaction of what asks for it.

    Takes: keys alone, never what is delivered; `once`, the name of work that is done once, as 'reminders:2026-03-02';
    `not_before`, when it is to be done where that is not now.
    Gives: whether it was put in line; not where the same name has been there before.
    """
    made = {"kind": kind, "given": dict(given or {}), "made_at": now, "not_before": not_before or now}
    if once is None:
        Job.objects.create(**made)
        return True
    return Job.objects.get_or_create(once=once, defaults=made)[1]


def take(*, now: datetime) -> Job | None:
    """The next job, for this worker alone: one that waits, or one whose worker has died.

    A job that has killed its worker MOST times is ended, and given with the state 'failed' so that what it was for
    can be told.
    """
    waiting = Q(state="waiting", not_before__lte=now)
    left_alone = Q(state="running", heartbeat_at__lt=now - STALE)
    for job in Job.objects.filter(waiting | left_alone, finished_at=None).order_by("not_before", "pk")[:20]:
        if job.attempts >= MOST:
            if _still(job).update(state="failed", error=KILLED, finished_at=now):
                job.state, job.error = "failed", KILLED
                return job
        # Two workers see the same row; the one whose update still finds it as it was has it.
        elif _still(job).update(state="running", attempts=F("attempts") + 1, heartbeat_at=now, progress=0):
            job.state, job.attempts = "running", job.attempts + 1
            return job
    return None


def beat(job: Job, *, now: datetime) -> bool:
    """Says that the worker lives. Gives: whether the job is still this worker's."""
    return bool(_mine(job).update(heartbeat_at=now))


def progress(job: Job, percent: int, *, now: datetime) -> None:
    """Says how far the work has come, and with it that the worker lives."""
    _mine(job).update(progress=min(percent, 100), heartbeat_at=now)


def done(job: Job, *, now: datetime) -> None:
    """The work is done."""
    _mine(job).update(state="done", progress=100, finished_at=now, error="")


def failed(job: Job, code: str, *, now: datetime, again: bool) -> bool:
    """The work did not come to an end, for a reason given as a code: never as a text, which may hold a name.

    Takes: `again`, whether it may go better another time.
    Gives: whether it is ended; else it waits to be tried again, longer each time.
    """
    if again and job.attempts < MOST:
        later = now + _WAIT[min(job.attempts, len(_WAIT)) - 1]
        _mine(job).update(state="waiting", not_before=later, error=code[:80])
        return False
    return bool(_mine(job).update(state="failed", error=code[:80], finished_at=now))


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Takes away jobs that ended long ago; what they did is in the log."""
    return Job.objects.filter(finished_at__lt=before).delete()[0]


def _still(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, heartbeat_at=job.heartbeat_at)


def _mine(job: Job) -> Any:
    # A worker that was thought dead and wakes up finds that the attempt is no longer its own.
    return Job.objects.filter(pk=job.pk, state="running", attempts=job.attempts)
