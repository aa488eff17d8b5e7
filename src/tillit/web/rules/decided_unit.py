"""At which unit a finding belongs: where the decision about its client, or the provider's decisions, say that it is.

Where they say nothing that the board knows, or two things, it is the board's default unit (docs/decisions/0016).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from pyarrow.parquet import ParquetFile

from tillit.store import Store, code
from tillit.web.models import Board, Unit


class Placed(Protocol):
    """What belongs at a unit: a finding, or a payment that is reviewed. Days are ISO text, as findings have them."""

    @property
    def client(self) -> str | None: ...
    @property
    def provider(self) -> str | None: ...
    @property
    def period_from(self) -> str | None: ...
    @property
    def period_to(self) -> str | None: ...


@dataclass(frozen=True)
class Decided:
    """What one decision says: which unit made it, about whose service by whom, on which days."""

    unit: str
    provider: str | None
    first: date
    last: date


@dataclass
class Decisions:
    """The decisions that name a unit, by client (as a code) and by provider."""

    of_client: dict[str, list[Decided]] = field(default_factory=lambda: defaultdict(list))
    of_provider: dict[str, list[Decided]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Units:
    """A board's units: by every name that a file may call them by, and the default one."""

    named: Mapping[str, int]
    default: int | None


def units_of(board: Board) -> Units:
    """The units of a board."""
    units = list(Unit.objects.filter(board=board))
    named = {folded(name): unit.pk for unit in units for name in (unit.slug, unit.name)}
    return Units(named, next((unit.pk for unit in units if unit.default), None))


def decisions(store: Store, deliveries: Iterable[Mapping[str, Any]]) -> Decisions:
    """What the decisions among these deliveries say of units."""
    found = Decisions()
    for file in store.parquet("decision", [str(one["sha256"]) for one in deliveries]):
        parquet = ParquetFile(file)
        columns = ["client_id", "unit", "provider_id", "valid_from", "valid_to"]
        if "unit" not in parquet.schema_arrow.names:
            continue
        for batch in parquet.iter_batches(columns=[name for name in columns if name in parquet.schema_arrow.names]):
            for row in batch.to_pylist():
                if row["unit"]:
                    _keep(found, row)
    return found


def unit_of(finding: Placed, decisions: Decisions, units: Units) -> int | None:
    """The unit of a finding: the one that its decisions name, where they name one alone; else the default one."""
    first, last = finding.period_from, finding.period_to or finding.period_from
    span = (date.fromisoformat(first[:10]), date.fromisoformat(last[:10])) if first and last else None
    return unit_for(finding.client, finding.provider, span, decisions, units)


def unit_for(
    client: str | None, provider: str | None, span: tuple[date, date] | None, decisions: Decisions, units: Units
) -> int | None:
    """The unit for a client (a code) and a provider, on the days between the first and the last."""
    if client:
        told = decisions.of_client.get(client, [])
        told = _narrowed(told, [one for one in told if not span or (one.first <= span[1] and span[0] <= one.last)])
        told = _narrowed(told, [one for one in told if one.provider == provider])
    else:
        told = decisions.of_provider.get(provider or "", [])
    found = {units.named[folded(one.unit)] for one in told if folded(one.unit) in units.named}
    return found.pop() if len(found) == 1 else units.default


def _keep(found: Decisions, row: Mapping[str, Any]) -> None:
    provider = row.get("provider_id")
    decided = Decided(row["unit"], provider, row["valid_from"] or date.min, row.get("valid_to") or date.max)
    found.of_client[code(row["client_id"])].append(decided)
    if provider:
        found.of_provider[provider].append(decided)


def _narrowed(told: list[Decided], fewer: list[Decided]) -> list[Decided]:
    return fewer or told


def folded(name: str) -> str:
    """The name of a unit as it is looked for: neither case nor spaces tell two apart."""
    return " ".join(name.casefold().split())
