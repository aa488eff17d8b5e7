"""The overlap control against a sweep over every minute, written as plainly as can be."""

from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engine.made_up import entries, many
from tests.engine.stored import deliver, new_store
from tillit.catalogue import Catalogue, load
from tillit.engine import run
from tillit.engine.duckdb import connect
from tillit.engine.example_rows import ExampleRows, person_name
from tillit.engine.examples import found_rows
from tillit.store import Finding

Row = dict[str, Any]
PRESENCE = {"active": 1, "waiting": 2, "standby": 3, "travel": 4}
BY_HAND = {"manual", None}


class Found(NamedTuple):
    worker: str
    start: int
    end: int
    rows: frozenset[str]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def minute(text: str) -> int:
    return int((datetime.fromisoformat(text) - datetime(2025, 3, 1)).total_seconds()) // 60


def minutes_of(row: Row) -> set[int]:
    return set(range(minute(row["starts_at"]), minute(row["ends_at"])))


def runs(minutes: set[int]) -> list[set[int]]:
    found: list[set[int]] = []
    for one in sorted(minutes):
        if found and one - 1 in found[-1]:
            found[-1].add(one)
        else:
            found.append({one})
    return found


def conflicts(one: Row, other: Row) -> bool:
    kinds = [PRESENCE.get(row["kind"]) for row in (one, other)]
    return None not in kinds and kinds != [4, 4] and one["client_id"] != other["client_id"]


def swept(rows: list[Row]) -> set[Found]:
    found = set()
    for worker in {row["worker_id"] for row in rows}:
        mine = [row for row in rows if row["worker_id"] == worker]
        kept = []
        for clients in combinations(sorted({row["client_id"] for row in mine}), 2):
            pairs = [
                (one, other, minutes_of(one) & minutes_of(other))
                for one, other in combinations([row for row in mine if row["client_id"] in clients], 2)
                if conflicts(one, other)
            ]
            for run_ in runs(set().union(*(both for *_, both in pairs)) if pairs else set()):
                in_run = [pair for pair in pairs if pair[2] & run_]
                by_hand = any(row["capture"] in BY_HAND for pair in in_run for row in pair[:2])
                if len(run_) > (5 if by_hand else 0):
                    kept += [(pair[0]["row"], pair[1]["row"], pair[2] & run_) for pair in in_run]
        for run_ in runs(set().union(*(both for *_, both in kept)) if kept else set()):
            names = frozenset(name for one, other, both in kept if both & run_ for name in (one, other))
            found.add(Found(worker, min(run_), max(run_) + 1, names))
    return found


@given(entries)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_a_sweep_over_every_minute_finds(catalogue: Catalogue, rows: list[Row]) -> None:
    laid = ExampleRows()
    for number, row in enumerate(rows, start=1):
        laid.add(catalogue.tables["time_entry"], row, number)
    with connect() as connection:
        found = found_rows(connection, catalogue, catalogue.control("ASS-01"), laid, date(2025, 4, 1))
    told = {
        Found(
            person_name(one["worker_id"]),
            minute(str(one["from_at"])),
            minute(str(one["to_at"])),
            frozenset(laid.names[row] for row in one["evidence"]),
        )
        for one in found
    }
    assert told == swept(rows)


def test_how_the_rows_are_split_into_deliveries_changes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    rows = many(250, seed=1)
    decisions = [{"decision_id": f"B{n}", "client_id": f"K{n}", "granted_minutes": 600} for n in range(4)]

    def found(name: str, parts: list[list[Row]]) -> list[tuple[Any, ...]]:
        store = new_store(tmp_path / name)
        made = [deliver(store, catalogue, f"{n}.csv", {"time_entry": part}) for n, part in enumerate(parts)]
        made.append(deliver(store, catalogue, "decisions.csv", {"decision": decisions}))
        return [_comparable(one) for one in run(store, catalogue, made, day=date(2025, 4, 1)).findings]

    whole = found("whole", [rows])
    assert {one[1] for one in whole} >= {"ASS-01", "ASS-02", "ASS-03", "ASS-04"}
    assert found("three", [rows[n::3] for n in range(3)]) == whole
    assert found("backwards", [rows[::-1][:100], rows[::-1][100:]]) == whole


def _comparable(one: Finding) -> tuple[Any, ...]:
    amounts = (one.minutes_at_risk, one.at_risk_ore, one.gross_minutes, one.gross_at_risk_ore)
    rows = sorted(str(row.values["entry_id"]) for row in one.evidence)
    return (one.id, one.control, one.certainty, one.severity, one.measured, one.limit, one.details, amounts, rows)
