"""What a report is settled with, as it was known, and what must hold before it is settled, paid, set off or claimed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q

from tillit import settlement
from tillit.settlement import Carried, PermitSpan, Stretch, Terms
from tillit.units import Period, add_months
from tillit.web.models import (
    Decision,
    Permit,
    PermitCheck,
    PermitNotice,
    ReportedTime,
    Settlement,
    StepTaken,
    TimeReport,
)
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.permit_measure import told_by_letter
from tillit.web.rules.time_report import current_parts, last_day

AREA = "personal_assistance"
GRANTED = "granted"
NO_PERMIT_NEEDED = {"own_employer", "municipality"}


@dataclass(frozen=True)
class Basis:
    """What a report is settled with: the decisions that were known, the time, the permits, what was used before."""

    decisions: list[Decision]
    rows: list[ReportedTime]
    permits: list[PermitSpan] | None
    carried: Carried
    surplus: Settlement | None
    """An earlier settlement of the same client and provider whose surplus is to be set off."""

    @property
    def agreed_on(self) -> date | None:
        """When the client's agreement began, where a decision says it."""
        return max((one.agreed_on for one in self.decisions if one.agreed_on), default=None)


def latest(report: int) -> Settlement | None:
    """The settlement of a report that stands: no other follows it."""
    return Settlement.objects.filter(matter=report, followed_by=None).order_by("pk").last()


def basis_of(report: TimeReport, at: datetime) -> Basis:
    """What is known at a moment of a report's month."""
    held = Decision.objects.filter(
        Q(known_to=None) | Q(known_to__gt=at),
        Q(valid_to=None) | Q(valid_to__gte=report.month),
        Q(provider_number="") | Q(provider_number=report.provider_number),
        board=report.board_id,
        client_code=report.client_code,
        known_from__lte=at,
        valid_from__lte=last_day(report.month),
    )
    decisions = list(held)
    rows = list(ReportedTime.objects.filter(part__in=current_parts(report.pk)).order_by("starts_at", "pk"))
    return Basis(decisions, rows, _permits(report, decisions), _used_before(report), _surplus(report))


def settled(report: TimeReport, basis: Basis, *, terms: Terms, advance: int, advance_from: str) -> settlement.Settled:
    """The month settled. Takes: öre already paid for it, and the row that says so."""
    return settlement.settle(
        Period.month(report.month.year, report.month.month),
        decisions=[counted(one) for one in basis.decisions],
        reported=[Stretch(f"r{row.pk}", row.starts_at, row.ends_at, row.kind) for row in basis.rows],
        terms=terms,
        permits=basis.permits,
        agreed_on=basis.agreed_on,
        advances=[settlement.Advance(advance_from, advance)] if advance else [],
        carry_over=basis.surplus.difference_ore if basis.surplus else 0,
        carried=basis.carried,
    )


def counted(one: Decision) -> settlement.Decision:
    """A decision as it is counted with."""
    slots = tuple(settlement.DoubleSlot(first, last, extra, day) for day, first, last, extra in one.double_slots)
    return settlement.Decision(
        id=one.number,
        minutes=one.minutes,
        per=one.per,  # type: ignore[arg-type]
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        cover=one.cover,  # type: ignore[arg-type]
        month_factor=one.month_factor,
        weighted=one.weighted,
        double_slots=slots,
        double_bank=one.double_bank,
        parental_a_day=one.parental_a_day,
        raised=Fraction(one.raised) if one.raised else None,
        own_rate=one.own_rate_ore,
    )


def _permits(report: TimeReport, decisions: list[Decision]) -> list[PermitSpan] | None:
    if report.arrangement in NO_PERMIT_NEEDED:
        return None
    about: dict[str, Any] = {"provider__number": report.provider_number}
    spans = [(f"t{one.pk}", one.valid_from, _ended(one)) for one in Permit.objects.filter(service_type=AREA, **about)]
    check = PermitCheck.objects.filter(service=AREA, unit="", ended_on=None, answer="valid", **about).first()
    if check:  # what IVO has answered stands beside the register
        spans.append((check.number, check.valid_from or date.min, check.valid_to))
    notices = PermitNotice.objects.filter(service=AREA, unit="", **about)
    if check and check.answered_on:  # a notice from before the answer is over
        notices = notices.filter(received_on__gt=check.answered_on)
    stop = min((one.applies_from - timedelta(days=1) for one in notices), default=None)
    held = [
        (row, first, min((day for day in (last, stop) if day), default=None))
        for row, first, last in spans
        if stop is None or first <= stop
    ]
    told = _told(report, decisions) if any(last for _row, _first, last in held) else []
    # Where IVO has not said from when, the permit is known to have held on the day of the answer.
    known = {check.number: check.answered_on or date.min} if check and not check.valid_from else {}
    return [PermitSpan(row, first, last, _told_of(known.get(row, first), told)) for row, first, last in held]


def _told(report: TimeReport, decisions: list[Decision]) -> list[tuple[date, date]]:
    """When this client was told that the permit was missing, and from when: by letter, or as a person has written."""
    letters = told_by_letter(
        board=report.board_id, provider=report.provider_number, service=AREA, client=report.client_code
    )
    return [*letters, *((one.told_on, one.told_on) for one in decisions if one.told_on)]


