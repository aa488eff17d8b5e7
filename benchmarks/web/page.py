"""Writes what was measured as docs/performance.md: when, on what, how large, how busy the machine was."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import django

from benchmarks.web.measure import GOAL_MS, GOAL_RATIO, PAUSE_S, PEOPLE, Measured, Page

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"

_HEAD = """# Performance

What a page costs where a large city has worked for six years, beside the made-up city of `make run`, measured in one
run. This page is made by `make bench-web`; nothing in it is written by hand.

* **When**: {day}. Python {python}, Django {django}, SQLite {sqlite}, PostgreSQL of the development set; {cores} cores.
* **How large**: {made}.
* **Who**: twenty people at once, each opening a page of any kind and reading it for {pause:g} seconds before the next
  (docs/decisions/0055), through `tillit serve` as it is shipped (two processes of four threads). The clients run on
  the same cores. Beside it stands how many pages a second are answered when the same twenty do not pause at all.
* **Goal**: p95 with twenty at work at most {ratio:g} times the made-up city's, and under {ms:g} ms.

A busy machine makes every time longer, in both cities alike: look at the ratio, and at the processor time of a page,
which is the web's and the database's together, before the milliseconds.
"""

_TABLE = """
## {database}

The machine had {load:.1f} processes that wanted its {cores} cores while this was measured. All in milliseconds; each
number beside that of the made-up city. The goal was reached by {met} of {kinds} kinds of page; what the
twenty asked for takes {wanted:.1f} cores. Without a pause they are answered {most:.0f} pages a second ({most_small:.0f}
in the made-up city).

| page | p50, 20 at work | p95, 20 at work | times | p95 alone | processor |
|---|---|---|---|---|---|
{rows}

Twenty wrote {written} notes at once without a pause: {kept} are there, each once, and the chain of the log holds with
{faults} faults. p95 of a written note: {write:.0f} ms.
"""


def write(measured: Iterable[Measured]) -> None:
    """Writes the page anew."""
    every = list(measured)
    made = ", ".join(f"{_number(number)} {name}" for name, number in every[0].made.items() if name != "seconds")
    head = _HEAD.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}", python=platform.python_version(), django=django.get_version(),
        sqlite=sqlite3.sqlite_version, cores=os.cpu_count(), made=made, pause=PAUSE_S, ratio=GOAL_RATIO, ms=GOAL_MS,
    )  # fmt: skip
    PAGE.write_text(head + "".join(map(_table, every)), encoding="utf-8")


def _table(one: Measured) -> str:
    small = {page.kind: page for page in one.small}
    met = sum(1 for page in one.large if _reached(page, small.get(page.kind, page)))
    # What all of them ask of the processor in a second, against what there is.
    wanted = sum(page.processor_ms for page in one.large) / len(one.large) / 1000 * PEOPLE / PAUSE_S
    rows = "\n".join(_row(page, small.get(page.kind, page)) for page in one.large)
    return _TABLE.format(
        database=one.database, load=one.load, cores=os.cpu_count(), rows=rows, written=one.written, kept=one.kept,
        faults=one.faults, write=one.write_ms, met=met, kinds=len(one.large), wanted=wanted,
        most=one.most_a_second[0], most_small=one.most_a_second[1],
    )  # fmt: skip


def _reached(page: Page, small: Page) -> bool:
    return page.together_ms <= GOAL_MS and page.together_ms <= GOAL_RATIO * small.together_ms


def _row(page: Page, small: Page) -> str:
    def both(large: float, made_up: float) -> str:
        return f"{large:.0f} / {made_up:.0f}"

    cells = [
        page.kind,
        both(page.middle_ms, small.middle_ms),
        both(page.together_ms, small.together_ms),
        f"{page.together_ms / small.together_ms:.1f}",
        both(page.alone_ms, small.alone_ms),
        both(page.processor_ms, small.processor_ms),
    ]
    return "| " + " | ".join(cells) + " |"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")
