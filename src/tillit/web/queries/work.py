"""My work today: what is late, what is due, what nobody has taken, and what waits for someone."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tillit.web.models import Matter, Proposal, Review
from tillit.web.queries.log import reviews_for
from tillit.web.queries.matter import assigned_now, at_place, readable, visible
from tillit.web.queries.provider import NAME
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Work:
    """What a person has to do, each a query of its own that a page may count, cut and order."""

    overdue: QuerySet[Matter]
    due: QuerySet[Matter]
    later: QuerySet[Matter]
    to_assign: QuerySet[Matter]
    to_agree: QuerySet[Proposal]
    to_review: QuerySet[Review]
    waiting: QuerySet[Matter]


def my_work(viewer: Viewer) -> Work:
    """The work of a viewer on a day: mine is what I am assigned, and what nobody is, if I can take a step in it.

    Gives: overdue, due within a week and later, the soonest first; proposals that I may agree to; what waits for
    others: my proposals, and what I am assigned where the next step is not mine.
    """
    day = viewer.day
    assigned = assigned_now(viewer.now).filter(responsible=True)
    mine = Q(pk__in=assigned.filter(user=viewer.user).values("matter"))
    anyone = Exists(assigned.filter(matter=OuterRef("pk")))
    # A proposal on a matter that has moved since can no longer be agreed to, and stands in nobody's way.
    waits = Proposal.objects.filter(settled_at=None, version=F("matter__version") - 1)
    proposed = Exists(waits.filter(matter=OuterRef("pk")))
    proposed_by_me = Q(pk__in=waits.filter(by=viewer.user).values("matter"))
    open_ = readable(Matter, viewer).filter(closed_at=None).annotate(provider_name=NAME)
    my_turn = open_.filter(_can_act(viewer), mine | ~anyone).exclude(proposed).order_by("due_on", "pk")
    waiting = open_.filter(proposed_by_me | (mine & (Q(proposed) | ~_can_act(viewer))))
    return Work(
        overdue=my_turn.filter(due_on__lt=day),
        due=my_turn.filter(due_on__gte=day, due_on__lte=day + SOON),
        later=my_turn.filter(Q(due_on=None) | Q(due_on__gt=day + SOON)),
        to_assign=_to_assign(viewer),
        to_agree=_to_agree(viewer),
        to_review=reviews_for(viewer),
        waiting=waiting.order_by("due_on", "pk"),
    )


def _can_act(viewer: Viewer) -> Q:
    can = Q(pk__in=[])
    for process in catalogue().processes.values():
        for held in viewer.held:
            states = {state for step in process.steps.values() if held.role in step.who for state in step.from_}
            if states:
                can |= Q(process=process.process, state__in=sorted(states)) & at_place(held)
    return can


def _to_assign(viewer: Viewer) -> QuerySet[Matter]:
    # What is read by assignment is seen by nobody who works until someone has been given it.
    wanted = Q(pk__in=[])
    for process in catalogue().processes.values():
        workers = {reader.role for reader in process.readers if reader.reach == "assigned"}
        first = {role for step in process.steps.values() if process.start in step.from_ for role in step.who}
        for held in viewer.held:
            if held.role in process.assigned_by and workers & first and held.role not in first:
                wanted |= Q(process=process.process) & at_place(held)
    assigned = assigned_now(viewer.now).filter(matter=OuterRef("pk"), responsible=True)
    found = visible(Matter, viewer).filter(wanted, ~Exists(assigned), closed_at=None).annotate(provider_name=NAME)
    return found.order_by("due_on", "pk")


def _to_agree(viewer: Viewer) -> QuerySet[Proposal]:
    mine = Q(pk__in=[])
    for process in catalogue().processes.values():
        for held in viewer.held:
            steps = {name for name, step in process.steps.items() if held.role in step.second_person}
            if steps:
                mine |= Q(matter__process=process.process, step__in=sorted(steps)) & at_place(held, "matter__")
    seen = readable(Matter, viewer).filter(pk=OuterRef("matter"), closed_at=None, version=OuterRef("version") + 1)
    waits: QuerySet[Proposal] = Proposal.objects.filter(mine, Exists(seen), settled_at=None).exclude(by=viewer.user)
    return waits.select_related("matter", "by").order_by("at", "pk")
