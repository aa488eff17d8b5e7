"""Measures a large city beside the made-up one on both databases, and writes docs/performance.md of it."""

import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.web.server import Installation, Postgres, postgres
from benchmarks.web.users import Times, alone, together, written

FULL = 1_000_000
GOAL_RATIO, GOAL_MS = 2.0, 200.0
PEOPLE = 20
ROUNDS, SECONDS, PAUSE_S, FULL_S, NOTES_EACH = 40, 60.0, 5.0, 15.0, 10
FIRST_PORT = 8460


@dataclass(frozen=True)
class Page:
    """What a kind of page took in one city: alone, with all at work, and of the processor."""

    kind: str
    alone_ms: float
    together_ms: float
    middle_ms: float
    processor_ms: float


@dataclass(frozen=True)
class Measured:
    """One database: every kind of page in the large city and in the made-up one, and what was written."""

    database: str
    made: dict[str, int]
    large: list[Page]
    small: list[Page]
    written: int
    kept: int
    faults: int
    write_ms: float
    load: float
    most_a_second: tuple[float, float]


def run(rows: int) -> list[Ratio]:
    """A tenth as many findings as rows of a store; two ratios for each kind of page and database."""
    from benchmarks.web.page import write  # the page knows what is measured here

    findings = rows // 10
    measured = list(each_database(findings))
    if findings >= FULL:
        write(measured)
    return [ratio for one in measured for ratio in ratios_of(one)]


def ratios_of(one: Measured) -> list[Ratio]:
    """p95 with twenty at work against the made-up city's and against 200 ms, and what was lost against nothing."""
    small = {page.kind: page for page in one.small}
    found = []
    for page in one.large:
        name = f"{one.database}: {page.kind}"
        beside = small[page.kind].together_ms if page.kind in small else page.together_ms
        found.append(Ratio(f"{name}, p95", page.together_ms, beside, page.together_ms / beside, GOAL_RATIO, "ms"))
        found.append(Ratio(f"{name}, p95", page.together_ms, GOAL_MS, page.together_ms / GOAL_MS, 1.0, "ms"))
    lost = one.written - one.kept + one.faults
    return [*found, Ratio(f"{one.database}: lost of {one.written} notes, and faults in the log", lost, 0, lost, 0, "")]


def each_database(findings: int) -> Iterator[Measured]:
    """SQLite, and then PostgreSQL."""
    for database in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tillit-bench-")))
            server = stack.enter_context(postgres(folder)) if database == "PostgreSQL" else None
            yield _measured(database, folder, server, findings, stack)


def _measured(database: str, folder: Path, server: Postgres | None, findings: int, stack: ExitStack) -> Measured:
    small, large = Installation("small", folder / "small", server), Installation("large", folder / "large", server)
    small.prepare(0)
    large.prepare(findings)
    return measured(database, small, large, stack)


def measured(database: str, small: Installation, large: Installation, stack: ExitStack) -> Measured:
    """What two cities that stand ready on a database answer, one after the other; both are served until the end."""
    pages: dict[str, list[Page]] = {}
    most: list[float] = []
    people = {}
    for place, city in enumerate((small, large)):
        stack.enter_context(city.served(FIRST_PORT + place))
        people[city.name] = city.inside("people")
    for city in (small, large):
        pages[city.name] = _pages(city, people[city.name])
    for city in (large, small):
        answered = together(city.port, people[city.name], seconds=FULL_S, pause_s=0)
        most.append(sum(map(len, answered.values())) / FULL_S)
    count, took = written(large.port, people["large"], each=NOTES_EACH)
    kept, load = large.inside("kept"), os.getloadavg()[0]
    lost = (count, kept["notes"], kept["faults"])
    return Measured(database, large.made, pages["large"], pages["small"], *lost, p(95, took), load, (most[0], most[1]))


def _pages(city: Installation, people: list[dict[str, object]]) -> list[Page]:
    by_one, processor = alone(city.port, people, city.processor_s, rounds=ROUNDS)
    by_all: Times = together(city.port, people, seconds=SECONDS, pause_s=PAUSE_S)
    return [
        Page(kind, p(95, by_one[kind]), p(95, by_all[kind]), p(50, by_all[kind]), processor[kind])
        for kind in by_one
        if kind in by_all
    ]


def p(percent: int, values: list[float]) -> float:
    """The value that so many per cent are not above.

    >>> p(95, [3.0, 1.0, 2.0])
    3.0
    """
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]
