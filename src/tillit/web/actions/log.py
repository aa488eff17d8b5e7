"""Adds to the log, in the transaction of what is logged: where the log cannot be written nothing happens."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from tillit.web.models import Entry, Head, Matter, User

FIRST = "0" * 64


def write(
    kind: str,
    what: str,
    *,
    by: User | None,
    at: datetime,
    matter: Matter | None = None,
    board: str = "",
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one line to the chain. `details` holds codes and numbers, never a name or an identity number.

    Raises: TransactionManagementError outside a transaction.
    """
    with transaction.atomic(durable=False):
        head = Head.objects.select_for_update().first() or Head.objects.create(hash=FIRST)
        entry = Entry(
            at=at.astimezone(UTC),
            by=by,
            kind=kind,
            what=what,
            board=board or (matter.board.slug if matter else ""),
            matter=matter.number if matter else "",
            purpose=purpose,
            details=dict(details or {}),
            previous=head.hash,
        )
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
        head.hash, head.count = entry.hash, head.count + 1
        head.save(update_fields=["hash", "count"])
        return entry


def hash_of(entry: Entry) -> str:
    """The hash of a line: over its canonical JSON, made in Python so that every database gives the same."""
    said = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "kind": entry.kind,
        "what": entry.what,
        "board": entry.board,
        "matter": entry.matter,
        "purpose": entry.purpose,
        "details": entry.details,
        "previous": entry.previous,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
