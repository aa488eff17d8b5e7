"""The guards of a deviation at a provider."""

from datetime import date

from django.db.models import Q

from tillit.web.models import Contract, Provider
from tillit.web.rules.guards import Asked, guard

MONEY = {"deduction", "withhold", "penalty"}


@guard
def provider_is_known(asked: Asked) -> str | None:
    """Anordnaren finns i Tillit."""
    if Provider.objects.filter(number=asked.field("provider")).exists():
        return None
    return "Det finns ingen anordnare med det numret. Sök den under Anordnare och kontrollera numret."


@guard
def remedy_after_answer(asked: Asked) -> str | None:
    """Det ska vara rättat tidigast den dag då svaret ska ha kommit."""
    if date.fromisoformat(asked.given["remedy_by"]) < date.fromisoformat(asked.given["answer_by"]):
        return "Det ska vara rättat inte före den dag då svaret ska ha kommit."
    return None


@guard
def contract_allows_it(asked: Asked) -> str | None:
    """Nämnden har ett avtal med anordnaren i dag; utan avtal finns inga av avtalets följder (M168)."""
    day = asked.by.day
    standing = Contract.objects.filter(
        Q(board=None) | Q(board=asked.matter.board_id),
        Q(valid_to=None) | Q(valid_to__gte=day),
        provider__number=asked.matter.provider_number,
        valid_from__lte=day,
    )
    if standing.exists():
        return None
    return "Nämnden har inget avtal med anordnaren. Då kan ni underrätta andra och kräva tillbaka, inget mer."


@guard
def amount_where_money(asked: Asked) -> str | None:
    """Gäller följden pengar står beloppet där."""
    if asked.field("consequence") in MONEY and not asked.given.get("amount"):
        return "Skriv beloppet."
    return None


@guard
def it_has_a_provider(asked: Asked) -> str | None:
    """Det står vilken anordnare det gäller."""
    return None if asked.matter.provider_number else "Här står inte vilken anordnare det gäller."
