"""The scope of boards: nothing that belongs to a board is found outside one, in Python and in PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django_scopes import scope

from tillit.web.models import Board
from tillit.web.models.second_wall import APP_ROLE, BOARDS


@contextmanager
def within(boards: Iterable[int]) -> Iterator[None]:
    """Everything done inside finds and changes only what belongs to these boards.

    On PostgreSQL it is one transaction in which the role and the boards are set, so that row-level security
    holds even for a query that was written wrong, and nothing of it is left in the connection afterwards.
    """
    chosen = sorted(boards)
    with scope(board=chosen):
        if connection.vendor != "postgresql":
            yield
            return
        nested = connection.in_atomic_block
        with transaction.atomic():
            before = _set_in_transaction(APP_ROLE, "{" + ",".join(map(str, chosen)) + "}")
            yield
            # An inner transaction that ends well leaves its settings to the outer one: they are put back. With a
            # transaction of its own they end by themselves.
            if nested:
                _set_in_transaction(*before)


@contextmanager
def within_all() -> Iterator[None]:
    """Every board: for jobs that no person started, as reminders. Never around what a person asked for."""
    with within(Board.objects.values_list("pk", flat=True)):
        yield


def _set_in_transaction(role: str, boards: str) -> tuple[str, str]:
    # One statement, for every request asks it; what stood before is read first, from left to right.
    # The last tells the planner that rows lie in memory or on a disk without arms: as shipped it takes them to lie on
    # one with, and then reads all of a board's matters and sorts them rather than the fifty that an index gives.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting(%s, true), ''),"
            " set_config('role', %s, true), set_config(%s, %s, true), set_config('random_page_cost', '1.1', true)",
            [BOARDS, role, BOARDS, boards],
        )
        before_role, before_boards, *_set = cursor.fetchone()
    return before_role, before_boards
