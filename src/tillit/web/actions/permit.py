"""Shows every board where a permit check stands, keeps each answer, and sends IVO one inquiry about many."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tillit.units import local_date
from tillit.web.actions import document, job, log
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.actions.refusal import HeldBackError, NotYourStepError, one_press
from tillit.web.actions.step import take_as_system, take_step
from tillit.web.models import Board, Case, Matter, PermitAnswer, PermitCheck, PermitMeasure, Provider
from tillit.web.queries.permit import boards_using, can_be_asked
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on
from tillit.web.rules.permit import ANSWERS, BAD
from tillit.web.rules.viewer import Viewer

_DAYS = ("answered_on", "valid_from", "valid_to", "applies_from")


@effect("show_permit")
def show_permit(taken: Taken) -> None:
    """Alla nämnder ser var kontrollen står. Saknas tillståndet får de som anlitar anordnaren sin lista samma dag."""
    process, fields = catalogue().processes["permit_check"], {**taken.matter.fields, **taken.given}
    provider = _provider(fields["provider"], fields.get("provider_name", ""))
    opened = local_date(taken.matter.opened_at)
    told: dict[str, Any] = {
        "state": taken.to,
        "state_since": taken.day,
        "due_on": due_on(process, taken.to, entered=taken.day, opened=opened, fields=fields),
        "inquiry": fields.get("inquiry", "") if taken.to in ("asked", "reminded") else "",
        "ended_on": taken.day if process.states[taken.to].final else None,
    }
    about = {"provider": provider, "service": fields["service"], "unit": fields.get("unit", "")}
    first = {**about, "board": taken.matter.board}
    PermitCheck.objects.update_or_create(number=taken.matter.number, defaults=told, create_defaults={**told, **first})
    if taken.to in (*BAD, "required", "valid", "not_required", "closed"):
        job.enqueue("permit_measures", now=taken.now, given={"check": taken.matter.number})


@effect("record_permit")
def record_permit(taken: Taken) -> None:
    """Svaret sparas som bevis, med hur många nämnder som det räckte för."""
    fields, given = taken.matter.fields, taken.given
    provider = _provider(fields["provider"], fields.get("provider_name", ""))
    check = PermitCheck.objects.get(number=taken.matter.number)
    for name in _DAYS:
        setattr(check, name, date.fromisoformat(given[name]) if given.get(name) else None)
    check.answer, check.medium, check.limited = taken.to, given["medium"], bool(given.get("limited"))
    check.save(update_fields=["answer", "medium", "limited", *_DAYS])
    assert check.answered_on
    boards = boards_using(provider, taken.day)
    PermitAnswer.objects.create(
        check_number=check.number,
        provider=provider,
        service=check.service,
        unit=check.unit,
        answer=taken.to,
        answered_on=check.answered_on,
        medium=check.medium,
        board=taken.matter.board,
        boards=max(len(boards), 1),
        at=taken.now,
    )


@effect("show_measure")
def show_measure(taken: Taken) -> None:
    """Alla nämnder ser om nämnden är klar med sin åtgärd, och inget mer om den."""
    if catalogue().processes["permit_measure"].states[taken.to].final:
        found = PermitMeasure.objects.filter(
            check_number=taken.matter.fields.get("check", ""), board=taken.matter.board
        )
        found.filter(ended_on=None).update(ended_on=taken.day)


def ask_ivo(numbers: Iterable[str], *, board: Board, by: Viewer, now: datetime) -> Case:
    """One inquiry to IVO about the chosen checks, or about all that are due; its document is ready to be sent.

    Takes: numbers of checks that the viewer may move; none at all for every one that is due.
    Raises: NotYourStepError, HeldBackError where there is nothing to ask about.
    """
    process = catalogue().processes["permit_inquiry"]
    with one_press("ask ivo", by=by, now=now):
        if not by.has(process.opened_by, board=board.pk):
            raise NotYourStepError("Din roll skickar inte förfrågningar", fix="be kontrollfunktionen")
        chosen = set(numbers)
        checks = [one for one in can_be_asked(by) if not chosen or one.number in chosen]
        if not checks or (chosen and len(checks) != len(chosen)):
            raise HeldBackError(
                "Det finns inget att fråga om, eller någon annan har redan frågat", fix="läs sidan igen"
            )
        inquiry = new_case(process, by=by, now=now, board=board, unit=None)
        for one in checks:
            take_step(one, "ask", by=by, now=now, version=one.version, given={"inquiry": inquiry.number})
        document.draft(inquiry, "permit_inquiry", step="", by=by, second=None, now=now, given={})
        log.write("change", "ask ivo", by=by.user, at=now, matter=inquiry, details={"checks": len(checks)})
        tell_of_opening(inquiry, by=by, now=now)
        return inquiry


def close_answered(number: str, *, now: datetime) -> None:
    """Closes an inquiry that has got its last answer; a part of the action that registers answers."""
    inquiry = Case.objects.filter(process="permit_inquiry", number=number, closed_at=None).first()
    if inquiry and not PermitCheck.objects.filter(inquiry=number, ended_on=None).exists():
        take_as_system(inquiry, "close", now=now)


def register_answer(matter: Matter, answer: str, *, by: Viewer, now: datetime, **given: Any) -> None:
    """One answer about one check; by telephone it is noted, and another person confirms it."""
    if answer not in ANSWERS:
        raise HeldBackError("Svaret finns inte i listan", where=matter.number)
    inquiry = matter.fields.get("inquiry", "")
    if given.get("medium") == "phone":
        kept = {name: value for name, value in given.items() if name in ("answered_on", "reference", "applies_from")}
        take_step(matter, "phone", by=by, now=now, version=matter.version, given={**kept, "told": answer})
        return
    step = catalogue().processes["permit_check"].steps[answer]
    known = {name: given[name] for name in (*step.asks, *step.may_give) if given.get(name) not in (None, "")}
    take_step(matter, answer, by=by, now=now, version=matter.version, given=known)
    if inquiry:
        close_answered(inquiry, now=now)


def _provider(number: str, name: str) -> Provider:
    return Provider.objects.get_or_create(number=number, defaults={"name": name[:200]})[0]
