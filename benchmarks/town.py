"""Drawing a town: the national month in ten minutes, in memory that does not grow with its size."""

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ratio import Ratio
from tillit.catalogue import Catalogue, TownSize, load
from tillit.demo.drawn import draw_town
from tillit.store import Store

NATIONAL_ROWS = 20_000_000
GOAL_S, GOAL_GB = 600.0, 2.0
PROCESSES = 2


def run(rows: int) -> list[Ratio]:
    """The time of drawing so many rows against as large a share of ten minutes, and the most memory it took."""
    with TemporaryDirectory() as folder, alone() as pool:
        made, seconds, used = pool.submit(draw, Path(folder), rows).result()
    goal = GOAL_S * made / NATIONAL_ROWS
    return [
        Ratio(f"drawing {made:,} rows of time / their part of ten minutes", seconds, goal, seconds / goal, 1.0),
        Ratio(f"memory at most, {made:,} rows of time", used, GOAL_GB, used / GOAL_GB, 1.0, "GB"),
    ]


def alone() -> ProcessPoolExecutor:
    """One process at a time, each new: what it takes at most is told of it alone, and it may begin others."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1)


def with_rows(rows: int) -> Catalogue:
    """The content with one more size of town, of about so many rows of time."""
    content = load()
    asked = TownSize(inhabitants=rows // 2, about="som en mätning ber om")
    plan = content.town_plan
    return replace(content, town_plan=plan.model_copy(update={"sizes": {**plan.sizes, "asked": asked}}))


def draw(folder: Path, rows: int) -> tuple[int, float, float]:
    """Draws in processes of its own. Gives: rows of time, seconds, and gigabytes at most, all of them together."""
    start = time.perf_counter()
    store = Store(folder / "store", folder / "protected")
    town = draw_town(store, with_rows(rows), size="asked", seed=1, processes=PROCESSES)
    made = sum(delivery.rows["time_entry"] for delivery in town.deliveries)
    seconds = time.perf_counter() - start
    own, largest = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return made, seconds, (own + PROCESSES * largest) / 1e6
