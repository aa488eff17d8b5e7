"""Begins check lists, answers their questions, and changes a municipality's own questions, a version at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tillit.catalogue import checklists_of
from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.actions.step import may_take
from tillit.web.models import Board, ChecklistRun, LocalQuestions, Matter, Reply, Unit
from tillit.web.queries.checklist import last_version, questions_for, standing
from tillit.web.queries.course import process_of
from tillit.web.queries.matter import readable
from tillit.web.rules.checklist import runs_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer

REPLIES = ("yes", "no", "not_applicable")
LONGEST = {"source": 200, "comment": 2000, "question": 300}
MOST = 30
"""Own questions in a check list: more than that nobody answers with care."""


class WrongReplyError(RefusedError):
    """An answer that is none of the three, or to a question that was not asked."""


class WrongQuestionError(RefusedError):
    """An own question that is empty, too long, or one too many."""


@dataclass(frozen=True)
class Given:
    """An answer as it is given: the reply, where it was found, and a comment."""

    reply: str
    source: str = ""
    comment: str = ""


def begin_checklist(matter: Matter, checklist: str, *, by: Viewer, now: datetime) -> ChecklistRun:
    """Begins a check list in a matter, with the questions as they stand today.

    Raises: NotForYouError, NotYourStepError, HeldBackError where it is being filled in already.
    """
    with one_press("begin checklist", by=by, now=now, matter=matter):
        found = _may_fill(matter, by)
        lists = {one.id: one for one in checklists_of(catalogue(), process_of(found))}
        if checklist not in lists:
            raise NotForYouError("Det finns ingen sådan checklista för ärendet")
        if any(one.run.checklist == checklist and one.left for one in runs_of(found)):
            raise HeldBackError("Checklistan är redan påbörjad", where=found.number, fix="fyll i den som finns")
        added = standing(checklist, board=found.board, unit=found.unit)
        run: ChecklistRun = ChecklistRun.objects.create(
            matter=found,
            checklist=checklist,
            revision=lists[checklist].revision,
            added={one.unit.slug if one.unit else one.board.slug: one.revision for one in added},
            asked=questions_for(lists[checklist], board=found.board, unit=found.unit),
            begun_by=by.user,
            begun_at=now,
        )
        details = {"checklist": int(checklist.removeprefix("CL")), "revision": run.revision, "run": run.pk}
        log.write("change", "begin checklist", by=by.user, at=now, matter=found, details=details)
        return run


def answer_checklist(run: ChecklistRun, given: Mapping[str, Given], *, by: Viewer, now: datetime) -> int:
    """Answers questions of a run. An answer that changes an earlier one is added after it; what is the same is not.

    Gives: how many answers were added.
    Raises: NotForYouError, NotYourStepError, WrongReplyError.
    """
    matter = Matter.objects.select_related("board", "unit").get(pk=run.matter_id)
    with one_press("answer checklist", by=by, now=now, matter=matter):
        _may_fill(matter, by)
        before = next(one.replies for one in runs_of(matter) if one.run.pk == run.pk)
        for name, one in given.items():
            if name not in run.asked or one.reply not in REPLIES:
                raise WrongReplyError("Svara ja, nej eller ej aktuellt på en fråga som finns i listan")
            for part in ("source", "comment"):
                if len(getattr(one, part)) > LONGEST[part]:
                    raise WrongReplyError("Svaret är för långt", fix=f"skriv högst {LONGEST[part]} tecken")
        new = [(name, one) for name, one in given.items() if name not in before or _differs(before[name], one)]
        Reply.objects.bulk_create(
            Reply(
                run=run, matter=matter, question=name, reply=one.reply, source=one.source, comment=one.comment,
                by=by.user, at=now,
            )
            for name, one in new
        )  # fmt: skip
        if new:
            details = {"run": run.pk, "answers": len(new)}
            log.write("change", "answer checklist", by=by.user, at=now, matter=matter, details=details)
        return len(new)


def change_questions(
    checklist: str,
    questions: Mapping[str, Mapping[str, str]],
    *,
    by: Viewer,
    now: datetime,
    board: Board,
    unit: Unit | None = None,
    revision: int,
) -> LocalQuestions:
    """Sets the own questions of a board or a unit in a check list: a new version; runs that are begun keep theirs.

    Takes: name -> sv, source, if_no; the revision that the person saw, 0 where there was none.
    Raises: NotForYouError, WrongQuestionError, SomeoneWasFasterError.
    """
    with one_press("change checklist", by=by, now=now):
        if checklist not in catalogue().checklists or (unit and unit.board_id != board.pk):
            raise NotForYouError("Det finns ingen sådan checklista")
        if not by.has(roles_of("checklists_change"), board=board.pk, unit=unit.pk if unit else None):
            raise NotYourStepError("Din roll ändrar inte checklistor", fix="be en chef")
        own = {name: _question(one) for name, one in questions.items()}
        if len(own) > MOST:
            raise WrongQuestionError(f"Högst {MOST} egna frågor", fix="ta bort någon först")
        last = last_version(checklist, board=board, unit=unit)
        if (last.revision if last else 0) != revision:
            raise SomeoneWasFasterError("Någon annan ändrade checklistan nyss", fix="läs sidan igen")
        made: LocalQuestions = LocalQuestions.objects.create(
            board=board, unit=unit, checklist=checklist, revision=revision + 1, questions=own, by=by.user, at=now
        )
        details = {"checklist": int(checklist.removeprefix("CL")), "revision": made.revision, "board": board.pk}
        log.write("change", "change checklist", by=by.user, at=now, details=details)
        return made


def _question(given: Mapping[str, str]) -> dict[str, str]:
    texts = {part: given.get(part, "").strip() for part in ("sv", "source", "if_no")}
    if not texts["sv"] or not texts["if_no"]:
        raise WrongQuestionError("Skriv frågan, och vad som händer om svaret är nej")
    if any(len(text) > LONGEST["question"] for text in texts.values()):
        raise WrongQuestionError("Frågan är för lång", fix=f"skriv högst {LONGEST['question']} tecken")
    return {**texts, "en": "", "weighs": "minor"}


def _differs(before: Reply, given: Given) -> bool:
    return (before.reply, before.source, before.comment) != (given.reply, given.source, given.comment)


def _may_fill(matter: Matter, by: Viewer) -> Matter:
    found = readable(Matter, by).select_related("board", "unit").filter(pk=matter.pk).first()
    if found is None:
        raise NotForYouError("Det finns inget sådant ärende för dig")
    if not may_take(found, by):
        raise NotYourStepError("Din roll fyller inte i checklistor här", where=found.number)
    state = process_of(found).states[found.state]
    if state.sealed or state.final:
        raise HeldBackError("Det är underskrivet och ändras inte", where=found.number, fix="lägg till en rättelse")
    return found
