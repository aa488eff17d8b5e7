"""Decisions on assistance as a person types them: what the words come to, and what must hold before one is known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tillit.catalogue import Code
from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation
from tillit.store import code, pseudonym_of
from tillit.units import parse_decimal, parse_hours
from tillit.web.models import Decision, Exhibit, PermitCheck
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.permit import STANDS

PROVIDED = ("provider", "cooperative")
"""How assistance is arranged where a provider with a permit performs it."""

_SLOT = re.compile(r"(mån|tis|ons|tor|fre|lör|sön|alla)\w* +(\d\d?)[:.](\d\d) ?[-–] ?(\d\d?)[:.](\d\d)(?: *\+(\d))?")
_DAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")


class UnreadableDecisionError(RefusedError):
    """What was typed of a decision cannot be read."""


def is_code(text: str) -> bool:
    """Whether a text is a code of a person as Tillit writes them."""
    try:
        return code(pseudonym_of(text)) == text
    except ValueError:
        return False


def read_decision(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields of a typed decision come to, as the columns of `Decision`.

    Raises: UnreadableDecisionError with the sentence that the screen shows.
    """
    first, last = _day(fields, "valid_from"), _day(fields, "valid_to")
    if first and last and last < first:
        raise UnreadableDecisionError("Beslutet slutar innan det börjar. Rätta dagarna.")
    if not is_code(fields["client"]):
        raise UnreadableDecisionError("Den enskildes kod stämmer inte. Skriv den som den står i tidrapporten.")
    provided, number = fields["arrangement"] in PROVIDED, fields.get("provider") or ""
    if provided and not parse_organisation(number).verdict.is_valid:
        raise UnreadableDecisionError("Skriv anordnarens organisationsnummer. Kontrollsiffran ska stämma.")
    if not provided and number:
        raise UnreadableDecisionError("Ett organisationsnummer hör bara till en anordnare eller ett kooperativ.")
    raised = _number(fields, "raised", "Skriv procent av schablonbeloppet, till exempel 108.")
    if raised is not None and not 100 <= raised < 1000:
        raise UnreadableDecisionError("Skriv procent av schablonbeloppet, till exempel 108.")
    minutes = _hours(fields, "hours")
    if not minutes:
        raise UnreadableDecisionError("Skriv timmar som ett tal över noll, till exempel 37,5.")
    return {
        "client_code": fields["client"],
        "provider_number": number,
        "arrangement": fields["arrangement"],
        "payee": fields.get("payee") or "",
        "cover": fields["cover"],
        "minutes": minutes,
        "per": fields["per"],
        "month_factor": _number(fields, "month_factor", "Skriv veckor per månad som ett tal, till exempel 4,33."),
        "weighted": fields["counted_as"] == "weighted",
        "parental_a_day": _hours(fields, "parental"),
        "double_bank": _hours(fields, "double_bank"),
        "double_slots": read_slots(fields.get("double_slots") or ""),
        "raised": raised / 100 if raised is not None else None,
        "own_rate_ore": fields.get("own_rate"),
        "agreed_on": _day(fields, "agreed_on"),
        "told_on": _day(fields, "told_on"),
        "valid_to": last,
    }


def read_slots(text: str) -> list[list[int | None]]:
    """Fixed times when more than one assistant may work, a line each.

    Gives: weekday (none is every day), from minute, to minute, extra assistants.

    >>> read_slots("mån 08:00-10:00\\nalla 20.00-24.00 +2")
    [[1, 480, 600, 1], [None, 1200, 1440, 2]]
    """
    found: list[list[int | None]] = []
    for line in filter(None, (one.strip().lower() for one in text.splitlines())):
        said = _SLOT.fullmatch(line)
        start, end = (int(said[n]) * 60 + int(said[n + 1]) for n in (2, 4)) if said else (0, 0)
        if said is None or not start < end <= 1440 or int(said[3]) > 59 or int(said[5]) > 59:
            raise UnreadableDecisionError("Skriv dubbel assistans som: mån 08:00-10:00, en rad för varje tid.")
        found.append([_DAYS.index(said[1]) + 1 if said[1] in _DAYS else None, start, end, int(said[6] or 1)])
    return found


@dataclass(frozen=True)
class Overlap:
    """Two decisions that should not hold on the same days, and those days; no last day goes on."""

    one: Decision
    other: Decision
    first: date
    last: date | None


def overlaps(decisions: Iterable[Decision], covers: Mapping[str, Code]) -> list[Overlap]:
    """Pairs that hold at once though the content says that they should not (codes/decision_covers.yaml).

    Takes: the decisions of one client, as they are known at one time.
    """
    known = list(decisions)
    found = []
    for one in known:
        for other in known:
            if other.cover not in covers[one.cover].goes_with:
                continue
            first = max(one.valid_from, other.valid_from)
            last = min((day for day in (one.valid_to, other.valid_to) if day), default=None)
            if last is None or first <= last:
                found.append(Overlap(one, other, first, last))
    return found


