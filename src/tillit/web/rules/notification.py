"""The guards of notices to other authorities: the duty, what may be told, protected persons, and days gone by."""

from tillit.catalogue import Telling
from tillit.web.rules.disclosure import table_says, why_not
from tillit.web.rules.guards import Asked, guard


@guard
def authority_has_the_duty(asked: Asked) -> str | None:
    """Skyldigheten gäller den mottagaren."""
    duty = asked.content.duties.get(asked.field("duty") or "")
    if duty is None or asked.field("authority") not in duty.recipients:
        return "Skyldigheten gäller inte till den mottagaren. Välj en annan mottagare eller en annan skyldighet."
    return None


@guard
def the_duty_may_be_told(asked: Asked) -> str | None:
    """Bestämmelsen om skyldigheten gäller i dag, och kommunen har inte stängt eller skärpt den."""
    duty = asked.content.duties.get(asked.field("duty") or "")
    if duty is None:
        return "Välj först vilken skyldighet det gäller."
    row = asked.content.disclosures[duty.disclosure]
    about = "provider" if asked.field("whom") == "company" else "individual"
    counsel = bool(asked.field("advice")) or asked.by.has(["R12"], board=asked.matter.board_id)
    told = Telling(asked.field("authority") or "", about, row.gateway, asked.by.day, met=True, counsel=counsel)
    return why_not(table_says(asked.content, told))


@guard
def protected_is_said(asked: Asked) -> str | None:
    """Det är kontrollerat om någon har skyddade uppgifter, och svaret säger inte emot ärendet."""
    if asked.matter.protected and asked.field("protected_data") != "is_protected":
        return "Ärendet gäller någon med skyddade uppgifter. Svara ja på frågan om skyddade uppgifter."
    return None


@guard
def channel_is_safe(asked: Asked) -> str | None:
    """Den som har skyddade uppgifter underrättas det bara om på den väg som mottagaren har för det."""
    protected = asked.matter.protected or asked.field("protected_data") == "is_protected"
    if protected and asked.field("channel") != "protected":
        return "Den gäller någon med skyddade uppgifter. Skicka den bara på mottagarens väg för skyddade uppgifter."
    return None


@guard
def person_is_written(asked: Asked) -> str | None:
    """Mottagaren vet vem det gäller: det skrivs in hos mottagaren, inte här."""
    return None if asked.field("person_written") is True else "Vem det gäller ska vara inskrivet hos mottagaren först."


@guard
def asked_again(asked: Asked) -> str | None:
    """Den som underrättades har tillfrågats minst en gång om vad som hände."""
    return None if asked.field("reminded_on") else "Du har inte frågat igen. Gör det innan du avslutar utan svar."


@guard
def not_in_the_future(asked: Asked) -> str | None:
    """Det som har hänt har en dag som har varit."""
    days = (value for name, value in asked.given.items() if name.endswith("_on") and isinstance(value, str))
    return "Dagen ligger i framtiden." if any(day > asked.by.day.isoformat() for day in days) else None
