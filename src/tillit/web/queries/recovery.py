"""A claim as its page shows it: the months, the last days, the plan, what is paid and what is left."""

from dataclasses import dataclass
from datetime import date

from tillit.catalogue import ClaimGround, ContentError, Parameter
from tillit.recovery import Interest, Line, interest, years_after
from tillit.web.models import Claim, ClaimMonth, ClaimVersion, Instalment, Matter, Repayment
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.recovery import Standing, claim_of, lines_of, standing
from tillit.web.rules.repayment import reference_of
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class MonthShown:
    """A month with what was given, what it comes to, and the last day to claim it."""

    given: ClaimMonth
    line: Line
    last_day: date


@dataclass(frozen=True)
class ClaimShown:
    """Everything about a claim on the page of its case."""

    claim: Claim
    ground: ClaimGround
    months: list[MonthShown]
    standing: Standing
    versions: list[ClaimVersion]
    """What it has come to, the first one first; more than one where a court changed it."""
    plan: list[Instalment]
    repayments: list[Repayment]
    interest: Interest | None
    no_rate: Parameter | None
    """The rate that is not known for all the days, where an act gives interest: then none is counted."""
    reference: str
    """What the one who pays gives, so that the bank's file tells which claim it is for."""


def claim_shown(matter: Matter, viewer: Viewer) -> ClaimShown | None:
    """The claim of a case that the viewer has been let in to; none before its ground is stated."""
    claim = claim_of(matter)
    if claim is None:
        return None
    ground = catalogue().grounds[claim.ground]
    years = whole(ground.limitation, viewer.day)
    given = list(ClaimMonth.objects.filter(matter=matter.pk))
    shown = [
        MonthShown(one, line, years_after(one.paid_on, years)) for one, line in zip(given, lines_of(claim), strict=True)
    ]
    stands = standing(claim, viewer.day)
    counted, no_rate = _interest(matter, ground, stands, viewer.day)
    plan = list(Instalment.objects.filter(matter=matter.pk))
    versions = list(ClaimVersion.objects.filter(matter=matter.pk))
    repayments = list(Repayment.objects.filter(matter=matter.pk).select_related("by"))
    return ClaimShown(
        claim, ground, shown, stands, versions, plan, repayments, counted, no_rate, reference_of(matter.pk)
    )


def _interest(
    matter: Matter, ground: ClaimGround, stands: Standing, day: date
) -> tuple[Interest | None, Parameter | None]:
    pay_by = matter.fields.get("pay_by")
    if not ground.interest or not pay_by or stands.late <= 0:
        return None, None
    first = date.fromordinal(date.fromisoformat(pay_by).toordinal() + 1)
    parameters = catalogue().parameters
    rate, margin = parameters["economy.reference_rate"], parameters["economy.late_margin"]
    try:
        return interest(stands.late, first, day, rate, margin), None
    except ContentError:
        return None, next((one for one in (margin,) if one.known_until and one.known_until < day), rate)
