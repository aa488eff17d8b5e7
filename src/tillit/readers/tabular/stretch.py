"""Stretches of time read in SQL: as short as they can be read and as wide, each split at the town's midnights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb

from tillit.readers.tabular.convert import FIRST_YEAR, LAST_YEAR, NotADay, day, day_of_month
from tillit.readers.tabular.dictionary import Dictionary, Key, converted_by, distinct_keys, make_dictionary
from tillit.readers.tabular.field import Stretch
from tillit.readers.tabular.plain import BLANKS, quoted
from tillit.readers.tabular.stamp import NEVER_FIX, Stamp, never_sql, read_stamp, timestamp_sql
from tillit.readers.tabular.town import early_sql, late_sql, left_out_sql
from tillit.units import clock_minute

LONGEST_DAYS = 31
"""A longer stretch is a slip of the hand."""


@dataclass(frozen=True)
class Fault:
    """What may be wrong with a line, as SQL: when it is, what to say, and what to do."""

    when: str
    what: str
    fix: str


@dataclass(frozen=True)
class Told:
    """A stretch as its line tells it: joins, columns by name, and what may be wrong with it.

    `days` are queries for the days of all lines, which `town_day` must have.
    """

    joins: tuple[str, ...]
    days: tuple[str, ...]
    columns: dict[str, str]
    faults: tuple[Fault, ...]


def read_stretch(con: duckdb.DuckDBPyConnection, stretch: Stretch, days: Dictionary | None) -> Told:
    """How the two ends of a stretch are read.

    Takes: the dictionary of its days, where they stand apart from the clock times.
    """
    if days is None:
        return _from_stamps(con, stretch)
    return _from_clock(con, stretch, days)


def read_days(con: duckdb.DuckDBPyConnection, stretch: Stretch) -> Dictionary | None:
    """The dictionary of the days on which the stretches begin, where these stand apart from the clock times."""
    if not stretch.day:
        return None
    cells = tuple(f"c{place}" for place in stretch.day)
    return _dictionary(con, stretch, "d_day", cells, lambda key: _day(key, tuple(stretch.interval.formats)), "date")


SHORT_SQL = """
  CASE WHEN _se < _ee THEN _ee ELSE _el END AS _short_end,
  CASE WHEN _sl < CASE WHEN _se < _ee THEN _ee ELSE _el END THEN _sl ELSE _se END AS _short_start,
  _last_day - _first_day AS _midnights
"""
"""The shortest reading, and how many midnights lie in it: from the last of two starts to the first of two ends."""

PIECE_SQL: dict[str, str] = {
    "work_date": "_first_day + _piece",
    "starts_at": timestamp_sql("_start"),
    "ends_at": timestamp_sql("_end"),
    "minutes": "_end - _start",
    "earliest_starts_at": timestamp_sql("_earliest"),
    "latest_ends_at": timestamp_sql("_latest"),
    "longest_minutes": "_latest - _earliest",
    "clock_uncertain": "_earliest <> _start OR _latest <> _end",
}
"""The columns of a piece of a stretch that lies within one day."""

BOUNDS_SQL = """
  CASE WHEN _piece = 0 THEN _short_start ELSE piece_day.midnight END AS _start,
  CASE WHEN _piece = 0 THEN _se ELSE piece_day.midnight END AS _earliest,
  CASE WHEN _piece = _midnights THEN _short_end ELSE piece_day.next_midnight END AS _end,
  CASE WHEN _piece = _midnights THEN _el ELSE piece_day.next_midnight END AS _latest
"""
"""The ends of a piece; `piece_day` is the town's day that it lies in."""


def _from_clock(con: duckdb.DuckDBPyConnection, stretch: Stretch, days: Dictionary) -> Told:
    clocks = {
        name: _dictionary(con, stretch, name, (f"c{cell}",), _clock, "clock")
        for name, cell in (("d_start", stretch.start), ("d_end", stretch.end))
    }
    tables = [days, *clocks.values()]
    day, start, end = "d_day.value", "d_start.value", "d_end.value"
    next_day = f"CASE WHEN {end} < {start} THEN 1 ELSE 0 END"
    last = f"{day} + {next_day}"
    if stretch.end_day is not None:
        formats = tuple(stretch.interval.formats)
        tables.append(
            _dictionary(con, stretch, "d_end_day", (f"c{stretch.end_day}",), lambda key: _day(key, formats), "date")
        )
        last = f"coalesce(d_end_day.value, {last})"
    joins = [table.join for table in tables]
    joins += [
        f"LEFT JOIN town_day AS start_day ON start_day.day = {day}",
        f"LEFT JOIN town_day AS end_day ON end_day.day = {last}",
    ]
    columns = {
        "_first_day": f"{day} + CASE WHEN {start} = 1440 THEN 1 ELSE 0 END",
        "_last_day": f"{last} - CASE WHEN {end} = 0 THEN 1 ELSE 0 END",
        "_ls": start,
        "_le": f"{end} + 1440 * (({last}) - {day})",
        "_from": f"{day}::TIMESTAMP",
        "_se": early_sql("start_day", start),
        "_sl": late_sql("start_day", start),
        "_ee": early_sql("end_day", end),
        "_el": late_sql("end_day", end),
        "_never_start": left_out_sql("start_day", start),
        "_never_end": left_out_sql("end_day", end),
        **{f"_what_{table.name}": f"{table.name}.what" for table in tables if table.has_faults},
        **{f"_fix_{table.name}": f"{table.name}.fix" for table in tables if table.has_faults},
    }
    faults = [_fault_of(table.name) for table in tables if table.has_faults]
    needed = {"d_day": stretch.day, "d_start": (stretch.start,), "d_end": (stretch.end,)}
    for name, places in needed.items():
        table = next(each for each in tables if each.name == name)
        columns[f"_{name}"] = f"{name}.value"
        unless = f" AND _what_{name} IS NULL" if table.has_faults else ""
        faults.append(_empty(stretch, places, f"_{name} IS NULL{unless}"))
    told_days = tuple(f"SELECT value AS day FROM {table.name}" for table in tables if table.name not in clocks)
    return Told(tuple(joins), told_days, columns, (*faults, *_common_faults()))


