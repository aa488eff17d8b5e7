from pathlib import Path
from typing import Any

import pytest

from tests.engine.little import CONTROL, little_content
from tillit.engine import check

DAYS = {
    "prepared": "worker_day",
    "title": "Dag",
    "about": "En dag.",
    "reads": ["time_entry"],
    "columns": {
        "worker_id": {"type": "person", "personal": "person"},
        "provider_id": {"type": "organisation"},
        "rows": {"type": "integer"},
        "minutes": {"type": "minutes"},
    },
    "sql": (
        "SELECT worker_id, provider_id, CAST(COUNT(*) AS BIGINT) AS rows, CAST(SUM(minutes) AS BIGINT) AS minutes\n"
        "FROM time_entry\nGROUP BY worker_id, provider_id"
    ),
}


def faults(folder: Path, prepared: tuple[dict[str, Any], ...] = (), **changed: Any) -> list[str]:
    return [str(fault) for fault in check(little_content(folder, CONTROL | changed, prepared=prepared))]


def with_sql(old: str, new: str) -> str:
    assert old in CONTROL["sql"]
    return str(CONTROL["sql"]).replace(old, new)


def test_content_that_is_right_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_a_finding_must_lead_to_its_rows(tmp_path: Path) -> None:
    found = faults(tmp_path, sql=with_sql("[row_id] AS evidence", "row_id AS evidence_row"))
    assert found[0].endswith("no column 'evidence': give the row_id of every row behind the finding, as a list")


def test_an_indicator_carries_no_amount(tmp_path: Path) -> None:
    found = faults(tmp_path, type="indicator")
    assert [fault.partition(": ")[2] for fault in found] == [
        "an indicator gives 'minutes_at_risk': an indicator carries no amount: take it away"
    ]


def test_a_fault_in_the_sql_is_told_with_the_line_of_the_file(tmp_path: Path) -> None:
    found = faults(tmp_path, sql=with_sql("WHERE minutes", "WHERE minute"))
    file, line, what = found[0].split(":", 2)
    assert (file, what) == (
        "content/controls/ass-90-test.yaml",
        " column 'minute' is not in table time_entry: did you mean 'minutes'?",
    )
    assert int(line) > 1


def test_what_the_engine_cannot_run_is_told(tmp_path: Path) -> None:
    found = faults(tmp_path, sql=with_sql("WHERE minutes > $most", "WHERE minutes > $most AND kind - 1 = 2"))
    assert "the SQL does not run: " in found[0]


def test_a_city_wide_control_reads_nothing_of_persons(tmp_path: Path) -> None:
    sql = "SELECT provider_id, [row_id] AS evidence FROM time_entry WHERE minutes > $most"
    found = faults(
        tmp_path, sql=sql, reach="city", same_when=["provider_id"], examples=[
            {"name": "för långt", "given": {}, "finds": [{"provider_id": "P1"}], "edge_of": ["most"]},
            {"name": "på gränsen", "given": {}, "finds": []},
        ],
    )  # fmt: skip
    assert [fault.partition(": ")[2] for fault in found] == [
        "it reaches the whole city and reads time_entry.minutes, which tells about a person: "
        "say 'reach: board', or leave the column out"
    ]


def city_control(column: str) -> dict[str, Any]:
    return {
        "reads": ["worker_day"],
        "parameters": {},
        "reach": "city",
        "same_when": ["provider_id"],
        "sql": f"SELECT provider_id, LIST({column}) AS evidence FROM worker_day GROUP BY provider_id",
        "examples": [
            {"name": "för långt", "given": {}, "finds": [{"provider_id": "P1"}]},
            {"name": "på gränsen", "given": {}, "finds": []},
        ],
    }


def test_lineage_goes_through_prepared_tables_to_what_they_are_grouped_by(tmp_path: Path) -> None:
    found = faults(tmp_path, (DAYS,), **city_control("rows"))
    assert [fault.partition(": ")[2].partition(",")[0] for fault in found] == [
        "it reaches the whole city and reads time_entry.worker_id"
    ]


def test_a_column_of_a_prepared_table_that_is_not_used_does_not_count(tmp_path: Path) -> None:
    days = DAYS | {"sql": str(DAYS["sql"]).replace("GROUP BY worker_id, provider_id", "GROUP BY provider_id")}
    days["sql"] = days["sql"].replace("SELECT worker_id,", "SELECT MIN(worker_id) AS worker_id,")
    assert faults(tmp_path, (days,), **city_control("rows")) == []


def test_free_text_is_never_shown(tmp_path: Path) -> None:
    control = city_control("row_id") | {"reach": "board", "reads": ["payment"]}
    control["sql"] = "SELECT provider_id, [row_id] AS evidence, UPPER(reference) AS said FROM payment"
    found = faults(tmp_path, **control)
    assert [fault.partition(": ")[2] for fault in found] == [
        "'said' is taken from a column where people write what they like: compare by it, but do not show it"
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("client_id, provider_id", "client_id AS whom, provider_id", "column 'whom' holds a person"),
        ("client_id, provider_id", "minutes AS other_client_id, provider_id", "column 'other_client_id' is named as a"),
    ],
)
def test_a_person_is_seen_by_the_name_of_the_column(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert [what in fault for fault in faults(tmp_path, sql=with_sql(old, new))] == [True]


def test_a_prepared_table_gives_the_columns_it_declares(tmp_path: Path) -> None:
    days = DAYS | {"columns": {**DAYS["columns"], "first": {"type": "date"}}}
    assert [fault.partition(": ")[2] for fault in faults(tmp_path, (days,))] == [
        "column 'first' is declared and not given: say the same in both places"
    ]


def test_a_prepared_table_is_not_made_from_itself(tmp_path: Path) -> None:
    days = DAYS | {"reads": ["time_entry", "worker_day"]}
    assert [fault.partition(": ")[2] for fault in faults(tmp_path, (days,))] == [
        "'worker_day' is made from itself: break the circle"
    ]
