"""Mirrors the decisions on assistance, from a delivery or as typed: a change is a new row, and the old one is kept."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pyarrow.parquet import ParquetFile

from tillit.store import Store, code
from tillit.web.actions import log
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.refusal import HeldBackError
from tillit.web.models import Board, Decision
from tillit.web.rules.decision import read_decision

AREA = "personal_assistance"
COVERS = {"municipality": "whole", "fk": "first_hours", "region": "other_payer"}
"""What the municipality answers for in a decision that runs on, by who pays."""

_COLUMNS = ("provider_number", "arrangement", "cover", "minutes", "per", "month_factor", "weighted", "double_bank")
_COMPARED = (*_COLUMNS, "double_slots", "valid_to", "client_code")
_WHERE_TOLD = ("parental_a_day", "payee", "agreed_on", "raised")
"""What a delivery may leave out. Where it does, what is known already stays."""

_TYPED = ("told_on", "own_rate_ore")
"""What no delivery says."""


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
        "cover": _cover(row.get("payer") or "municipality", row.get("payer_kind") or "ongoing"),
        "minutes": row["granted_minutes"],
        "per": row["per"],
        "month_factor": row.get("month_factor"),
        "weighted": row.get("granted_is_weighted") is not False,
        "double_bank": row.get("double_bank_minutes") or 0,
        "double_slots": sorted(slots, key=str),
        "valid_to": row.get("valid_to"),
    }
    told = {
        "parental_a_day": row.get("parental_minutes"),
        "payee": {"provider": ""}.get(row.get("payee") or "", row.get("payee")),
        "agreed_on": row.get("agreed_on"),
        "raised": Decimal(row["raised_percent"]) / 100 if row.get("raised_percent") else None,
    }
    said |= {name: value for name, value in told.items() if value is not None}
    known = {"board": board, "number": str(row["decision_id"])[:60], "valid_from": row["valid_from"]}
    old = Decision.objects.filter(**known, known_to=None).first()
    compared = {*_COMPARED, *_WHERE_TOLD} & said.keys()
    if old and all(getattr(old, name) == said[name] for name in compared):
        return
    if old:
        said = {name: getattr(old, name) for name in (*_TYPED, *_WHERE_TOLD)} | said
        Decision.objects.filter(pk=old.pk).update(known_to=now)
    Decision.objects.create(**known, **said, known_from=now, source=sha256)


def _cover(payer: str, kind: str) -> str:
    """What the municipality answers for: an increase that another decided is that one's to pay."""
    if kind == "ongoing":
        return COVERS[payer]
    return "other_payer" if kind == "temporary" and payer != "municipality" else kind


@effect("mirror_decision")
def mirror_decision(taken: Taken) -> None:
    """Beslutet är känt från nu, som det är skrivet. Det som var känt förut står kvar för de månader som räknats av."""
    matter, fields = taken.matter, {**taken.matter.fields, **taken.given}
    said = read_decision(fields)
    known = {
        "board": matter.board,
        "number": fields["number"][:60],
        "valid_from": date.fromisoformat(fields["valid_from"]),
    }
    standing = Decision.objects.filter(board=matter.board, known_to=None)
    before = list(standing.filter(source=matter.number)) + list(standing.filter(**known).exclude(source=matter.number))
    if any(one.client_code != said["client_code"] for one in before):
        raise HeldBackError("Ett annat beslut med det numret gäller någon annan", fix="kontrollera numret och koden")
    standing.filter(pk__in=[one.pk for one in before]).update(known_to=taken.now)
    Decision.objects.create(**known, **said, known_from=taken.now, source=matter.number, by=taken.person)
    log.write("change", "mirror decision", by=taken.by, at=taken.now, matter=matter)


def _rows(store: Store, table: str, sha256: str) -> Iterator[dict[str, Any]]:
    for path in store.parquet(table, [sha256]):
        with ParquetFile(path) as file:
            for batch in file.iter_batches(1_000):
                yield from batch.to_pylist()
