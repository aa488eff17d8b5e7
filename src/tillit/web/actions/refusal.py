"""Refusals: what a person tried and may not is told to that person, and kept in the log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from django.db import connection, transaction

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.models import Matter
from tillit.web.rules.viewer import Viewer


class TurnedAwayError(RefusedError):
    """A refusal that is logged: it says something of what was tried, not only of how a form was filled.

    `details` are codes and counts for its line of the log.
    """

    details: Mapping[str, int] = {}


class NotForYouError(TurnedAwayError):
    """The viewer may not see this, or it does not exist: both are told alike, and the answer is 404."""


class NotYourStepError(TurnedAwayError):
    """The viewer sees the matter, and may not do this with it."""


class HeldBackError(TurnedAwayError):
    """A guard says that it cannot be done yet, and why."""


class SomeoneWasFasterError(RefusedError):
    """The matter was changed since it was read."""


_TURN = RLock()


@contextmanager
def _in_turn() -> Iterator[None]:
    """On SQLite the threads of a process write one after another, each in its turn.

    SQLite keeps no queue: who waits for it asks again now and then, and among many the same one can lose every time.
    Within a transaction no turn is waited for: its lock is held already, and the one whose turn it is may want it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _TURN:
        yield


@contextmanager
def one_press(
    what: str, *, by: Viewer | None, now: datetime, matter: Matter | None = None, number: str = ""
) -> Iterator[None]:
    """One action: one transaction, and where it is refused, a line of the log after all else is undone.

    A view must not put a transaction of its own around it: the line would be undone with the rest.
    """
    try:
        with _in_turn(), transaction.atomic():
            yield
    except TurnedAwayError as error:
        details = {"why": type(error).__name__, **error.details}
        user = by.user if by else None
        log.write("refused", what, by=user, at=now, matter=matter, number=number, details=details)
        raise
