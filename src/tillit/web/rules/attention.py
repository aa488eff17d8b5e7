"""Increased attention in a matter: the marks that are on it, and the extra check list that they demand (M009)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from tillit.catalogue import Checklist, checklists_of
from tillit.web.models import Matter, PaymentOrder, Signal
from tillit.web.rules.checklist import Filled, runs_of
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.standing import standing

NOT_MADE = "checks_not_made"
"""The field in which a step says why the extra check list is not answered."""


def marks_on(matter: Matter, day: date) -> list[Signal]:
    """The signals that stand about the provider of a matter; of a payment file, about those that it pays."""
    return ever_marked(matter, day)[0]


def ever_marked(matter: Matter, day: date) -> tuple[list[Signal], bool]:
    """The signals that stand, and whether there ever was one: an answered list is kept when its mark is gone."""
    numbers = {matter.provider_number} - {""}
    if matter.process == "payment_batch":
        numbers = {one.provider_number for one in _orders(matter)}
    if not numbers:
        return [], False
    stands = Exists(standing(day).filter(pk=OuterRef("pk")))
    found = Signal.objects.filter(provider_number__in=numbers).annotate(stands=stands).select_related("board")
    every = list(found.order_by("expires_on", "pk"))
    return [one for one in every if one.stands], bool(every)


def checks_left(lists: Iterable[Checklist], marks: Sequence[Signal], runs: Iterable[Filled]) -> list[Checklist]:
    """The extra check lists that nobody has answered wholly since the newest of some marks was shared."""
    if not marks:
        return []
    since = max(one.shared_at for one in marks)
    done = {one.run.checklist for one in runs if not one.left and one.run.begun_at >= since}
    return [one for one in lists if one.for_marked and one.id not in done]


@guard
def extra_checks_are_done(asked: Asked) -> str | None:
    """Vid ökad uppmärksamhet är den extra checklistan besvarad, eller så står det i steget varför inte (M009).

    I en betalningsfil räcker att den är besvarad i varje tidrapport för anordnaren som filen betalar.
    """
    marks = marks_on(asked.matter, asked.by.day)
    if not marks or asked.given.get(NOT_MADE):
        return None
    lists = checklists_of(asked.content, asked.content.processes[asked.matter.process])
    left = checks_left(lists, marks, runs_of(asked.matter))
    if not left or _answered_in_reports(asked.matter, lists, marks):
        return None
    first, named = marks[0], ", ".join(dict.fromkeys(one.provider_name for one in marks))
    said = f"{first.get_reported_to_display()} fick en anmälan den {first.reported_on}"
    return (
        f"{named} har ökad uppmärksamhet till och med {first.expires_on}: {said}. "
        f"Besvara ”{left[0].title}” under Kontrollpunkter, eller skriv varför den inte besvaras."
    )


def _answered_in_reports(matter: Matter, lists: list[Checklist], marks: Sequence[Signal]) -> bool:
    numbers = {one.provider_number for one in marks}
    reports = {one.settlement.matter_id for one in _orders(matter) if one.provider_number in numbers}
    runs = runs_of(*reports) if reports else []
    by_report = {pk: [one for one in runs if one.run.matter_id == pk] for pk in reports}
    return bool(reports) and not any(checks_left(lists, marks, one) for one in by_report.values())


def _orders(matter: Matter) -> list[PaymentOrder]:
    return list(PaymentOrder.objects.filter(matter=matter.pk, ended_at=None).select_related("settlement"))
