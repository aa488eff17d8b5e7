"""All controls of time together, from Parquet to findings, against one sort of the columns that an overlap rests on.

Against the sort of the five that are the least an overlap can be told by the ratio is higher; it is shown too.
"""

import multiprocessing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import _memory
from benchmarks._sort import FEWEST, THREADS, sort
from benchmarks._year import year
from benchmarks.overlap import DAY, rested_on
from benchmarks.ratio import Ratio, in_turns
from tillit import engine
from tillit.catalogue import Catalogue, load
from tillit.store import Store

GOAL, GOAL_OF_FEWEST, GOAL_GB = 6.0, 10.0, 4.0
MEMORY = "3GB"  # what the engine may use for itself; the process needs somewhat more
CONTROLS = (
    "ASS-01", "ASS-02", "ASS-03", "ASS-04", "ASS-06", "ASS-08", "ASS-10", "ASS-11", "ASS-12", "ASS-17", "ASS-20",
    "ASS-21", "ASS-22", "ASS-27", "ASS-28", "ASS-30", "ASS-34", "ASS-35", "HEM-01", "HEM-02", "HEM-03", "HEM-05",
    "HEM-06", "HEM-07", "HEM-08", "HEM-09", "HEM-10", "HEM-12", "HEM-20", "HEM-26", "HEM-28", "FAK-07", "NAT-05",
    "NAT-07", "NAT-11",
)  # fmt: skip


def run(rows: int) -> list[Ratio]:
    """The time of a whole run, and the memory that its process used at most."""
    with TemporaryDirectory() as folder:
        store, delivery = year(Path(folder), load(), rows)
        (file,) = store.parquet("time_entry", [delivery.sha256])
        ratios = [
            in_turns(
                f"{len(time_controls().controls)} controls, {rows:,} time entries / sort of {len(columns)} columns",
                lambda: ask(store),
                lambda columns=columns: sort(file, columns, Path(folder) / "spill"),
                goal=goal,
            )
            for columns, goal in ((rested_on(load()), GOAL), (FEWEST, GOAL_OF_FEWEST))
        ]
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            used = pool.apply(peak_gb, (Path(folder),))
        return [*ratios, Ratio(f"memory at most, {rows:,} entries", used, GOAL_GB, used / GOAL_GB, 1.0, "GB")]


def time_controls() -> Catalogue:
    """The content with these controls alone."""
    whole = load()
    return replace(whole, controls={id: control for id, control in whole.controls.items() if id in CONTROLS})


def ask(store: Store) -> None:
    """Runs the controls over all that is in the store."""
    deliveries = list(store.deliveries())
    engine.run(store, time_controls(), deliveries, day=DAY, memory=MEMORY, threads=THREADS)


def peak_gb(folder: Path) -> float:
    """What a process of its own needs at most for a run."""
    ask(Store(folder / "data", folder / "protected"))
    return _memory.peak_gb()
