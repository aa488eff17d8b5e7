"""What is handed in is delivered to the board's store, and the same controls run over it as over all else: a job."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from tillit.errors import BrokenError
from tillit.store import code, pseudonym_of
from tillit.units import local_date
from tillit.web.actions import log, run
from tillit.web.actions.delivery import read_upload
from tillit.web.actions.job import enqueue
from tillit.web.actions.notice import tell as tell_people
from tillit.web.actions.step import take_as_system
from tillit.web.actions.time_report import content_of
from tillit.web.models import Board, Finding, HandIn, Notice, Run, TimeReport, Upload
from tillit.web.queries.delivery import UNDERSTOOD
from tillit.web.rules.board_store import arrived, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within
from tillit.web.rules.time_report import current_parts, last_day

AREA = "assistance"
NOBODY = "unknown.time_report"
"""What they are told who can have the decisions delivered again."""

WHY = "Anordnaren har lämnat in en rättad rapport."
_LATER = timedelta(minutes=2)


class NobodyOfThatCodeError(BrokenError):
    """The store does not know who a client or a worker of a report is."""


def check_handed_in(*, board: int, now: datetime, tell: Callable[[int], None]) -> int:
    """Delivers and checks every report of a board that is handed in. Gives how many were checked.

    Done again it does nothing more. While another run goes on it puts itself in line for later.
    Changes: the store, a run with its findings, the reports: on, or to someone who looks at what was found.
    """
    with within([board]):
        found = list(TimeReport.objects.filter(board=board, state="handed_in").order_by("pk"))
        place = Board.objects.get(pk=board)
        if not found:
            return 0
        if run.goes_on(place):
            enqueue("time_reports", now=now, given={"board": board}, not_before=now + _LATER)
            return 0
    if not [one for one in found if _known(one, place, now)]:
        return 0
    with within([board]), transaction.atomic():
        made: Run = Run.objects.create(board=place, day=local_date(now), at=now)
        log.write("change", "start run", by=None, at=now, details={"run": made.pk})
    run.carry_out(made.pk, board=board, now=now, tell=tell)
    return sum(_settle(one.pk, made, now) for one in found)


def check_failed(*, board: int, code: str) -> None:
    """A run that came to no end stands in nobody's way. The reports are tried again the next day."""
    with within([board]):
        Run.objects.filter(board=board, finished_at=None, error="", by=None).update(error=code)


def _known(report: TimeReport, board: Board, now: datetime) -> bool:
    """Whether the report could be delivered. One whose people the store does not know waits, and stops no other."""
    try:
        _deliver(report, board, now)
    except NobodyOfThatCodeError:
        with within([board.pk]):
            if not Notice.objects.filter(matter=report, what=NOBODY, at__gte=report.state_since).exists():
                tell_people(["control_function", "managers"], report, NOBODY, at=now)
        return False
    return True


def _deliver(report: TimeReport, board: Board, now: datetime) -> None:
    with within([board.pk]):
        receipt = HandIn.objects.filter(matter=report).select_related("by").order_by("-at", "-pk")[0]
        content = _as_file(report, board, receipt, now)
        sha256 = hashlib.sha256(content).hexdigest()
        upload = Upload.objects.filter(board=board, sha256=sha256, withdrawn_at=None).first()
        if upload is None:
            folder = arrived(board) / sha256
            folder.mkdir(exist_ok=True)
            name = f"{receipt.number}.json"
            (folder / name).write_bytes(content)
            with transaction.atomic():
                upload = Upload.objects.create(
                    board=board, name=name, sha256=sha256, size=len(content), by=receipt.by, at=now
                )
                _replace(report, upload, now)
                log.write("change", "receive file", by=receipt.by, at=now, matter=report)
    read_upload(upload.pk, board=board.pk, now=now, tell=lambda percent: None)


def _replace(report: TimeReport, upload: Upload, now: datetime) -> None:
    before = TimeReport.objects.values_list("upload", flat=True).get(pk=report.pk)
    TimeReport.objects.filter(pk=report.pk).update(upload=upload)
    told = {"withdrawn_at": now, "withdrawn_by": upload.by, "withdrawn_why": WHY}
    if before and Upload.objects.filter(pk=before, withdrawn_at=None).update(**told):
        given = {"board": report.board_id, "upload": before}
        enqueue("mark_withdrawn", now=now, given=given, once=f"mark_withdrawn:{before}")


def _as_file(report: TimeReport, board: Board, receipt: HandIn, now: datetime) -> bytes:
    said = content_of(report)
    parts = said["parts"]
    who = _identities(board, [said["client"], *(part["worker"] for part in parts)], receipt.number, now)
    made = [
        {
            "tillit_report": f"{report.number}/{number}v{part['version']}",
            "month": said["month"],
            "provider": said["provider"],
            "client": who[said["client"]],
            "worker": who[part["worker"]].removeprefix(f"{said['provider']}:"),
            "decision": said["decision"],
            "received_on": local_date(receipt.at).isoformat(),
            **{name: part[name] for name in ("signed_at", "approved_at", "approved_as")},
            "rows": [{name: row[name] for name in ("starts_at", "ends_at", "kind", "place")} for row in part["rows"]],
        }
        for number, part in enumerate(parts, start=1)
    ]
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _identities(board: Board, codes: Iterable[str], why: str, now: datetime) -> dict[str, str]:
    asked = {one: pseudonym_of(one) for one in codes}
    known = store_of(board).persons.identities(asked.values(), why=f"time report {why}", at=now)
    missing = [one for one, pseudonym in asked.items() if pseudonym not in known]
    if missing:
        raise NobodyOfThatCodeError(f"nobody is known as {missing[0]}", where=why, fix="read the decisions in again")
    return {code(pseudonym): known[pseudonym] for pseudonym in asked.values()}


def _settle(report: int, made: Run, now: datetime) -> bool:
    with within([made.board_id]), transaction.atomic():
        one = TimeReport.objects.select_related("upload").get(pk=report)
        read = one.upload is not None and one.upload.delivery.get("status") in UNDERSTOOD
        if one.state != "handed_in" or not read:  # held meanwhile, or its file was not understood: someone looks
            return False
        found = list(findings_of(one, made))
        TimeReport.objects.filter(pk=one.pk).update(run=made)
        one.findings.set(found)
        take_as_system(one, "deviate" if found else "pass", now=now)
        return True


def findings_of(report: TimeReport, made: Run) -> QuerySet[Finding]:
    """What a run found, and nobody has explained, on the client, an assistant or the provider in the month."""
    controls = [id for id, control in catalogue().controls.items() if control.area == AREA]
    of_run = Finding.objects.filter(last_run=made, board=report.board_id, closed_at=None, control__in=controls)
    within_month = Q(period_from__lte=last_day(report.month)) & (
        Q(period_to__gte=report.month) | Q(period_to=None, period_from__gte=report.month)
    )
    workers = list(current_parts(report.pk).values_list("worker_code", flat=True))
    same_provider = Q(provider_number__in=["", report.provider_number])
    of_client = Q(client_code=report.client_code) & same_provider
    of_worker = Q(worker_code__in=workers)
    of_provider = Q(client_code="", worker_code="", provider_number=report.provider_number)
    return of_run.filter(within_month & (of_client | of_worker | of_provider)).order_by("pk")
