"""What the time controls are measured against: DuckDB sorting the columns of time entries, and nothing else."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

MEMORY, THREADS = "4GB", 2
FEWEST = ("worker_id", "client_id", "starts_at", "ends_at", "row_id")
"""The least that two overlapping entries can be told by."""


def sort(file: Path, columns: Iterable[str], spill: Path) -> None:
    """Sorts the time entries of a Parquet file by worker and start, into a table in memory."""
    with duckdb.connect(config={"threads": str(THREADS), "memory_limit": MEMORY}) as connection:
        connection.execute(f"SET temp_directory = '{spill}'")
        connection.execute(
            f"""CREATE TABLE sorted AS SELECT {", ".join(columns)} FROM read_parquet('{file}')
            ORDER BY worker_id, starts_at"""
        )
