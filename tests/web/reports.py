"""Time reports of a walk or a test, and what the people of the portal are bound to."""

from datetime import UTC, date, datetime

from tests.web.matters import make
from tillit.web.models import (
    Board,
    Decision,
    Grant,
    Permit,
    PortalGrant,
    Provider,
    ReportedTime,
    Settlement,
    StepTaken,
    TimeReport,
    WorkerReport,
)
from tillit.web.rules.content import catalogue

PROVIDER, OTHER_PROVIDER = "5569999999", "5599990008"
CLIENT, AMIR, VERA = "0000-0000-0000K", "0000-0000-0000A", "0000-0000-0000B"
MONTH = date(2025, 12, 1)

BOUND = {
    "Lova": {"provider_number": PROVIDER, "called": "Anordnaren AB"},
    "Ove": {"provider_number": OTHER_PROVIDER, "called": "Norrviks Assistans AB"},
    "Amir": {"provider_number": PROVIDER, "worker_code": AMIR, "called": "Amir"},
    "Vera": {"provider_number": PROVIDER, "worker_code": VERA, "called": "Vera"},
    "Karl": {"client_code": CLIENT, "represents": "client", "called": "Karl"},
    "Gun": {"client_code": CLIENT, "represents": "guardian", "called": "Karl"},
}


def bind(cast) -> None:
    """What each of the cast outside is bound to at norr."""
    norr = Board.objects.get(slug="norr")
    for name, to in BOUND.items():
        grant = Grant.objects.get(user=cast[name], board=norr)
        PortalGrant.objects.create(grant=grant, board=norr, **to)


def make_report(
    *, now: datetime, number="NORR-T-2026-1", month=MONTH, client=CLIENT, board="norr", **more
) -> TimeReport:
    """A report in any state, as if it had come there in the right way."""
    given = {
        "key": f"{board}:{client}:{PROVIDER}:{month}:{number}", "client_code": client, "month": month,
        "arrangement": "provider", "decision": "B1",
    }  # fmt: skip
    return make(catalogue().processes["time_report"], now=now, number=number, board=board, **given | more)


def part(report: TimeReport, *, now: datetime, worker=AMIR, rows=((1, "08:00", "16:00"),), **more) -> WorkerReport:
    """An assistant's part, with rows of (day, start, end) in winter time."""
    signed = {name: more.pop(name) for name in list(more) if name.startswith(("signed", "approved", "unable"))}
    made = WorkerReport.objects.create(matter=report, worker_code=worker, begun_at=now, **more)
    for day, start, end in rows:
        on = report.month.replace(day=day)
        times = [datetime.combine(on, datetime.strptime(one, "%H:%M").time()) for one in (start, end)]
        starts, ends = (one.replace(tzinfo=UTC, hour=one.hour - 1) for one in times)
        minutes = (ends - starts).seconds // 60
        ReportedTime.objects.create(
            matter=report, part=made, date=on, start=start, end=end, kind="active", starts_at=starts, ends_at=ends,
            minutes=minutes,
        )  # fmt: skip
    WorkerReport.objects.filter(pk=made.pk).update(**signed)
    made.refresh_from_db()
    return made


def decide(report: TimeReport, **more) -> Decision:
    """A decision of forty hours a week, known since the year before, and a permit of the provider."""
    given = {
        "board": report.board, "number": report.decision, "client_code": report.client_code, "cover": "whole",
        "minutes": 2400, "per": "week", "valid_from": date(2025, 1, 1), "known_from": datetime(2025, 1, 2, tzinfo=UTC),
    }  # fmt: skip
    provider, _ = Provider.objects.get_or_create(number=report.provider_number)
    Permit.objects.get_or_create(provider=provider, service_type="personal_assistance", valid_from=date(2020, 1, 1))
    return Decision.objects.create(**given | more)


def settlement(report: TimeReport, difference: int, *, by, at: datetime, examine=(), **more) -> Settlement:
    """A settlement that left so much to pay, as if it had been counted."""
    paid = max(0, -difference)
    given = {
        "number": f"{report.number}-A1", "given": {}, "lines": [], "due_ore": difference + paid, "advance_ore": paid,
        "difference_ore": difference, "action": "pay" if difference > 0 else "claim_back", "examine": list(examine),
    }  # fmt: skip
    return Settlement.objects.create(matter=report, by=by, at=at, **given | more)


def begin(report: TimeReport, start, cast, now: datetime) -> None:
    """The report as a walk finds it."""
    bind(cast)
    if start.report:
        rows = (
            ((1, "08:00", "16:00"), (1, "15:00", "17:00"))
            if start.report == "overlapping"
            else ((1, "08:00", "16:00"),)
        )
        made = part(report, now=now, rows=rows)
        signer = cast["Gun" if start.report == "signed_by_representative" else "Amir"]
        signed = {"signed_at": now, "signed_by": signer, "signed_method": "password"}
        approved = {"approved_at": now, "approved_by": cast["Karl"], "approved_as": "client"}
        told = {} if start.report in {"written", "overlapping"} else signed
        told |= approved if start.report == "approved" else {}
        WorkerReport.objects.filter(pk=made.pk).update(**told)
    taken = {"from_state": "late", "to_state": "late", "at": now}
    for _ in range(start.reminded):
        StepTaken.objects.create(matter=report, step="remind", **taken)
    if start.decided:
        decide(report)
    if start.settled is not None:
        settlement(report, start.settled, by=cast["Fredrik"], at=now, examine=start.examine)
    if start.settled_by:
        StepTaken.objects.create(matter=report, step="settle", **taken | {"by": cast[start.settled_by]})
