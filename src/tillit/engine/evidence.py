"""Copies the delivered rows behind findings, so that a finding can be read after its delivery is gone."""

from collections.abc import Iterable, Mapping

import pyarrow

from tillit.catalogue import Catalogue, Column, Kind, Table
from tillit.engine.duckdb import Connection
from tillit.engine.finding import shown
from tillit.store import ROW_BITS, Delivery, Evidence

_TOWN_SHOWN = """strftime(timezone('Europe/Stockholm', timezone('UTC', {0})), '%Y-%m-%dT%H:%M')
    || CASE date_diff('hour', {0}, timezone('Europe/Stockholm', timezone('UTC', {0})))
         WHEN 1 THEN '+01:00' ELSE '+02:00' END"""
"""An instant as `finding.shown` shows it, for whole columns at a time."""


def want(connection: Connection, row_ids: Iterable[int]) -> None:
    """Makes the table `wanted` of these row_ids, for one question over them all."""
    ids = pyarrow.array(sorted(set(row_ids)), pyarrow.int64())
    connection.register("given", pyarrow.table({"row_id": ids}))
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT row_id FROM given")
    connection.unregister("given")


def copy_rows(
    connection: Connection, catalogue: Catalogue, tables: Iterable[str], deliveries: Iterable[Delivery]
) -> dict[int, Evidence]:
    """The rows of `wanted` in these delivered tables as evidence, by row_id; what is free text is left behind."""
    known = {delivery.number: delivery for delivery in deliveries}
    copied: dict[int, Evidence] = {}
    for name in sorted(set(tables)):
        kept = {column: held for column, held in catalogue.tables[name].columns.items() if not held.free_text}
        listed = ", ".join(_shown_sql(column, held) for column, held in kept.items())
        rows = connection.execute(
            f'SELECT row_id, line, {listed} FROM "{name}" WHERE row_id IN (SELECT row_id FROM wanted)'
        ).fetchall()
        unfinished = _unfinished(catalogue.tables[name])
        for row_id, line, *row in rows:
            delivery = known[row_id >> ROW_BITS]
            values = {column: value for column, value in zip(kept, row, strict=True) if value is not None}
            for column in unfinished & values.keys():
                values[column] = shown(values[column], person=kept[column].type is Kind.PERSON)
            copied[row_id] = Evidence(delivery.name, delivery.sha256, line, name, values)
    return copied


def in_order(row_ids: Iterable[int], copied: Mapping[int, Evidence]) -> list[Evidence]:
    """The rows as evidence, by file and line."""
    rows = {row_id: copied[row_id] for row_id in row_ids}
    return [one for _, one in sorted(rows.items(), key=lambda pair: (pair[1].file, pair[1].sha256, pair[0]))]


def without_persons(catalogue: Catalogue, evidence: Evidence) -> Evidence:
    """The row with nothing that tells about a person, for a finding that reaches the whole city."""
    columns = catalogue.tables[evidence.table].columns
    values = {name: value for name, value in evidence.values.items() if columns[name].personal == "none"}
    return Evidence(evidence.file, evidence.sha256, evidence.line, evidence.table, values)


def _shown_sql(name: str, column: Column) -> str:
    if column.type is Kind.TIMESTAMP:
        return _TOWN_SHOWN.format(f'"{name}"')
    return f'CAST("{name}" AS VARCHAR)' if column.type is Kind.DATE else f'"{name}"'


def _unfinished(table: Table) -> set[str]:
    """The columns whose values are not yet as a finding shows them."""
    return {name for name, column in table.columns.items() if column.type in (Kind.PERSON, Kind.DECIMAL)}
