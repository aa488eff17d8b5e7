"""Adds to the log, in the transaction of what is logged: where the log cannot be written nothing happens."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from tillit.store import chain
from tillit.web.models import Entry, Head, Matter, User
from tillit.web.queries.log import line_of


@dataclass(frozen=True)
class Line:
    """What a line says: kind is read, change or refused, and what is a code.

    `number` stands where a matter was asked for and not found. `details` holds codes and whole numbers, never a
    name, a text that someone wrote or an identity number: a line of the log can never be taken away.
    """

    kind: str
    what: str
    by: User | None
    at: datetime
    matter: Matter | None = None
    number: str = ""
    purpose: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


_reads: ContextVar[list[Line] | None] = ContextVar("reads", default=None)


def write(
    kind: str,
    what: str,
    *,
    by: User | None,
    at: datetime,
    matter: Matter | None = None,
    number: str = "",
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one line to the chain, now."""
    return _add(Line(kind, what, by, at, matter, number, purpose, details or {}))


def note_read(
    what: str,
    *,
    by: User | None,
    at: datetime,
    matter: Matter | None = None,
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds a read to the chain: now, or with the other reads of a request just before it is answered."""
    line = Line("read", what, by, at, matter, "", purpose, details or {})
    waiting = _reads.get()
    if waiting is None:
        _add(line)
    else:
        waiting.append(line)


@contextmanager
def reads_written_last() -> Iterator[None]:
    """Around a request: its reads are written when its page is made and before it is sent.

    The end of the chain is locked from the first line to the end of the transaction. Written at once, a read would
    make everyone wait while one page is drawn. Where the lines cannot be written the page is not sent.
    """
    token = _reads.set([])
    try:
        yield
        lines = _reads.get() or []
        with transaction.atomic():
            for line in lines:
                _add(line)
    finally:
        _reads.reset(token)


def _add(line: Line) -> Entry:
    matter = line.matter
    # No savepoint: where a line cannot be written, all that it tells of is undone with it.
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        entry = Entry(
            count=head.count + 1,
            at=line.at.astimezone(UTC),
            by=line.by,
            kind=line.kind,
            what=line.what,
            board=matter.board.slug if matter else "",
            matter=matter.number if matter else line.number[:40],
            zone=matter.zone if matter else "",
            purpose=line.purpose[:200],
            details=dict(line.details),
            previous=head.hash,
        )
        entry.hash = chain.hash_of(line_of(entry))
        entry.save(force_insert=True)
        head.hash, head.count = entry.hash, entry.count
        head.save(update_fields=["hash", "count"])
        return entry


def _locked_head() -> Head:
    # The head is locked until the transaction ends: lines come one after another, whoever writes them.
    found = Head.objects.select_for_update().filter(pk=1).first()
    if found is None:
        Head.objects.get_or_create(pk=1, defaults={"hash": chain.FIRST})
        found = Head.objects.select_for_update().get(pk=1)
    return found
