"""Dictionaries: the distinct texts of a column, each converted once and joined back to its lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from tillit.catalogue.source import Conversion
from tillit.errors import RefusedError
from tillit.readers.tabular.convert import UnknownCode
from tillit.readers.tabular.plain import quoted

Key = tuple[str | None, ...]
"""The texts that one value is told by: one cell as a rule, several where more than one tells it."""

Converted = object | RefusedError | None
"""What a key stands for, why it cannot be read, or nothing where it stands for nothing."""

_ARROW: dict[Conversion, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 4),
    "minutes": pa.int64(),
    "hours": pa.int64(),
    "clock": pa.int64(),
    "money": pa.int64(),
    "date": pa.date32(),
    "month": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(),
    "person": pa.int64(),
    "organisation": pa.string(),
    "account": pa.string(),
}


_TEXTS = ("text", "organisation", "account")
_MOST_CODES = 10_000


@dataclass(frozen=True)
class Dictionary:
    """The converted texts of a column as a table of SQL; `what` and `fix` are NULL where a text could be read.

    `has_faults`: some text could not be read; `has_gaps`: some text stands for nothing; `codes`: the ENUM of
    its values, where these are few texts.
    """

    name: str
    cells: tuple[str, ...]
    is_empty: bool
    has_faults: bool
    has_gaps: bool
    codes: str = ""

    @property
    def join(self) -> str:
        """How it is joined to the lines."""
        same = " AND ".join(
            f"{self.name}.k{number} IS NOT DISTINCT FROM {cell}" for number, cell in enumerate(self.cells)
        )
        if len(self.cells) == 1:  # the plain comparison is faster, and no line without the text is asked for
            same = f"{self.name}.k0 = {self.cells[0]}"
        return f"LEFT JOIN {self.name} ON {same}"


class Met(NamedTuple):
    """Where a key was met: the first line, and how many."""

    line: int
    lines: int


def distinct_keys(con: duckdb.DuckDBPyConnection, cells: Sequence[str], where: str) -> dict[Key, Met]:
    """The distinct texts of some cells, in the order in which the lines have them.

    Takes: the cells as SQL; which lines.
    """
    listed = ", ".join(cells)
    rows = con.execute(
        f"SELECT {listed}, min(line) AS first, count(*) FROM raw WHERE {where} GROUP BY {listed} ORDER BY first"
    ).fetchall()
    return {tuple(row[:-2]): Met(row[-2], row[-1]) for row in rows}


def make_dictionary(
    con: duckdb.DuckDBPyConnection,
    name: str,
    cells: Sequence[str],
    kind: Conversion,
    converted: dict[Key, Converted],
    heading: str,
    default: str | None = None,
) -> Dictionary:
    """Makes the table `name` with columns k0, k1 ..., value, what and fix.

    Takes: what may be stored in place of a missing text, besides the values.
    """
    faults = {key: value for key, value in converted.items() if isinstance(value, RefusedError)}
    columns: dict[str, Any] = {
        f"k{number}": pa.array([key[number] for key in converted], pa.string()) for number in range(len(cells))
    }
    columns["value"] = pa.array([None if key in faults else value for key, value in converted.items()], _ARROW[kind])
    columns["what"] = pa.array(
        [said(heading, faults[key]) if key in faults else None for key in converted], pa.string()
    )
    columns["fix"] = pa.array([faults[key].fix if key in faults else None for key in converted], pa.string())
    codes = ""
    if kind in _TEXTS:
        codes = make_codes(con, f"codes_{name}", [*(str(each) for each in columns["value"] if each.is_valid), default])
    con.register("given", pa.table(columns))
    value = f"value::{codes}" if codes else "value"
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT * REPLACE ({value} AS value) FROM given")
    con.unregister("given")
    return Dictionary(name, tuple(cells), not converted, bool(faults), None in converted.values(), codes)


def make_codes(con: duckdb.DuckDBPyConnection, name: str, texts: Iterable[str | None]) -> str:
    """Makes an ENUM of some texts, and gives its name; nothing where they are too many.

    A column of codes is written to Parquet at half the price of one of texts, and read as text.
    """
    distinct = sorted({text for text in texts if text is not None})
    if not 0 < len(distinct) <= _MOST_CODES:
        return ""
    con.execute(f"CREATE TEMP TYPE {name} AS ENUM ({', '.join(map(quoted, distinct))})")
    return name


def converted_by(keys: Mapping[Key, Met], convert: Callable[[Key], object]) -> dict[Key, Converted]:
    """Each key converted, or the reason why it cannot be."""
    done: dict[Key, Converted] = {}
    for key in keys:
        try:
            done[key] = convert(key)
        except RefusedError as fault:
            done[key] = fault
    return done


def said(heading: str, fault: RefusedError) -> str:
    """A fault in a cell under its heading.

    >>> said("Typ", UnknownCode("is 'X'")), said("Belopp", RefusedError("'12x' is not a number"))
    ("Typ is 'X'", "Belopp: '12x' is not a number")
    """
    return f"{heading} {fault.what}" if isinstance(fault, UnknownCode) else f"{heading}: {fault.what}"
