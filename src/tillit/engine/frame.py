"""The units of a frame, read from what has been delivered: what a random sample is drawn from."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tillit.catalogue import FRAME_COLUMNS, Catalogue, ContentError, SampleFrame, key_of
from tillit.engine.delivered import lay_out, parquet_files
from tillit.engine.duckdb import Connection, connect
from tillit.engine.evidence import copy_rows, in_order, want
from tillit.engine.example_rows import ExampleRows, Row
from tillit.engine.examples import differences, insert
from tillit.engine.prepare import columns_sql, make_empty
from tillit.engine.sql import check_sql
from tillit.errors import RefusedError, TillitError
from tillit.store import ROW_BITS, Delivery, Evidence, Store, code
from tillit.units import Period

_NAMES = re.compile(r"\$(first|last)\b")


class NotDeliveredError(RefusedError):
    """A table that the frame is made from has not been delivered."""


@dataclass(frozen=True)
class FrameUnit:
    """A unit that can be drawn: öre paid, whose, for which days, and the rows that it consists of.

    `client` is the code of the client, as in findings; nothing where the unit is about no person. `lines` are the
    rows as findings name them: the file's hash and the line.
    """

    id: str
    stratum: str
    amount: int
    cluster: str
    provider: str
    client: str
    first: date
    last: date
    own_unit: bool
    rows: frozenset[int]
    lines: frozenset[tuple[str, int]]

    @property
    def period_from(self) -> str:
        """The first day, as findings have it."""
        return self.first.isoformat()

    @property
    def period_to(self) -> str:
        """The last day, as findings have it."""
        return self.last.isoformat()


def frame_units(
    store: Store,
    catalogue: Catalogue,
    deliveries: Sequence[Delivery],
    frame: SampleFrame,
    period: Period,
    *,
    memory: str = "2GB",
) -> list[FrameUnit]:
    """Every unit of a frame in a period, by id. The same deliveries and content give the same units.

    Raises: NotDeliveredError, for a table that the frame must have.
    """
    with _laid(store, catalogue, deliveries, memory) as (connection, there):
        missing = [catalogue.tables[name].title for name in frame.reads if name not in there]
        if missing:
            raise NotDeliveredError(f"not delivered: {', '.join(missing)}", fix="deliver it for the period first")
        cursor = connection.execute(framed_sql(frame, period))
        columns = [str(column[0]) for column in cursor.description or ()]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        want(connection, (row for one in found for row in one["evidence"]))
        lines = _lines(connection, [name for name in (*frame.reads, *frame.helped_by) if name in there], deliveries)
    return sorted((_unit(one, lines) for one in found), key=lambda unit: unit.id)


def unit_rows(
    store: Store, catalogue: Catalogue, deliveries: Sequence[Delivery], frame: SampleFrame, units: Iterable[FrameUnit]
) -> dict[str, list[Evidence]]:
    """The delivered rows of some units, copied: unit -> its rows by file and line."""
    chosen = list(units)
    with _laid(store, catalogue, deliveries, "2GB") as (connection, there):
        want(connection, (row for unit in chosen for row in unit.rows))
        tables = [name for name in (*frame.reads, *frame.helped_by) if name in there]
        copied = copy_rows(connection, catalogue, tables, deliveries)
    return {unit.id: in_order((row for row in unit.rows if row in copied), copied) for unit in chosen}


def framed_sql(frame: SampleFrame, period: Period) -> str:
    """The SQL of a frame with the days of a period in it."""
    days = {"first": f"DATE '{period.first}'", "last": f"DATE '{period.last}'"}
    return _NAMES.sub(lambda found: days[found[1]], frame.sql)


def check_frames(catalogue: Catalogue) -> list[TillitError]:
    """Everything that is wrong with the frames: their tables, their SQL, their examples; each with file and line."""
    with connect() as connection:
        return [fault for frame in catalogue.frames.values() for fault in _faults(connection, catalogue, frame)]


def _faults(connection: Connection, catalogue: Catalogue, frame: SampleFrame) -> Iterator[TillitError]:
    file = catalogue.files[key_of("frames", frame.frame)]
    for index, law in enumerate(frame.law):
        if law.sfs not in catalogue.acts:
            yield file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)
    unknown = [name for name in (*frame.reads, *frame.helped_by) if name not in catalogue.tables]
    for name in unknown:
        yield file.error(f"there is no table '{name}'", "see content/tables", "reads")
    if unknown:
        return
    tables = {name: list(columns_sql(catalogue.tables[name].columns)) for name in (*frame.reads, *frame.helped_by)}
    top, _, line = file.where("sql").rpartition(":")
    faults: list[ContentError] = check_sql(
        frame.sql, tables=tables, names={"first", "last"}, where=lambda number: f"{top}:{int(line) + number}"
    )
    yield from faults
    if faults:
        return
    for index, example in enumerate(frame.examples):
        rows = ExampleRows()
        try:
            for name, given in example.given.items():
                for number, row in enumerate(given, start=1):
                    rows.add(catalogue.tables[name], row, number)
            found = _example(connection, catalogue, frame, rows, Period(example.first, example.last))
        except (TillitError, KeyError, duckdb.Error) as fault:
            yield file.error(f"the example cannot be run: {fault}", "mend it, or the SQL", "examples", index)
            continue
        wrong = {name for one in found for name in {*one} ^ {*FRAME_COLUMNS}}
        wrong |= {str(one["stratum"]) for one in found if one["stratum"] not in frame.strata}
        for name in sorted(wrong):
            yield file.error(f"'{name}' is no column or stratum of a frame", "see catalogue/sample_frame.py", "sql")
        for told in differences(example.units, found, rows.names):
            yield file.error(f"example '{example.name}': {told}", "mend the one that is wrong", "examples", index)


@contextmanager
def _laid(
    store: Store, catalogue: Catalogue, deliveries: Sequence[Delivery], memory: str
) -> Iterator[tuple[Connection, dict[str, int]]]:
    # Everything delivered as tables, and how many rows each has.
    files = parquet_files(store, catalogue, deliveries)
    readable = [path for paths in files.values() for path in paths]
    with (
        tempfile.TemporaryDirectory(dir=store.folder, prefix=".frame-") as scratch,
        connect(readable, scratch=Path(scratch), memory=memory) as connection,
    ):
        yield connection, lay_out(connection, catalogue, files, deliveries).rows


def _example(
    connection: Connection, catalogue: Catalogue, frame: SampleFrame, rows: ExampleRows, period: Period
) -> list[Row]:
    for table in (*frame.reads, *frame.helped_by):
        make_empty(connection, catalogue, table)
        insert(connection, table, rows.by_table.get(table, []))
    cursor = connection.execute(framed_sql(frame, period))
    columns = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]


def _lines(connection: Connection, tables: Iterable[str], deliveries: Iterable[Delivery]) -> dict[int, tuple[str, int]]:
    # Of the rows that are wanted: row -> the hash of its file, and its line there.
    files = {delivery.number: delivery.sha256 for delivery in deliveries}
    asked = " UNION ALL ".join(f'SELECT row_id, line FROM "{name}"' for name in tables)
    rows = connection.execute(f"SELECT row_id, line FROM ({asked}) SEMI JOIN wanted USING (row_id)").fetchall()
    return {row: (files[row >> ROW_BITS], line) for row, line in rows}


def _unit(row: Mapping[str, Any], lines: Mapping[int, tuple[str, int]]) -> FrameUnit:
    client = row["client_id"]
    return FrameUnit(
        id=str(row["unit_id"]),
        stratum=str(row["stratum"]),
        amount=int(row["amount_ore"]),
        cluster=str(row["cluster"] or ""),
        provider=str(row["provider_id"] or ""),
        client="" if client is None else code(client),
        first=row["from_date"],
        last=row["to_date"],
        own_unit=bool(row["own_unit"]),
        rows=frozenset(row["evidence"]),
        lines=frozenset(lines[one] for one in row["evidence"]),
    )
