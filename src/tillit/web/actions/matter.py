"""Opens matters: a case by someone whose role may, or by a step that opens it; an observation by any employee."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tillit.catalogue import Process
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.clearance import may_leave
from tillit.web.actions.effects import EFFECTS, Taken
from tillit.web.actions.exhibit import exhibits_from_findings
from tillit.web.actions.notice import tell
from tillit.web.actions.once import only_once
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.actions.series import next_number
from tillit.web.models import Assignment, Board, Case, Finding, Matter, Unit
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, whole
from tillit.web.rules.fields import leaving_texts, values
from tillit.web.rules.guards import GUARDS, Asked
from tillit.web.rules.urgency import urgency
from tillit.web.rules.viewer import Viewer

MET_BY_CHANCE: dict[str, Any] = {"certainty": "possible", "severity": 2, "type": "observation", "origin": "observation"}
"""What a finding says of itself where no control found it."""


def open_case(
    process: str,
    *,
    by: Viewer,
    now: datetime,
    board: Board,
    unit: Unit | None = None,
    title: str = "",
    given: Mapping[str, Any] | None = None,
    findings: Iterable[Finding] = (),
    clears: Mapping[str, str] | None = None,
) -> Case:
    """Opens a case, from findings or from nothing, at a board where the viewer's role may.

    Takes: why a place in a text that leaves its zone may stand (actions/clearance.py).
    Changes: the case with its number and deadline; the opener is assigned it where the role reads by
    assignment; the log; those to be told. Findings stay as they are: the step 'investigate' moves them.
    Raises: NotYourStepError, NotForYouError where a finding is not the viewer's to read, WrongValueError,
    HeldBackError (as PersonalDataError).
    """
    content = catalogue().processes[process]
    with one_press(f"open {process}", by=by, now=now):
        may_open(content, by, board, unit)
        only_once(now=now)
        if content.opening.on_a_matter:
            raise NotYourStepError(f"{content.title} öppnas i det ärende som det gäller", fix="öppna ärendet först")
        if content.opening.by_aid:
            raise NotYourStepError(f"{content.title} öppnas från beslutshjälpen", fix="svara på frågorna först")
        chosen = list(findings)
        if readable(Finding, by).filter(pk__in=[one.pk for one in chosen]).count() != len(chosen):
            raise NotForYouError("Det finns inget sådant fynd för dig")
        case = new_case(content, by=by, now=now, board=board, unit=unit, title=title, given=given, findings=chosen)
        may_leave(case, leaving_texts(content, case.fields), by=by, now=now, clears=clears)
        tell_of_opening(case, by=by, now=now)
        return case


def new_case(
    process: Process,
    *,
    by: Viewer,
    now: datetime,
    board: Board,
    unit: Unit | None,
    title: str = "",
    given: Mapping[str, Any] | None = None,
    findings: Iterable[Finding] = (),
    provider_number: str = "",
    protected: bool = False,
    urgent: bool = False,
) -> Case:
    """A case as a part of another action, which has asked for the permission and holds the transaction.

    Where a process holds no person (zone provider), nothing in its case leads back to a finding (IS3).
    Nobody is told: the action calls `tell_of_opening` when all else is in place.
    """
    chosen = list(findings)
    title = title or _about(process, chosen)
    hurry = process.zone != "provider" and (urgent or any(one.urgent for one in chosen))
    case = Case(
        **_beginning(process, by=by, now=now, board=board, unit=unit, title=title, given=given, urgent=hurry),
        provider_number=provider_number or next((one.provider_number for one in chosen if one.provider_number), ""),
        protected=protected or any(one.protected for one in chosen),
    )
    if process.zone == "provider":
        _without_persons(process, case)
    case.save(force_insert=True)
    if process.zone != "provider":
        case.findings.set(chosen)
        exhibits_from_findings(case, by=by.user, now=now)
    _opened(process, case, by=by, now=now)
    return case


def _about(process: Process, findings: Sequence[Finding]) -> str:
    # What the first finding is called; where nothing may lead back to it, and where there is none, the process.
    if process.zone == "provider" or not findings:
        return process.title
    first = findings[0].title
    return first if len(findings) == 1 else f"{first}, och {len(findings) - 1} till"[:200]


def _without_persons(process: Process, case: Case) -> None:
    # What is about a person comes along by no way: not that someone is protected, and not the provider of one.
    case.protected = False
    if "provider" in process.fields:
        case.provider_number = case.fields.get("provider", "")
    if case.title == process.title:
        case.title = case.fields.get("provider_name", "") or case.title


def report_observation(
    *, by: Viewer, now: datetime, board: Board, unit: Unit | None = None, title: str, given: Mapping[str, Any]
) -> Finding:
    """An observation by any employee: a finding like those that controls make, whose reporter sees where it stands."""
    process = catalogue().processes["finding"]
    with one_press("open finding", by=by, now=now):
        may_open(process, by, board, unit)
        only_once(now=now)
        beginning = _beginning(process, by=by, now=now, board=board, unit=unit, title=title, given=given)
        soon = urgency(MET_BY_CHANCE["severity"], MET_BY_CHANCE["certainty"])
        finding = Finding(**beginning, **MET_BY_CHANCE, urgency=soon)
        finding.save(force_insert=True)
        _opened(process, finding, by=by, now=now)
        tell_of_opening(finding, by=by, now=now)
        return finding


def tell_of_opening(matter: Matter, *, by: Viewer, now: datetime) -> None:
    """Tells those whom the process tells of what is opened."""
    audiences = catalogue().processes[matter.process].opening.tell
    tell(audiences, matter, f"opened.{matter.process}", at=now, but=by.account)


def may_open(process: Process, by: Viewer, board: Board, unit: Unit | None = None) -> None:
    """Nothing, where the viewer's role may start such a one at the board and unit.

    Raises: NotForYouError, NotYourStepError.
    """
    if unit is not None and unit.board_id != board.pk:
        raise NotForYouError("Enheten finns inte i nämnden")
    if not by.has(process.opened_by, board=board.pk, unit=unit.pk if unit else None):
        raise NotYourStepError("Din roll kan inte starta det här", fix="be någon som har rollen")


def _beginning(
    process: Process,
    *,
    by: Viewer,
    now: datetime,
    board: Board,
    unit: Unit | None,
    title: str,
    given: Mapping[str, Any] | None,
    urgent: bool = False,
) -> dict[str, Any]:
    opening, day = process.opening, local_date(now)
    fields = values(process, asks=opening.asks, may_give=opening.may_give, given=given or {})
    state = process.begins_in(fields)
    return {
        "process": process.process,
        "process_revision": process.revision,
        "state": state,
        "state_since": now,
        "zone": process.zone,
        "board": board,
        "unit": unit,
        "number": next_number(process, board, day),
        "title": title or process.title,
        "urgent": urgent,
        "fields": fields,
        "opened_by": by.account,
        "opened_at": now,
        "closed_at": now if process.states[state].final else None,
        "due_on": due_on(process, state, entered=day, opened=day, urgent=urgent, fields=fields),
    }


def _opened(process: Process, matter: Matter, *, by: Viewer, now: datetime) -> None:
    asked = Asked(matter, "", by, matter.fields, lambda id: whole(id, by.day), readable(Matter, by), catalogue())
    for name in process.opening.guards:
        why_not = GUARDS[name](asked)
        if why_not:
            raise HeldBackError(why_not)
    for name in process.opening.does:
        EFFECTS[name](Taken(matter, matter.state, matter.fields, by.account, None, now, local_date(now)))
    reads = {reader.role for reader in process.readers if reader.reach == "assigned"}
    if by.has(reads, board=matter.board_id, unit=matter.unit_id):
        Assignment.objects.create(matter=matter, user=by.user, valid_from=now, given_by=by.user, why="öppnade ärendet")
    log.write("change", f"open {process.process}", by=by.account, at=now, matter=matter)
