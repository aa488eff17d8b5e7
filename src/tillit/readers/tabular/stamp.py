"""Points in time that are written in full, read in SQL: on the town's clock, or with a zone of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from tillit.readers.tabular.convert import FIRST_YEAR, LAST_YEAR, written_instant
from tillit.readers.tabular.dictionary import Dictionary, Key, converted_by, distinct_keys, make_dictionary
from tillit.readers.tabular.plain import BLANKS, quoted
from tillit.readers.tabular.town import early_sql, late_sql, left_out_sql

_CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
_NAIVE = f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{_CLOCK}"
_ZONED = f"{_NAIVE}(Z|[+-][0-9]{{2}}:[0-9]{{2}})"


@dataclass(frozen=True)
class Stamp:
    """The SQL of one cell that holds a point in time; NULL, all of it, where the cell is empty or cannot be read.

    `day` is the town's date, `clock` the minute of it where the text has no zone. `early` and `late` are
    minutes since 1970, which differ in the hour that comes twice. `what` and `fix` tell of its fault.
    `days` is a query for the days of all lines, which `town_day` must have.
    """

    joins: tuple[str, ...]
    days: str
    day: str
    clock: str
    early: str
    late: str
    what: str
    fix: str


def read_stamp(
    con: duckdb.DuckDBPyConnection,
    cell: str,
    alias: str,
    heading: str,
    *,
    formats: Sequence[str] = (),
    empty: Sequence[str] = (),
    utc: bool = False,
) -> Stamp:
    """How a cell is read. Makes a dictionary of the texts that are not plainly written.

    Takes: the alias under which the town's day is joined; whether a text without a zone is in UTC.
    """
    keys = distinct_keys(con, [cell], f"{cell} IS NOT NULL AND {_naive(cell)} IS NULL AND {_zoned(cell)} IS NULL")

    def plainly(key: Key) -> object:
        bare = (key[0] or "").strip(BLANKS)
        return written_instant(bare, tuple(formats)).isoformat(sep=" ") if bare and bare not in empty else None

    other = make_dictionary(con, f"d_{alias}", [cell], "text", converted_by(keys, plainly), heading)
    _add_to_lines(con, cell, alias, None if other.is_empty else other, utc=utc)
    stamp = _stamp(alias, heading)
    if not other.has_faults:
        return stamp
    return replace(
        stamp,
        joins=(other.join, *stamp.joins),
        what=f"coalesce({other.name}.what, {stamp.what})",
        fix=f"coalesce({other.name}.fix, {stamp.fix})",
    )


def timestamp_sql(minute: str) -> str:
    """A minute since 1970 as a TIMESTAMP in UTC."""
    return f"make_timestamp(({minute}) * 60000000)"


def never_sql(written: str) -> str:
    """What to say of a minute that the clocks skipped."""
    return f"strftime({written}, '%Y-%m-%d %H:%M') || ' never came: the clocks were put forward that night'"


NEVER_FIX = "ask the provider when it was"


def _add_to_lines(
    con: duckdb.DuckDBPyConnection, cell: str, alias: str, other: Dictionary | None, *, utc: bool
) -> None:
    """Adds to `raw` what a cell plainly says: <alias>_clock, _instant and _about, and _naive as it is written.

    They are worked out once for each line, where a dozen expressions would else repeat them.
    """
    con.execute(f"ALTER VIEW raw RENAME TO raw_before_{alias}")
    join = ""
    if other:
        join, cell = other.join, f"CASE WHEN {other.name}.k0 IS NULL THEN {cell} ELSE {other.name}.value::VARCHAR END"
    naive, zoned = _naive(cell), _zoned(cell)
    if utc:
        naive, zoned = "NULL::TIMESTAMP", f"coalesce({zoned}, {naive})"
    # The town's clock is one or two hours ahead of UTC: one hour ahead it is the same day, or the one before.
    con.execute(
        f"""CREATE TEMP VIEW raw AS
        SELECT * EXCLUDE ({alias}_zoned), epoch_us({alias}_zoned) // 60000000 AS {alias}_instant,
          (epoch_us({alias}_naive) // 60000000) % 1440 AS {alias}_clock,
          coalesce({alias}_naive::DATE, ({alias}_zoned + INTERVAL 1 HOUR)::DATE) AS {alias}_about
        FROM (
          SELECT before.*, {naive} AS {alias}_naive, {zoned} AS {alias}_zoned FROM raw_before_{alias} AS before {join}
        )"""
    )


def _stamp(alias: str, heading: str) -> Stamp:
    instant, clock, about = f"{alias}_instant", f"{alias}_clock", f"{alias}_about"
    never = left_out_sql(alias, clock)
    faults = [
        (never, f"{quoted(f'{heading}: ')} || {never_sql(f'{alias}_naive')}", NEVER_FIX),
        (
            f"{about} IS NOT NULL AND {alias}.day IS NULL",
            f"{quoted(f'{heading}: the year ')} || year({about}) || ' cannot be right'",
            f"a year from {FIRST_YEAR} to {LAST_YEAR} is known",
        ),
    ]
    return Stamp(
        joins=(f"LEFT JOIN town_day AS {alias} ON {alias}.day = {about}",),
        days=f"SELECT {about} AS day FROM raw",
        day=f"{alias}.day + CASE WHEN {instant} >= {alias}.next_midnight THEN 1 ELSE 0 END",
        clock=f"CASE WHEN {alias}.day IS NOT NULL THEN {clock} END",
        early=f"CASE WHEN NOT coalesce({never}, false) THEN coalesce({instant}, {early_sql(alias, clock)}) END",
        late=f"CASE WHEN NOT coalesce({never}, false) THEN coalesce({instant}, {late_sql(alias, clock)}) END",
        what="CASE " + " ".join(f"WHEN {when} THEN {what}" for when, what, _ in faults) + " END",
        fix="CASE " + " ".join(f"WHEN {when} THEN '{fix}'" for when, _, fix in faults) + " END",
    )


def _naive(cell: str) -> str:
    return f"(CASE WHEN regexp_full_match({cell}, '{_NAIVE}') THEN try_cast({cell} AS TIMESTAMP) END)"


def _zoned(cell: str) -> str:
    """In a session whose zone is UTC, this gives the instant in UTC."""
    return f"(CASE WHEN regexp_full_match({cell}, '{_ZONED}') THEN try_cast({cell} AS TIMESTAMPTZ)::TIMESTAMP END)"
