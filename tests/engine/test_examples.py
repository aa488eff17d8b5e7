from pathlib import Path
from typing import Any

from tests.engine.little import CONTROL, little_content
from tillit.engine import run_examples


def with_example(given: dict[str, Any], finds: list[dict[str, Any]]) -> dict[str, Any]:
    return CONTROL | {"examples": [*CONTROL["examples"], {"name": "fler", "given": given, "finds": finds}]}


def test_examples_that_hold_have_no_differences(tmp_path: Path) -> None:
    results = run_examples(little_content(tmp_path))
    assert [(one.name, one.ok, one.differences) for one in results] == [
        ("för långt", True, []),
        ("på gränsen", True, []),
    ]


def test_a_missing_and_an_unexpected_finding_are_told_with_the_columns_that_matter(tmp_path: Path) -> None:
    given = {
        "time_entry": [{"row": "e1", "worker_id": "B", "starts_at": "2025-03-03 06:00", "ends_at": "2025-03-03 17:00"}]
    }
    control = with_example(given, [{"worker_id": "C", "measured": 660, "evidence": ["e1"]}])
    result = run_examples(little_content(tmp_path, control), ["ass-90"])[-1]
    assert result.differences == [
        "expected: worker_id: C, measured: 660, evidence: [e1]",
        "found: worker_id: B, measured: 660, evidence: [e1]",
    ]


def test_a_row_across_the_towns_midnight_becomes_two_rows_of_one_name(tmp_path: Path) -> None:
    rows = [{"row": "e1", "starts_at": "2025-03-03 10:00", "ends_at": "2025-03-04 12:00"}]
    found = [
        {"from_at": "2025-03-03 10:00", "measured": 780, "evidence": ["e1"]},
        {"from_at": "2025-03-03 23:00", "measured": 780, "evidence": ["e1"]},
    ]
    result = run_examples(little_content(tmp_path, with_example({"time_entry": rows}, found)))[-1]
    assert result.differences == []


def test_local_clock_times_know_the_hour_that_comes_twice(tmp_path: Path) -> None:
    rows = [{"row": "e1", "local": {"day": "2026-10-25", "start": "00:00", "end": "10:00"}}]
    found = [{"from_at": "2026-10-24 22:00", "to_at": "2026-10-25 09:00", "measured": 660}]
    result = run_examples(little_content(tmp_path, with_example({"time_entry": rows}, found)))[-1]
    assert result.differences == []


def test_a_row_that_is_given_times_is_a_row_a_day(tmp_path: Path) -> None:
    rows = [{"row": "e1", "starts_at": "2025-03-03 06:00", "ends_at": "2025-03-03 17:00", "times": 2}]
    found = [{"from_at": f"2025-03-0{day} 06:00", "measured": 660, "evidence": ["e1"]} for day in (3, 4)]
    result = run_examples(little_content(tmp_path, with_example({"time_entry": rows}, found)))[-1]
    assert result.differences == []
