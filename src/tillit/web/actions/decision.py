"""Mirrors the decisions on assistance that a delivery holds: what has changed is a new row, and the old one is kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pyarrow.parquet import ParquetFile

from tillit.store import Store, code
from tillit.web.models import Board, Decision

AREA = "personal_assistance"
COVERS = {"municipality": "whole", "fk": "first_hours", "region": "other_payer"}
"""What the municipality answers for, by who pays. A temporary increase or an advance is said by the decision's kind."""

_COLUMNS = ("provider_number", "arrangement", "cover", "minutes", "per", "month_factor", "weighted", "double_bank")
_COMPARED = (*_COLUMNS, "double_slots", "valid_to", "client_code")


def bring_decisions(store: Store, sha256: str, *, board: Board, now: datetime) -> None:
    """Brings in one delivery, as a part of another action, which holds the transaction. Done again it gives the same.

    A decision that the delivery says otherwise is known so from now on; what was known before stays, for what was
    settled then. What a person typed beside it (the day a client was told) goes along to the new row.
    """
    slots: dict[str, list[list[int | None]]] = {}
    for row in _rows(store, "double_slot", sha256):
        said = [row.get("weekday"), row["from_minute"], row["to_minute"], row.get("extra_workers") or 1]
        slots.setdefault(str(row["decision_id"]), []).append(said)
    for row in _rows(store, "decision", sha256):
        if row["service_area"] == AREA:
            _bring(row, slots.get(str(row["decision_id"]), []), sha256, board, now)


def _bring(row: Mapping[str, Any], slots: list[list[int | None]], sha256: str, board: Board, now: datetime) -> None:
    said: dict[str, Any] = {
        "client_code": code(row["client_id"]),
        "provider_number": row.get("provider_id") or "",
        "arrangement": row.get("arrangement") or "",
        "cover": COVERS[row.get("payer") or "municipality"],
        "minutes": row["granted_minutes"],
        "per": row["per"],
        "month_factor": row.get("month_factor"),
        "weighted": row.get("granted_is_weighted") is not False,
        "double_bank": row.get("double_bank_minutes") or 0,
        "double_slots": sorted(slots, key=str),
        "valid_to": row.get("valid_to"),
    }
    known = {"board": board, "number": str(row["decision_id"])[:60], "valid_from": row["valid_from"]}
    old = Decision.objects.filter(**known, known_to=None).first()
    if old and all(getattr(old, name) == said[name] for name in _COMPARED):
        return
    if old:
        said |= {name: getattr(old, name) for name in ("told_on", "agreed_on", "payee", "raised", "own_rate_ore")}
        Decision.objects.filter(pk=old.pk).update(known_to=now)
    Decision.objects.create(**known, **said, known_from=now, source=sha256)


def _rows(store: Store, table: str, sha256: str) -> Iterator[dict[str, Any]]:
    for path in store.parquet(table, [sha256]):
        with ParquetFile(path) as file:
            for batch in file.iter_batches(1_000):
                yield from batch.to_pylist()
