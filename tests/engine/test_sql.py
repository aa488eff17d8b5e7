from collections.abc import Collection

import pytest

from tillit.engine import portable
from tillit.engine.duckdb import connect
from tillit.engine.sql import check_sql

TABLES = {"time_entry": ["row_id", "worker_id", "starts_at", "work_date", "kind"], "client": ["row_id", "client_id"]}


def faults(sql: str, *, names: Collection[str] = (), portably: bool = True) -> list[str]:
    found = check_sql(sql, tables=TABLES, names=names, where=lambda line: f"c.yaml:{line}", portably=portably)
    return [str(fault) for fault in found]


def test_a_question_over_known_columns_passes() -> None:
    sql = """
        WITH busy AS (
          SELECT worker_id, COUNT(*) AS n, LIST(row_id) AS rows
          FROM time_entry AS t
          WHERE t.starts_at < $day AND EXISTS (SELECT 1 FROM client AS c WHERE c.client_id = t.worker_id)
          GROUP BY worker_id HAVING COUNT(*) > $most
        ), levels(n, level) AS (VALUES (1, 'a'), (2, 'b'))
        SELECT busy.worker_id, busy.rows AS evidence, levels.level, CASE WHEN busy.n > 1 THEN 2 END AS measured
        FROM busy LEFT JOIN levels ON levels.n = busy.n
        UNION ALL
        SELECT client_id, [row_id], 'c', CAST(FLOOR(row_id / 2) AS BIGINT) FROM client
    """
    assert faults(sql, names=["most"]) == []


ONE_SELECT = "c.yaml:1: the SQL is not one SELECT: write one SELECT, or WITH ... SELECT"


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE time_entry",
        "INSERT INTO client VALUES (1, 2)",
        "CREATE TABLE x AS SELECT 1",
        "COPY (SELECT 1) TO 'x'",
        "ATTACH 'x'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA version",
        "SET threads = 1",
        "SELECT 1; SELECT 2",
        "",
    ],
)
def test_what_is_not_one_select_is_refused(sql: str) -> None:
    assert faults(sql) == [ONE_SELECT]


@pytest.mark.parametrize("sql", ["SELECT a FROM read_csv('x')", "SELECT a FROM glob('*')", "SELECT a FROM range(3)"])
@pytest.mark.parametrize("portably", [True, False])
def test_rows_from_a_function_are_refused(sql: str, portably: bool) -> None:
    assert any("is not a table of ours" in fault for fault in faults(sql, portably=portably))


def test_a_file_named_as_a_table_is_refused() -> None:
    assert faults("SELECT a FROM 'people.csv'") == [
        "c.yaml:1: table 'people.csv' is not among what the SQL may read: "
        "add it to 'reads'; there now: client, time_entry"
    ]


def test_an_unknown_column_is_told_with_its_line_and_the_nearest_name() -> None:
    assert faults("SELECT worker_id,\n  start_at\nFROM time_entry") == [
        "c.yaml:2: column 'start_at' is not in table time_entry: did you mean 'starts_at'?"
    ]


def test_an_unknown_column_is_seen_inside_a_subquery_and_behind_an_alias() -> None:
    sql = "SELECT t.row_id FROM time_entry AS t WHERE t.row_id IN (SELECT c.clientid FROM client AS c)"
    assert faults(sql) == ["c.yaml:1: column 'clientid' is not in table client: did you mean 'client_id'?"]


def test_the_clock_is_never_asked() -> None:
    for sql in ("SELECT CURRENT_DATE FROM client", "SELECT CURRENT_TIMESTAMP FROM client"):
        assert faults(sql) == ["c.yaml:1: the SQL asks what day it is: use $day, so that a run can be repeated"]
    assert faults("SELECT now() FROM client") != []


def test_a_star_is_refused_and_a_count_of_rows_is_not() -> None:
    assert faults("SELECT * FROM client") == ["c.yaml:1: '*' takes columns without naming them: name the columns"]
    assert faults("SELECT COUNT(*) AS n FROM client") == []


def test_a_name_must_be_a_parameter_and_a_parameter_must_be_used() -> None:
    assert faults("SELECT row_id FROM client WHERE row_id > $most", names=["least"]) == [
        "c.yaml:1: $most is not among the parameters: name it under 'parameters'",
        "c.yaml:1: $least is never used in the SQL: take it away from 'parameters'",
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "DATE_DIFF('month', work_date, work_date)",
        "EXTRACT(DOW FROM work_date)",
        "DATE_TRUNC('month', work_date)",
        "CAST(DATE_TRUNC('week', work_date) AS DATE)",
        "CAST(row_id / 2 AS BIGINT)",
        "STRFTIME(work_date, '%G')",
        "EPOCH_US(starts_at)",
        "getenv('HOME')",
        "row_id // 2",
        "RANDOM()",
    ],
)
def test_what_means_different_things_on_different_engines_is_refused(expression: str) -> None:
    assert len(faults(f"SELECT {expression} AS x FROM time_entry")) == 1


def test_sql_that_cannot_be_read_is_told_with_its_line() -> None:
    assert faults("SELECT row_id\nFROM client\nWHERE (") != []


@pytest.mark.parametrize("function", portable.FUNCTIONS, ids=lambda function: function.__name__)
def test_every_portable_function_gives_what_its_example_says(function: type) -> None:
    shown = portable.FUNCTIONS[function]
    with connect() as connection:
        value = connection.execute(f"SELECT {shown.expression}").fetchall()[0][0]
    assert str(value).lower().removesuffix(".0") == shown.gives.lower()
