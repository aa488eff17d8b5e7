"""An auditor asks for lines of the log; the data protection officer grants them; they are taken out as a proof."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tillit.web.actions import log
from tillit.web.actions.log_review import exported_lines
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError, one_press
from tillit.web.models import LogRequest, User
from tillit.web.queries.log_request import granted_lines, log_requests
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import may_enter
from tillit.web.rules.viewer import Viewer


def ask_for_log(
    *,
    matter: str = "",
    person: User | None = None,
    first: date | None = None,
    last: date | None = None,
    why: str,
    by: Viewer,
    now: datetime,
) -> LogRequest:
    """A request for the lines of a matter, a person or a period. It shows nothing by itself.

    Raises: NotForYouError for who audits nothing; HeldBackError where nothing is asked for, or not why.
    """
    with one_press("ask for log", by=by, now=now, number=matter):
        if not may_enter(by, "log_ask"):
            raise NotForYouError("Det finns ingen logg för dig")
        if not (matter.strip() or person or (first and last)):
            raise HeldBackError("Skriv ett ärende, en person eller en period")
        if not why.strip() or "\0" in why + matter:
            raise HeldBackError("Skriv vad granskningen gäller")
        given = {"matter": matter.strip()[:40], "person": person, "first": first, "last": last}
        made: LogRequest = LogRequest.objects.create(**given, why=why.strip()[:300], by=by.user, at=now)
        log.write("change", "ask for log", by=by.user, at=now, details={"request": made.pk})
        return made


def answer_log_request(request: LogRequest, *, granted: bool, reason: str = "", by: Viewer, now: datetime) -> None:
    """Grants a request for some days, or declines it with a reason.

    Raises: NotForYouError for who takes out no log, or asked for it; HeldBackError, SomeoneWasFasterError.
    """
    with one_press("answer log request", by=by, now=now):
        if not may_enter(by, "log_export") or not log_requests(by).filter(pk=request.pk).exists():
            raise NotForYouError("Det finns ingen sådan begäran för dig")
        if not granted and not reason.strip():
            raise HeldBackError("Skriv varför begäran avslås")
        until = by.day + timedelta(days=whole("casework.log_request_days", by.day)) if granted else None
        told = {"settled_by": by.user, "settled_at": now, "granted_to": until, "reason": reason.strip()[:300]}
        if not LogRequest.objects.filter(pk=request.pk, settled_at=None).update(**told):
            raise SomeoneWasFasterError("Begäran är redan besvarad", fix="läs sidan igen")
        details = {"request": request.pk, "granted": granted}
        log.write("change", "answer log request", by=by.user, at=now, details=details)


def take_out_log(request: LogRequest, *, by: Viewer, now: datetime) -> Iterator[str]:
    """The lines of a granted request as JSON lines, every other line sealed: `tillit audit verify-file` proves them.

    Raises: NotForYouError for anyone but who asked; HeldBackError where it is not granted, or no longer.
    """
    with one_press("take out log", by=by, now=now):
        mine = log_requests(by).filter(pk=request.pk, by=by.user).first()
        if mine is None:
            raise NotForYouError("Det finns ingen sådan begäran för dig")
        if mine.settled_by is None or mine.granted_to is None or mine.granted_to < by.day:
            raise HeldBackError("Begäran är inte beviljad, eller tiden har gått ut", fix="be dataskyddsombudet")
        open_to = set(granted_lines(mine, mine.settled_by, by).values_list("count", flat=True))
        details = {"request": mine.pk, "lines": len(open_to)}
        log.write("read", "take out log", by=by.user, at=now, purpose=mine.why, details=details)
    return exported_lines(open_to)
