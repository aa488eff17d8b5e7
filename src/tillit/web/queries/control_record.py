"""Controls as figures: why they were made, how often all was right, what went without handwork, and what is open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from tillit.units import local_date, midnight
from tillit.web.models import Case, Matter, Run, StepTaken
from tillit.web.queries.matter import at_place, visible
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import roles_of
from tillit.web.rules.small_cells import small_cells
from tillit.web.rules.viewer import Viewer

DAYS = 365
MATCHED = ("time_entry", "time_report", "invoice", "placement")
"""Tables whose rows someone would else have to compare by hand."""


@dataclass(frozen=True)
class Reason:
    """Controls that were made for a reason: how many, how many without fault, and complaints. None: too few to show."""

    code: str
    word: str
    made: int | None
    faultless: int | None
    complaints: int | None

    @property
    def none(self) -> bool:
        """Whether there was none at all."""
        return self.made == 0 and self.complaints == 0

    @property
    def percent(self) -> int | None:
        """The share without fault, in whole per cent."""
        return (
            None if self.made is None or self.faultless is None or not self.made else 100 * self.faultless // self.made
        )


@dataclass(frozen=True)
class Matching:
    """Rows that a run compared, and those that no control pointed at: nobody has to look at them."""

    table: str
    rows: int
    touched: int

    @property
    def untouched_percent(self) -> int:
        """The share that went without handwork, in whole per cent, rounded down."""
        return 100 * (self.rows - self.touched) // self.rows if self.rows else 100


@dataclass(frozen=True)
class Open:
    """Open matters of a process, and those that are late."""

    process: str
    number: int
    late: int


def by_reason(viewer: Viewer, *, persons: bool) -> list[Reason]:
    """Signed control records of a year by the reason why they were made, of persons or of all else; none where none.

    Small numbers of persons are not shown, and no sum from which they could be told (IS4, M181).
    """
    field = catalogue().processes["control_record"].fields["why"]
    about = Q(fields__object_kind="individual")
    records = _signed(viewer).filter(about if persons else ~about)
    counted: dict[tuple[str, bool], int] = {}
    for row in records.order_by().values_list("fields__why", "fields__deviation").annotate(number=Count("pk")):
        key = (str(row[0]), row[1] == "none")
        counted[key] = counted.get(key, 0) + row[2]
    complaints = _complaints(records)
    cells: dict[tuple[str, bool], int | None] = {
        (why, fine): counted.get((why, fine), 0) for why in field.one_of for fine in (True, False)
    }
    told: dict[str, int | None] = {why: complaints.get(why, 0) for why in field.one_of}
    if persons:
        limit = whole("casework.small_cell", viewer.day)
        cells = dict(small_cells({key: number or 0 for key, number in cells.items()}, limit=limit, sum_is_shown=False))
        told = dict(small_cells({key: number or 0 for key, number in told.items()}, limit=limit, sum_is_shown=False))
    found = [_reason(why, word, cells[why, True], cells[why, False], told[why]) for why, word in field.one_of.items()]
    return [one for one in found if not one.none]


def _reason(why: str, word: str, fine: int | None, not_fine: int | None, complaints: int | None) -> Reason:
    # Where one of the two is hidden, so is their sum: else the hidden one is what is left.
    made = None if fine is None or not_fine is None else fine + not_fine
    return Reason(why, word, made, fine if made is not None else None, complaints)


def mandatory(viewer: Viewer) -> tuple[int, int]:
    """Of the signed records of a year: how many were begun while a governing document held, and how many in all.

    What was done before the document held was not mandatory, and is not counted as such (M003).
    """
    days = [local_date(at) for at in _signed(viewer).values_list("opened_at", flat=True)]
    documents = [one for one in catalogue().routines.routines if "control_record" in one.governs]
    return sum(any(one.holds(day) for one in documents) for day in days), len(days)


def matching(viewer: Viewer) -> list[Matching]:
    """What the last run at each of the viewer's boards compared, table by table."""
    boards = {held.board for held in viewer.held if held.role in roles_of("control_figures")}
    rows: dict[str, list[int]] = {}
    done = Run.objects.filter(finished_at__isnull=False, error="").order_by("board", "-finished_at", "-pk")
    seen: set[int] = set()
    for run in done if None in boards else done.filter(board__in=[one for one in boards if one]):
        if run.board_id in seen or "touched" not in run.summary:
            continue
        seen.add(run.board_id)
        for table in MATCHED:
            if number := run.summary.get("tables", {}).get(table, 0):
                sums = rows.setdefault(table, [0, 0])
                sums[0] += number
                sums[1] += run.summary["touched"].get(table, 0)
    return [Matching(table, number, touched) for table, (number, touched) in rows.items()]


def open_work(viewer: Viewer) -> list[Open]:
    """What is open of each process among what the viewer may know of, the most first."""
    late = Count("pk", filter=Q(due_on__lt=viewer.day))
    found = visible(Matter, viewer).filter(closed_at=None).order_by().values("process")
    rows: Any = found.annotate(number=Count("pk"), late=late).order_by("-number", "process")
    return [Open(row["process"], row["number"], row["late"]) for row in rows]


def since(viewer: Viewer) -> date:
    """The first day that is counted."""
    return viewer.day - timedelta(days=DAYS)


def _signed(viewer: Viewer) -> QuerySet[Case]:
    allowed = Q(pk__in=[])
    for held in viewer.held:
        if held.role in roles_of("control_figures"):
            allowed |= at_place(held)
    process = catalogue().processes["control_record"]
    sealed = [name for name, state in process.states.items() if state.sealed]
    kept = Case._default_manager.filter(allowed, process=process.process, state__in=sealed)
    return kept.filter(closed_at__gte=midnight(since(viewer)))


def _complaints(records: QuerySet[Case]) -> dict[str, int]:
    taken = StepTaken.objects.filter(step="complain", matter__in=records.order_by().values("pk"))
    rows = taken.order_by().values_list("matter__fields__why").annotate(number=Count("pk"))
    return {str(why): number for why, number in rows}
