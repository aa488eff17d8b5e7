"""Takes a step of any process: if the person may, the guards hold, and the matter still is as it was read."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from tillit.catalogue import Process, Step
from tillit.errors import RefusedError
from tillit.units import add_working_days
from tillit.web.actions import log
from tillit.web.models import Matter, Proposal, StepTaken, User
from tillit.web.queries.matter import visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.guards import GUARDS, Asked
from tillit.web.rules.viewer import Viewer


class NotForYouError(RefusedError):
    """The viewer may not take this step, or not see this matter: both are told alike."""


class WrongStepError(RefusedError):
    """The step does not lead from where the matter stands, or something it asks for is missing."""


class HeldBackError(RefusedError):
    """A guard says that the step cannot be taken yet, and why."""


class SomeoneWasFasterError(RefusedError):
    """The matter was changed since it was read."""


@transaction.atomic
def take_step(
    matter: Matter,
    name: str,
    *,
    by: Viewer,
    now: datetime,
    version: int,
    given: Mapping[str, Any] | None = None,
) -> StepTaken | Proposal:
    """Takes a step, or proposes it where a second person must agree.

    Gives: the step taken, or the proposal that waits.
    Changes: the matter, its fields, deadline, the log; those to be told are told after commit.
    Raises: NotForYouError, WrongStepError, HeldBackError, SomeoneWasFasterError.
    """
    process, step = _permitted(matter, name, by)
    values = _values(process, step, given or {})
    _guarded(step, Asked(matter, by, values, now))
    if step.second_person:
        proposal: Proposal = Proposal.objects.create(
            matter=matter, step=name, version=version, by=by.user, at=now, given=values
        )
        _still(matter, version, {})
        log.write("change", f"propose {name}", by=by.user, at=now, matter=matter)
        return proposal
    return _move(matter, process, name, values, by=by.user, second=None, now=now, version=version)


@transaction.atomic
def agree(proposal: Proposal, *, by: Viewer, now: datetime) -> StepTaken:
    """A second person agrees to a proposed step, which is then taken. Never the one who proposed it."""
    matter = Matter.objects.get(pk=proposal.matter_id)
    process = catalogue().processes[matter.process]
    step = process.steps[proposal.step]
    if not visible(Matter, by).filter(pk=matter.pk).exists() or not by.has(
        step.second_person, board=matter.board_id, unit=matter.unit_id
    ):
        raise NotForYouError("Du kan inte godkänna det här", fix="be någon som har rollen")
    if proposal.by_id == by.user.pk:
        raise HeldBackError("Steget behöver godkännas av en annan person än den som föreslog det")
    if not Proposal.objects.filter(pk=proposal.pk, settled_at=None).update(settled_at=now):
        raise SomeoneWasFasterError("Förslaget är redan avgjort", fix="läs sidan igen")
    return _move(
        matter,
        process,
        proposal.step,
        proposal.given,
        by=proposal.by,
        second=by.user,
        now=now,
        version=proposal.version + 1,
    )


def may_take(matter: Matter, by: Viewer) -> list[str]:
    """The names of the steps that the viewer may take now, in the order of the process file."""
    process = catalogue().processes[matter.process]
    return [
        name
        for name, step in process.steps.items()
        if matter.state in step.from_ and by.has(step.who, board=matter.board_id, unit=matter.unit_id)
    ]


def _permitted(matter: Matter, name: str, by: Viewer) -> tuple[Process, Step]:
    if not visible(Matter, by).filter(pk=matter.pk).exists():
        raise NotForYouError("Det finns inget sådant ärende för dig")
    process = catalogue().processes[matter.process]
    step = process.steps.get(name)
    if step is None or matter.state not in step.from_:
        raise WrongStepError(f"Steget '{name}' kan inte tas härifrån", where=matter.number, fix="läs sidan igen")
    if not by.has(step.who, board=matter.board_id, unit=matter.unit_id):
        raise NotForYouError("Din roll kan inte ta det här steget", where=matter.number)
    return process, step


def _values(process: Process, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {*step.asks, *step.may_give}
    for name in given:
        if name not in known:
            raise WrongStepError(f"Fältet '{name}' hör inte till steget", fix="ta bort det")
    for name in step.asks:
        if given.get(name) in (None, "", []):
            raise WrongStepError(f"{process.fields[name].sv} behöver fyllas i")
    for name, value in given.items():
        field = process.fields[name]
        chosen = value if isinstance(value, list) else [value]
        if field.one_of and not set(chosen) <= set(field.one_of):
            raise WrongStepError(f"{field.sv}: välj bland {', '.join(field.one_of.values())}")
    return dict(given)


def _guarded(step: Step, asked: Asked) -> None:
    for name in step.guards:
        why_not = GUARDS[name](asked)
        if why_not:
            raise HeldBackError(why_not, where=asked.matter.number)


def _still(matter: Matter, version: int, changes: dict[str, Any]) -> None:
    same = Matter.objects.filter(pk=matter.pk, version=version, state=matter.state)
    if same.update(version=F("version") + 1, **changes) != 1:
        raise SomeoneWasFasterError("Någon annan ändrade ärendet nyss", where=matter.number, fix="läs sidan igen")
    for name, value in changes.items():
        setattr(matter, name, value)
    matter.version = version + 1


def _move(
    matter: Matter,
    process: Process,
    name: str,
    given: Mapping[str, Any],
    *,
    by: User | None,
    second: User | None,
    now: datetime,
    version: int,
) -> StepTaken:
    step = process.steps[name]
    before, after = matter.state, step.to or matter.state
    changes: dict[str, Any] = {"fields": {**matter.fields, **given}}
    if after != before:
        changes |= {
            "state": after,
            "state_since": now,
            "due_on": due_on(process, after, now.date()),
            "closed_at": now if process.states[after].final else None,
        }
    _still(matter, version, changes)
    taken: StepTaken = StepTaken.objects.create(
        matter=matter, step=name, from_state=before, to_state=after, by=by, second=second, at=now, given=dict(given)
    )
    log.write("change", name, by=by, at=now, matter=matter, details={"from": before, "to": after})
    return taken


def due_on(process: Process, state: str, day: date) -> date | None:
    """The day by which something must be done in a state entered on a day."""
    due = process.states[state].due
    if due is None:
        return None
    number = catalogue().parameters[due.parameter].on(day).value
    days = int(number) if not isinstance(number, dict) else 0
    return add_working_days(day, days) if due.days == "working" else day + timedelta(days=days)
