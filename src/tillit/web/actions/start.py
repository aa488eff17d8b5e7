"""What must hold before the first request: content that works, gates and seals laid by it, and the walls in place."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from tillit.catalogue import State
from tillit.errors import TillitError
from tillit.web.models import Gate, Seal, second_wall, walls
from tillit.web.rules.content import catalogue


class NotSafeError(TillitError):
    """The database would not refuse what it should; Tillit does not start."""


def start() -> None:
    """Lays the gates and the seals and proves the walls; called by wsgi.py and the worker.

    Raises: ContentErrors, NotSafeError.
    """
    lay_gates()
    lay_seals()
    prove_walls()


def lay_gates() -> None:
    """Writes the states that need a hearing, as the process files say, where the triggers read them."""
    _lay(Gate, {(process, name) for process, name, state in _states() if state.needs_hearing})


def lay_seals() -> None:
    """Writes the states in which what stands is never changed, as the process files say."""
    _lay(Seal, {(process, name) for process, name, state in _states() if state.sealed})


def _states() -> Iterator[tuple[str, str, State]]:
    for process in catalogue().processes.values():
        for name, state in process.states.items():
            yield process.process, name, state


def _lay(model: type[Gate] | type[Seal], wanted: set[tuple[str, str]]) -> None:
    rows: Any = model._default_manager
    with transaction.atomic():
        there = {(one.process, one.state): one.pk for one in rows.all()}
        rows.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
        new = [model(process=process, state=state) for process, state in sorted(wanted - set(there))]
        rows.bulk_create(new, ignore_conflicts=True)


def prove_walls() -> None:
    """Every trigger stands, and on PostgreSQL nobody who logs in passes by row-level security.

    Raises: NotSafeError that says what to do.
    """
    missing = walls.missing(connection)
    if missing:
        raise NotSafeError(f"triggers are missing: {', '.join(missing)}", where="database", fix="run: migrate")
    bypasses = second_wall.why_not_safe(connection)
    if bypasses:
        raise NotSafeError(bypasses, where="database", fix="give Tillit a log-in of its own, see docs/operations")
