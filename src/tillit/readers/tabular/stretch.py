"""The two ends of a stretch of time read in SQL, in both readings of the hour that comes twice, and their faults."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb

from tillit.readers.tabular.convert import FIRST_YEAR, LAST_YEAR, NotADay, day, day_of_month
from tillit.readers.tabular.dictionary import Dictionary, Key, converted_by, distinct_keys, make_dictionary
from tillit.readers.tabular.field import Stretch
from tillit.readers.tabular.plain import BLANKS, quoted
from tillit.readers.tabular.stamp import NEVER_FIX, Stamp, never_sql, read_stamp
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

    Of the columns, _start_clock and _end_clock are minutes of the clock from the midnight of _from, NULL where
    a text has a zone of its own. _first_start, _last_start, _first_end and _last_end are minutes since 1970:
    the first and the last reading of each end, which differ only in the hour that comes twice.
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
        "_start_clock": start,
        "_end_clock": f"{end} + 1440 * (({last}) - {day})",
        "_from": f"{day}::TIMESTAMP",
        "_first_start": early_sql("start_day", start),
        "_last_start": late_sql("start_day", start),
        "_first_end": early_sql("end_day", end),
        "_last_end": late_sql("end_day", end),
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
        "_start_clock": start.clock,
        "_end_clock": f"{end.clock} + 1440 * {days_apart}",
        "_from": "start_day.day::TIMESTAMP",
        "_first_start": start.early,
        "_last_start": start.late,
        "_first_end": end.early,
        "_last_end": end.late,
        "_what_start": start.what,
        "_fix_start": start.fix,
        "_what_end": end.what,
        "_fix_end": end.fix,
    }
    faults = [_fault_of("start"), _fault_of("end")]
    faults += [
        _empty(stretch, (stretch.start,), "_first_start IS NULL AND _what_start IS NULL"),
        _empty(stretch, (stretch.end,), "_first_end IS NULL AND _what_end IS NULL"),
    ]
    return Told((*start.joins, *end.joins), (start.days, end.days), columns, (*faults, *_common_faults()[2:]))


def _common_faults() -> tuple[Fault, ...]:
    """The faults of two ends that can be read: never shown by the clock, in the wrong order, too far apart."""
    start, end = "(_from + to_minutes(_start_clock))", "(_from + to_minutes(_end_clock))"
    shown = f"strftime({start}, '%Y-%m-%d %H:%M') || ' to ' || strftime({end}, '%Y-%m-%d %H:%M')"
    both = "_start_clock IS NOT NULL AND _end_clock IS NOT NULL"
    same, before = f"{both} AND _end_clock = _start_clock", f"{both} AND _end_clock < _start_clock"
    not_after = f"NOT ({both}) AND _last_end <= _first_start"
    days = "'the time goes on for ' || (_midnights + 1) || ' days'"
    return (
        Fault("_never_start", never_sql(start), quoted(NEVER_FIX)),
        Fault("_never_end", never_sql(end), quoted(NEVER_FIX)),
        Fault(same, f"{shown} || ' could mean nothing, or a whole day'", "'give the day it ends'"),
        Fault(before, f"{shown} || ' ends before it starts'", "'look at the two days'"),
        Fault(not_after, "'the time ends where it starts, or before'", "'look at its two ends'"),
        Fault(f"_midnights > {LONGEST_DAYS}", days, "'look at the two days'"),
    )


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
