"""The overlap controls end to end, from Parquet to findings with their evidence, against one sort of the same columns.

The same columns are those that lineage says the controls rest on. Against the five that are the least an
overlap can be told by the ratio is higher; it is shown too, so that nobody is misled.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._sort import FEWEST, MEMORY, THREADS, sort
from benchmarks._year import year
from benchmarks.ratio import Ratio, in_turns
from tillit import engine
from tillit.catalogue import load
from tillit.engine.lineage import columns_read

GOAL, GOAL_OF_FEWEST = 1.5, 3.5
CONTROLS = ("ASS-01", "HEM-03")
DAY = date(2026, 1, 10)


def run(rows: int) -> list[Ratio]:
    """Two controls that share everything up to their last query, against the sort of as many columns, and of five."""
    whole = load()
    catalogue = replace(whole, controls={id: whole.controls[id] for id in CONTROLS})
    read = {
        one.column for id in CONTROLS for one in columns_read(whole, whole.controls[id]) if one.table == "time_entry"
    }
    with TemporaryDirectory() as folder:
        store, delivery = year(Path(folder), whole, rows)
        (file,) = store.parquet("time_entry", [delivery.sha256])
        return [
            in_turns(
                f"overlaps in {rows:,} time entries, with findings / sort of {len(columns)} columns",
                lambda: engine.run(store, catalogue, [delivery], day=DAY, memory=MEMORY, threads=THREADS),
                lambda columns=columns: sort(file, columns, Path(folder) / "spill"),
                goal=goal,
            )
            for columns, goal in ((sorted(read), GOAL), (FEWEST, GOAL_OF_FEWEST))
        ]
