"""What the parties do with a time report: assistants sign, the client approves, the provider hands in, and corrects."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.job import enqueue
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.actions.reported_time import own
from tillit.web.actions.step import take_as_system, take_from_outside
from tillit.web.models import HandIn, Matter, ReportedTime, TimeReport, WorkerReport
from tillit.web.rules.content import codes
from tillit.web.rules.portal import Outsider
from tillit.web.rules.time_report import current_parts

SIGNED_IN = ("draft", "late", "completion")
APPROVED_IN = ("draft", "signed", "late", "completion")
CORRECTED_IN = ("draft", "signed", "approved", "late", "completion")


def sign(part: WorkerReport, *, by: Outsider, now: datetime, method: str = "account") -> WorkerReport:
    """An assistant signs the own time: from now it is never changed, only corrected in a new version.

    Takes: how the signer was known: the municipality's identity provider, or a password.
    Raises: NotForYouError, NotYourStepError, HeldBackError (overlap, no rows, time to come).
    Law: LSS 11 a §.
    """
    with one_press("sign time", by=by.viewer, now=now, matter=part.matter):
        report, role = own(part.matter, by, states=SIGNED_IN)
        one = _current(report, part)
        if one.worker_code not in role.workers:
            raise NotYourStepError("Assistenten skriver själv under sin tid", where=report.number)
        take_from_outside(report, "sign", by=by.viewer, now=now)
        same = WorkerReport.objects.filter(pk=one.pk, signed_at=None)
        if not same.update(signed_at=now, signed_by=by.viewer.user, signed_method=method[:10]):
            raise SomeoneWasFasterError("Tiden är redan underskriven", fix="läs sidan igen")
        if report.state in ("draft", "late") and not current_parts(report.pk).filter(signed_at=None).exists():
            take_as_system(report, "all_signed", now=now)
            _all_approved(report, now)
        one.refresh_from_db()
        return one


def approve(
    part: WorkerReport, *, by: Outsider, now: datetime, unable: str = "", method: str = "account"
) -> WorkerReport:
    """The client approves an assistant's signed time; or who represents the client, saying why (a code).

    Raises: NotForYouError, NotYourStepError, HeldBackError.
    """
    with one_press("approve time", by=by.viewer, now=now, matter=part.matter):
        report, role = own(part.matter, by, states=APPROVED_IN)
        one = _current(report, part)
        if role.client is None:
            raise NotYourStepError("Den enskilde eller företrädaren godkänner", where=report.number)
        represents = role.client.represents
        if represents != "client" and unable not in codes("unable_reasons"):
            raise HeldBackError("Välj varför du godkänner i stället för den enskilde", where=report.number)
        if one.signed_at is None:
            raise HeldBackError("Assistenten har inte skrivit under än", where=report.number)
        take_from_outside(report, "approve", by=by.viewer, now=now)
        same = WorkerReport.objects.filter(pk=one.pk, approved_at=None)
        if not same.update(
            approved_at=now,
            approved_by=by.viewer.user,
            approved_method=method[:10],
            approved_as=represents,
            unable="" if represents == "client" else unable,
        ):
            raise SomeoneWasFasterError("Tiden är redan godkänd", fix="läs sidan igen")
        _all_approved(report, now)
        one.refresh_from_db()
        return one


def correct(part: WorkerReport, *, by: Outsider, now: datetime, why: str) -> WorkerReport:
    """An assistant begins a new version of signed time, with the rows as they were; the old one stays as it is.

    Raises: NotForYouError, NotYourStepError, HeldBackError.
    """
    with one_press("correct time", by=by.viewer, now=now, matter=part.matter):
        report, role = own(part.matter, by, states=CORRECTED_IN)
        one = _current(report, part)
        if one.worker_code not in role.workers:
            raise NotYourStepError("Assistenten rättar själv sin tid", where=report.number)
        if one.signed_at is None:
            raise HeldBackError("Tiden är inte underskriven, och kan ändras som den är", where=report.number)
        if not why.strip():
            raise HeldBackError("Skriv kort vad som rättas", where=report.number)
        if report.state in ("signed", "approved"):
            take_from_outside(report, "correct", by=by.viewer, now=now)
        new: WorkerReport = WorkerReport.objects.create(
            matter=report,
            worker_code=one.worker_code,
            version=one.version + 1,
            corrects=one,
            why=why.strip()[:300],
            begun_at=now,
            begun_by=by.viewer.user,
        )
        rows = list(ReportedTime.objects.filter(part=one))
        for row in rows:
            row.pk, row.part = None, new
        ReportedTime.objects.bulk_create(rows)
        log.write("change", "correct time", by=by.viewer.user, at=now, matter=report, details={"part": new.pk})
        return new


def hand_in(report: TimeReport, *, by: Outsider, now: datetime) -> HandIn:
    """The provider hands the month in; where the client is the employer, the client does.

    Gives: the receipt, with its number and the hash of what was handed in.
    Changes: the report; a job delivers it to the board's store and runs the controls.
    Raises: NotForYouError, NotYourStepError, HeldBackError (someone has not signed or approved).
    """
    with one_press("hand in", by=by.viewer, now=now, matter=report):
        found, role = own(report, by, states=("approved", "completion", "draft", "signed", "late"))
        employer = role.client is not None and found.arrangement == "own_employer"
        if not (role.provider or employer):
            raise NotYourStepError("Det är anordnaren som lämnar in månaden", where=found.number)
        if found.state not in ("approved", "completion"):
            raise HeldBackError("Alla ska ha skrivit under och godkänt innan månaden lämnas in", where=found.number)
        take_from_outside(found, "hand_in", by=by.viewer, now=now)
        said = content_of(found)
        before = HandIn.objects.filter(matter=found).count()
        due = found.fields.get("hand_in_by")
        receipt: HandIn = HandIn.objects.create(
            matter=found,
            number=f"{found.number}-K{before + 1}",
            at=now,
            by=by.viewer.user,
            sha256=hash_of(said),
            minutes=sum(row["minutes"] for part in said["parts"] for row in part["rows"]),
            late=bool(due) and local_date(now).isoformat() > str(due),
        )
        enqueue("time_reports", now=now, given={"board": found.board_id}, once=f"time_reports:{receipt.number}")
        return receipt


def content_of(report: TimeReport) -> dict[str, Any]:
    """What a report says as it stands, in one form: codes and times, no names. What the receipt's hash is made of."""
    parts = list(current_parts(report.pk))
    rows: dict[int, list[ReportedTime]] = {one.pk: [] for one in parts}
    for row in ReportedTime.objects.filter(part__in=parts).order_by("starts_at", "pk"):
        rows[row.part_id].append(row)
    return {
        "report": report.number,
        "month": f"{report.month:%Y-%m}",
        "provider": report.provider_number,
        "client": report.client_code,
        "decision": report.decision,
        "parts": [
            {
                "worker": one.worker_code,
                "version": one.version,
                "signed_at": _moment(one.signed_at),
                "approved_at": _moment(one.approved_at),
                "approved_as": one.approved_as,
                "unable": one.unable,
                "rows": [
                    {
                        "day": row.date.isoformat(),
                        "starts_at": _moment(row.starts_at),
                        "ends_at": _moment(row.ends_at),
                        "minutes": row.minutes,
                        "kind": row.kind,
                        "place": row.place,
                    }
                    for row in rows[one.pk]
                ],
            }
            for one in parts
        ],
    }


def hash_of(content: dict[str, Any]) -> str:
    """The SHA-256 of what a report says, in hex.

    >>> hash_of({"b": 1, "a": 2}) == hash_of({"a": 2, "b": 1})
    True
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _current(report: TimeReport, part: WorkerReport) -> WorkerReport:
    one = current_parts(report.pk).filter(pk=part.pk).first()
    if one is None:
        raise NotForYouError("Det finns ingen sådan tid för dig")
    return one


def _all_approved(report: Matter, now: datetime) -> None:
    if report.state == "signed" and not current_parts(report.pk).filter(approved_at=None).exists():
        take_as_system(report, "all_approved", now=now)
