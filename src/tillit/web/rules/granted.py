"""Which reports a month expects: the decisions on assistance in force, and what they give for the month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    "granted_is_weighted", "valid_from", "valid_to", "unit", "payer_kind",
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

    A temporary increase lies on top of the decision that runs on, and their hours are added up. Where two that run on
    are in force for the same, the later one is told without hours: nobody has said that they may be added. The hours
    are None where a decision is not for weeks, months or days, or not for the whole month.
    """
    found: dict[tuple[str, str], list[tuple[str, date, Granted]]] = {}
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
            kind = str(row.get("payer_kind") or "ongoing")
            if kind != "sick_cover":  # the cost of an hour that is granted already
                found.setdefault((one.client, one.provider), []).append((kind, row["valid_from"], one))
    return [_together(each) for _who, each in sorted(found.items())]


def _together(held: list[tuple[str, date, Granted]]) -> Granted:
    """What the decisions of one client and provider come to; one that is delivered twice counts once."""
    once = {(kind, since, one.decision): one for kind, since, one in held}
    running = [(since, one) for (kind, since, _number), one in once.items() if kind != "temporary"]
    more = [one for (kind, _since, _number), one in once.items() if kind == "temporary"]
    if not running:
        return more[-1] if len(more) == 1 else _without_hours(more[-1])
    latest = max(running, key=lambda each: each[0])[1]
    parts = [latest, *more]
    if len({one.decision for _since, one in running}) > 1 or any(one.weighted != latest.weighted for one in more):
        return _without_hours(latest)
    minutes = [one.minutes for one in parts]
    total = sum(one for one in minutes if one is not None)
    return replace(latest, minutes=None if None in minutes else total)


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
    return replace(one, minutes=None)
