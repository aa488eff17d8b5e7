"""Which reports a month expects: the decisions on assistance in force, and what they give for the month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pyarrow.parquet import read_table

from tillit.store import Store, code
from tillit.units import month_minutes
from tillit.web.rules.time_report import last_day

ARRANGED = {"own_employer": "own_employer", "municipality": "municipality"}
COLUMNS = (
    "decision_id", "client_id", "service_area", "provider_id", "arrangement", "granted_minutes", "per", "month_factor",
    "granted_is_weighted", "valid_from", "valid_to", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class Granted:
    """What is decided for a client at a provider, as far as a report of the month needs it."""

    client: str
    provider: str
    decision: str
    arrangement: str
    minutes: int | None
    weighted: bool
    first: date
    last: date
    unit: str


def granted_in(store: Store, deliveries: Iterable[Mapping[str, Any]], month: date) -> list[Granted]:
    """The decisions on assistance in force in a month, one for each client and provider, by client.

    Where two are in force for the same, the later one is told, and their hours are not added up: nobody has said that
    they may be. The hours are None where the decision is not for weeks, months or days, or not for the whole month.
    """
    found: dict[tuple[str, str], tuple[date, Granted]] = {}
    for file in store.parquet("decision", [str(one["sha256"]) for one in deliveries]):
        table = read_table(file)
        table = table.select([name for name in COLUMNS if name in table.column_names])
        for row in table.to_pylist():
            last = row.get("valid_to") or date.max
            if row["service_area"] != "personal_assistance" or not row.get("provider_id"):
                continue
            if row["valid_from"] > last_day(month) or last < month:
                continue
            one = _granted(row, month, last)
            key, before = (one.client, one.provider), found.get((one.client, one.provider))
            if before is None or before[0] <= row["valid_from"]:
                two = before is not None and before[1].decision != one.decision
                found[key] = (row["valid_from"], _without_hours(one) if two else one)
    return [one for _from, one in sorted(found.values(), key=lambda each: (each[1].client, each[1].provider))]


def _granted(row: Mapping[str, Any], month: date, last: date) -> Granted:
    whole = row["valid_from"] <= month and last >= last_day(month)
    return Granted(
        client=code(row["client_id"]),
        provider=str(row["provider_id"]),
        decision=str(row["decision_id"])[:60],
        arrangement=ARRANGED.get(row.get("arrangement") or "", "provider"),
        minutes=_minutes(row, month) if whole else None,
        weighted=row.get("granted_is_weighted") is not False,
        first=max(row["valid_from"], month),
        last=min(last, last_day(month)),
        unit=row.get("unit") or "",
    )


def _minutes(row: Mapping[str, Any], month: date) -> int | None:
    granted = int(row["granted_minutes"])
    match row["per"]:
        case "month":
            return granted
        case "day":
            return granted * last_day(month).day
        case "week":
            factor = row.get("month_factor")
            return month_minutes(granted, month.year, month.month, Decimal(str(factor)) if factor else None)
        case _:
            return None


def _without_hours(one: Granted) -> Granted:
    return Granted(**{**one.__dict__, "minutes": None})
