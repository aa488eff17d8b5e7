"""My work today: what is late, what is due, what nobody has taken, and what waits for someone."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tillit.web.models import Assignment, Matter, Proposal, Review
from tillit.web.models.matter import due
from tillit.web.queries.log import reviews_for
from tillit.web.queries.matter import assigned_now, at_place, place_of, readable, visible
from tillit.web.queries.provider import NAME
from tillit.web.queries.role_review import to_review
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Held, Viewer

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
    anyone = Exists(assigned.filter(matter=OuterRef("pk")))
    unassigned = _read_unassigned(viewer)
    # Among all findings the first fifty of a list are soon met along the index of days. Who reads none that is nobody's
    # would pass by nearly every one: what may be theirs is asked for by its keys, and sorted.
    by_day = "finding" in unassigned
    # All are few, and are asked for at once: the lists below are then sought along the index that they are shown by.
    to_me = assigned.filter(user=viewer.user, matter__closed_at=None).order_by()
    few = to_me.values_list("matter", "user", Value("mine")).union(
        _helped(viewer).values_list("matter", "user", Value("helped")),
        _waiting_proposals().order_by().values_list("matter", "by", Value("proposed")),
        *([] if by_day else [_nobodys(unassigned)]),
    )
    found: dict[str, set[int]] = {"mine": set(), "helped": set(), "proposed": set(), "nobody's": set()}
    by_me = set[int]()
    for matter, person, kind in few:
        found[kind].add(matter)
        if kind == "proposed" and person == viewer.user.pk:
            by_me.add(matter)
    mine, proposed = found["mine"], found["proposed"]
    open_ = readable(Matter, viewer).filter(closed_at=None).annotate(provider_name=NAME)
    open_ = open_.alias(due=due() if by_day else Coalesce(due(), due()))
    if not by_day:
        open_ = open_.filter(pk__in=mine | by_me | found["helped"] | found["nobody's"])
    can_act = _can_act(viewer)
    free = (Q(process__in=unassigned) | Q(pk__in=found["helped"])) & ~anyone
    my_turn = open_.filter(can_act, Q(pk__in=mine) | free).exclude(pk__in=proposed).order_by("due", "pk")
    waiting = open_.filter(Q(pk__in=by_me) | (Q(pk__in=mine) & (Q(pk__in=proposed) | ~can_act)), pk__in=by_me | mine)
    return Work(
        overdue=my_turn.filter(due__lt=day),
        due=my_turn.filter(due__gte=day, due__lte=day + SOON),
        later=my_turn.filter(due__gt=day + SOON),
        to_assign=_to_assign(viewer),
        to_agree=_to_agree(viewer, proposed),
        to_review=reviews_for(viewer),
        waiting=waiting.order_by("due", "pk"),
    )


def reviews_waiting(viewer: Viewer) -> tuple[int, int]:
    """How many lines of the log, and how many roles of others, the viewer is asked to look at."""
    asked = reviews_for(viewer).order_by().values_list(Value("log"))
    kinds = Counter(kind for (kind,) in asked.union(to_review(viewer).order_by().values_list(Value("role")), all=True))
    return kinds["log"], kinds["role"]


def _nobodys(processes: list[str]) -> QuerySet[Matter, tuple[int, int, str]]:
    # Some of them are somebody's: that is asked of each, once these are known.
    return Matter.objects.filter(process__in=processes, closed_at=None).values_list("pk", "pk", Value("nobody's"))


def _helped(viewer: Viewer) -> QuerySet[Assignment]:
    # Who was given a matter beside the one who answers for it, or stands in for such a one, is left with it when
    # nobody answers for it any more.
    people = {viewer.user.pk} | {one.substitute_for for one in viewer.held if one.substitute_for}
    given = assigned_now(viewer.now).filter(responsible=False, user__in=people, matter__closed_at=None)
    return given.order_by()


def _waiting_proposals() -> QuerySet[Proposal]:
    # A proposal on a matter that has moved since can no longer be agreed to, and stands in nobody's way.
    return Proposal.objects.filter(settled_at=None, version=F("matter__version") - 1)


def _read_unassigned(viewer: Viewer) -> list[str]:
    # What a role reads by assignment alone is nobody's and the viewer's to read only where they help (_helped).
    held = {one.role for one in viewer.held}
    processes = catalogue().processes.values()
    return [
        process.process
        for process in processes
        if any(one.role in held and one.reach != "assigned" and not one.only_status for one in process.readers)
    ]


def _can_act(viewer: Viewer) -> Q:
    # By place, so that what is asked of each matter is short: a person who holds five roles holds them at one board.
    at: dict[Held, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for process in catalogue().processes.values():
        for held in viewer.held:
            states = {state for step in process.steps.values() if held.role in step.who for state in step.from_}
            if states:
                at[place_of(held)][process.process] |= states
    can = Q(pk__in=[])
    for place, processes in at.items():
        here = Q(pk__in=[])
        for process_name, states in processes.items():
            here |= Q(process=process_name, state__in=sorted(states))
        can |= at_place(place) & here
    return can


def _to_assign(viewer: Viewer) -> QuerySet[Matter]:
    # What is read by assignment is seen by nobody who works until someone has been given it.
    at: dict[Held, set[str]] = defaultdict(set)
    for process in catalogue().processes.values():
        workers = {reader.role for reader in process.readers if reader.reach == "assigned"}
        first = {role for step in process.steps.values() if process.start in step.from_ for role in step.who}
        for held in viewer.held:
            if held.role in process.assigned_by and workers & first and held.role not in first:
                at[place_of(held)].add(process.process)
    wanted = Q(pk__in=[])
    for place, processes in at.items():
        wanted |= at_place(place) & Q(process__in=sorted(processes))
    some = Q(process__in=sorted(set().union(*at.values())))
    assigned = assigned_now(viewer.now).filter(matter=OuterRef("pk"), responsible=True)
    found = visible(Matter, viewer).filter(some, wanted, ~Exists(assigned), closed_at=None)
    # Sorted, and not sought along the index of days: of all that is open, few are nobody's.
    return found.annotate(provider_name=NAME).order_by(Coalesce("due_on", "due_on"), "pk")


def _to_agree(viewer: Viewer, proposed: set[int]) -> QuerySet[Proposal]:
    mine = Q(pk__in=[])
    for process in catalogue().processes.values():
        for held in viewer.held:
            steps = {name for name, step in process.steps.items() if held.role in step.second_person}
            if steps:
                mine |= Q(matter__process=process.process, step__in=sorted(steps)) & at_place(held, "matter__")
    seen = readable(Matter, viewer).filter(closed_at=None, pk__in=proposed).values_list("pk", flat=True)
    waits = _waiting_proposals().filter(mine, matter__in=set(seen)).exclude(by=viewer.user)
    return waits.select_related("matter", "by").order_by("at", "pk")
