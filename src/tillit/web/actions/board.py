"""Opens boards and units, and changes what they are called.

Nothing is taken away here: matters, decisions and the log point at a board and a unit for as long as they are kept.
The short name stands in the number of every matter of a board, so it is chosen once.
"""

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Board, Grant, Unit, User
from tillit.web.queries.access import ADMINISTRATOR
from tillit.web.queries.board import boards_to_change, may_open_boards
from tillit.web.queries.role_review import HEAD
from tillit.web.rules.decided_unit import folded
from tillit.web.rules.viewer import Viewer

_SHORT_NAME = re.compile(r"[a-z][a-z0-9]{1,19}")


def open_board(
    slug: str, name: str, *, kind: str, mailbox: str = "", administrator: User, head: User, by: Viewer, now: datetime
) -> Board:
    """Opens a board with the two who give and order its first roles; all other roles come from them.

    Raises: NotForYouError for one who opens no boards; NotYourStepError where one of the two is oneself, for nobody
    gives a role to oneself; HeldBackError where they are one and the same, or the short name cannot be.
    """
    with one_press("open board", by=by, now=now):
        if not may_open_boards(by):
            raise NotForYouError("Det finns inget sådant för dig")
        if by.user.pk in (administrator.pk, head.pk):
            raise NotYourStepError("Ingen ger en roll till sig själv", fix="välj två andra")
        if administrator.pk == head.pk:
            raise HeldBackError("Den som ger roller och den som beställer dem är olika personer", fix="välj två")
        if not _SHORT_NAME.fullmatch(slug):
            raise HeldBackError(
                "Kortnamnet kan inte användas", fix="skriv två till tjugo små bokstäver a-z eller siffror, som norr"
            )
        if Board.objects.filter(slug=slug).exists():
            raise HeldBackError("Kortnamnet finns redan", fix="välj ett annat")
        board: Board = Board.objects.create(slug=slug, name=_named(name), kind=kind, mailbox=mailbox)
        for user, role in ((administrator, ADMINISTRATOR), (head, HEAD)):
            Grant.objects.create(user=user, role=role, board=board, valid_from=by.day)
        details = {"board": board.pk, "administrator": administrator.pk, "head": head.pk}
        log.write("change", "open board", by=by.user, at=now, details=details)
        return board


def change_board(
    board: Board, *, name: str, kind: str, mailbox: str, connected: bool, by: Viewer, now: datetime
) -> None:
    """Changes what a board is called, where others ask it, and whether its people log in here.

    Raises: NotForYouError at a board that the viewer does not keep.
    """
    with one_press("change board", by=by, now=now):
        known = _kept(board, by)
        told = {"name": _named(name), "kind": kind, "mailbox": mailbox, "connected": connected}
        changed = {field: value for field, value in told.items() if getattr(known, field) != value}
        if changed:
            Board.objects.filter(pk=known.pk).update(**changed)
            log.write("change", "change board", by=by.user, at=now, details=_told(known, changed))


def open_unit(
    board: Board, name: str, *, default: bool = False, apart: bool = False, by: Viewer, now: datetime
) -> Unit:
    """Opens a unit in a board; the default one takes over what no decision places.

    Raises: NotForYouError; HeldBackError where the board has a unit that decisions would call the same.
    """
    with one_press("open unit", by=by, now=now):
        known = _kept(board, by)
        called = _free(known, name)
        units = Unit.objects.filter(board=known)
        slug = _slug(called, units)
        if default:
            units.update(default=False)
        unit: Unit = Unit.objects.create(board=known, slug=slug, name=called, default=default, apart=apart)
        details = {"board": known.pk, "unit": unit.pk, "default": int(default)}
        log.write("change", "open unit", by=by.user, at=now, details=details)
        return unit


def change_unit(unit: Unit, *, name: str, default: bool, apart: bool = False, by: Viewer, now: datetime) -> None:
    """Changes what a unit is called, or makes it the default one; another is made so to relieve it.

    Raises: NotForYouError; HeldBackError as when it is opened.
    """
    with one_press("change unit", by=by, now=now):
        known = _kept(unit.board, by)
        called = _free(known, name, but=unit)
        if default and not unit.default:
            Unit.objects.filter(board=known).update(default=False)
        told = {"name": called, "default": default or unit.default, "apart": apart}
        changed = {field: value for field, value in told.items() if getattr(unit, field) != value}
        if changed:
            Unit.objects.filter(pk=unit.pk).update(**changed)
            log.write("change", "change unit", by=by.user, at=now, details=_told(known, changed) | {"unit": unit.pk})


def _kept(board: Board, by: Viewer) -> Board:
    # Locked, so that two who make a default unit at once come one after another.
    found = boards_to_change(by).select_for_update().filter(pk=board.pk).first()
    if found is None:
        raise NotForYouError("Det finns ingen sådan nämnd för dig")
    return found


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise HeldBackError("Namnet saknas", fix="skriv namnet som det står i beslut")
    return said


def _free(board: Board, name: str, *, but: Unit | None = None) -> str:
    said = _named(name)
    others = [one for one in Unit.objects.filter(board=board) if one != but]
    if folded(said) in {folded(word) for one in others for word in (one.name, one.slug)}:
        raise HeldBackError("Nämnden har redan en enhet som heter så", fix="skriv ett annat namn")
    return said


def _slug(name: str, units: QuerySet[Unit]) -> str:
    slug, taken = slugify(name)[:45] or "enhet", set(units.values_list("slug", flat=True))
    return slug if slug not in taken else next(f"{slug}-{n}" for n in range(2, 1000) if f"{slug}-{n}" not in taken)


def _told(board: Board, changed: dict[str, Any]) -> dict[str, Any]:
    # Which fields, never their text: a line of the log can never be taken away.
    return {
        "board": board.pk,
        **{field: int(value) if isinstance(value, bool) else 1 for field, value in changed.items()},
    }
