"""Which measures there are about a provider: those of the legal relation, and no others (M168)."""

from collections.abc import Mapping
from typing import Any

from tillit.catalogue import Catalogue, ProcessField
from tillit.web.rules.guards import Asked, guard


def offered(content: Catalogue, field: ProcessField, fields: Mapping[str, Any]) -> dict[str, str]:
    """The choices of a field that names measures, as the relation that the matter says narrows them; code -> words.

    All of them while no relation is said: the guard below then asks for it.
    """
    relation = fields.get(field.offered_in)
    if not relation:
        return dict(field.one_of)
    there = content.measures.offered(relation)
    return {code: words for code, words in field.one_of.items() if code in there}


@guard
def offered_in_the_relation(asked: Asked) -> str | None:
    """Åtgärderna finns med det avtal som kommunen har, eller utan avtal (M168)."""
    for name, field in asked.content.processes[asked.matter.process].fields.items():
        if not field.offered_in or name not in asked.given:
            continue
        if not asked.field(field.offered_in):
            return "Svara först vilket avtal som finns med anordnaren: det avgör vilka åtgärder som är möjliga."
        there = offered(asked.content, field, {field.offered_in: asked.field(field.offered_in)})
        given = asked.given[name] if isinstance(asked.given[name], list) else [asked.given[name]]
        wrong = [field.one_of[code] for code in given if code not in there]
        if wrong:
            return f"Det finns inte med det avtal som står i ärendet: {', '.join(wrong)}."
    return None
