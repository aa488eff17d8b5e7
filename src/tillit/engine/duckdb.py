"""A DuckDB connection that can read nothing but the files it is given, within a limit of memory and time."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import duckdb

from tillit.errors import RefusedError

Connection = duckdb.DuckDBPyConnection
VERSION: str = duckdb.__version__


class TookTooLong(RefusedError):
    """A question to the data was stopped because it had not been answered in the time given."""


@contextmanager
def connect(
    readable: Iterable[Path] = (),
    *,
    scratch: Path | None = None,
    memory: str = "2GB",
    threads: int = 2,
) -> Iterator[Connection]:
    """An empty database in memory, shut off from the machine.

    Takes: the files that may be read; `scratch`, a folder for what does not fit in memory.
    """
    # `with`, so that nothing is left to the interpreter's exit, where DuckDB complains of leaks.
    with duckdb.connect(config={"threads": str(threads), "memory_limit": memory}) as connection:
        # The lists must come before external access is shut off, and the lock last. Order is kept, because
        # prepared tables rest on rows that stay sorted while running values are taken over them.
        connection.execute(f"SET allowed_paths = [{', '.join(quoted(str(path)) for path in readable)}]")
        if scratch is not None:
            connection.execute(f"SET allowed_directories = [{quoted(f'{scratch}/')}]")
            connection.execute(f"SET temp_directory = {quoted(str(scratch / 'spill'))}")
        for setting in (
            "SET TimeZone = 'UTC'",
            "SET enable_external_access = false",
            "SET autoinstall_known_extensions = false",
            "SET lock_configuration = true",
        ):
            connection.execute(setting)
        yield connection


@contextmanager
def time_limit(connection: Connection, seconds: float) -> Iterator[None]:
    """What runs in the block is stopped after so many seconds. Raises: TookTooLong."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as fault:
        raise TookTooLong(f"stopped after {seconds:g} seconds", fix="give it more time, or a shorter period") from fault
    finally:
        timer.cancel()


def quoted(text: str) -> str:
    """A text as SQL.

    >>> quoted("don't")
    "'don''t'"
    """
    return "'" + text.replace("'", "''") + "'"


def as_sql(value: object) -> str:
    """A value as SQL.

    >>> as_sql(None), as_sql(True), as_sql(Decimal("4.33")), as_sql("ja")
    ('NULL', 'TRUE', '4.33', "'ja'")
    """
    if value is None or isinstance(value, bool):
        return str(value).upper() if value is not None else "NULL"
    return str(value) if isinstance(value, int | Decimal) else quoted(str(value))
