"""Tells every board about a signal: one line for each recipient, sent by a job once the change is committed."""

from collections.abc import Iterable
from datetime import datetime

from tillit.web.actions.job import enqueue
from tillit.web.models import Board, Matter, Signal, Told, User
from tillit.web.rules.audiences import holders_at
from tillit.web.rules.viewer import Viewer

RECEIVERS = ("R03", "R24")
"""The commissioning managers of a board; where it has none, its head of administration; else its mailbox."""


def tell_everyone(signal: Signal, what: str, *, now: datetime) -> None:
    """A message to every commissioning manager of every board (M016)."""
    _tell(signal, what, Board.objects.order_by("pk"), now)


def tell_the_same(signal: Signal, what: str, *, now: datetime) -> None:
    """A message to everyone who was told before, and to those who have come in their place (M019)."""
    before = Told.objects.filter(signal=signal)
    _tell(signal, what, Board.objects.filter(pk__in=before.values("board")).order_by("pk"), now)
    have: set[tuple[int | None, str]] = set(
        Told.objects.filter(signal=signal, what=what, made_at=now).values_list("user", "address")
    )
    for one in before.exclude(what=what).select_related("user", "board").order_by("pk"):
        address = one.user.email if one.user else one.address
        gone = one.user is not None and not one.user.is_active
        if not gone and (one.user_id, address) not in have:
            have.add((one.user_id, address))
            _add(signal, what, one.board, one.user, address, now)


def tell_board(signal: Signal, board: Board, what: str, *, now: datetime) -> None:
    """A message to one board: its commissioning managers, or else its head, or else its mailbox."""
    _tell(signal, what, [board], now)


def mark_read(matter: Matter, *, by: Viewer, now: datetime) -> None:
    """One who was told has opened the page that the message is about."""
    if matter.process in ("signal", "stand"):
        number = matter.fields.get("signal", matter.number)
        mine = Told.objects.filter(signal__number=number, board=matter.board_id, user=by.user, read_at=None)
        mine.update(read_at=now)


def receivers_at(board: Board, now: datetime) -> Iterable[User]:
    """Who is told for a board now."""
    for role in RECEIVERS if board.connected else ():
        found = list(holders_at(role, board.pk, now))
        if found:
            return found
    return []


def _tell(signal: Signal, what: str, boards: Iterable[Board], now: datetime) -> None:
    for board in boards:
        people = receivers_at(board, now)
        for user in people:
            _add(signal, what, board, user, user.email, now)
        if not people:
            _add(signal, what, board, None, board.mailbox, now)
    enqueue("signal_mail", now=now)


def _add(signal: Signal, what: str, board: Board, user: User | None, address: str, now: datetime) -> None:
    Told.objects.create(signal=signal, board=board, user=user, address=address, what=what, made_at=now)
