"""Four ways to the same pairs of overlapping rows, from Parquet to arrays, each as well as its user would write it.

Every way is a function that gives the work to be timed: what it imports and reads first is not counted.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks._sort import MEMORY, THREADS
from benchmarks.overlap import DAY
from tillit.catalogue import load
from tillit.engine.delivered import lay_out
from tillit.engine.duckdb import connect
from tillit.engine.prepare import make_prepared, needed

Pairs = tuple[Any, Any, Any, Any]
"""Arrays: the row with the lower row_id, the other, and from when until when they overlap."""

Way = Callable[[], Callable[[Path], Pairs]]

ENTRIES, CLIENTS = "time_entry.parquet", "client.parquet"
_ABSENT = ["sick", "declined", "missed", "training"]
_KEPT = ["worker_id", "earliest_starts_at", "latest_ends_at", "row_id"]
_READ_GB = "3GB"  # what the engine may use for itself by default


def tillit() -> Callable[[Path], Pairs]:
    """The prepared tables of the content, as a run makes them; they also tell of households and of groups."""
    catalogue = load()

    def work(folder: Path) -> Pairs:
        files = {"time_entry": [folder / ENTRIES], "client": [folder / CLIENTS]}
        readable = [path for paths in files.values() for path in paths]
        with connect(readable, scratch=folder, memory=_READ_GB, threads=THREADS) as connection:
            lay_out(connection, catalogue, files, [])
            for name in needed(catalogue, ["worker_overlap"]):
                make_prepared(connection, catalogue, name, DAY)
            return _fetched(connection, "SELECT one_row, other_row, from_at, to_at FROM worker_overlap")

    return work


def pandas() -> Callable[[Path], Pairs]:
    """Sorted once; each row beside the next one, those that met beside the one after, until none meet."""
    import pandas as pd  # in the group `bench` only

    def work(folder: Path) -> Pairs:
        there = [("status", "==", "performed"), ("kind", "not in", _ABSENT)]
        read = pd.read_parquet(folder / ENTRIES, columns=_KEPT, filters=there)
        read = read.sort_values(["worker_id", "earliest_starts_at"], ignore_index=True)
        worker, start, end, row = (read[name].to_numpy() for name in _KEPT)
        at, step, found = np.arange(len(read)), 1, []
        while at.size:
            at = at[at < len(read) - step]
            at = at[(worker[at + step] == worker[at]) & (start[at + step] < end[at])]
            found.append((row[at], row[at + step], start[at + step], np.minimum(end[at], end[at + step])))
            step += 1
        one, other, begins, ends = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return one, other, begins, ends

    return work


def polars() -> Callable[[Path], Pairs]:
    """The same with expressions, all cores at once."""
    import polars as pl  # in the group `bench` only

    def work(folder: Path) -> Pairs:
        read = (
            pl.scan_parquet(folder / ENTRIES)
            .filter(pl.col("status") == "performed", ~pl.col("kind").is_in(_ABSENT))
            .select(_KEPT)
            .sort("worker_id", "earliest_starts_at")
            .collect()
        )
        found = []
        while not found or found[-1].height:
            later = pl.all().shift(-len(found) - 1).name.prefix("other_")
            meets = (pl.col("other_worker_id") == pl.col("worker_id")) & (
                pl.col("other_earliest_starts_at") < pl.col("latest_ends_at")
            )
            found.append(read.lazy().with_columns(later).filter(meets).collect())
        pairs = pl.concat(found).select(
            "row_id", "other_row_id", "other_earliest_starts_at",
            pl.min_horizontal("latest_ends_at", "other_latest_ends_at"),
        )  # fmt: skip
        one, other, begins, ends = (column.to_numpy() for column in pairs.get_columns())
        return one, other, begins, ends

    return work


def self_join() -> Callable[[Path], Pairs]:
    """What one writes first: every row of a person with every other, in DuckDB."""

    def work(folder: Path) -> Pairs:
        with duckdb.connect(config={"threads": str(THREADS), "memory_limit": MEMORY}) as connection:
            connection.execute(f"SET temp_directory = '{folder / 'spill'}'; SET enable_progress_bar = false")
            absent = ", ".join(f"'{kind}'" for kind in _ABSENT)
            return _fetched(
                connection,
                f"""WITH entry AS (
                  SELECT {", ".join(_KEPT)} FROM read_parquet('{folder / ENTRIES}')
                  WHERE status = 'performed' AND kind NOT IN ({absent})
                )
                SELECT one.row_id, other.row_id, GREATEST(one.earliest_starts_at, other.earliest_starts_at),
                  LEAST(one.latest_ends_at, other.latest_ends_at)
                FROM entry AS one JOIN entry AS other
                  ON other.worker_id = one.worker_id AND one.row_id < other.row_id
                 AND one.earliest_starts_at < other.latest_ends_at AND other.earliest_starts_at < one.latest_ends_at""",
            )

    return work


WAYS: dict[str, Way] = {"Tillit": tillit, "pandas": pandas, "Polars": polars, "self-join in DuckDB": self_join}


def digest(pairs: Pairs) -> tuple[int, str]:
    """How many pairs, and a hash of them that does not depend on their order."""
    first, second, begins, ends = pairs
    minutes = [np.asarray(at).astype("datetime64[m]").astype(np.int64) for at in (begins, ends)]
    rows = np.column_stack([np.minimum(first, second), np.maximum(first, second), *minutes])
    in_order = rows[np.lexsort(rows.T[::-1])]
    return len(rows), hashlib.sha256(np.ascontiguousarray(in_order).tobytes()).hexdigest()


def _fetched(connection: duckdb.DuckDBPyConnection, sql: str) -> Pairs:
    one, other, begins, ends = connection.execute(sql).fetchnumpy().values()
    return one, other, begins, ends
