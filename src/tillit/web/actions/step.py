"""Takes a step of any process: if the person may, the guards hold, and the matter still is as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Q

from tillit.catalogue import PROVIDER_NUMBER, Process, Step
from tillit.errors import RefusedError
from tillit.units import local_date
from tillit.web.actions import decision, document, invoice, log, payment_batch, recovery, settlement
from tillit.web.actions.clearance import may_leave
from tillit.web.actions.effects import EFFECTS, Taken
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.notice import tell
from tillit.web.actions.refusal import (
    HeldBackError,
    NotForYouError,
    NotYourStepError,
    SomeoneWasFasterError,
    one_press,
)
from tillit.web.models import Case, Finding, Hearing, Matter, Proposal, StepTaken, User
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, whole
from tillit.web.rules.fields import leaving_texts, values
from tillit.web.rules.guards import GUARDS, Asked
from tillit.web.rules.viewer import Viewer, nobody, viewer_of

EFFECTS_OF = (decision, invoice, payment_batch, recovery, settlement)
"""The nouns that have effects of their own: named here, so that their effects are known."""

__all__ = ["agree", "decline", "may_take", "take_as_system", "take_by_link", "take_from_outside", "take_step"]


class WrongStepError(RefusedError):
    """The step does not lead from where the matter stands."""


@dataclass(frozen=True)
class _Press:
    """Everything about one step that is being taken."""

    matter: Matter
    process: Process
    name: str
    step: Step
    given: Mapping[str, Any]
    by: Viewer
    now: datetime
    clears: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def to(self) -> str | None:
        """The state that it leads to; none where it stays."""
        if not self.step.returns:
            return self.step.to
        came = StepTaken.objects.filter(matter=self.matter, to_state=self.matter.state)
        last = came.exclude(from_state=self.matter.state).order_by("-at", "-pk").first()
        if last is None:
            raise WrongStepError("Det finns inget läge att gå tillbaka till", where=self.matter.number)
        return str(last.from_state)


def take_step(
    matter: Matter,
    name: str,
    *,
    by: Viewer,
    now: datetime,
    version: int,
    given: Mapping[str, Any] | None = None,
    clears: Mapping[str, str] | None = None,
) -> StepTaken | Proposal:
    """Takes a step, or proposes it where a second person must agree.

    Takes: the version of the matter that the person saw; a field's value as its type says (rules/fields.py);
    why a place in a text that leaves its zone may stand (actions/clearance.py).
    Gives: the step taken, or the proposal that waits.
    Changes: the matter, its fields and deadline, what the step does or opens, the log, the notices.
    Raises: NotForYouError, NotYourStepError, WrongStepError, WrongValueError, HeldBackError (as PersonalDataError),
    SomeoneWasFasterError.
    """
    with one_press(f"step {name}", by=by, now=now, matter=matter):
        matter, process, step = _permitted(matter, name, by, version)
        fields = values(process, asks=step.asks, may_give=step.may_give, given=given or {})
        press = _Press(matter, process, name, step, fields, by, now, clears or {})
        _guarded(press)
        if step.second_person:
            return _propose(press, version)
        return _move(press, second=None, version=version)


def take_as_system(matter: Matter, name: str, *, now: datetime, given: Mapping[str, Any] | None = None) -> StepTaken:
    """Takes a step that the process file gives to the system: time has run out, or another matter has ended it.

    It is a part of another action or of a job, which holds the transaction and the scope.
    Raises: WrongStepError where the process does not give it to the system from there, SomeoneWasFasterError.
    """
    return _move(_by_nobody(matter, name, given or {}, now), second=None, version=matter.version)


def take_from_outside(
    matter: Matter, name: str, *, by: Viewer, now: datetime, given: Mapping[str, Any] | None = None
) -> StepTaken:
    """Takes a step that the process file gives to a role outside the municipality.

    It is a part of another action, which has asked whether the matter is the viewer's own and holds the transaction.
    Raises: NotYourStepError, WrongStepError, HeldBackError, SomeoneWasFasterError.
    """
    process = catalogue().processes[matter.process]
    step = process.steps.get(name)
    if step is None or matter.state not in step.from_:
        raise WrongStepError("Det kan inte göras nu", where=matter.number, fix="läs sidan igen")
    outside = [role for role in step.who if role in catalogue().roles and catalogue().roles[role].external]
    if not by.has(outside, board=matter.board_id):
        raise NotYourStepError("Det är någon annan som gör det här", where=matter.number)
    press = _Press(
        matter, process, name, step, values(process, asks=step.asks, may_give=step.may_give, given=given or {}), by, now
    )
    _guarded(press)
    return _move(press, second=None, version=matter.version)


def take_by_link(matter: Matter, name: str, *, now: datetime, given: Mapping[str, Any]) -> StepTaken:
    """Takes a step for someone without an account, who has been let in by a link: every guard is asked, as of anyone.

    It is a part of another action, which holds the transaction and the scope.
    Raises: as take_as_system, WrongValueError, HeldBackError (as PersonalDataError).
    """
    press = _by_nobody(matter, name, given, now)
    _guarded(press)
    return _move(press, second=None, version=matter.version)


def _by_nobody(matter: Matter, name: str, given: Mapping[str, Any], now: datetime) -> _Press:
    process = catalogue().processes[matter.process]
    step = process.steps.get(name)
    if step is None or matter.state not in step.from_ or "system" not in step.who:
        raise WrongStepError(f"Steget '{name}' kan inte tas härifrån", where=matter.number, fix="läs sidan igen")
    fields = values(process, asks=step.asks, may_give=step.may_give, given=given)
    return _Press(matter, process, name, step, fields, nobody(now), now)


def agree(proposal: Proposal, *, by: Viewer, now: datetime) -> StepTaken:
    """A second person agrees to a proposed step, which is then taken. Never the one who proposed it.

    The one who proposed must still be one who may: roles end, and bias shuts a person out from that moment.
    """
    matter = Matter.objects.get(pk=proposal.matter_id)
    with one_press(f"agree {proposal.step}", by=by, now=now, matter=matter):
        _second_person(proposal, matter, by)
        first = viewer_of(proposal.by, now)
        matter, process, step = _permitted(matter, proposal.step, first, proposal.version + 1)
        press = _Press(matter, process, proposal.step, step, proposal.given, first, now)
        _guarded(press)
        _settled(proposal, now)
        return _move(press, second=by.user, version=proposal.version + 1, proposal=proposal)


def decline(proposal: Proposal, *, by: Viewer, now: datetime, why: str) -> None:
    """A second person declines a proposed step, with the reason; the matter stays where it is."""
    matter = Matter.objects.get(pk=proposal.matter_id)
    with one_press(f"decline {proposal.step}", by=by, now=now, matter=matter):
        _second_person(proposal, matter, by)
        _settled(proposal, now, declined_by=by.user, declined_why=why[:500])
        document.withdraw(proposal, now=now)
        log.write("change", f"decline {proposal.step}", by=by.user, at=now, matter=matter)
        tell(["assigned"], matter, f"declined.{proposal.step}", at=now, but=by.user)


def may_take(matter: Matter, by: Viewer) -> list[str]:
    """The names of the steps that the viewer may take now, in the order of the process file."""
    if not readable(Matter, by).filter(pk=matter.pk).exists():
        return []
    process = catalogue().processes[matter.process]
    return [
        name
        for name, step in process.steps.items()
        if matter.state in step.from_ and by.has(step.who, board=matter.board_id, unit=matter.unit_id)
    ]


def _permitted(matter: Matter, name: str, by: Viewer, version: int) -> tuple[Matter, Process, Step]:
    found = readable(Matter, by).filter(pk=matter.pk).first()
    if found is None:
        raise NotForYouError("Det finns inget sådant ärende för dig")
    if found.version != version:
        raise _faster(found)
    process = catalogue().processes[found.process]
    step = process.steps.get(name)
    if step is None or found.state not in step.from_:
        raise WrongStepError(f"Steget '{name}' kan inte tas härifrån", where=found.number, fix="läs sidan igen")
    if not by.has(step.who, board=found.board_id, unit=found.unit_id):
        raise NotYourStepError("Din roll kan inte ta det här steget", where=found.number)
    return found, process, step


def _second_person(proposal: Proposal, matter: Matter, by: Viewer) -> None:
    if not readable(Matter, by).filter(pk=matter.pk).exists():
        raise NotForYouError("Det finns inget sådant ärende för dig")
    step = catalogue().processes[matter.process].steps[proposal.step]
    if proposal.by_id == by.user.pk:
        raise HeldBackError(
            "Du kan inte godkänna det du själv har föreslagit", where=matter.number, fix="be någon annan"
        )
    if not by.has(step.second_person, board=matter.board_id, unit=matter.unit_id):
        raise NotYourStepError("Din roll kan inte godkänna det här", where=matter.number, fix="be någon som har rollen")


def _settled(proposal: Proposal, now: datetime, **more: Any) -> None:
    if not Proposal.objects.filter(pk=proposal.pk, settled_at=None).update(settled_at=now, **more):
        raise SomeoneWasFasterError("Förslaget är redan avgjort", fix="läs sidan igen")


def _guarded(press: _Press) -> None:
    asked = Asked(
        matter=press.matter,
        step=press.name,
        by=press.by,
        given=press.given,
        number=lambda id: whole(id, press.by.day),
        readable=readable(Matter, press.by),
        content=catalogue(),
    )
    for name in press.step.guards:
        why_not = GUARDS[name](asked)
        if why_not:
            raise HeldBackError(why_not, where=press.matter.number)
    leaving = leaving_texts(press.process, press.given)
    may_leave(press.matter, leaving, by=press.by, now=press.now, clears=press.clears)


def _heard(press: _Press, to: str) -> None:
    # Asked of every step to such a state, whatever the file lists as guards; the database asks once more.
    if not press.process.states[to].needs_hearing:
        return
    settled = Hearing.objects.filter(Q(only_for="") | Q(only_for=to), matter=press.matter, settled_at__isnull=False)
    if not settled.exists():
        raise HeldBackError(
            "Parten har inte fått yttra sig", where=press.matter.number, fix="ge parten tillfälle att yttra sig först"
        )


def _propose(press: _Press, version: int) -> Proposal:
    if press.to and "except_hearing" not in press.step.does:
        _heard(press, press.to)
    proposal: Proposal = Proposal.objects.create(
        matter=press.matter, step=press.name, version=version, by=press.by.user, at=press.now, given=dict(press.given)
    )
    _still(press.matter, version, {})
    _document(press, second=None, proposal=proposal)
    log.write("change", f"propose {press.name}", by=press.by.user, at=press.now, matter=press.matter)
    roles = press.step.second_person
    tell(["managers"], press.matter, f"proposed.{press.name}", at=press.now, but=press.by.user, roles=roles)
    return proposal


def _move(press: _Press, *, second: User | None, version: int, proposal: Proposal | None = None) -> StepTaken:
    matter, step, by = press.matter, press.step, press.by.account
    before, after = matter.state, press.to or matter.state
    day = local_date(press.now)
    for name in step.does:
        EFFECTS[name](Taken(matter, after, press.given, by, second, press.now, day, take_as_system))
    if press.to:
        _heard(press, press.to)
    _still(matter, version, _changes(press))
    opened = _open(press) if step.opens else None
    taken: StepTaken = StepTaken.objects.create(
        matter=matter,
        step=press.name,
        from_state=before,
        to_state=after,
        by=by,
        second=second,
        at=press.now,
        given=dict(press.given),
        opened=opened,
    )
    _document(press, second=second, proposal=proposal)
    details = {"from": before, "to": after} | ({"second": second.pk} if second else {})
    log.write("change", press.name, by=by, at=press.now, matter=matter, details=details)
    tell(step.tell, matter, f"step.{press.name}", at=press.now, but=by)
    return taken


def _document(press: _Press, *, second: User | None, proposal: Proposal | None) -> None:
    letter = press.step.document_for({**press.matter.fields, **press.given})
    if letter:
        given, name, now = press.given, press.name, press.now
        document.draft(
            press.matter,
            letter,
            step=name,
            by=press.by,
            second=second,
            now=now,
            given=given,
            proposal=proposal,
        )


def _changes(press: _Press) -> dict[str, Any]:
    matter, to = press.matter, press.to
    fields = {**matter.fields, **press.given}
    # What is sealed stands as it was: what is given is kept with the step that was taken, as an addition.
    changes: dict[str, Any] = {} if press.process.states[matter.state].sealed else {"fields": fields}
    if to:
        entered, opened = local_date(press.now), local_date(matter.opened_at)
        changes |= {
            "state": to,
            "state_since": press.now,
            "due_on": due_on(press.process, to, entered=entered, opened=opened, urgent=matter.urgent, fields=fields),
            "closed_at": press.now if press.process.states[to].final else None,
        }
    else:
        due = press.process.states[matter.state].due
        if due and due.field in press.given:
            changes["due_on"] = date.fromisoformat(press.given[due.field])
        elif press.process.also_due:
            entered, opened = local_date(matter.state_since), local_date(matter.opened_at)
            state, urgent = matter.state, matter.urgent
            changes["due_on"] = due_on(
                press.process, state, entered=entered, opened=opened, urgent=urgent, fields=fields
            )
    return changes


def _still(matter: Matter, version: int, changes: dict[str, Any]) -> None:
    same = Matter.objects.filter(pk=matter.pk, version=version, state=matter.state)
    if same.update(version=F("version") + 1, **changes) != 1:
        raise _faster(matter)
    for name, value in changes.items():
        setattr(matter, name, value)
    matter.version = version + 1


def _passed_on(press: _Press) -> dict[str, Any]:
    known = {PROVIDER_NUMBER: press.matter.provider_number, **press.matter.fields, **press.given}
    return {name: known[ours] for name, ours in press.step.passes_on.items() if known.get(ours) not in (None, "")}


def _faster(matter: Matter) -> SomeoneWasFasterError:
    return SomeoneWasFasterError("Någon annan ändrade ärendet nyss", where=matter.number, fix="läs sidan igen")


def _open(press: _Press) -> Case:
    matter = press.matter
    assert press.step.opens
    process = catalogue().processes[press.step.opens]
    case = new_case(
        process,
        by=press.by,
        now=press.now,
        board=matter.board,
        unit=matter.unit,
        given={**press.step.opens_with, **_passed_on(press)},
        findings=Finding._default_manager.filter(pk=matter.pk),
        provider_number=matter.provider_number,
        protected=matter.protected,
        urgent=matter.urgent,
    )
    tell_of_opening(case, by=press.by, now=press.now)
    return case
