"""What must hold before the first request: content that works, gates laid as it says, and the walls in their place."""

from django.db import connection, transaction

from tillit.errors import TillitError
from tillit.web.models import Gate, second_wall, walls
from tillit.web.rules.content import catalogue


class NotSafeError(TillitError):
    """The database would not refuse what it should; Tillit does not start."""


def start() -> None:
    """Lays the gates and proves the walls; called by wsgi.py and the worker.

    Raises: ContentErrors, NotSafeError.
    """
    lay_gates()
    prove_walls()


def lay_gates() -> None:
    """Writes the states that need a hearing, as the process files say, where the triggers read them."""
    wanted = {
        (process.process, name)
        for process in catalogue().processes.values()
        for name, state in process.states.items()
        if state.needs_hearing
    }
    with transaction.atomic():
        there = {(gate.process, gate.state): gate.pk for gate in Gate.objects.all()}
        Gate.objects.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
        Gate.objects.bulk_create(
            [Gate(process=process, state=state) for process, state in sorted(wanted - set(there))],
            ignore_conflicts=True,
        )


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
