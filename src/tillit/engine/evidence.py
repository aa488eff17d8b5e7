"""Copies the delivered rows behind findings, so that a finding can be read after its delivery is gone."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow

from tillit.catalogue import Catalogue, Kind, Table
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
    ids = pyarrow.array(sorted(set(row_ids)), pyarrow.int64())
    connection.register("given", pyarrow.table({"row_id": ids}))
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT row_id FROM given")
    connection.unregister("given")


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


class Witness:
    """Gives delivered rows as evidence, each made once however many findings rest on it."""

    def __init__(self, catalogue: Catalogue, copied: Mapping[int, Copied], deliveries: Mapping[int, Delivery]) -> None:
        self._copied = copied
        self._deliveries = deliveries
        self._made: dict[tuple[int, str], Evidence] = {}
        self._persons = {
            name: frozenset(column for column, held in table.columns.items() if held.type is Kind.PERSON)
            for name, table in catalogue.tables.items()
        }
        self._personal = {
            name: frozenset(column for column, held in table.columns.items() if held.personal != "none")
            for name, table in catalogue.tables.items()
        }

    def of(self, row_ids: Iterable[int], reach: str) -> list[Evidence]:
        """The rows in order of file and line; a control that reaches the whole city shows nothing of persons."""
        rows = {row_id: self._one(row_id, reach) for row_id in row_ids}
        return [one for _, one in sorted(rows.items(), key=lambda pair: (pair[1].file, pair[1].sha256, pair[0]))]

    def _one(self, row_id: int, reach: str) -> Evidence:
        made = self._made.get((row_id, reach))
        if made is None:
            row, delivery = self._copied[row_id], self._deliveries[row_id >> ROW_BITS]
            hidden = self._personal[row.table] if reach == "city" else frozenset()
            persons = self._persons[row.table]
            values = {
                name: shown(value, person=name in persons)
                for name, value in row.values.items()
                if value is not None and name not in hidden
            }
            made = Evidence(delivery.name, delivery.sha256, row.line, row.table, values)
            self._made[row_id, reach] = made
        return made
