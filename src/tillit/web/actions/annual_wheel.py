"""Opens what the annual wheel says, with its days counted back from the meeting: a job does it every day."""

from datetime import datetime

from django.db import transaction

from tillit.units import local_date
from tillit.web.actions.matter import new_case, tell_of_opening
from tillit.web.models import Board, Case
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import nobody


def open_what_is_due(*, now: datetime) -> list[Case]:
    """Opens the case of each task whose time has come and whose meeting has not been; every board is in scope.

    Done again it opens nothing more: a case for the period is there, whatever has become of it. A board that is not
    there opens nothing, and the page of the wheel says so.
    """
    day, opened = local_date(now), []
    for task in catalogue().annual_wheel.tasks:
        if task.opens is None:
            continue
        dates, period = task.opens.dates(day.year), task.opens.period(day.year)
        board = Board.objects.filter(slug=task.opens.board).first()
        if board is None or not dates.pop("opens") <= day <= dates["meeting_on"]:
            continue
        given = {name: on.isoformat() for name, on in dates.items()}
        given |= {"first": period.first.isoformat(), "last": period.last.isoformat()}
        with transaction.atomic():
            Board.objects.select_for_update().get(pk=board.pk)  # two workers open one
            known = Case.objects.filter(process=task.opens.process, board=board, fields__last=given["last"])
            if not known.exists():
                process, by = catalogue().processes[task.opens.process], nobody(now)
                title = f"{task.sv} {day.year}"
                case = new_case(process, by=by, now=now, board=board, unit=None, title=title, given=given)
                tell_of_opening(case, by=by, now=now)
                opened.append(case)
    return opened
