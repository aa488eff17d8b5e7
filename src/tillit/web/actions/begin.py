"""Begins an installation that is empty: one board, and the people from whom every other role comes."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from tillit.errors import RefusedError
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.models import Board, Grant, User
from tillit.web.rules.content import catalogue


class CannotBeginError(RefusedError):
    """The installation cannot begin so."""


@transaction.atomic
def begin(way: str, *, names: Mapping[str, str], board_name: str = "", now: datetime) -> dict[str, str]:
    """Makes the board, the accounts and their first roles.

    Takes: a way of content/plans/beginnings.yaml, and the full name of each of its people.
    Gives: the password of each new account, by the name to log in with; it is kept nowhere else.
    Raises: CannotBeginError where something is there already, or someone is missing or holds two parts.
    """
    known = catalogue().beginnings.get(way)
    if known is None:
        raise CannotBeginError(
            f"there is no way to begin called '{way}'", fix=f"one of {', '.join(catalogue().beginnings)}"
        )
    said = {part: " ".join(name.split()) for part, name in names.items()}
    for part, one in known.people.items():
        if not said.get(part):
            raise CannotBeginError(f"nobody is named as {part} ({one.en})", fix=f'give --who {part}="First Last"')
    unknown = sorted(set(said) - set(known.people))
    if unknown:
        raise CannotBeginError(f"there is no part called {', '.join(unknown)}", fix=f"one of {', '.join(known.people)}")
    accounts = {part: slugify(name).replace("-", ".") for part, name in said.items()}
    if "" in accounts.values() or len(set(accounts.values())) < len(accounts):
        raise CannotBeginError("two parts have the same name, or a name has no letters", fix="name one person a part")
    if Board.objects.exists() or User.objects.exists():
        raise CannotBeginError("it holds something already", fix="give a new folder; boards and roles are given inside")
    board = Board.objects.create(slug=known.board.slug, name=board_name or known.board.name, kind=known.board.kind)
    passwords = {}
    for part, one in known.people.items():
        passwords[accounts[part]] = secrets.token_urlsafe(12)
        user = User.objects.create_user(accounts[part], said[part], passwords[accounts[part]])
        for role in one.roles:
            where = None if catalogue().roles[role].whole_municipality else board
            Grant.objects.create(user=user, role=role, board=where, valid_from=local_date(now))
    log.write("change", "begin", by=None, at=now, details={"board": board.pk, "people": len(passwords)})
    return passwords
