"""Times the ways beside each other on a month, a quarter and a year of one town, and writes docs/speed.md of it."""

import multiprocessing
import os
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks._memory import peak_gb
from benchmarks._year import year
from benchmarks.beside.ways import CLIENTS, ENTRIES, WAYS, digest
from benchmarks.ratio import Ratio
from tillit.catalogue import load

FULL = 10_000_000
ROUNDS = 3
PERIODS = {"month": "2025-02-01", "quarter": "2025-04-01", "year": "2026-01-01"}
SELF_JOIN, SELF_JOIN_ROWS = (
    "self-join in DuckDB",
    3_000_000,
)  # with as many rows a person as in a year it compares thousands of millions of pairs
GOALS = {"pandas": 0.5, "Polars": 1.1, SELF_JOIN: 0.5}
"""How many times as long as each of them Tillit may take, where the period is the longest that it is asked for."""


@dataclass(frozen=True)
class Told:
    """What one process told: how long, how much memory at most, and what it found."""

    seconds: float
    gb: float
    pairs: int
    digest: str


@dataclass(frozen=True)
class Beside:
    """One period: how many rows and pairs, and each way's seconds and gigabytes, those in the middle of the rounds.

    `times` is way -> how many times as long as Tillit in the same round.
    """

    period: str
    rows: int
    pairs: int
    seconds: dict[str, float]
    gb: dict[str, float]
    times: dict[str, float]
    load: float


def run(rows: int) -> list[Ratio]:
    """A ratio for each other way, over the longest period that it was asked for."""
    from benchmarks.beside.page import write  # the page knows what is measured here

    missing = [name for name in ("pandas", "polars") if find_spec(name) is None]
    if missing:
        print(f"beside       not measured: {' and '.join(missing)} not installed (see `make bench-beside`)")
        return []
    measured = list(each_period(rows))
    if rows >= FULL:
        write(measured)
    return [ratio for other, goal in GOALS.items() for ratio in _ratios(measured, other, goal)]


def each_period(rows: int) -> Iterable[Beside]:
    """The same town, so that a longer period has more rows of each person."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        store, delivery = year(folder, load(), rows)
        (entries,), (clients,) = (store.parquet(table, [delivery.sha256]) for table in ("time_entry", "client"))
        for period, before in PERIODS.items():
            made = folder / period
            made.mkdir()
            (made / CLIENTS).symlink_to(clients)
            yield beside(period, made, _cut(entries, made / ENTRIES, before))


def beside(period: str, folder: Path, rows: int, *, rounds: int = ROUNDS) -> Beside:
    """Every way in turns, each time in a process of its own. Raises: AssertionError, where two do not agree."""
    ways = [way for way in WAYS if way != SELF_JOIN or rows <= SELF_JOIN_ROWS]
    told: dict[str, list[Told]] = {way: [] for way in ways}
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as alone:
        for _ in range(rounds):
            for way in ways:
                told[way].append(alone.submit(timed, way, folder).result())
    found = {way: {(one.pairs, one.digest) for one in every} for way, every in told.items()}
    assert len(set().union(*found.values())) == 1, f"the ways do not agree: {found}"
    ours = told["Tillit"]
    return Beside(
        period,
        rows,
        ours[0].pairs,
        {way: statistics.median(one.seconds for one in every) for way, every in told.items()},
        {way: max(one.gb for one in every) for way, every in told.items()},
        {
            way: statistics.median(other.seconds / mine.seconds for other, mine in zip(every, ours, strict=True))
            for way, every in told.items()
        },
        os.getloadavg()[0],
    )


def timed(way: str, folder: Path) -> Told:
    """One way, once, in this process."""
    work = WAYS[way]()
    start = time.perf_counter()
    pairs = work(folder)
    seconds = time.perf_counter() - start
    return Told(seconds, peak_gb(), *digest(pairs))


def _cut(entries: Path, to: Path, before: str) -> int:
    with duckdb.connect() as connection:
        made = connection.execute(
            f"""COPY (SELECT * FROM read_parquet('{entries}') WHERE work_date < DATE '{before}')
            TO '{to}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)"""
        ).fetchall()
    return int(made[0][0])


def _ratios(measured: Iterable[Beside], other: str, goal: float) -> list[Ratio]:
    longest = [one for one in measured if other in one.seconds][-1:]
    return [
        Ratio(
            f"overlaps in {one.rows:,} time entries / {other}",
            one.seconds["Tillit"],
            one.seconds[other],
            1 / one.times[other],
            goal,
        )
        for one in longest
    ]