@guard
def decision_can_be_read(asked: Asked) -> str | None:
    """Timmar, dagar, koder och nummer går att läsa, och beslutet blev inte känt i framtiden."""
    try:
        read_decision({**asked.matter.fields, **asked.given})
    except UnreadableDecisionError as error:
        return error.what
    known = _day({"known_on": asked.field("known_on")}, "known_on")
    return "Kommunen kan inte ha fått veta i framtiden." if known and known > asked.by.day else None


@guard
def decision_is_confirmed_by_another(asked: Asked) -> str | None:
    """Den som har skrivit eller ändrat beslutet bekräftar det inte."""
    wrote = {asked.matter.opened_by_id, *asked.matter.steps.filter(step__in=WRITING).values_list("by", flat=True)}
    return "Du har skrivit beslutet. Låt någon annan bekräfta det." if asked.by.user.pk in wrote else None


WRITING = ("correct", "change")
"""The steps by which a decision is typed."""


@guard
def papers_of_the_arrangement(asked: Asked) -> str | None:
    """De handlingar som följer av hur assistansen är anordnad finns: avtalet, eller arbetsgivaren (M110)."""
    needed = [one for one in asked.codes("arrangements")[asked.field("arrangement")].goes_with if one != "permit"]
    if "agreement" in needed and not asked.field("agreed_on"):
        return "Skriv när avtalet med anordnaren började."
    if needed and not Exhibit.objects.filter(matter=asked.matter, withdrawal=None).exists():
        words = "; ".join(asked.codes("decision_papers")[one].sv for one in needed)
        return f"Lägg först in bland handlingarna: {words}."
    return None


@guard
def permit_is_checked_lately(asked: Asked) -> str | None:
    """Anordnaren har ett svar från IVO som säger att tillståndet gäller, och det är inte för gammalt (M071)."""
    if asked.field("arrangement") not in PROVIDED:
        return None
    return why_not_checked(
        asked.field("provider"), "personal_assistance", "", day=asked.by.day, days=asked.number("permit.call_off_days")
    )


@guard
def permit_is_checked_at_call_off(asked: Asked) -> str | None:
    """Stödet börjar inte hos en utförare utan ett svar från IVO som gäller och inte är för gammalt (M071)."""
    if asked.field("performed_by") != "permit":
        return None
    service, number = asked.field("permit_service"), asked.field("provider")
    if not service or not number:
        return "Skriv vilken verksamhet tillståndet gäller, och utförarens organisationsnummer."
    days = asked.number("permit.call_off_days")
    return why_not_checked(number, service, asked.field("permit_unit") or "", day=asked.by.day, days=days)


def why_not_checked(number: str, service: str, unit: str, *, day: date, days: int) -> str | None:
    """Why a provider's permit is not known well enough for support to begin there; nothing where it is."""
    check = PermitCheck.objects.filter(
        provider__number=number, service=service, unit=unit, ended_on=None, answer__in=STANDS
    ).first()
    if check is None or check.answered_on is None or (check.valid_to and check.valid_to < day):
        return "Det finns inget svar från IVO som säger att tillståndet gäller. Fråga IVO först (Tillstånd)."
    if check.answered_on < day - timedelta(days=days):
        return f"Svaret från IVO är från den {check.answered_on}, äldre än {days} dagar. Fråga IVO igen."
    return None


@guard
def decision_has_run_out(asked: Asked) -> str | None:
    """Beslutet har en sista dag, och den har varit."""
    last = _day(asked.matter.fields, "valid_to")
    return None if last and last < asked.by.day else "Beslutet gäller fortfarande. Ändra först sista dagen."


def _day(fields: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(fields[name]) if fields.get(name) else None


def _hours(fields: Mapping[str, Any], name: str) -> int:
    text = str(fields.get(name) or "").strip()
    try:
        minutes = parse_hours(text) if text else 0
    except ValueError as error:
        raise UnreadableDecisionError("Skriv timmar som ett tal, till exempel 37,5.") from error
    except RefusedError as error:
        raise UnreadableDecisionError("Skriv timmar som ett tal, till exempel 37,5.") from error
    if not 0 <= minutes < 10_000_000:
        raise UnreadableDecisionError("Skriv timmar som ett tal, till exempel 37,5.")
    return minutes


def _number(fields: Mapping[str, Any], name: str, otherwise: str) -> Decimal | None:
    text = str(fields.get(name) or "").strip()
    if not text:
        return None
    try:
        found = parse_decimal(text)
    except (ValueError, RefusedError) as error:
        raise UnreadableDecisionError(otherwise) from error
    if not 0 < found < 1000:
        raise UnreadableDecisionError(otherwise)
    return round(found, 4)
