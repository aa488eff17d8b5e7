"""Who may be told what: what the table of provisions says of a telling, and why not, in the words of the screen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tillit.catalogue import Answer, Catalogue, Disclosure, Telling, answer
from tillit.web.rules.guards import Asked, guard

LACKS = {
    "request": "Ingen har begärt uppgifterna, och bestämmelsen gäller bara på begäran.",
    "weighing": "Avvägningen är inte skriven.",
    "counsel": "En jurist behöver besluta.",
}
"""What may be missing before something is told."""


def table_says(content: Catalogue, telling: Telling) -> Answer:
    """What the table answers; the municipality's own rows are in it."""
    return answer(content.disclosures.values(), telling)


def telling_of(fields: Mapping[str, Any], *, day: date, counsel: bool) -> Telling:
    """The telling that a secrecy test is about, by the fields of the process of disclosure.

    What we are asked for is told at their request; `counsel` where a lawyer takes the decision.
    """
    asked = fields.get("direction") == "in"
    return Telling(
        to=fields.get("counterpart", ""),
        about=fields.get("subject", ""),
        gateway=fields.get("gateway", ""),
        on=day,
        way="tell" if asked else "ask",
        asked=asked,
        met=fields.get("conditions_met") is True,
        weighed=bool(fields.get("balance")),
        counsel=counsel,
    )


def why_not(said: Answer) -> str | None:
    """Why something may not be told, or not yet; nothing where it may."""
    if said.verdict in {"must", "may"}:
        return None
    if said.row is None:
        return "Ingen bestämmelse i tabellen öppnar för det, med det lagstödet och till den mottagaren."
    if said.row.mode == "never":
        return f"Det lämnas inte. {said.row.title}: {said.row.law[0].says}."
    if said.row.policy == "off":
        return f"Kommunen använder inte bestämmelsen ”{said.row.title}”. {said.row.policy_reason}"
    lacks = [LACKS[one] for one in said.missing if one in LACKS]
    if "conditions" in said.missing:
        lacks.append(f"Alla villkor är inte prövade och uppfyllda. {' '.join(said.row.conditions.values())}")
    return " ".join(lacks)


def rows_for(content: Catalogue, *, to: str, about: str, day: date) -> list[Disclosure]:
    """The provisions that hold on a day for a recipient and a kind of information: prohibitions and duties first."""
    order = {"never": 0, "duty": 1, "own_initiative": 2, "on_request": 3}
    held = (one for one in content.disclosures.values() if one.valid_from <= day <= (one.valid_to or date.max))
    found = [one for one in held if to in one.recipients and about in one.about]
    return sorted(found, key=lambda one: (one.way == "ask", order[one.mode], one.disclosure))


@guard
def the_table_opens(asked: Asked) -> str | None:
    """Tabellen över vem som får veta vad öppnar för det, på det lagstödet, till den mottagaren."""
    fields = {**asked.matter.fields, **asked.given}
    counsel = asked.by.has(["R12"], board=asked.matter.board_id, unit=asked.matter.unit_id)
    return why_not(table_says(asked.content, telling_of(fields, day=asked.by.day, counsel=counsel)))
