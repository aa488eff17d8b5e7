"""The annual wheel as its page shows it: the months, what is done in each, and what a task has opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tillit.catalogue import Parameter, WheelTask
from tillit.letters import MONTHS
from tillit.web.models import Board, Case
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Planned:
    """A task in a month; with the next meeting and when work on it begins, and the case where there is one."""

    task: WheelTask
    opens_on: date | None
    meeting_on: date | None
    case: Case | None
    no_board: bool


@dataclass(frozen=True)
class Month:
    """A month of the wheel."""

    word: str
    now: bool
    planned: list[Planned]


def wheel(viewer: Viewer) -> list[Month]:
    """The twelve months, the present one first."""
    begins = viewer.day.month
    months = [(begins - 1 + step) % 12 + 1 for step in range(12)]
    return [Month(MONTHS[one - 1], one == begins, list(_planned(one, viewer))) for one in months]


def running_out(viewer: Viewer) -> list[Parameter]:
    """The quantities that are not known any more, or soon are not: what counts with them is refused, never guessed."""
    last = viewer.day + timedelta(days=whole("content.warn_days", viewer.day))
    known = [one for one in catalogue().parameters.values() if one.known_until and one.known_until <= last]
    return sorted(known, key=lambda one: (one.known_until or date.max, one.id))


def _planned(month: int, viewer: Viewer) -> Iterator[Planned]:
    for task in catalogue().annual_wheel.tasks:
        if month not in task.months:
            continue
        if task.opens is None:
            yield Planned(task, None, None, None, no_board=False)
            continue
        year = viewer.day.year + (task.opens.meeting.of(viewer.day.year) < viewer.day)
        dates, last = task.opens.dates(year), task.opens.period(year).last.isoformat()
        known = readable(Case, viewer).filter(process=task.opens.process, fields__last=last).first()
        there = Board.objects.filter(slug=task.opens.board).exists()
        yield Planned(task, dates["opens"], dates["meeting_on"], known, no_board=not there)
