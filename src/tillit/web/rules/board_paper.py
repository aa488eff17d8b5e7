"""The guards of a paper to the board: its period, its days, its approvals in order, and that nothing is left out."""

from django.db.models import QuerySet

from tillit.web.models import Annex, StepTaken
from tillit.web.rules.guards import Asked, guard


@guard
def period_is_right(asked: Asked) -> str | None:
    """Perioden har en början och ett slut; när siffrorna räknas har den gått."""
    first, last = asked.field("first"), asked.field("last")
    if not first or not last or first > last:
        return "Perioden ska börja före den slutar."
    ahead = asked.step and last >= asked.by.day.isoformat()  # it is opened in time, and counted when the period is over
    return "Perioden har inte gått än: siffrorna skulle ändras." if ahead else None


@guard
def days_are_in_order(asked: Asked) -> str | None:
    """Förvaltningsgruppen och rådet behandlar ärendet före nämnden, och efter periodens slut."""
    meeting = asked.field("meeting_on") or ""
    before = [asked.field("group_on") or "", asked.field("council_on") or ""]
    if any(one > meeting for one in before):
        return "Förvaltningsgruppen och rådet behandlar ärendet före nämnden."
    return "Nämnden sammanträder efter periodens slut." if meeting <= (asked.field("last") or "") else None


@guard
def figures_are_of_the_period(asked: Asked) -> str | None:
    """Siffrorna i bilagan är räknade för den period som utlåtandet gäller."""
    found = Annex.objects.filter(matter=asked.matter, first=asked.field("first"), last=asked.field("last"))
    return None if found.exists() else "Räkna siffrorna för perioden först."


@guard
def another_has_approved(asked: Asked) -> str | None:
    """En avdelningschef har godkänt först, och det är en annan person."""
    last = approvals_of(asked.matter.pk).first()
    if last is None:
        return "En avdelningschef ska godkänna först."
    return (
        "Du har redan godkänt som avdelningschef. En annan person godkänner nu." if last.by == asked.by.user else None
    )


@guard
def is_prepared(asked: Asked) -> str | None:
    """Förvaltningsgruppen och rådet har behandlat ärendet, och båda cheferna har godkänt det."""
    if not asked.field("group_met_on"):
        return "Anteckna först när förvaltningsgruppen behandlade ärendet."
    if not asked.field("council_met_on"):
        return "Rådet har inte behandlat ärendet: anteckna när det gjorde det."
    return None if approvals_of(asked.matter.pk).count() == 2 else "Båda cheferna ska ha godkänt."


@guard
def is_dispatched(asked: Asked) -> str | None:
    """Beslutet är skickat till någon."""
    sent = StepTaken.objects.filter(matter=asked.matter, step="dispatch")
    return None if sent.exists() else "Anteckna först vart beslutet är skickat."


def approvals_of(matter: int) -> QuerySet[StepTaken]:
    """The approvals that stand: those since it was last submitted or sent back, the first one first."""
    taken = StepTaken.objects.filter(matter=matter)
    since = taken.filter(step__in=("submit", "send_back")).order_by("-pk").values_list("pk", flat=True).first() or 0
    return taken.filter(step__in=("approve_head", "approve_director"), pk__gt=since).select_related("by").order_by("pk")
