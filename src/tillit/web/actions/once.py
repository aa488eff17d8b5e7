"""The same form sent twice is saved once: a double press, or one who goes back and sends it again."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from tillit.errors import RefusedError
from tillit.web.models import Press

WITHIN = timedelta(minutes=10)
"""Later than so, the same words are written anew on purpose."""

_sent: ContextVar[Callable[[], str]] = ContextVar("sent", default=lambda: "")


class AlreadySavedError(RefusedError):
    """The same form was sent and saved a moment ago."""


def key_of(user: int, path: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The hash of a form: who sent it, where, and every value in it.

    >>> key_of(1, "/a/", {"text": ["x"]}) == key_of(2, "/a/", {"text": ["x"]})
    False
    """
    said = json.dumps([user, path, {name: list(fields[name]) for name in sorted(fields)}], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


@contextmanager
def form(key: Callable[[], str]) -> Iterator[None]:
    """Around a request, which is asked for the hash of its form only where an action wants to know."""
    token = _sent.set(key)
    try:
        yield
    finally:
        _sent.reset(token)


def only_once(*, now: datetime) -> None:
    """In the transaction of an action that makes something new: what is not saved is not remembered as sent.

    Raises: AlreadySavedError where the same form was saved just before. Outside a request it does nothing.
    """
    key = _sent.get()()
    if not key:
        return
    before, made = Press.objects.get_or_create(key=key, defaults={"at": now})
    if made:
        return
    # Of two who find an old one, the one whose update still finds it as it was goes on.
    if before.at > now - WITHIN or not Press.objects.filter(pk=before.pk, at=before.at).update(at=now):
        raise AlreadySavedError("Det här har du redan skickat, och det är sparat en gång", fix="gå till ditt arbete")


def forget(*, before: datetime) -> int:
    """Takes away what was sent long ago."""
    return Press.objects.filter(at__lt=before).delete()[0]
