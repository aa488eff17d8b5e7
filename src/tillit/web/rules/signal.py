"""The guards of reports to IVO and the police, and of what is shared from them: a company is named, a person never."""

from datetime import date

from tillit.identifiers import parse_organisation
from tillit.units import add_months
from tillit.web.models import StepTaken
from tillit.web.models.signal import COMPANIES
from tillit.web.rules.clients_behind import clients_behind
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.personal_data import hits

_REPORTS_TO = {"ivo_report": "ivo", "police_report": "police"}


@guard
def company_is_named(asked: Asked) -> str | None:
    """Gäller anmälan ett företag eller en förening finns dess namn, inget mer, och ett riktigt organisationsnummer."""
    if asked.field("target") not in COMPANIES:
        return None
    if not asked.field("provider") or not asked.field("provider_name"):
        return "Skriv anordnarens namn och organisationsnummer."
    number = parse_organisation(asked.field("provider"))
    if number.is_personal:
        return "Numret är ett personnummer eller fel skrivet. En enskild firma är en person och delas inte."
    if not number.verdict.is_valid or len(number.number) != 10:
        return "Organisationsnumret stämmer inte: kontrollsiffran är fel."
    if hits(asked.field("provider_name"), on=asked.by.day):
        return "Namnet innehåller något som kan leda till en person. Skriv bara företagets eller föreningens namn."
    return None


@guard
def person_is_not_named(asked: Asked) -> str | None:
    """Gäller anmälan en enskild eller någon nära en enskild lämnas varken namn eller nummer."""
    if asked.field("target") in COMPANIES:
        return None
    if asked.field("provider") or asked.field("provider_name"):
        return "Anmälan gäller en enskild: ta bort namn och nummer. Den räknas, och lämnas aldrig vidare."
    return None


@guard
def ground_held_that_day(asked: Asked) -> str | None:
    """Lagrummet gällde den dag anmälan gjordes, för den som den gjordes till."""
    ground = asked.codes("report_grounds").get(asked.field("legal_basis") or "")
    said = asked.field("reported_on") or asked.field("sent_on")
    to = asked.field("reported_to") or _REPORTS_TO.get(asked.matter.process)
    if ground is None:
        return "Välj ett lagrum."
    if said and not ground.held_on(date.fromisoformat(said)):
        return f"Lagrummet ”{ground.sv}” kunde inte användas den {said}. Välj det som gällde då."
    if to and ground.goes_with and to not in ground.goes_with:
        return f"Lagrummet ”{ground.sv}” hör inte till den som anmälan är gjord till."
    return None


@guard
def already_reported(asked: Asked) -> str | None:
    """Anmälan är gjord: dagen ligger inte framåt i tiden."""
    said = asked.field("reported_on") or asked.field("sent_on")
    if said and date.fromisoformat(said) > asked.by.day:
        return "Dagen har inte varit än. Lämna uppgiften när anmälan är gjord."
    return None


@guard
def certified_without_persons(asked: Asked) -> str | None:
    """Den som lämnar uppgiften intygar att inga personuppgifter finns i den."""
    return None if asked.field("certified") is True else "Intyga att inga personuppgifter lämnas."


@guard
def nothing_can_be_traced(asked: Asked) -> str | None:
    """En människa har intygat att inget kan härledas till en enskild (SD6)."""
    if asked.field("target") not in COMPANIES:
        return "Uppgiften gäller en enskild och delas aldrig."
    return None if asked.given.get("traceless") is True else "Intyga att inget kan härledas till en enskild."


@guard
def enough_clients_behind_it(asked: Asked) -> str | None:
    """Så många brukare har anordnaren att ingen kan räknas ut; annars finns en skriven prövning med en jurist (IS4).

    Brukarna räknas i nämndens eget underlag. Säger det inget gäller vad den som rapporterar har kryssat för.
    """
    if asked.field("few_reason"):
        return None
    behind = clients_behind(asked.matter.board_id, asked.matter.provider_number)
    if behind.are_few(asked.number("signal.fewest_clients")):
        told = "Nämndens underlag visar att anordnaren har så få brukare att någon kan räknas ut."
        return f"{told} Skriv en prövning med en jurist."
    if asked.field("few_clients") is True:
        return "Anordnaren har så få brukare att någon kan räknas ut. Låt en jurist pröva uppgiften."
    return None


@guard
def news_since_last(asked: Asked) -> str | None:
    """Nya uppgifter har kommit sedan den delades eller förlängdes: utan nya skäl förlängs inget."""
    last = StepTaken.objects.filter(matter=asked.matter, step__in=["share", "renew"]).order_by("-at").first()
    said = date.fromisoformat(asked.given["news_on"])
    if last is None or said < last.at.date() or said > asked.by.day:
        return "Det krävs nya uppgifter, som kom efter att den senast delades eller förlängdes."
    return None


@guard
def not_longer_than_allowed(asked: Asked) -> str | None:
    """Tiden är inte längre än kommunen har bestämt."""
    longest = add_months(asked.by.day, asked.number("signal.lifetime_months"))
    if not asked.by.day < date.fromisoformat(asked.given["expires_on"]) <= longest:
        return f"Välj en dag framåt i tiden, senast {longest}."
    return None


@guard
def controls_fit_the_reasons(asked: Asked) -> str | None:
    """De valda kontrollerna hör ihop med anledningen."""
    reasons = set(asked.field("reasons") or [])
    for name in asked.given.get("controls", []):
        control = asked.codes("deeper_controls")[name]
        if control.goes_with and not reasons & set(control.goes_with):
            return f"Kontrollen ”{control.sv}” passar inte anledningen. Välj en som gör det."
    return None
