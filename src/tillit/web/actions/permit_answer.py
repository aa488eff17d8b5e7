"""Registers answers about permits: those typed on the page, or a whole list, of which all is stored or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tillit.errors import RefusedError
from tillit.web.actions.permit import register_answer
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.models import Case
from tillit.web.queries.permit import can_be_answered
from tillit.web.rules.permit import BAD
from tillit.web.rules.permit_list import Answered, WrongListError
from tillit.web.rules.viewer import Viewer


def register_typed(answers: Mapping[str, Mapping[str, str]], *, by: Viewer, now: datetime) -> int:
    """What was typed on the page: number of the check -> the answer, its day and how it came. Gives how many.

    Raises: NotForYouError, and what a step is refused for; then nothing is stored.
    """
    with one_press("permit answers", by=by, now=now):
        waiting = {one.number: one for one in can_be_answered(by)}
        for number, given in answers.items():
            if number not in waiting:
                raise NotForYouError("Det finns ingen sådan kontroll som väntar på svar")
            _one(waiting[number], given, by=by, now=now)
        return len(answers)


def register_list(lines: Sequence[Answered], *, medium: str, by: Viewer, now: datetime) -> int:
    """A list of answers, pasted or from a file. Gives how many were registered.

    Raises: WrongListError with the line of each that cannot be taken; then nothing is stored.
    """
    with one_press("permit answers", by=by, now=now):
        waiting = can_be_answered(by)
        wrong: list[tuple[int, str]] = []
        for line in lines:
            fits = [one for one in waiting if _fits(one, line)]
            if len(fits) != 1:
                why = (
                    "ingen kontroll av den väntar på svar"
                    if not fits
                    else "skriv vilken verksamhet och enhet svaret gäller"
                )
                wrong.append((line.line, why))
                continue
            try:
                given = {"answered_on": by.day.isoformat(), **line.given, "answer": line.answer, "medium": medium}
                _one(fits[0], given, by=by, now=now)
            except RefusedError as error:
                wrong.append((line.line, error.what))
        if wrong:
            raise WrongListError(wrong)
        return len(lines)


def _one(matter: Case, given: Mapping[str, str], *, by: Viewer, now: datetime) -> None:
    said = {name: value for name, value in given.items() if name != "answer"}
    if given["answer"] in BAD:
        said.setdefault("applies_from", said["answered_on"])
    register_answer(Case.objects.get(pk=matter.pk), given["answer"], by=by, now=now, **said)


def _fits(one: Case, line: Answered) -> bool:
    fields = one.fields
    same = fields["provider"] == line.number and (not line.service or fields["service"] == line.service)
    return same and (not line.unit or fields.get("unit", "").casefold() == line.unit.casefold())
