"""What a claim comes to, and the guards of its steps: from the ground and the calculation to what is left."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tillit.catalogue import ClaimGround
from tillit.recovery import Hours, Line, NoPlanError, Paid, instalments, lines
from tillit.web.models import Claim, ClaimMonth, Instalment, Matter, Repayment
from tillit.web.rules.guards import Asked, guard


@dataclass(frozen=True)
class Standing:
    """Where a claim stands on a day, in öre."""

    owed: int
    paid: int
    waived: int
    left: int
    owed_back: int
    """What a court made too much of what was paid; it goes back to the one who paid."""
    due: int
    """What should have been paid by the day: all of it, or the instalments of the plan so far."""

    @property
    def late(self) -> int:
        """What should have been paid and is not."""
        return max(0, min(self.left, self.due - self.paid - self.waived))


def claim_of(matter: Matter) -> Claim | None:
    """The claim of a case of recovery; none before its ground is stated."""
    return Claim.objects.filter(matter=matter.pk).first()


def line_of(month: ClaimMonth, basis: str) -> Hours | Paid:
    """A month as it is calculated."""
    if basis == "hours":
        return Hours(month.month, month.paid_minutes, month.right_minutes, Fraction(month.rate_ore or 0))
    return Paid(month.month, month.paid_ore, month.right_ore)


def lines_of(claim: Claim) -> list[Line]:
    """The months of a claim in whole öre, which add up to what is calculated."""
    return lines(line_of(one, claim.basis) for one in ClaimMonth.objects.filter(matter=claim.matter_id))


def standing(claim: Claim, day: date) -> Standing:
    """What is owed, paid and left, and what should have been paid by a day."""
    owed = claim.decided_ore or 0
    rows = list(Repayment.objects.filter(matter=claim.matter_id).values_list("kind", "ore"))
    paid = sum(ore for _kind, ore in rows)
    back = -sum(ore for kind, ore in rows if kind == "owed_back")
    waived = claim.waived_ore + claim.written_off_ore
    plan = list(Instalment.objects.filter(matter=claim.matter_id))
    by = (claim.matter.fields or {}).get("pay_by")
    due = owed if by and by < day.isoformat() else 0
    if plan:  # what was paid or waived before the plan is not in it
        due = owed - sum(one.ore for one in plan) + sum(one.ore for one in plan if one.due_on < day)
    return Standing(owed, paid, waived, max(0, owed - paid - waived), back, due)


def _ground(asked: Asked) -> ClaimGround | None:
    return asked.content.grounds.get(asked.field("ground") or "")


def _limit(asked: Asked) -> int:
    value = asked.content.parameters["casework.recovery_delegation"].on(asked.by.day).value
    assert isinstance(value, dict)
    kronor = value.get(asked.matter.board.slug, value["default"])
    return int(kronor * 100)


def _to_decide(asked: Asked) -> int:
    claim = claim_of(asked.matter)
    return (claim.calculated_ore if claim else 0) - int(asked.given.get("reduction") or 0)


@guard
def the_ground_fits(asked: Asked) -> str | None:
    """Grunden gäller mot den som ska betala, för det som beviljades den dagen (äldre eller nyare lag)."""
    ground = _ground(asked)
    if ground is None or not ground.fits(asked.field("debtor"), date.fromisoformat(asked.field("granted_on"))):
        return "Grunden gäller inte mot den som ska betala, eller inte för det som beviljades den dagen."
    return None


@guard
def claim_is_calculated(asked: Asked) -> str | None:
    """Beloppet är uträknat månad för månad och är mer än noll."""
    claim = claim_of(asked.matter)
    return None if claim and claim.calculated_ore > 0 else "Du behöver först räkna ut beloppet månad för månad."


@guard
def the_representative_is_asked(asked: Asked) -> str | None:
    """Finns en ställföreträdare är det den som får yttra sig."""
    if asked.field("has_representative") == "exists" and asked.field("heard_party") != "representative":
        return "Det finns en ställföreträdare. Ge den tillfälle att yttra sig."
    return None


@guard
def the_reduction_has_a_reason(asked: Asked) -> str | None:
    """En jämkning har ett skäl, och lämnar något kvar att kräva."""
    reduction = int(asked.given.get("reduction") or 0)
    if reduction < 0 or (reduction and not asked.given.get("reduction_reason")):
        return "Skriv skälet för jämkningen."
    if reduction and _to_decide(asked) <= 0:
        return "Jämkningen lämnar inget kvar att kräva. Välj i stället att inte kräva."
    return None


@guard
def within_delegation(asked: Asked) -> str | None:
    """Beloppet är högst det som en chef beslutar om enligt nämndens delegation."""
    return "Beloppet är över gränsen: nämnden eller utskottet beslutar." if _to_decide(asked) > _limit(asked) else None


@guard
def above_delegation(asked: Asked) -> str | None:
    """Beloppet är över det som en chef beslutar om."""
    return None if _to_decide(asked) > _limit(asked) else "Chefen beslutar om beloppet. Välj det steget."


@guard
def appeal_is_said(asked: Asked) -> str | None:
    """Beslutet säger hur man överklagar, eller kravet hur man bestrider det."""
    return None if asked.field("appeal_told") is True else "Skriv hur man överklagar eller bestrider innan det skickas."


@guard
def not_more_than_decided(asked: Asked) -> str | None:
    """Ett avgörande höjer inte kravet."""
    claim = claim_of(asked.matter)
    if int(asked.given["judged_amount"]) < 0 or int(asked.given["judged_amount"]) > (
        claim.decided_ore or 0 if claim else 0
    ):
        return "Beloppet är mer än det som krävdes."
    return None


def _paid(asked: Asked) -> int:
    claim = claim_of(asked.matter)
    return standing(claim, asked.by.day).paid if claim else 0


@guard
def not_less_than_is_paid(asked: Asked) -> str | None:
    """Avgörandet är inte lägre än det som redan är betalt; är det lägre ska pengar tillbaka till den som betalade."""
    if int(asked.given["judged_amount"]) < _paid(asked):
        return "Mer är betalt än vad avgörandet ger. Välj det steg där pengar betalas tillbaka."
    return None


@guard
def less_than_is_paid(asked: Asked) -> str | None:
    """Mer är betalt än vad avgörandet ger."""
    if int(asked.given["judged_amount"]) >= _paid(asked):
        return "Det är inte mer betalt än vad avgörandet ger. Välj att beslutet står fast eller ändras."
    return None


@guard
def nothing_is_paid(asked: Asked) -> str | None:
    """Inget är betalt; annars ska pengarna tillbaka innan ärendet avslutas."""
    return "Något är redan betalt. Välj det steg där pengarna betalas tillbaka." if _paid(asked) > 0 else None


@guard
def something_is_paid(asked: Asked) -> str | None:
    """Något är betalt och ska tillbaka."""
    return None if _paid(asked) > 0 else "Inget är betalt, så inget ska tillbaka."


@guard
def refunded_by_today(asked: Asked) -> str | None:
    """Pengarna är betalda tillbaka: dagen ligger inte framåt i tiden."""
    paid = date.fromisoformat(asked.given["refunded_on"]) <= asked.by.day
    return None if paid else "Dagen har inte varit än. Ange den när pengarna är betalda tillbaka."


@guard
def something_still_stands(asked: Asked) -> str | None:
    """En del av kravet står fast."""
    claim = claim_of(asked.matter)
    return None if claim and claim.decided_ore else "Hela kravet är upphävt. Välj det steget."


@guard
def nothing_stands(asked: Asked) -> str | None:
    """Hela kravet är upphävt."""
    claim = claim_of(asked.matter)
    return "En del av kravet står fast. Välj det steget." if claim and claim.decided_ore else None


@guard
def claim_hold_is_reviewed_in_time(asked: Asked) -> str | None:
    """Det som hålls inne omprövas inom den tid som kommunen har bestämt, och brevet säger samma dag."""
    days = asked.number("casework.hold_review_days")
    if not asked.by.day <= date.fromisoformat(asked.given["review_on"]) <= asked.by.day + timedelta(days=days):
        return f"Det som hålls inne ska omprövas inom {days} dagar."
    return None


@guard
def payments_are_held(asked: Asked) -> str | None:
    """Något hålls inne."""
    return None if asked.matter.fields.get("review_on") else "Inget hålls inne."


@guard
def no_payment_is_held(asked: Asked) -> str | None:
    """Inget hålls inne när ärendet avslutas: pengar hålls aldrig längre än någon omprövar det."""
    return "Släpp först det som hålls inne." if asked.matter.fields.get("review_on") else None


@guard
def the_plan_holds(asked: Asked) -> str | None:
    """Planen tar slut, och delarna är tillsammans det som är kvar."""
    claim = claim_of(asked.matter)
    left = standing(claim, asked.by.day).left if claim else 0
    try:
        instalments(left, int(asked.given["monthly"]), date.fromisoformat(asked.given["first_due"]))
    except NoPlanError as error:
        return f"{error.what}. {error.fix.capitalize()}."
    return None


@guard
def payment_is_late(asked: Asked) -> str | None:
    """Något skulle ha betalats och är inte betalt."""
    claim = claim_of(asked.matter)
    return None if claim and standing(claim, asked.by.day).late > 0 else "Betalningen är inte försenad."


@guard
def goes_to_collection(asked: Asked) -> str | None:
    """Återkrav av ekonomiskt bistånd går till domstol först."""
    ground = _ground(asked)
    if ground is None or ground.way == "court":
        return "Ekonomiskt bistånd prövas av förvaltningsrätten först."
    return None


@guard
def goes_to_court(asked: Asked) -> str | None:
    """Talan i förvaltningsrätten gäller ekonomiskt bistånd, och beslutas av nämnden eller utskottet."""
    ground = _ground(asked)
    if ground is None or ground.way != "court":
        return "Talan i förvaltningsrätten gäller bara ekonomiskt bistånd."
    if not asked.by.has(ground.court_by, board=asked.matter.board_id, unit=asked.matter.unit_id):
        return "Bara nämnden eller utskottet beslutar att väcka talan."
    return None


@guard
def goes_to_civil_court(asked: Asked) -> str | None:
    """Stämning i allmän domstol gäller avtal, bidrag och skadestånd."""
    ground = _ground(asked)
    if ground is None or ground.way != "civil":
        return "Det kravet stäms inte in av en jurist: det prövas i annan ordning, eller av nämnden."
    return None


@guard
def still_in_time(asked: Asked) -> str | None:
    """Den sista dagen att kräva har inte gått för den äldsta utbetalningen."""
    claim = claim_of(asked.matter)
    if claim and claim.limitation_on and claim.limitation_on < asked.by.day:
        return f"Tiden gick ut den {claim.limitation_on} för den äldsta månaden. Räkna om utan den."
    return None


@guard
def not_more_than_is_left(asked: Asked) -> str | None:
    """Det som efterges är högst det som är kvar."""
    claim = claim_of(asked.matter)
    left = standing(claim, asked.by.day).left if claim else 0
    return None if 0 < int(asked.given["waived"]) <= left else "Det är mer än vad som är kvar att betala."


@guard
def nothing_is_left(asked: Asked) -> str | None:
    """Allt är betalt, avräknat eller eftergivet."""
    claim = claim_of(asked.matter)
    return None if claim and standing(claim, asked.by.day).left <= 0 else "Något är kvar att betala."
