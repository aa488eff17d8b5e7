"""Whether every report has reached the coordinator: local reports without one, and boards that certify none (M022)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from tillit.units import Period
from tillit.web.models import Board, Case, Matter, NoReports
from tillit.web.rules.viewer import Viewer

REPORTS = ("ivo_report", "police_report")


@dataclass(frozen=True)
class Missing:
    """Reports of a board that are sent and not told to the coordinator: how many, and since when."""

    board: Board
    number: int
    due_on: date | None


def missing(viewer: Viewer) -> list[Missing]:
    """By board in scope: a count and the first deadline, and nothing of any report.

    The coordinator reads no matter about a person (IS5): this is all there is of them here.
    """
    sent = Case.objects.filter(process__in=REPORTS, state="sent", board__in=boards_of(viewer)).order_by()
    rows = sent.values("board").annotate(number=Count("pk"), due=Min("due_on"))
    found = {row["board"]: row for row in rows}
    boards = Board.objects.filter(pk__in=found).order_by("name")
    return [Missing(board, found[board.pk]["number"], found[board.pk]["due"]) for board in boards]


@dataclass(frozen=True)
class Coverage:
    """How complete a board's reports are in a period."""

    board: Board
    told: int
    missing: int
    certified: bool

    @property
    def state(self) -> str:
        """missing, told, certified, or silent: neither a report nor a certificate."""
        return "missing" if self.missing else "told" if self.told else "certified" if self.certified else "silent"


def coverage(viewer: Viewer, period: Period) -> list[Coverage]:
    """By board that the viewer answers for: told to the coordinator, not told, or certified that there were none."""
    span = (period.first.isoformat(), period.last.isoformat())
    told = Case.objects.filter(process="signal", fields__reported_on__gte=span[0], fields__reported_on__lte=span[1])
    sent = Case.objects.filter(process__in=REPORTS, state="sent", fields__sent_on__gte=span[0])
    sent = sent.filter(fields__sent_on__lte=span[1])
    number = {name: dict(found.order_by().values_list("board").annotate(number=Count("pk")))
              for name, found in (("told", told), ("missing", sent))}  # fmt: skip
    covers = NoReports.objects.filter(first__lte=period.first, last__gte=period.last)
    certified = set(covers.values_list("board", flat=True))
    boards = Board.objects.filter(pk__in=boards_of(viewer)).order_by("name")
    return [
        Coverage(one, number["told"].get(one.pk, 0), number["missing"].get(one.pk, 0), one.pk in certified)
        for one in boards
    ]


def certificates(viewer: Viewer) -> list[NoReports]:
    """The last certificate of each board in scope."""
    rows = NoReports.objects.filter(board__in=boards_of(viewer)).select_related("board", "by").order_by("board", "last")
    return list({row.board_id: row for row in rows}.values())


def reports_in(board: Board, first: date, last: date) -> int:
    """How many reports of a board are registered in a period, here or with the coordinator."""
    span = (first.isoformat(), last.isoformat())
    here = Matter.objects.filter(board=board, process__in=REPORTS, fields__sent_on__gte=span[0])
    told = Matter.objects.filter(board=board, process="signal", fields__reported_on__gte=span[0])
    return here.filter(fields__sent_on__lte=span[1]).count() + told.filter(fields__reported_on__lte=span[1]).count()


def boards_of(viewer: Viewer) -> list[int]:
    """The boards whose reports the viewer answers for: all for a coordinator, else where it manages commissioning."""
    if viewer.roles() & {"R10", "R11"}:
        return viewer.boards()
    return sorted({held.board for held in viewer.held if held.role == "R03" and held.board is not None})
