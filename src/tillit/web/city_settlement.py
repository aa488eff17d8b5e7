"""A month of the made-up city that is settled and attested, from a decision that was delivered."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tillit.units import add_months, interval, local_date, minutes_between
from tillit.web.actions.series import next_number
from tillit.web.city_recovery import Take
from tillit.web.models import Board, Decision, Permit, ReportedTime, TimeReport, WorkerReport
from tillit.web.rules.content import catalogue
from tillit.web.rules.settlement import AREA

if TYPE_CHECKING:
    from tillit.web.city import City


def settle_one(city: "City", board: Board, take: Take) -> None:
    """A report of the month before the last, settled by Fredrik against an advance, attested by Tyra."""
    month = add_months(local_date(city.now).replace(day=1), -2)
    permitted = Permit.objects.filter(service_type=AREA, status="granted", valid_to=None, valid_from__lt=month)
    decision = (
        Decision.objects.filter(
            board=board,
            cover="whole",
            per="week",
            valid_from__lt=month,
            valid_to=None,
            provider_number__in=permitted.values("provider__number"),
        )
        .order_by("number")
        .first()
    )
    if decision is None:  # another town, without such a decision
        return
    report = _report(city, board, decision, month)
    # What was not known then is not settled with: so it waits for the delivery.
    take(city, report, "settle", "Fredrik", max(city.ago(6), decision.known_from), {"advance_paid": 2_500_000})
    take(city, report, "attest", "Tyra", max(city.ago(5), decision.known_from), {})


def _report(city: "City", board: Board, decision: Decision, month: date) -> TimeReport:
    """Handed in and checked: an assistant by day, Monday to Friday, and a night of waiting each Friday."""
    process, at = catalogue().processes["time_report"], city.ago(8)
    report: TimeReport = TimeReport.objects.create(
        process=process.process,
        process_revision=process.revision,
        state="clean",
        state_since=at,
        zone=process.zone,
        board=board,
        number=next_number(process, board, local_date(at)),
        title=process.title,
        opened_at=at,
        provider_number=decision.provider_number,
        key=f"{board.slug}:{decision.client_code}:{decision.provider_number}:{month:%Y-%m}",
        client_code=decision.client_code,
        month=month,
        arrangement="provider",
        decision=decision.number,
    )
    part = WorkerReport.objects.create(matter=report, worker_code="7H2K-4QWM-9PXT", begun_at=at)
    day = month
    while day < add_months(month, 1):
        if day.weekday() < 5:
            _row(part, day, "08:00", "16:00", "active")
        if day.weekday() == 4:
            _row(part, day, "20:00", "24:00", "waiting")
        day += timedelta(days=1)
    WorkerReport.objects.filter(pk=part.pk).update(signed_at=at, approved_at=at, approved_as="client")
    return report


def _row(part: WorkerReport, day: date, start: str, end: str, kind: str) -> None:
    times = interval(day, start, end)
    ReportedTime.objects.create(
        matter=part.matter,
        part=part,
        date=day,
        start=start,
        end=end,
        kind=kind,
        starts_at=times.start,
        ends_at=times.end,
        minutes=minutes_between(times.start, times.end),
    )
