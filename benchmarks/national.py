"""A drawn town, with all that is odd in it, through all time controls: against one sort of its entries, and in memory.

A month of the whole country is 20 million rows; `--rows` asks for a smaller town of the same kind.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import _memory
from benchmarks._sort import THREADS, sort
from benchmarks.overlap import rested_on
from benchmarks.ratio import Ratio, in_turns
from benchmarks.time_controls import GOAL_GB, MEMORY, time_controls
from benchmarks.town import alone, draw
from tillit import engine
from tillit.catalogue import load
from tillit.store import Store
from tillit.units import add_months

GOAL = 30.0


def run(rows: int) -> list[Ratio]:
    """The time of a whole run over every district's delivery, and the memory that its process used at most."""
    with TemporaryDirectory() as name, alone() as pool:
        folder = Path(name)
        made, _, _ = pool.submit(draw, folder, rows).result()
        entries = folder / "store" / "deliveries" / "*" / "time_entry.parquet"
        columns = rested_on(load())
        ratio = in_turns(
            f"{len(time_controls().controls)} controls, {made:,} drawn rows / sort of {len(columns)} columns",
            lambda: ask(folder),
            lambda: sort(entries, columns, folder / "spill"),
            goal=GOAL,
        )
        used = pool.submit(peak_gb, folder).result()
        return [ratio, Ratio(f"memory at most, {made:,} drawn rows", used, GOAL_GB, used / GOAL_GB, 1.0, "GB")]


def ask(folder: Path) -> None:
    """Runs the time controls over every district."""
    store = Store(folder / "store", folder / "protected")
    day = add_months(load().town_plan.months[1], 3)
    engine.run(store, time_controls(), list(store.deliveries()), day=day, memory=MEMORY, threads=THREADS)


def peak_gb(folder: Path) -> float:
    """What a process of its own needs at most for a run."""
    ask(folder)
    return _memory.peak_gb()
