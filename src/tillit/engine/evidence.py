"""Copies the delivered rows behind findings, so that a finding can be read after its delivery is gone."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tillit.catalogue import Catalogue, Control, Kind, Table
from tillit.engine.duckdb import Connection
from tillit.engine.finding import shown
from tillit.store import ROW_BITS, Delivery, Evidence


class Copied(NamedTuple):
    """A delivered row: its table, line and values."""

    table: str
    line: int
    values: Mapping[str, Any]


def want(connection: Connection, row_ids: Iterable[int]) -> None:
    """Makes the table `wanted` of these row_ids, for one question over them all."""
    ids = sorted(set(row_ids))
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (row_id BIGINT)")
    if ids:
        connection.execute("INSERT INTO wanted SELECT UNNEST(?)", [ids])


def copy_rows(connection: Connection, catalogue: Catalogue, tables: Iterable[str]) -> dict[int, Copied]:
    """The rows of `wanted` in these delivered tables, by row_id."""
    copied: dict[int, Copied] = {}
    for name in sorted(set(tables)):
        columns = _kept(catalogue.tables[name])
        listed = ", ".join(f'"{column}"' for column in columns)
        rows = connection.execute(
            f'SELECT row_id, line, {listed} FROM "{name}" WHERE row_id IN (SELECT row_id FROM wanted)'
        ).fetchall()
        for row_id, line, *values in rows:
            copied[row_id] = Copied(name, line, dict(zip(columns, values, strict=True)))
    return copied


def _kept(table: Table) -> list[str]:
    return [name for name, column in table.columns.items() if not column.free_text]


def evidence_of(
    catalogue: Catalogue,
    control: Control,
    row_ids: Iterable[int],
    copied: Mapping[int, Copied],
    deliveries: Mapping[int, Delivery],
) -> list[Evidence]:
    """The rows as evidence, in order of file and line; a city-wide control shows nothing of persons."""
    found = []
    for row_id in set(row_ids):
        row, delivery = copied[row_id], deliveries[row_id >> ROW_BITS]
        columns = catalogue.tables[row.table].columns
        values = {
            name: shown(value, person=columns[name].type is Kind.PERSON)
            for name, value in row.values.items()
            if value is not None and (control.reach == "board" or columns[name].personal == "none")
        }
        found.append(Evidence(delivery.name, delivery.sha256, row.line, row.table, values))
    return sorted(
        found, key=lambda one: (one.file, one.sha256, one.line, one.table, sorted(map(str, one.values.items())))
    )
