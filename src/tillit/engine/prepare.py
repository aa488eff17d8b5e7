"""Prepared tables: made once from the delivered ones, in order of need, and dropped after their last user."""

from collections.abc import Iterable
from datetime import date

from tillit.catalogue import STORED, Catalogue, Column, Control, Kind, Prepared
from tillit.catalogue.table import PROVENANCE
from tillit.engine.duckdb import Connection
from tillit.engine.parameters import filled_sql


def needed(catalogue: Catalogue, reads: Iterable[str]) -> list[str]:
    """The prepared tables among `reads` and those that they are made from, each after what it reads."""
    order: list[str] = []
    for name in reads:
        if name in catalogue.prepared:
            before = needed(catalogue, sources(catalogue.prepared[name]))
            order += [one for one in [*before, name] if one not in order]
    return order


def delivered(catalogue: Catalogue, content: Control | Prepared) -> list[str]:
    """The delivered tables that must be there, through prepared tables too."""
    return sorted({name for part in _parts(catalogue, content) for name in part.reads if name in catalogue.tables})


def helpers(catalogue: Catalogue, content: Control | Prepared) -> dict[str, str]:
    """The delivered tables that are read as empty where they are missing, and what then cannot be tried."""
    found: dict[str, str] = {}
    for part in _parts(catalogue, content):
        found |= {name: why for name, why in part.helped_by.items() if name in catalogue.tables}
    return {name: found[name] for name in sorted(found.keys() - set(delivered(catalogue, content)))}


def _parts(catalogue: Catalogue, content: Control | Prepared) -> list[Control | Prepared]:
    return [*(catalogue.prepared[name] for name in needed(catalogue, sources(content))), content]


def sources(content: Control | Prepared) -> list[str]:
    """Every table that is read, whether it must be there or not."""
    return [*content.reads, *content.helped_by]


def columns_sql(columns: dict[str, Column]) -> dict[str, str]:
    """Column -> SQL type of a delivered table, with what leads back to the delivered line."""
    return {**{name: STORED[column.type] for name, column in columns.items()}, **PROVENANCE}


def make_empty(connection: Connection, catalogue: Catalogue, table: str) -> None:
    """Makes a delivered table without rows."""
    columns = columns_sql(catalogue.tables[table].columns)
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{table}" ({listed})')


def make_prepared(
    connection: Connection, catalogue: Catalogue, name: str, day: date, *, portable: bool = False
) -> None:
    """Makes a prepared table, in DuckDB's own form where it has one.

    Takes: `portable`, to make it in the form that runs anywhere.
    """
    prepared = catalogue.prepared[name]
    form = prepared.sql if portable or prepared.duckdb is None else prepared.duckdb
    columns = ", ".join(f'"{column}"' for column in prepared.columns)
    filled = filled_sql(prepared, catalogue, day, sql=form)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {columns} FROM (\n{filled}\n)')


def holds_person(catalogue: Catalogue, name: str) -> bool:
    """Whether a column of an answer holds a person: it is named, or ends, as a column of type person does."""
    persons = {
        column
        for table in catalogue.tables.values()
        for column, held in table.columns.items()
        if held.type is Kind.PERSON
    }
    return any(name == person or name.endswith(f"_{person}") for person in persons)
