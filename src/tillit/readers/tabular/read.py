"""One table from a file: its lines taken in, every column converted, the wrong lines set aside, the rest stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tillit.catalogue import Catalogue, Source, Table
from tillit.errors import BrokenError
from tillit.readers.canonical import UNDATED
from tillit.readers.expects import expect
from tillit.readers.identity import Identities
from tillit.readers.recognise import Recognition
from tillit.readers.row_list import page_remark
from tillit.readers.tabular.connection import locked_connection
from tillit.readers.tabular.describe import describe, lost_letters_remark, nameless_remarks
from tillit.readers.tabular.dictionary import Dictionary
from tillit.readers.tabular.lines import Lines, judged_sql, refused_sql, rows_sql
from tillit.readers.tabular.plain import quoted
from tillit.readers.tabular.plan import Plan, plan_of
from tillit.readers.tabular.read_field import read_field
from tillit.readers.tabular.reading import Means, Reading
from tillit.readers.tabular.stage import stage
from tillit.readers.tabular.stretch import read_days, read_stretch
from tillit.readers.tabular.town import make_town_days
from tillit.store import ROW_BITS, Delivery, Refusal, Remark, Store, Total

REFUSALS_LISTED = 10_000
Progress = Callable[[float], None]


def read_table(
    source: Source,
    kept: Path,
    seen: Recognition,
    delivery: Delivery,
    store: Store,
    catalogue: Catalogue,
    progress: Progress,
) -> None:
    """Reads a table and stores the lines that can be understood, or says in the delivery why none can.

    Takes: the kept copy of the file, and how it was recognised; what is told how far the work has come, 0 to 1.
    Changes: the delivery, and its place in the store.
    Raises: Unreadable, where the file as a whole cannot be taken apart; nothing is stored then.
    """
    plan = plan_of(source, seen.headings, catalogue.tables[source.writes[0]])
    describe(delivery, plan, seen)
    if seen.kind == "json" and (remark := page_remark(kept)):
        delivery.remarks.append(remark)
    with (
        TemporaryDirectory(dir=kept.parent, prefix="work-") as work,
        store.draft(delivery) as draft,
        locked_connection(Path(work), draft) as con,
    ):
        staged = stage(con, kept, seen, plan.shape, Path(work))
        delivery.lines_blank = staged.lines_blank
        delivery.remarks += staged.remarks(source.extra_cells)
        delivery.remarks += nameless_remarks(con, plan.nameless)
        delivery.remarks += lost_letters_remark(con, plan.shape.read) if staged.may_lack_letters else []
        progress(0.4)
        lines = _read_lines(con, plan, delivery, store)
        progress(0.6)
        longest = _judge(con, lines, delivery)
        if delivery.lines_refused or delivery.remarks:
            delivery.status = "accepted_with_remarks"
        expect(source, delivery)
        progress(0.7)
        if delivery.status != "rejected":
            _store_rows(con, lines, draft, delivery, staged.last_record, longest)
    progress(1.0)


def _read_lines(con: duckdb.DuckDBPyConnection, plan: Plan, delivery: Delivery, store: Store) -> Lines:
    """How every field is read; days first, since they tell when the file was made."""
    days = read_days(con, plan.stretch) if plan.stretch else None
    told = read_stretch(con, plan.stretch, days) if plan.stretch else None
    means = Means(con, Identities(store.persons, UNDATED), plan.source.decimal)
    dates = {field.column: read_field(field, means) for field in plan.fields if field.kind == "date"}
    on = _latest_day(con, plan.table, list(dates.values()), days)
    means = replace(means, identities=Identities(store.persons, on))
    readings = [dates.get(field.column) or read_field(field, means) for field in plan.fields]
    if queries := [*(told.days if told else ()), *(reading.days for reading in readings if reading.days)]:
        make_town_days(con, queries)
    delivery.remarks += [remark for reading in readings for remark in reading.remarks]
    return Lines(plan.table, tuple(readings), told, tuple(plan.asides))


def _known_days(con: duckdb.DuckDBPyConnection, dictionary: str) -> Iterator[date]:
    row = con.execute(f"SELECT min(value), max(value) FROM {dictionary}").fetchall()[0]
    return (day for day in row if day is not None)


def _latest_day(
    con: duckdb.DuckDBPyConnection, table: Table, dates: Sequence[Reading], days: Dictionary | None
) -> date:
    """The latest day that every line must have: the file is not much older than that."""
    names = [
        each.dictionary.name for each in dates if each.dictionary and not table.columns[each.field.column].optional
    ]
    names += [days.name] if days else []
    return max((day for name in names for day in _known_days(con, name)), default=UNDATED)


def _judge(con: duckdb.DuckDBPyConnection, lines: Lines, delivery: Delivery) -> int:
    """Counts and sums the lines, and sets the wrong ones aside. Gives the most midnights in any stretch."""
    con.execute(f"CREATE TEMP TABLE judged (lines BIGINT, wrong BIGINT[], longest BIGINT{_sum_columns(lines)})")
    con.execute(f"INSERT INTO judged {judged_sql(lines)}")
    con.execute("CREATE TEMP TABLE wrong AS SELECT unnest(wrong) AS record FROM judged")
    row = con.execute("SELECT * REPLACE ((SELECT count(*) FROM wrong) AS wrong) FROM judged").fetchall()[0]
    delivery.lines_read, delivery.lines_refused, longest, *sums = row
    delivery.lines_stored = delivery.lines_read - delivery.lines_refused
    for place, name in enumerate(lines.summed):
        of_all, of_wrong = (int(each or 0) for each in sums[2 * place : 2 * place + 2])
        delivery.totals.append(Total(f"{lines.table.table}.{name}", of_all, of_all - of_wrong, of_wrong))
    if delivery.lines_refused:
        listed = con.execute(f"{refused_sql(lines)} LIMIT {REFUSALS_LISTED}").fetchall()
        # One cell may be read into two columns, and its fault is told once.
        delivery.refusals += [
            Refusal(line, "; ".join(dict.fromkeys(what.split("; "))), fix) for line, what, fix in listed
        ]
        if delivery.lines_refused > len(listed):
            more = delivery.lines_refused - len(listed)
            what = f"{more} more lines were refused; only the first {len(listed)} are listed"
            delivery.remarks.append(Remark(0, what, "mend what is listed, and read the file again"))
    return int(longest or 0)


def _sum_columns(lines: Lines) -> str:
    return "".join(f", sum_{place} HUGEINT" for place in range(2 * len(lines.summed)))


def _store_rows(
    con: duckdb.DuckDBPyConnection, lines: Lines, draft: Path, delivery: Delivery, last_record: int, longest: int
) -> None:
    """Writes the rows, and counts and sums them again where they lie."""
    if (longest + 1) * last_record >= 1 << ROW_BITS:
        raise BrokenError("the file has more rows than a delivery can number", where=delivery.name, fix="divide it")
    file = draft / f"{lines.table.table}.parquet"
    rows = rows_sql(lines, delivery.row_id(0), last_record, without_wrong=delivery.lines_refused > 0)
    # Version 2 holds sorted and dense numbers in fewer bytes, and is written faster.
    form = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE 524288"
    con.execute(f"COPY ({rows}) TO {quoted(str(file))} ({form})")
    lines_sql = f"count(*) FILTER (row_id <= {delivery.row_id(last_record)})"
    sums = ", ".join(["count(*)", lines_sql, *(f'sum("{name}")' for name in lines.summed)])
    counted = con.execute(f"SELECT {sums} FROM read_parquet({quoted(str(file))})").fetchall()
    rows_stored, lines_stored, *stored = counted[0]
    delivery.rows[lines.table.table] = rows_stored
    found = [lines_stored, *(int(each or 0) for each in stored)]
    if found != [delivery.lines_stored, *(total.stored for total in delivery.totals)]:
        what = "what was stored does not add up to what was read"
        raise BrokenError(what, where=delivery.name, fix="report it to us with the kind of file")
