"""The delivered rows as tables: each row once, and those that two deliveries give in different ways are noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tillit.catalogue import Catalogue, Table
from tillit.engine.duckdb import Connection, quoted
from tillit.engine.prepare import columns_sql, make_empty
from tillit.store import ROW_BITS, Delivery, Message, Store

_NUMBER = f"(row_id >> {ROW_BITS})"


@dataclass
class Delivered:
    """What lies in the connection: rows by table, messages to the reader, and rows that have another version."""

    rows: dict[str, int] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    contradicted: set[int] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    """Table -> the table of row_ids that are not in it, because another delivery has them too."""


def parquet_files(store: Store, catalogue: Catalogue, deliveries: Iterable[Delivery]) -> dict[str, list[Path]]:
    """Table -> the files that have its rows, of the tables that any delivery has."""
    taken = [delivery.sha256 for delivery in deliveries]
    files = {table: store.parquet(table, taken) for table in catalogue.tables}
    return {table: paths for table, paths in files.items() if paths}


def lay_out(
    connection: Connection, catalogue: Catalogue, files: Mapping[str, Sequence[Path]], deliveries: Iterable[Delivery]
) -> Delivered:
    """Makes every table in the connection, empty where nothing was delivered."""
    known = {delivery.number: delivery for delivery in deliveries}
    found = Delivered()
    for name, table in sorted(catalogue.tables.items()):
        if name not in files:
            make_empty(connection, catalogue, name)
            continue
        _make_view(connection, table, files[name])
        if len(files[name]) > 1 and table.key:
            left_out = _compare(connection, table, known, found)
            if left_out:
                found.left_out[name] = left_out
                _make_view(connection, table, files[name], without=left_out)
        found.rows[name] = _one(connection, f'SELECT COUNT(*) FROM "{name}"')
    found.messages.sort(key=lambda message: (message.where, message.what))
    return found


def keep_left_out(connection: Connection, laid: Delivered, folder: Path) -> dict[str, Path]:
    """Writes the row_ids that are left out of each table as a file, for another engine to read."""
    kept = {name: folder / f"{held}.parquet" for name, held in laid.left_out.items()}
    for name, file in kept.items():
        connection.execute(f"COPY {laid.left_out[name]} TO {quoted(str(file))} (FORMAT parquet)")
    return kept


def _make_view(connection: Connection, table: Table, files: Sequence[Path], without: str = "") -> None:
    listed = ", ".join(quoted(str(path)) for path in files)
    source = f"read_parquet([{listed}], union_by_name = true)"
    there = {str(row[0]) for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    # A delivery stored before a column was thought of has none: its rows have nothing there.
    kinds = columns_sql(table.columns).items()
    columns = ", ".join(f'CAST({name if name in there else "NULL"} AS {kind}) AS "{name}"' for name, kind in kinds)
    where = f" WHERE row_id NOT IN (SELECT row_id FROM {without})" if without else ""
    connection.execute(f'CREATE OR REPLACE VIEW "{table.table}" AS SELECT {columns} FROM {source}{where}')


def _compare(connection: Connection, table: Table, known: Mapping[int, Delivery], found: Delivered) -> str:
    """Compares rows of one key in two deliveries: the same again is used once, another version is told.

    Gives: the name of the table of row_ids to leave out, if any.
    """
    name = table.table
    key = ", ".join(f'"{column}"' for column in table.key)
    given = " AND ".join(f'"{column}" IS NOT NULL' for column in table.key)
    content = ", ".join(f'"{column}"' for column in table.columns)
    # Hashes of keys first: only the keys that two deliveries share are then compared in full.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE shared AS
        SELECT hash({key}) AS hashed FROM "{name}" WHERE {given}
        GROUP BY 1 HAVING MIN{_NUMBER} <> MAX{_NUMBER}"""
    )
    if not _one(connection, "SELECT COUNT(*) FROM shared"):
        return ""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE version AS
        WITH one AS (
          SELECT {key}, row_id, line, {_NUMBER} AS delivery, hash({content}) AS content
          FROM "{name}" WHERE {given} AND hash({key}) IN (SELECT hashed FROM shared)
        ), counted AS (
          SELECT {key}, content, COUNT(DISTINCT delivery) AS deliveries, MIN(delivery) AS first FROM one GROUP BY ALL
        ), everywhere AS (SELECT {key}, COUNT(DISTINCT delivery) AS deliveries FROM one GROUP BY ALL)
        SELECT row_id, line, delivery, hash({key}) AS thing,
          counted.deliveries < everywhere.deliveries AS contradicted, delivery > counted.first AS repeated
        FROM one JOIN counted USING ({key}, content) JOIN everywhere USING ({key})"""
    )
    found.contradicted |= {row[0] for row in _all(connection, "SELECT row_id FROM version WHERE contradicted")}
    found.messages += _contradictions(connection, table, known)
    repeats = _repeats(connection, table, known)
    found.messages += repeats
    if not repeats:
        return ""
    connection.execute(f'CREATE TEMP TABLE "repeated_{name}" AS SELECT row_id FROM version WHERE repeated')
    return f"repeated_{name}"


def _contradictions(connection: Connection, table: Table, known: Mapping[int, Delivery]) -> list[Message]:
    found = _all(
        connection,
        """WITH pair AS (
          SELECT thing, MIN(delivery) AS one, MAX(delivery) AS other,
            ARG_MIN(line, (delivery, line)) AS one_line, ARG_MIN(line, (-delivery, line)) AS other_line
          FROM version WHERE contradicted GROUP BY thing)
        SELECT one, other, COUNT(*), MIN(one_line), ARG_MIN(other_line, one_line) FROM pair GROUP BY one, other""",
    )
    told = []
    for one, other, count, one_line, other_line in found:
        more = f" (and so for {_counted(count - 1)} more of these two files)" if count > 1 else ""
        told.append(
            Message(
                f"{known[one].name}:{one_line}",
                f"the row in {table.table} says something else than {known[other].name}:{other_line}{more}",
                "ask the sender which is right; until then, findings that rest on either are at most possible",
            )
        )
    return told


def _repeats(connection: Connection, table: Table, known: Mapping[int, Delivery]) -> list[Message]:
    found = _all(connection, "SELECT delivery, COUNT(*), MIN(line) FROM version WHERE repeated GROUP BY delivery")
    return [
        Message(
            f"{known[delivery].name}:{line}",
            f"used once: {_counted(count)} of {table.table} that another delivery has too, word for word",
            "nothing, if the deliveries were meant to overlap",
        )
        for delivery, count, line in found
    ]


def _counted(count: int) -> str:
    return "one row" if count == 1 else f"{count} rows"


def _all(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def _one(connection: Connection, sql: str) -> int:
    return int(_all(connection, sql)[0][0])
