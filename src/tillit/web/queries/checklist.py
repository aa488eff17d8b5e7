"""The check lists of a matter: those begun with what is answered, and those that belong where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tillit.catalogue import Checklist, Phase, checklists_of
from tillit.web.models import Board, LocalQuestions, Matter, Signal, Unit
from tillit.web.queries.course import process_of
from tillit.web.rules.attention import checks_left
from tillit.web.rules.checklist import Filled, belonging, points_left, runs_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Points:
    """What a matter's page shows of check lists: those begun, and those that can be begun.

    `now` are the control points of the phase that the matter is in (M165), and those of increased attention (M009);
    `other` the rest that fit it.
    """

    phase: Phase | None
    begun: list[Filled]
    now: list[Checklist]
    other: list[Checklist]


def points(matter: Matter, marks: Sequence[Signal], *, ever_marked: bool = True) -> Points | None:
    """The check lists of a matter that the viewer already reads; none where there is nothing to fill in.

    Takes: the marks that are on it, which demand the extra list for as long as they stand, and whether there ever was
    one: where there was none, and the process has no other list, nothing has been begun.
    """
    process = process_of(matter)
    lists = checklists_of(catalogue(), process)
    if not lists or (not ever_marked and all(one.for_marked for one in lists)):
        return None
    begun = runs_of(matter)
    state = process.states[matter.state]
    if state.sealed or state.final:
        return Points(None, begun, [], []) if begun else None
    open_ = {one.run.checklist for one in begun if one.left}
    wanted = [*checks_left(lists, marks, begun), *points_left(matter, process, lists, runs=begun)]
    now = [one for one in wanted if one.id not in open_]
    named = {one.id for one in now} | {one.run.checklist for one in begun}
    fitting = belonging(lists, process, matter.fields, None)
    other = [one for one in fitting if one.id not in named]
    return Points(state.phase, begun, now, other) if begun or now or other else None


def run_of(matter: Matter, pk: int) -> Filled | None:
    """One run of a matter."""
    return next((one for one in runs_of(matter) if one.run.pk == pk), None)


def questions_for(checklist: Checklist, *, board: Board, unit: Unit | None) -> dict[str, dict[str, Any]]:
    """The questions as they are asked today: those of the content, then the board's own and the unit's own."""
    asked: dict[str, dict[str, Any]] = {
        name: one.model_dump(exclude_none=True) for name, one in checklist.questions.items()
    }
    for version in standing(checklist.id, board=board, unit=unit):
        asked |= {name: {**one, "own": True} for name, one in version.questions.items()}
    return asked


def standing(checklist: str, *, board: Board, unit: Unit | None) -> list[LocalQuestions]:
    """The versions of own questions that hold: the last one of the board, and of the unit."""
    last = [last_version(checklist, board=board, unit=one) for one in (None, unit)]
    return [one for one in dict.fromkeys(last) if one]


def last_version(checklist: str, *, board: Board, unit: Unit | None) -> LocalQuestions | None:
    """The version of a board's (unit None) or a unit's own questions that holds today."""
    found = LocalQuestions.objects.filter(checklist=checklist, board=board, unit=unit)
    return found.order_by("-revision").first()


def versions(checklist: str) -> list[LocalQuestions]:
    """Every version of own questions at the boards in scope, the newest first."""
    found = LocalQuestions.objects.filter(checklist=checklist).select_related("board", "unit", "by")
    return list(found.order_by("-at", "-pk"))


def places(viewer: Viewer, roles: set[str]) -> list[tuple[Board, Unit | None]]:
    """Where the viewer may change own questions: boards as a whole, and units."""
    found: list[tuple[Board, Unit | None]] = []
    for board in Board.objects.order_by("name"):
        if viewer.has(roles, board=board.pk):
            found.append((board, None))
        units = Unit.objects.filter(board=board).order_by("name")
        found += [(board, unit) for unit in units if viewer.has(roles, board=board.pk, unit=unit.pk)]
    return found