def _told_of(first: date, told: list[tuple[date, date]]) -> date | None:
    # What was told of an earlier end says nothing of a permit that began after it; the first to tell counts.
    return min((day for since, day in told if since > first), default=None)


def _ended(permit: Permit) -> date | None:
    if permit.status == GRANTED:
        return permit.valid_to
    revoked = permit.status_on - timedelta(days=1) if permit.status_on else None
    return min((day for day in (revoked, permit.valid_to) if day), default=permit.valid_from)


def _used_before(report: TimeReport) -> Carried:
    before = Settlement.objects.filter(
        matter__client_code=report.client_code,
        matter__provider_number=report.provider_number,
        matter__board=report.board_id,
        matter__month__lt=report.month,
        matter__month__gte=add_months(report.month, -6),
        followed_by=None,
    )
    last = before.order_by("matter__month", "pk").last()
    used = last.carried if last else []
    return Carried(used28={(name, date.fromisoformat(first)): Fraction(said) for name, first, said in used})


def _surplus(report: TimeReport) -> Settlement | None:
    waiting = Settlement.objects.filter(
        matter__client_code=report.client_code,
        matter__provider_number=report.provider_number,
        matter__board=report.board_id,
        matter__state="set_off",
        difference_ore__lt=0,
        followed_by=None,
        carried_by=None,
    )
    return waiting.exclude(matter=report).order_by("matter__month", "pk").first()


def days_by_permit(basis: Basis, grace: int) -> list[tuple[date, str]]:
    """The days on which someone worked, and how the provider's permit stood on each; none where no permit is needed."""
    if basis.permits is None:
        return []
    days = sorted({row.date for row in basis.rows})
    return [(day, settlement.standing_on(day, basis.permits, grace, basis.agreed_on)) for day in days]


def as_kept(basis: Basis) -> dict[str, Any]:
    """What was given, as a settlement keeps it: numbers and codes, nothing that is text about a person."""
    return {
        "decisions": [_fields(one) for one in basis.decisions],
        "rows": [[f"r{one.pk}", one.starts_at.isoformat(), one.ends_at.isoformat(), one.kind] for one in basis.rows],
        "permits": None
        if basis.permits is None
        else [[str(part) for part in vars(one).values()] for one in basis.permits],
        "used_before": used_of(basis.carried),
        "surplus": basis.surplus.number if basis.surplus else None,
    }


def used_of(carried: Carried) -> list[list[str]]:
    """What grants of more than a month have given, as it is kept."""
    return [[name, first.isoformat(), str(used)] for (name, first), used in sorted(carried.used28.items())]


def _fields(one: Decision) -> Mapping[str, Any]:
    left_out = {"board", "by", "client_code"}
    named = [field for field in one._meta.concrete_fields if field.name not in left_out]
    values = {field.name: getattr(one, field.attname) for field in named}
    return {name: value if isinstance(value, int | list | None) else str(value) for name, value in values.items()}


def _report(asked: Asked) -> TimeReport:
    return TimeReport.objects.get(pk=asked.matter.pk)


@guard
def decision_is_known(asked: Asked) -> str | None:
    """Ett beslut som gäller under månaden är känt: utan det finns inget att räkna mot."""
    if basis_of(_report(asked), asked.by.now).decisions:
        return None
    return "Inget beslut är känt för månaden. Läs in beslutet först."


@guard
def permit_covers_the_month(asked: Asked) -> str | None:
    """Anordnaren hade tillstånd alla dagar, eller arbetet ligger inom två veckor från det att brukaren fick veta."""
    report = _report(asked)
    basis = basis_of(report, asked.by.now)
    if basis.permits is None or StepTaken.objects.filter(matter=report.pk, step="release").exists():
        return None
    grace = asked.number("assistance.permit_grace_days")
    for day, standing in days_by_permit(basis, grace):
        if standing not in ("valid", "grace"):
            return (
                f"Tillståndet är inte klarlagt för den {day}. Fråga IVO, eller pröva om utbetalningen ska hållas inne."
            )
    return None


def _difference(asked: Asked) -> int:
    found = latest(asked.matter.pk)
    return found.difference_ore if found else 0


@guard
def something_is_to_be_paid(asked: Asked) -> str | None:
    """Avräkningen ger något att betala ut."""
    return None if _difference(asked) > 0 else "Avräkningen ger inget att betala ut."


@guard
def nothing_is_to_be_paid(asked: Asked) -> str | None:
    """Avräkningen går jämnt upp."""
    return None if _difference(asked) == 0 else "Avräkningen går inte jämnt upp."


@guard
def more_was_paid(asked: Asked) -> str | None:
    """Mer är redan utbetalt än avräkningen ger."""
    return None if _difference(asked) < 0 else "Det är inte mer utbetalt än avräkningen ger."


@guard
def nothing_is_open(asked: Asked) -> str | None:
    """Inget i avräkningen väntar på svar; att en rapport saknas räcker inte för att kräva tillbaka."""
    found = latest(asked.matter.pk)
    return "Något i avräkningen är oklart. Utred det först." if found is None or found.examine else None