def _from_stamps(con: duckdb.DuckDBPyConnection, stretch: Stretch) -> Told:
    ends: dict[str, Stamp] = {}
    for name, cell in (("start", stretch.start), ("end", stretch.end)):
        ends[name] = read_stamp(
            con, f"c{cell}", f"{name}_day", stretch.headings[cell],
            formats=stretch.interval.formats, utc=stretch.interval.zone == "utc",
        )  # fmt: skip
    start, end = ends["start"], ends["end"]
    days_apart = "(end_day.day - start_day.day)"
    at_midnight = f"({end.late}) = end_day.midnight OR ({end.late}) = end_day.next_midnight"
    columns = {
        "_first_day": start.day,
        "_last_day": f"{end.day} - CASE WHEN {at_midnight} THEN 1 ELSE 0 END",
        "_ls": start.clock,
        "_le": f"{end.clock} + 1440 * {days_apart}",
        "_from": "start_day.day::TIMESTAMP",
        "_se": start.early,
        "_sl": start.late,
        "_ee": end.early,
        "_el": end.late,
        "_what_start": start.what,
        "_fix_start": start.fix,
        "_what_end": end.what,
        "_fix_end": end.fix,
    }
    faults = [_fault_of("start"), _fault_of("end")]
    faults += [
        _empty(stretch, (stretch.start,), "_se IS NULL AND _what_start IS NULL"),
        _empty(stretch, (stretch.end,), "_ee IS NULL AND _what_end IS NULL"),
    ]
    return Told((*start.joins, *end.joins), (start.days, end.days), columns, (*faults, *_common_faults()[2:]))


def _common_faults() -> tuple[Fault, ...]:
    """The faults of two ends that can be read: never shown by the clock, in the wrong order, too far apart."""
    start, end = "(_from + to_minutes(_ls))", "(_from + to_minutes(_le))"
    shown = f"strftime({start}, '%Y-%m-%d %H:%M') || ' to ' || strftime({end}, '%Y-%m-%d %H:%M')"
    both = "_ls IS NOT NULL AND _le IS NOT NULL"
    return (
        Fault("_never_start", never_sql(start), quoted(NEVER_FIX)),
        Fault("_never_end", never_sql(end), quoted(NEVER_FIX)),
        Fault(f"{both} AND _le = _ls", f"{shown} || ' could mean nothing, or a whole day'", "'give the day it ends'"),
        Fault(f"{both} AND _le < _ls", f"{shown} || ' ends before it starts'", "'look at the two days'"),
        Fault(
            f"NOT ({both}) AND _el <= _se", "'the time ends where it starts, or before'", "'look at its two ends'"
        ),
        Fault(
            f"_midnights > {LONGEST_DAYS}",
            "'the time goes on for ' || (_midnights + 1) || ' days'",
            "'look at the two days'",
        ),
    )  # fmt: skip


def _fault_of(name: str) -> Fault:
    return Fault(f"_what_{name} IS NOT NULL", f"_what_{name}", f"_fix_{name}")


def _empty(stretch: Stretch, places: tuple[int, ...], when: str) -> Fault:
    heading = " + ".join(stretch.headings[place] for place in places)
    return Fault(when, quoted(f"{heading} is empty"), "'ask the sender for it'")


def _dictionary(
    con: duckdb.DuckDBPyConnection,
    stretch: Stretch,
    name: str,
    cells: tuple[str, ...],
    convert: Callable[[Key], object],
    kind: str,
) -> Dictionary:
    keys = distinct_keys(con, cells, " AND ".join(f"{cell} IS NOT NULL" for cell in cells))
    heading = " + ".join(stretch.headings[int(cell[1:])] for cell in cells)
    converted = converted_by(keys, convert)
    return make_dictionary(con, name, cells, "date" if kind == "date" else "clock", converted, heading)


def _clock(key: Key) -> int | None:
    bare = (key[0] or "").strip(BLANKS)
    return clock_minute(bare) if bare else None


def _day(key: Key, formats: tuple[str, ...]) -> date | None:
    """The day that a cell tells, or a month and a number in it."""
    texts = [(text or "").strip(BLANKS) for text in key]
    if not all(texts):
        return None
    found = day_of_month(texts[0], texts[1], formats) if len(texts) > 1 else day(texts[0], formats)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotADay(f"no one worked in the year {found.year}", fix="mend the year")
    return found
