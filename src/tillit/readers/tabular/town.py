"""The town's days as a table for SQL: when each begins in UTC, and which of its minutes are left out or come twice."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import duckdb
import pyarrow as pa

from tillit.readers.tabular.convert import FIRST_YEAR, LAST_YEAR
from tillit.units import local_instants, midnight

_DAY = 1440
_NEVER = 1 << 20  # a minute that no day has


class TownDay(NamedTuple):
    """One day of the town's clock. Midnights are minutes since 1970 in UTC, the rest minutes of the clock.

    From `odd_from` to `odd_to` the clock's minutes are left out (`shift` below zero) or come twice (above);
    from `odd_to` on the clock is `shift` minutes off from what midnight tells.
    """

    day: date
    midnight: int
    next_midnight: int
    odd_from: int
    odd_to: int
    shift: int


def town_day(day: date) -> TownDay:
    """A day as the town's clock shows it.

    >>> town_day(date(2026, 3, 29))[3:], town_day(date(2026, 10, 25))[3:], town_day(date(2026, 6, 1)).shift
    ((120, 180, -60), (120, 180, 60), 0)
    """
    first, following = _minute(day), _minute(day + timedelta(days=1))
    shift = following - first - _DAY
    return TownDay(day, first, following, *(_odd_minutes(day) if shift else (_NEVER, _NEVER)), shift)


@cache
def _odd_minutes(day: date) -> tuple[int, int]:
    """From which minute of the clock to which each is left out, or comes twice."""
    clocks = (f"{minute // 60:02}:{minute % 60:02}" for minute in range(_DAY))
    odd = [minute for minute, clock in enumerate(clocks) if len(local_instants(day, clock)) != 1]
    return odd[0], odd[-1] + 1


def make_town_days(con: duckdb.DuckDBPyConnection, queries: Sequence[str]) -> None:
    """Makes the table `town_day`, from the day before the first to two days after the last.

    Days in years in which no time can have been worked are left out.

    Takes: queries, each with a column `day`.
    """
    known = f"day BETWEEN '{FIRST_YEAR}-01-01' AND '{LAST_YEAR}-12-31'"
    first, last = con.execute(
        f"SELECT min(day), max(day) FROM ({' UNION ALL '.join(queries)}) WHERE {known}"
    ).fetchall()[0]
    days = [] if first is None else [town_day(day) for day in _days(first, last)]
    types = {name: pa.date32() if name == "day" else pa.int64() for name in TownDay._fields}
    table = pa.table({name: pa.array([getattr(day, name) for day in days], kind) for name, kind in types.items()})
    con.register("given", table)
    con.execute("CREATE TEMP TABLE town_day AS SELECT * FROM given")
    con.unregister("given")


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(-1, (last - first).days + 3):
        yield first + timedelta(days=number)


@cache
def _minute(day: date) -> int:
    return int(midnight(day).timestamp()) // 60


def early_sql(day: str, minute: str) -> str:
    """The first minute since 1970 at which the clock showed that minute of a day; `day` is an alias of town_day."""
    return f"{day}.midnight + {minute} + CASE WHEN {minute} >= {day}.odd_to THEN {day}.shift ELSE 0 END"


def late_sql(day: str, minute: str) -> str:
    """The last one: another than the first only where the clock's minutes come twice."""
    after = f"{minute} >= CASE WHEN {day}.shift > 0 THEN {day}.odd_from ELSE {day}.odd_to END"
    return f"{day}.midnight + {minute} + CASE WHEN {after} THEN {day}.shift ELSE 0 END"


def left_out_sql(day: str, minute: str) -> str:
    """Whether the clock never showed that minute."""
    return f"({day}.shift < 0 AND {minute} >= {day}.odd_from AND {minute} < {day}.odd_to)"
