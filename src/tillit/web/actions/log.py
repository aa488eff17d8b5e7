"""Adds to the log, in the transaction of what is logged: where the log cannot be written nothing happens."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from tillit.store import chain
from tillit.web.models import Entry, Head, Matter, User
from tillit.web.queries.log import line_of


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
    """Adds one line to the chain: kind is read, change or refused.

    Takes: `number` where a matter was asked for that was not found; `details` of codes and whole numbers,
    never a name, a text someone wrote or an identity number: a line of the log can never be taken away.
    """
    with transaction.atomic():
        head = _locked_head()
        entry = Entry(
            count=head.count + 1,
            at=at.astimezone(UTC),
            by=by,
            kind=kind,
            what=what,
            board=matter.board.slug if matter else "",
            matter=matter.number if matter else number[:40],
            zone=matter.zone if matter else "",
            purpose=purpose[:200],
            details=dict(details or {}),
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
