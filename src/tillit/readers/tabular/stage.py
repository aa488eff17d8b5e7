"""The lines of a file as a table of texts in DuckDB, each with its number: `raw`, with a column for each cell read.

A text that is a plain rectangle is read by DuckDB itself, at its speed. In any other, and wherever DuckDB
would skip a blank line or guess at a quotation mark, the lines are taken apart one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from tillit.readers.decode import Body, write_utf8
from tillit.readers.recognise import Recognition
from tillit.readers.record import Record, records
from tillit.readers.row_list import row_list_records
from tillit.readers.sheet import sheet_records
from tillit.readers.tabular.plain import quoted
from tillit.readers.tabular.plan import Shape
from tillit.store import Remark

_BATCH = 20_000
_SPACES = "".join(map(chr, filter(lambda sign: chr(sign).isspace(), range(0x3001))))  # all that Python strips
_SHOWN_LINES = 5


@dataclass
class Staged:
    """What was seen while the lines were taken in."""

    lines_blank: int = 0
    last_record: int = 0
    may_lack_letters: bool = True
    extra_empty: list[int] = field(default_factory=list)
    extra_unread: list[int] = field(default_factory=list)
    short: list[int] = field(default_factory=list)

    def remarks(self, reason: str) -> list[Remark]:
        """What to tell of lines that are not as long as the heading and could be read all the same."""
        said = (
            (self.extra_empty, "more cells than headings; those beyond are empty", ""),
            (self.extra_unread, "more cells than headings; those beyond were not read", reason),
            (self.short, "fewer cells than headings; those missing were read as empty", "see that none is cut off"),
        )
        return [Remark(0, f"{_counted(lines)} {what} ({_shown(lines)})", fix) for lines, what, fix in said if lines]


def stage(con: duckdb.DuckDBPyConnection, path: Path, seen: Recognition, shape: Shape, work: Path) -> Staged:
    """Makes the view `raw`: record (1, 2 ...), line, ragged (why it cannot be read, or NULL), and each cell read.

    The cell at place 3 is column c3; where it is empty it is NULL, or blanks.

    Takes: a folder to work in, as protected as the file.
    Raises: UnclosedQuote and others, all Unreadable.
    """
    if seen.kind == "text":
        return _rectangle(con, path, seen, shape, work) or _one_by_one(con, _text_records(path, seen), shape)
    if seen.kind == "json":
        return _one_by_one(con, row_list_records(path), shape)
    return _one_by_one(con, sheet_records(path, seen.sheet, seen.body_line), shape)


def _rectangle(
    con: duckdb.DuckDBPyConnection, path: Path, seen: Recognition, shape: Shape, work: Path
) -> Staged | None:
    """Lets DuckDB read the text; nothing when it does not find just one record on every line."""
    if shape.width < 2:
        return None
    file = work / "body.csv"
    body = write_utf8(path, seen.encoding, seen.body_line - 1, file, seen.delimiter)
    if not body.lines:
        return None
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(shape.width))
    listed = ", ".join(f"c{place}" for place in shape.read)
    every = [f"c{place}" for place in range(shape.width)]
    said = ", ".join(f"nullif(trim({cell}, {quoted(_SPACES)}), '')" for cell in every)
    text = (
        f"read_csv({quoted(str(file))}, delim={quoted(seen.delimiter)}, columns={{{columns}}}, header=false, "
        "auto_detect=false, quote='\"', escape='\"', new_line='\\n', strict_mode=true, null_padding=false)"
    )
    try:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE staged AS SELECT {listed}, coalesce({said}) IS NULL AS blank FROM {text}"
        )
        blank, last = con.execute("SELECT count(*) FILTER (blank), count(*) FROM staged").fetchall()[0]
        is_right = last == body.lines and _has_no_extra_cells(con, text, every, seen.delimiter, body)
    except duckdb.Error:
        return None
    finally:
        file.unlink()
    if not is_right:
        return None
    con.execute(
        f"CREATE TEMP VIEW raw AS SELECT rowid + 1 AS record, rowid + {seen.body_line} AS line, "
        f"NULL::VARCHAR AS ragged, {listed} FROM staged" + (" WHERE NOT blank" if blank else "")
    )
    return Staged(lines_blank=blank, last_record=last, may_lack_letters=body.lost_letters > 0)


def _has_no_extra_cells(
    con: duckdb.DuckDBPyConnection, text: str, cells: list[str], delimiter: str, body: Body
) -> bool:
    """Whether each line has as many cells as there are headings: DuckDB says nothing of an empty one too many."""
    extra = body.signs - body.lines * (len(cells) - 1)
    if not extra:
        return True
    within = " + ".join(
        f"coalesce(length({cell}) - length(replace({cell}, {quoted(delimiter)}, '')), 0)" for cell in cells
    )
    return bool(con.execute(f"SELECT sum({within}) = {extra} FROM {text}").fetchall()[0][0])


def _text_records(path: Path, seen: Recognition) -> Iterator[Record]:
    with path.open(encoding=seen.encoding, newline=None) as text:
        for _ in range(seen.body_line - 1):
            text.readline()
        yield from records(text, seen.delimiter, seen.body_line)


def _one_by_one(con: duckdb.DuckDBPyConnection, given: Iterable[Record], shape: Shape) -> Staged:
    listed = ", ".join(f"c{place} VARCHAR" for place in shape.read)
    con.execute(f"CREATE OR REPLACE TEMP TABLE staged (line BIGINT, ragged VARCHAR, {listed})")
    staged = Staged()
    batch: list[tuple[object, ...]] = []
    for record in given:
        if not "".join(record.cells).strip():
            staged.lines_blank += 1
            continue
        ragged = _raggedness(record, shape, staged)
        cells = [] if ragged else record.cells
        texts = (cells[place] or None if place < len(cells) else None for place in shape.read)
        batch.append((record.line, ragged, *texts))
        if len(batch) == _BATCH:
            staged.last_record += _insert(con, batch, shape)
            batch = []
    staged.last_record += _insert(con, batch, shape)
    con.execute("CREATE TEMP VIEW raw AS SELECT rowid + 1 AS record, * FROM staged")
    return staged


def _raggedness(record: Record, shape: Shape, staged: Staged) -> str | None:
    """Why a line of another length than the heading cannot be read; what can be is only noted."""
    width = len(record.cells)
    if width > shape.width:
        if not "".join(record.cells[shape.width :]).strip():
            staged.extra_empty.append(record.line)
        elif shape.extra_cells:
            staged.extra_unread.append(record.line)
        else:
            return _ragged(record, shape)
    elif width < shape.width:
        if any(place >= width for place in shape.needed):
            return _ragged(record, shape)
        staged.short.append(record.line)
    return None


def _ragged(record: Record, shape: Shape) -> str:
    lines = "" if record.line == record.last_line else f", and a quoted cell goes on to line {record.last_line}"
    return f"the line has {len(record.cells)} cells where the heading has {shape.width}{lines}"


def _insert(con: duckdb.DuckDBPyConnection, batch: list[tuple[object, ...]], shape: Shape) -> int:
    if batch:
        names = ["line", "ragged", *(f"c{place}" for place in shape.read)]
        types = [pa.int64(), *(pa.string() for _ in names[1:])]
        columns = zip(*batch, strict=True)
        given = pa.table([pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], names=names)
        con.register("given", given)
        con.execute("INSERT INTO staged SELECT * FROM given")
        con.unregister("given")
    return len(batch)


def _counted(lines: list[int]) -> str:
    return "1 line has" if len(lines) == 1 else f"{len(lines)} lines have"


def _shown(lines: list[int]) -> str:
    """The first line numbers of many.

    >>> _shown([4]), _shown([4, 9, 12, 13, 20, 31])
    ('line 4', 'lines 4, 9, 12, 13, 20 …')
    """
    more = " …" if len(lines) > _SHOWN_LINES else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_SHOWN_LINES]))}{more}"
