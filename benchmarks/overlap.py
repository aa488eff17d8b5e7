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
from tillit.catalogue import Catalogue, load
from tillit.engine.lineage import columns_read

GOAL, GOAL_OF_FEWEST = 1.5, 3.5
CONTROLS = ("ASS-01", "HEM-03")
DAY = date(2026, 1, 10)


def run(rows: int) -> list[Ratio]:
    """Two controls that share everything up to their last query, against the sort of as many columns, and of five."""
    whole = load()
    catalogue = replace(whole, controls={id: whole.controls[id] for id in CONTROLS})
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
            for columns, goal in ((rested_on(whole), GOAL), (FEWEST, GOAL_OF_FEWEST))
        ]


def rested_on(catalogue: Catalogue) -> list[str]:
    """The columns of time entries that the two controls rest on."""
    read = {one for id in CONTROLS for one in columns_read(catalogue, catalogue.controls[id])}
    return sorted(one.column for one in read if one.table == "time_entry")
