"""Writes what was measured as docs/speed.md: when, on what, how large, how busy the machine was."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from benchmarks.beside.measure import ROUNDS, SELF_JOIN_ROWS, Beside
from benchmarks.beside.ways import WAYS

PAGE = Path(__file__).parents[2] / "docs" / "speed.md"

_HEAD = """# Speed beside others

Which rows of a person go into one another, in a month, a quarter and a year of the same made-up town, found by
Tillit and in three other ways, in one run. This page is made by `make bench-beside`; nothing in it is written by hand.

* **When**: {day}. Python {python}, {versions}; {cores} cores.
* **How**: each way in a process of its own, {rounds} times in turns; the middle of the times, and the most memory.
  From the same Parquet files to the pairs in memory. What a way imports and reads before it begins is not counted.
* **The same answer**: every way gave exactly the same pairs with the same minutes, or nothing is told here.
* **Tillit** makes `worker_clash_day` and `worker_overlap`, as every run does; they also tell of households, groups and
  how each row was registered, and the controls share them. **pandas** and **Polars** sort once and hold each row beside
  the next ones for as long as they meet. The **self-join** holds every row of a person beside every other, and was
  asked for at most {most} rows: with a year it compares thousands of millions of pairs.

A busy machine makes every time longer, that of a way with one core (pandas) the least: look at the times in the same
round before the seconds.
"""

_TABLE = """
## A {period}: {rows} rows, {pairs} pairs

The machine had {load:.1f} processes that wanted its {cores} cores.

| way | seconds | times Tillit | memory at most |
|---|---|---|---|
{ways}
"""

_GROWTH = """
## How it grows

How many times longer each takes with the longer period. A row meets the others of its person: what compares all with
all grows with the square of them.

| way | {steps} |
|---|{rules}|
| rows | {rows} |
{ways}
"""


def write(measured: Sequence[Beside]) -> None:
    """Writes the page anew."""
    versions = ", ".join(f"{name} {version(name.lower())}" for name in ("DuckDB", "pandas", "Polars"))
    head = _HEAD.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}", python=platform.python_version(), versions=versions,
        cores=os.cpu_count(), rounds=ROUNDS, most=_number(SELF_JOIN_ROWS),
    )  # fmt: skip
    PAGE.write_text(head + "".join(map(_table, measured)) + _growth(measured), encoding="utf-8")


def _table(one: Beside) -> str:
    ways = "\n".join(
        f"| {way} | {one.seconds[way]:.2f} | {one.times[way]:.2f} | {one.gb[way]:.2f} GB |" for way in one.seconds
    )
    return _TABLE.format(
        period=one.period, rows=_number(one.rows), pairs=_number(one.pairs), load=one.load, cores=os.cpu_count(),
        ways=ways,
    )  # fmt: skip


def _growth(measured: Sequence[Beside]) -> str:
    steps = list(pairwise(measured))
    ways = "\n".join(
        f"| {way} | "
        + " | ".join(
            f"{long.seconds[way] / short.seconds[way]:.1f}" if way in long.seconds else "not asked"
            for short, long in steps
        )
        + " |"
        for way in WAYS
    )
    return _GROWTH.format(
        steps=" | ".join(f"{short.period} to {long.period}" for short, long in steps),
        rules="|".join("---" for _ in steps),
        rows=" | ".join(f"{long.rows / short.rows:.1f}" for short, long in steps),
        ways=ways,
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")
