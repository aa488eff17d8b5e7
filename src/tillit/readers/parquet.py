"""Rows as a Parquet file: the columns of their table and where each came from."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tillit.catalogue import PROVENANCE, Kind, Table

_ARROW: dict[Kind, Any] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DECIMAL: pa.decimal128(18, 4),
    Kind.MINUTES: pa.int64(),
    Kind.ORE: pa.int64(),
    Kind.DATE: pa.date32(),
    Kind.TIMESTAMP: pa.timestamp("us"),  # UTC, without saying so: as SQL's TIMESTAMP
    Kind.BOOLEAN: pa.bool_(),
    Kind.PERSON: pa.int64(),
    Kind.ORGANISATION: pa.string(),
    Kind.ACCOUNT: pa.string(),
}


def write_parquet(path: Path, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Writes rows that have every value of their table's columns as the store holds it."""
    types = {name: _ARROW[column.type] for name, column in table.columns.items()}
    types |= dict.fromkeys(PROVENANCE, pa.int64())
    columns = {name: pa.array([_plain(row.get(name)) for row in rows], kind) for name, kind in types.items()}
    pq.write_table(pa.table(columns), path, compression="zstd")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
