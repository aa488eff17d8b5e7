"""The course of a matter: where it has been, where it is, where it can go, and everything that has happened in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from tillit.catalogue import Process, ProcessField, State, Step
from tillit.web.models import Case, Finding, Hearing, Matter, Note, Proposal, StepTaken
from tillit.web.queries.matter import assigned_now, readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer
from tillit.web.words import choices


@dataclass(frozen=True)
class Course:
    """The states as a line: those behind, the one it is in, those that a step leads to next."""

    been: list[State]
    now: State
    ahead: list[State]


@dataclass(frozen=True)
class Event:
    """Something that happened in a matter."""

    at: datetime
    by: str
    step: Step
    to: State | None
    second: str = ""
    given: list[tuple[ProcessField, Any]] = field(default_factory=list)
    declined_by: str = ""
    declined_why: str = ""
    opened: str = ""


@dataclass(frozen=True)
class Waiting:
    """A step that waits for a second person, and whether the viewer may be that person."""

    proposal: Proposal
    step: Step
    given: list[tuple[ProcessField, Any]]
    may: bool


def process_of(matter: Matter) -> Process:
    """The process that a matter goes through."""
    return catalogue().processes[matter.process]


def process_named(name: str) -> Process:
    """A process by its name."""
    return catalogue().processes[name]


def course(matter: Matter, taken: list[StepTaken]) -> Course:
    """The line of a matter. What leads back is not ahead; ends are told as ends by their state."""
    process = process_of(matter)
    been = list(dict.fromkeys(step.from_state for step in taken if step.from_state != matter.state))
    ahead = [step.to for step in process.steps.values() if matter.state in step.from_ and step.to]
    left = dict.fromkeys(name for name in ahead if name not in been and name != matter.state)
    states = process.states
    return Course(
        [states[name] for name in been if name in states], states[matter.state], [states[one] for one in left]
    )


def steps_taken(matter: Matter) -> list[StepTaken]:
    """The steps of a matter, the first one first."""
    return list(StepTaken.objects.filter(matter=matter).select_related("by", "second", "opened"))


def has_done(matter: Matter, taken: Iterable[StepTaken], *effects: str) -> bool:
    """Whether a step that was taken does any of these; what it leaves need not be asked for where none did."""
    steps = process_of(matter).steps
    return any(set(effects) & set(steps[one.step].does) for one in taken if one.step in steps)


def proposals(matter: Matter) -> list[Proposal]:
    """Every step of a matter that was proposed to a second person, the first one first."""
    if not any(step.second_person for step in process_of(matter).steps.values()):
        return []
    found = Proposal.objects.filter(matter=matter).select_related("by", "declined_by")
    return list(found.order_by("at", "pk"))


def events(matter: Matter, taken: list[StepTaken], proposed: list[Proposal], viewer: Viewer) -> list[Event]:
    """Steps taken, and steps that a second person declined, the newest first.

    A case that a step opened is named only to those who may read it.
    """
    process = process_of(matter)
    opened = {step.opened_id for step in taken if step.opened_id}
    open_to = set(readable(Case, viewer).filter(pk__in=opened).values_list("number", flat=True)) if opened else set()
    found = [
        Event(
            one.at,
            one.by.name if one.by else "",
            process.steps[one.step],
            process.states[one.to_state] if one.to_state != one.from_state else None,
            one.second.name if one.second else "",
            filled(process, one.given),
            opened=one.opened.number if one.opened and one.opened.number in open_to else "",
        )
        for one in taken
        if one.step in process.steps
    ]
    for no in proposed:
        if no.declined_by and no.settled_at and no.step in process.steps:
            step, why = process.steps[no.step], no.declined_why
            found.append(
                Event(no.settled_at, no.by.name, step, None, declined_by=no.declined_by.name, declined_why=why)
            )
    return sorted(found, key=lambda event: event.at, reverse=True)


def corrections(matter: Matter, taken: list[StepTaken]) -> list[Event]:
    """What was added after a matter was sealed, the first one first: it stands beside what was signed."""
    process = process_of(matter)
    sealed = {name for name, state in process.states.items() if state.sealed}
    return [
        Event(one.at, one.by.name if one.by else "", process.steps[one.step], None, given=filled(process, one.given))
        for one in taken
        if one.from_state in sealed and one.step in process.steps
    ]


def filled(process: Process, given: dict[str, Any], *, in_swedish: bool = False) -> list[tuple[ProcessField, Any]]:
    """The fields that are filled, in the order of the process file, each value in words.

    Takes: whether it is for a document, which is in Swedish whatever its maker reads.
    """
    return [
        (one, in_words(one.one_of if in_swedish else choices(one), given[name]))
        for name, one in process.fields.items()
        if given.get(name) not in (None, "")
    ]


def in_words(said: dict[str, str], value: Any) -> Any:
    """A value as it is said: the words of a choice, öre and days as they are."""
    if isinstance(value, list):
        return ", ".join(said.get(one) or str(one) for one in value)
    return said.get(value, value) if isinstance(value, str) else value


def waits(matter: Matter, proposed: list[Proposal], viewer: Viewer) -> list[Waiting]:
    """Proposals that wait for a second person. One made before the matter last moved waits no longer."""
    process = process_of(matter)
    found = []
    for one in proposed:
        step = process.steps.get(one.step)
        if one.settled_at or one.version != matter.version - 1 or step is None or matter.state not in step.from_:
            continue
        role = viewer.has(step.second_person, board=matter.board_id, unit=matter.unit_id)
        found.append(Waiting(one, step, filled(process, one.given), role and one.by_id != viewer.user.pk))
    return found


def proposed(matters: Iterable[Matter], viewer: Viewer) -> dict[int, Waiting]:
    """What waits for a second person in each of some matters that the viewer sees, by the matter's key."""
    shown = {one.pk: one for one in matters}
    open_ = Proposal.objects.filter(matter__in=shown, settled_at=None).select_related("by", "declined_by")
    found: dict[int, Waiting] = {}
    for one in open_:
        for waiting in waits(shown[one.matter_id], [one], viewer):
            found[one.matter_id] = waiting
    return found


