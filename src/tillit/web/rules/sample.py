"""Guards of reviews, and the word that a draw is made by."""

from django.db.models import Q

from tillit.web.models import SampleUnit, StepTaken
from tillit.web.rules.guards import Asked, guard

ANSWERED = ("review", "settle")


@guard
def amount_goes_with_outcome(asked: Asked) -> str | None:
    """Ett fel belopp säger hur mycket, åt ett håll, och aldrig mer än det som betalades; annat har inget belopp."""
    too_much, too_little = asked.field("too_much") or 0, asked.field("too_little") or 0
    if asked.field("outcome") != "amount":
        return "Ange ett belopp bara när beloppet är fel." if too_much or too_little else None
    if not too_much and not too_little:
        return "Skriv hur mycket som är fel."
    if too_much and too_little:
        return "Beloppet är antingen för mycket eller för lite."
    if too_much > asked.matter.fields["paid"]:
        return "Felet kan inte vara mer än det som betalades."
    return None


@guard
def read_by_another(asked: Asked) -> str | None:
    """Det som granskas två gånger granskas av två, och ingen av dem vet vad den andra har svarat."""
    unit = SampleUnit.objects.filter(Q(matter=asked.matter.pk) | Q(second=asked.matter.pk)).first()
    if unit is None:
        return None
    other = unit.second_id if unit.matter_id == asked.matter.pk else unit.matter_id
    if other and StepTaken.objects.filter(matter=other, by=asked.by.user, step__in=ANSWERED).exists():
        return "Du har redan granskat den här betalningen. Någon annan ska göra det oberoende av dig."
    return None


def seed_of(board: str, frame: str, first: str, last: str, frame_hash: str) -> str:
    """The seed of a draw: made of what is drawn from, so that nobody chooses it and everybody can make it again.

    >>> seed_of("norr", "grant", "2026-01-01", "2026-03-31", "ab12cd34ef567890aa")
    'norr/grant/2026-01-01/2026-03-31/ab12cd34ef567890'
    """
    return "/".join((board, frame, first, last, frame_hash[:16]))
