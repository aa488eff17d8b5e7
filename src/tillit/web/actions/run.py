"""Runs the controls over what a board has delivered: asked for by a person or by the night, carried out by a job."""

from collections.abc import Callable
from datetime import date, datetime
from time import monotonic

from django.db import transaction

from tillit import engine
from tillit.store import Delivery, Store
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.finding_import import bring_in
from tillit.web.actions.invoice_import import link_findings
from tillit.web.actions.job import enqueue
from tillit.web.actions.notice import tell_of_run
from tillit.web.actions.provider_import import bring_links, bring_names
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Run, Upload, User
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import roles_of
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

_EVERY_S = 0.5  # a page asks no oftener


def start_run(*, board: Board, by: Viewer, now: datetime, day: date | None = None) -> Run:
    """Puts a run over everything a board has delivered in line.

    Takes: the day it is taken to be; today where none is given.
    Raises: NotForYouError at a board that is not the viewer's, NotYourStepError, HeldBackError while another run goes
    on, a file waits to be read, or nothing has been delivered.
    """
    with one_press("start run", by=by, now=now):
        if board.pk not in by.boards():
            raise NotForYouError("Det finns ingen sådan nämnd för dig")
        if not by.has(roles_of("run"), board=board.pk):
            raise NotYourStepError("Din roll kör inte kontroller", fix="be kontrollfunktionen")
        if goes_on(board):
            raise HeldBackError("Kontrollerna körs redan", fix="vänta tills de är klara")
        if Upload.objects.filter(board=board, delivery={}, error="").exists():
            raise HeldBackError("En fil väntar på att läsas", fix="vänta tills den är läst")
        if not accepted(board):
            raise HeldBackError("Det finns inget underlag att kontrollera", fix="lämna en fil först")
        return _put_in_line(board, day or by.day, by.user, now)


def start_nightly_runs(*, now: datetime) -> int:
    """Puts a run in line at every board that has something to run over; a job. Gives how many.

    A board where a run goes on, or a file waits to be read, is left to the next night: someone is at work there.
    """
    started = 0
    for board in Board.objects.order_by("pk"):
        with within([board.pk]), transaction.atomic():
            waits = Upload.objects.filter(board=board, delivery={}, error="").exists()
            if not waits and not goes_on(board) and accepted(board):
                _put_in_line(board, local_date(now), None, now)
                started += 1
    return started


def _put_in_line(board: Board, day: date, by: User | None, now: datetime) -> Run:
    run: Run = Run.objects.create(board=board, day=day, by=by, at=now)
    enqueue("run", now=now, given={"board": board.pk, "run": run.pk}, once=f"run:{run.pk}")
    log.write("change", "start run", by=by, at=now, details={"run": run.pk})
    return run


def goes_on(board: Board) -> bool:
    """Whether a run is under way at a board."""
    return Run.objects.filter(board=board, finished_at=None, error="").exists()


def carry_out(run: int, *, board: int, now: datetime, tell: Callable[[int], None]) -> None:
    """Asks every control that has its tables and brings in what they found; a job.

    Done again it gives the same: a run that has been brought in is not brought in again.
    Changes: the run with its summary, the findings, the log.
    """
    with within([board]):
        found = Run.objects.select_related("board").get(pk=run)
        wanted = accepted(found.board)
    if found.finished_at:
        return
    store = store_of(found.board)
    progress = _Progress(found, tell)
    # No transaction and no scope is held while the controls are asked, which may take an hour.
    delivered = _deliveries(store, wanted)
    result = engine.run(store, catalogue(), delivered, day=found.day, progress=progress)
    links = engine.provider_links(store, catalogue(), delivered, most=whole("controls.link_most", found.day))
    progress.at(90)
    with within([board]), transaction.atomic():
        bring_names(result.providers)
        bring_links(links, board=found.board, day=found.day)
        bring_in(result, run=found, store=store, now=now)
        link_findings(found.board)
        found.refresh_from_db()
        tell_of_run(found, now=now)


def run_failed(run: int, code: str, *, board: int) -> None:
    """The run came to no end: the page says so, and another may be started."""
    with within([board]):
        Run.objects.filter(pk=run, finished_at=None).update(error=code)


def _deliveries(store: Store, wanted: list[str]) -> list[Delivery]:
    return [delivery for delivery in map(store.find, wanted) if delivery is not None]


class _Progress:
    """Tells how far a run has come, to its job and to its page, now and then."""

    def __init__(self, run: Run, tell: Callable[[int], None]) -> None:
        self._run, self._tell, self._told = run, tell, 0.0

    def __call__(self, what: str, done: int, of: int) -> None:
        if monotonic() - self._told >= _EVERY_S:
            self.at(5 + 85 * done // max(of, 1))

    def at(self, percent: int) -> None:
        self._told = monotonic()
        self._tell(percent)
        with within([self._run.board_id]):
            Run.objects.filter(pk=self._run.pk, finished_at=None).update(progress=percent)
