"""What tests of the readers share: the content as it comes, and a file read into a store of its own."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tillit.catalogue import Catalogue, load
from tillit.readers import read_file
from tillit.store import Delivery, Store


@cache
def content() -> Catalogue:
    """The content as it comes with Tillit."""
    return load()


def new_store(folder: Path) -> Store:
    """An empty store."""
    return Store(folder / "data", folder / "protected")


def written(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    """A file with that content."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(
    folder: Path, text: str | bytes, *, source: str | None = None, catalogue: Catalogue | None = None
) -> tuple[Delivery, Store]:
    """A file with that content, read into an empty store."""
    store = new_store(folder)
    return read_file(written(folder, text), store, catalogue or content(), source=source), store


def rows(store: Store, delivery: Delivery, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Some columns of the stored rows, in the order of their row_id."""
    files = store.parquet(table, [delivery.sha256])
    return duckdb.sql(f"SELECT {columns} FROM read_parquet('{files[0]}') ORDER BY row_id").fetchall() if files else []


def csv_text(headings: Sequence[str], lines: Sequence[Sequence[str]], delimiter: str = ";") -> str:
    """A table as text, no cell in quotation marks."""
    return "".join(delimiter.join(line) + "\n" for line in (headings, *lines))


def refused(delivery: Delivery) -> list[tuple[int, str]]:
    """The lines that were set aside, and why."""
    return [(refusal.line, refusal.what) for refusal in delivery.refusals]
