"""Logging in and out: the roles become what the identity provider says now, and the log tells."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from tillit.web.actions import log
from tillit.web.models import Board, Grant, Unit, User
from tillit.web.rules.claims import Claimed
from tillit.web.rules.content import catalogue

Place = tuple[str, int | None, int | None]


@transaction.atomic
def sync_roles(user: User, *, claimed: Iterable[Claimed], now: datetime) -> tuple[int, int]:
    """Makes the roles that come with the log-in the ones that are claimed now: adds, and takes away.

    Roles given locally stay. A claim that names no board is only for roles of the whole municipality;
    one that names a board or unit that is not there gives nothing.
    Gives: how many were added, and how many were taken away.
    Changes: grants of origin `claims`, the log.
    """
    wanted = {place for one in claimed if (place := _place(one))}
    # Two log-ins of the same person at once take their turns.
    User.objects.select_for_update().get(pk=user.pk)
    standing = Grant.objects.filter(user=user, origin="claims", valid_to=None)
    held = {(grant.role, grant.board_id, grant.unit_id): grant for grant in standing}
    for place, grant in held.items():
        if place not in wanted:
            # From this moment, not from tomorrow: yesterday was the last day on which it held.
            grant.valid_to = now.date() - timedelta(days=1)
            grant.save(update_fields=["valid_to"])
    for role, board, unit in wanted - set(held):
        Grant.objects.create(user=user, role=role, board_id=board, unit_id=unit, valid_from=now.date(), origin="claims")
    added, removed = len(wanted - set(held)), len(set(held) - wanted)
    if added or removed:
        details = {
            "added": sorted(place[0] for place in wanted - set(held)),
            "removed": sorted(place[0] for place in set(held) - wanted),
        }
        log.write("change", "sync roles", by=user, at=now, details=details)
    return added, removed


@transaction.atomic
def signed_in(user: User, *, now: datetime) -> None:
    """Tells the log that someone has logged in."""
    log.write("change", "sign in", by=user, at=now)


@transaction.atomic
def signed_out(user: User, *, now: datetime) -> None:
    """Tells the log that someone has logged out."""
    log.write("change", "sign out", by=user, at=now)


def _place(one: Claimed) -> Place | None:
    role = catalogue().roles.get(one.role)
    if role is None or role.external:
        return None
    if one.board is None:
        return (one.role, None, None) if role.whole_municipality else None
    board = Board.objects.filter(slug=one.board).first()
    if board is None:
        return None
    if one.unit is None:
        return one.role, board.pk, None
    unit = Unit.objects.filter(board=board, slug=one.unit).first()
    return (one.role, board.pk, unit.pk) if unit else None