def proposal(matter: Matter, pk: int) -> Proposal | None:
    """A proposal of this matter."""
    return Proposal.objects.filter(matter=matter, pk=pk).first()


def notes(matter: Matter) -> list[Note]:
    """Notes and contacts of a matter, the newest first."""
    return list(Note.objects.filter(matter=matter).select_related("by", "corrects").order_by("-at", "-pk"))


def hearings(matter: Matter) -> list[Hearing]:
    """When a party has been asked, or was not, and what came of it."""
    return list(Hearing.objects.filter(matter=matter).select_related("sent_by", "approved_by").order_by("pk"))


def workers(matter: Matter, viewer: Viewer) -> list[Any]:
    """Who works on a matter now."""
    return list(assigned_now(viewer.now).filter(matter=matter).select_related("user").order_by("valid_from", "pk"))


class RestsOn(NamedTuple):
    """What a case rests on, of what the viewer may read: its findings, and the matters whose step opened it."""

    findings: list[Finding]
    opened_from: list[Matter]


NOTHING = RestsOn([], [])


def rests_on(matter: Matter, viewer: Viewer) -> RestsOn:
    """What a case rests on, in one question, by number."""
    of_case = Case.findings.through.objects.filter(case=matter.pk, finding=OuterRef("pk"))
    opened = StepTaken.objects.filter(opened=matter.pk, matter=OuterRef("pk"))
    # The few keys first, in one list: a database asked "either of two" of each matter would read a million.
    keys = Case.findings.through.objects.filter(case=matter.pk).values("finding")
    keys = keys.union(StepTaken.objects.filter(opened=matter.pk).order_by().values("matter"))
    found = readable(Matter, viewer).filter(pk__in=keys).select_related("finding").order_by("number")
    rows = found.annotate(is_of_case=Exists(of_case), has_opened=Exists(opened))
    return RestsOn([one.finding for one in rows if one.is_of_case], [one for one in rows if one.has_opened])


def open_to(matter: Matter, viewer: Viewer) -> list[Step]:
    """The steps of a matter that the viewer already sees which the viewer may take now. It asks no database."""
    return [
        step
        for step in process_of(matter).steps.values()
        if matter.state in step.from_ and viewer.has(step.who, board=matter.board_id, unit=matter.unit_id)
    ]


def waits_for(matter: Matter) -> list[str]:
    """The roles that can take a step now."""
    steps = process_of(matter).steps.values()
    who = (role for step in steps if matter.state in step.from_ for role in step.who if role != "system")
    return list(dict.fromkeys(who))
