"""What must hold of a time report before it is signed, approved, handed in, given up, held or attested."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import QuerySet

from tillit.units import add_months
from tillit.web.models import PortalGrant, ReportedTime, StepTaken, TimeReport, WorkerReport
from tillit.web.rules.guards import Asked, guard

SETTLING = ("settle", "recalculate", "pay_rest")
"""The steps whose calculation another person attests."""


def current_parts(report: int) -> QuerySet[WorkerReport]:
    """Each assistant's part of a report in the version that stands, by the assistant."""
    return WorkerReport.objects.filter(matter=report, corrected_by=None).order_by("worker_code")


def overlapping(rows: Iterable[ReportedTime]) -> list[tuple[ReportedTime, ReportedTime]]:
    """Rows of one assistant that share a minute, each with the row that began before it."""
    in_order = sorted(rows, key=lambda one: (one.starts_at, one.ends_at))
    found: list[tuple[ReportedTime, ReportedTime]] = []
    furthest: ReportedTime | None = None
    for one in in_order:
        if furthest is not None and one.starts_at < furthest.ends_at:
            found.append((furthest, one))
        if furthest is None or one.ends_at > furthest.ends_at:
            furthest = one
    return found


def days_without(rows: Iterable[ReportedTime], *, most: int = 7) -> list[tuple[date, date]]:
    """Gaps of more than some days between the days that have rows: the first and last day without any."""
    days = sorted({one.date for one in rows})
    return [
        (before + timedelta(days=1), after - timedelta(days=1))
        for before, after in pairwise(days)
        if (after - before).days > most
    ]


def last_day(month: date) -> date:
    """The last day of a month."""
    return add_months(month, 1) - timedelta(days=1)


def in_next_month(month: date, day: int) -> date:
    """The day, counted from the beginning of the month after: the 5th, or the 45th.

    >>> in_next_month(date(2026, 1, 1), 15), in_next_month(date(2026, 1, 1), 45)
    (datetime.date(2026, 2, 15), datetime.date(2026, 3, 17))
    """
    return add_months(month, 1) + timedelta(days=day - 1)


@guard
def own_time_is_whole(asked: Asked) -> str | None:
    """Assistenten skriver under sin egen tid, och ingen rad går över en annan eller har inte varit än (11 a § LSS)."""
    own = PortalGrant.objects.filter(grant__user=asked.by.user, board=asked.matter.board_id).exclude(worker_code="")
    parts = [
        one
        for one in current_parts(asked.matter.pk)
        if one.worker_code in set(own.values_list("worker_code", flat=True))
    ]
    rows = list(ReportedTime.objects.filter(part__in=[one.pk for one in parts]))
    if not rows:
        return "Det finns ingen tid att skriva under."
    for before, after in overlapping(rows):
        return (
            f"Två tider går över varandra den {after.date}: {before.start}–{before.end} och {after.start}–{after.end}."
            " Ändra den ena."
        )
    if any(one.ends_at > asked.by.now for one in rows):
        return "Skriv under när månadens sista pass är klart."
    return None


@guard
def approved_with_authority(asked: Asked) -> str | None:
    """Den som har skrivit under tid i rapporten godkänner inget i den (SD11)."""
    if WorkerReport.objects.filter(matter=asked.matter.pk, signed_by=asked.by.user).exists():
        return "Den som själv har skrivit under tid i rapporten kan inte godkänna den. Be någon annan."
    return None


@guard
def month_is_complete(asked: Asked) -> str | None:
    """Alla assistenters tid är underskriven av dem och godkänd av den enskilde eller företrädaren."""
    parts = list(current_parts(asked.matter.pk))
    if not parts:
        return "Rapporten har ingen tid än."
    if any(one.signed_at is None for one in parts):
        return "Någon assistent har inte skrivit under sin tid."
    if any(one.approved_at is None for one in parts):
        return "Den enskilde eller företrädaren har inte godkänt all tid."
    return None


@guard
def reminded_twice(asked: Asked) -> str | None:
    """Två påminnelser har gått ut och tiden att vänta är slut; det är ett skäl att fråga, inte att neka."""
    sent = StepTaken.objects.filter(matter=asked.matter, step__in=["run_late", "remind"]).count()
    if sent < 2:
        return "Två påminnelser ska ha gått ut först."
    month = TimeReport.objects.values_list("month", flat=True).get(pk=asked.matter.pk)
    first = in_next_month(month, asked.number("assistance.report_missing_day"))
    return None if asked.by.day >= first else f"Vänta till den {first}."


@guard
def report_hold_is_reviewed_in_time(asked: Asked) -> str | None:
    """Det som hålls inne omprövas inom den tid som kommunen har bestämt."""
    days = asked.number("casework.hold_review_days")
    if date.fromisoformat(asked.given["review_on"]) > asked.by.day + timedelta(days=days):
        return f"Det som hålls inne ska omprövas inom {days} dagar."
    return None


@guard
def attested_by_another(asked: Asked) -> str | None:
    """Den som räknade av attesterar inte (SD1, SD5)."""
    if StepTaken.objects.filter(matter=asked.matter, step__in=SETTLING, by=asked.by.user).exists():
        return "Du räknade av rapporten. Låt någon annan attestera den."
    return None
