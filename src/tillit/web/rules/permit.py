"""The guards of permit checks: the right number, an answer that has come, two persons at the telephone (P02)."""

from datetime import date, timedelta

from django.db.models import Q

from tillit.identifiers import parse_organisation
from tillit.web.models import Contract, Matter, PermitCheck, PermitMeasure, StepTaken, Use
from tillit.web.rules.guards import Asked, guard

ANSWERS = ("valid", "missing", "revoked", "banned", "not_required", "unclear")
"""What IVO can say; each is a step of permit_check.yaml and, where it is taken, the state that it leads to."""

BAD = ("missing", "revoked", "banned")
STANDS = ("valid", "not_required")


@guard
def permit_can_be_checked(asked: Asked) -> str | None:
    """Numret stämmer, enheten är skriven där tillståndet gäller den, och ingen kontroll finns redan."""
    number = parse_organisation(asked.field("provider") or "")
    if number.is_personal:
        return "Numret är ett personnummer eller fel skrivet. En enskild firma kontrolleras i nämndens eget ärende."
    if not number.verdict.is_valid or len(number.number) != 10:
        return "Organisationsnumret stämmer inte: kontrollsiffran är fel."
    service, unit = asked.field("service"), asked.field("unit") or ""
    by_unit = "placement" in asked.codes("permit_services")[service].goes_with
    if by_unit and not unit:
        return "Tillståndet gäller en enhet. Skriv enhetens namn."
    if unit and not by_unit:
        return "Tillståndet gäller organisationsnumret. Lämna enheten tom."
    same = PermitCheck.objects.filter(provider__number=number.number, service=service, unit=unit, ended_on=None)
    if same.exists():
        return "Det finns redan en kontroll, som gäller för alla nämnder."
    return None


@guard
def answer_has_come(asked: Asked) -> str | None:
    """Svaret har kommit: dagen ligger inte framåt i tiden."""
    if date.fromisoformat(asked.given["answered_on"]) > asked.by.day:
        return "Svaret kan inte ha kommit i framtiden."
    return None


@guard
def two_persons_by_phone(asked: Asked) -> str | None:
    """Ett svar per telefon antecknas av en person och bekräftas av en annan, som det sades."""
    if asked.matter.state != "phoned":
        if asked.given.get("medium") == "phone":
            return "Ett svar per telefon kräver två personer: anteckna det först, så bekräftar någon annan."
        return None
    noted = StepTaken.objects.filter(matter=asked.matter, step="phone").order_by("-at", "-pk").first()
    if noted is None or noted.by_id == asked.by.user.pk:
        return "Ett svar per telefon kräver två personer: någon annan bekräftar det."
    if noted.given.get("told") != asked.step:
        return "Bekräfta det som sades, eller välj att det inte sades."
    return None


@guard
def permit_holds_that_day(asked: Asked) -> str | None:
    """Tillståndet gäller den dag svaret kom, så långt IVO har sagt från när och till när."""
    came = date.fromisoformat(asked.given["answered_on"])
    first, last = asked.given.get("valid_from"), asked.given.get("valid_to")
    if (first and date.fromisoformat(first) > came) or (last and date.fromisoformat(last) < came):
        return "Tillståndet gäller inte den dagen. Välj det svar som stämmer."
    return None


@guard
def nobody_uses_it(asked: Asked) -> str | None:
    """Ingen nämnd anlitar anordnaren, och inget avtal gäller."""
    number, day = asked.matter.provider_number, asked.by.day
    standing = {"provider__number": number}
    uses = Use.objects.filter(Q(until=None) | Q(until__gte=day), **standing)
    contracts = Contract.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), **standing)
    if uses.exists() or contracts.exists():
        return "En nämnd anlitar anordnaren. Då behövs kontrollen."
    return None


@guard
def boards_are_done(asked: Asked) -> str | None:
    """Varje nämnd som fick en lista har tagit hand om den."""
    own = Matter.objects.filter(
        process="permit_measure", provider_number=asked.matter.provider_number, closed_at=None
    ).exists()
    if own or PermitMeasure.objects.filter(check_number=asked.matter.number, ended_on=None).exists():
        return "En nämnd är inte klar med sin åtgärd."
    return None


@guard
def hold_is_reviewed_in_time(asked: Asked) -> str | None:
    """En betalning hålls inne högst så länge som kommunen har bestämt innan den prövas igen."""
    days = asked.number("permit.hold_review_days")
    said = date.fromisoformat(asked.given["review_on"])
    if not asked.by.day <= said <= asked.by.day + timedelta(days=days):
        return f"Ompröva senast om {days} dagar."
    return None
