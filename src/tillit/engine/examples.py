"""Runs the examples of the controls: what each finds, and how that differs from what it should find."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from tillit.catalogue import Catalogue, Control, Example
from tillit.engine.duckdb import Connection, as_sql, connect
from tillit.engine.example_rows import ExampleRows, Row, person_name
from tillit.engine.parameters import filled_sql
from tillit.engine.prepare import delivered, helpers, make_empty, make_prepared, needed
from tillit.errors import TillitError


@dataclass(frozen=True)
class ExampleResult:
    """How one example went. `differences` tell what was expected and what was found; none means that it held."""

    control: str
    name: str
    where: str
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the control found exactly what the example says."""
        return not self.differences


def run_examples(catalogue: Catalogue, ids: Iterable[str] | None = None) -> list[ExampleResult]:
    """Every example of the controls, in the order of their ids.

    Takes: ids of controls, in any case; all of them when left out.
    Raises: ContentError for an id that there is none of.
    """
    controls = [catalogue.control(id) for id in ids] if ids is not None else list(catalogue.controls.values())
    with connect() as connection:
        return [
            _result(connection, catalogue, control, index, example)
            for control in sorted(controls, key=lambda control: control.id)
            for index, example in enumerate(control.examples)
        ]


def _result(
    connection: Connection, catalogue: Catalogue, control: Control, index: int, example: Example
) -> ExampleResult:
    where = catalogue.where(control.id, "examples", index)
    try:
        rows = given_rows(catalogue, example)
        found = found_rows(connection, catalogue, control, rows, example.day)
    except (TillitError, duckdb.Error) as fault:
        return ExampleResult(control.id, example.name, where, [str(fault)])
    return ExampleResult(control.id, example.name, where, differences(example.finds, found, rows.names))


def given_rows(catalogue: Catalogue, example: Example) -> ExampleRows:
    """The rows of an example, as they would lie in the store."""
    rows = ExampleRows()
    for name, given in example.given.items():
        for number, row in enumerate(given, start=1):
            rows.add(catalogue.tables[name], row, number)
    return rows


def found_rows(
    connection: Connection,
    catalogue: Catalogue,
    control: Control,
    rows: ExampleRows,
    day: date,
    *,
    portable: bool = False,
) -> list[Row]:
    """What a control gives for an example's rows, column by column as the SQL names them.

    Takes: `portable`, to make prepared tables in the form that runs anywhere.
    """
    for table in {*delivered(catalogue, control), *helpers(catalogue, control)}:
        make_empty(connection, catalogue, table)
        insert(connection, table, rows.by_table.get(table, []))
    for name in needed(catalogue, [*control.reads, *control.helped_by]):
        make_prepared(connection, catalogue, name, day, portable=portable)
    cursor = connection.execute(filled_sql(control, catalogue, day))
    columns = [str(column[0]) for column in cursor.description or ()]
    defaults = {"certainty": "indication" if control.type == "indicator" else "sure", "severity": control.severity}
    return [defaults | dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]


def insert(connection: Connection, table: str, rows: list[Row]) -> None:
    """Puts rows in a table that is there."""
    # Written out, because DuckDB looks for pandas and more at every parameter that Python hands it.
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        values = ", ".join(f"({', '.join(map(as_sql, row.values()))})" for row in rows)
        connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES {values}')


def differences(expected: list[Row], found: list[Row], names: dict[int, str]) -> list[str]:
    """How findings differ from those expected, in the columns that the expected ones name; the order is free."""
    left = [_shown(row, names) for row in found]
    missing = []
    for row in expected:
        wanted = {column: _plain(value, names) for column, value in row.items()}
        match = next((one for one in left if _agree(wanted, one)), None)
        if match is None:
            missing.append(wanted)
        else:
            left.remove(match)
    told = [f"expected: {_told(row)}" for row in missing]
    return told + [f"found: {_told(_of_interest(row, expected))}" for row in left]


def _of_interest(row: Row, expected: list[Row]) -> Row:
    """The columns of a finding that some expected one names, persons by their short names."""
    named: Row = {}
    for one in expected or [{"evidence": []}]:
        for column, value in one.items():
            named[column] = row.get(column)
            if isinstance(value, str) and isinstance(named[column], int):
                named[column] = person_name(named[column])
    return named


def _agree(wanted: Row, found: Row) -> bool:
    return all(column in found and _equal(value, found[column]) for column, value in wanted.items())


def _equal(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, str) and isinstance(found, int) and not isinstance(found, bool):
        return wanted == person_name(found)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_equal, wanted, found))
    return bool(wanted == found)


def _shown(row: Row, names: dict[int, str]) -> Row:
    shown = {column: _plain(value, names) for column, value in row.items()}
    for column in ("evidence", "risk_rows"):
        if row.get(column) is not None:
            shown[column] = sorted({names.get(row_id, f"row {row_id}") for row_id in row[column]})
    return shown


def _plain(value: Any, names: dict[int, str]) -> Any:
    """A value in the form in which the two sides are compared and told."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value)).normalize()
        return int(exact) if exact == exact.to_integral_value() else exact
    return sorted((_plain(one, names) for one in value), key=str) if isinstance(value, list | tuple) else value


def _told(row: Row) -> str:
    def one(value: Any) -> str:
        return f"[{', '.join(map(one, value))}]" if isinstance(value, list) else str(value)

    return ", ".join(f"{column}: {one(value)}" for column, value in row.items()) or "a finding"
