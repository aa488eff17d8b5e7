"""A DuckDB that can reach the folders of one delivery and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tillit.readers.tabular.plain import quoted

_MEMORY = "2GB"


@contextmanager
def locked_connection(work: Path, draft: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in memory that may read and write in two folders; what does not fit in memory goes to `work`.

    Takes: `work`, as protected as the file, since texts lie there as they came; `draft`, where rows are written.
    """
    con = duckdb.connect()
    try:
        allowed = ", ".join(quoted(f"{folder.resolve()}/") for folder in (work, draft))
        con.execute(f"SET allowed_directories = [{allowed}]")  # must come before external access is shut
        con.execute(f"SET temp_directory = {quoted(str(work.resolve()))}")
        con.execute("SET enable_external_access = false")
        con.execute("SET autoinstall_known_extensions = false")
        con.execute("SET autoload_known_extensions = false")
        con.execute(f"SET memory_limit = '{_MEMORY}'")
        con.execute("SET TimeZone = 'UTC'")
        # Lines come first and dictionaries are joined to them as written: to look for a better order of a score
        # of joins takes longer than to read a small file.
        con.execute("SET disabled_optimizers = 'join_order'")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()
