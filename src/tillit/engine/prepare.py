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
    """The delivered tables that are read as empty where they are missing, and what then cannot be tried.

    Nothing is lost where another table is read in its place.
    """
    parts = _parts(catalogue, content)
    found = {name: "" for part in parts if isinstance(part, Prepared) for name in part.either}
    for part in parts:
        found |= {name: why for name, why in part.helped_by.items() if name in catalogue.tables}
    return {name: found[name] for name in sorted(found.keys() - set(delivered(catalogue, content)))}


def alternatives(catalogue: Catalogue, content: Control | Prepared) -> list[list[str]]:
    """Groups of delivered tables of which at least one must be there, through prepared tables too."""
    made = (catalogue.prepared[name] for name in needed(catalogue, content.reads))
    return [part.either for part in made if part.either]


def _parts(catalogue: Catalogue, content: Control | Prepared) -> list[Control | Prepared]:
    return [*(catalogue.prepared[name] for name in needed(catalogue, sources(content))), content]


def sources(content: Control | Prepared) -> list[str]:
    """Every table that is read, whether it must be there or not."""
    return [*content.reads, *content.helped_by, *(content.either if isinstance(content, Prepared) else [])]


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


def person_columns(catalogue: Catalogue, names: Iterable[str]) -> set[str]:
    """Those columns of an answer that hold a person: they are named, or end, as a column of type person does."""
    persons = {
        column
        for table in catalogue.tables.values()
        for column, held in table.columns.items()
        if held.type is Kind.PERSON
    }
    return {name for name in names if any(name == person or name.endswith(f"_{person}") for person in persons)}
