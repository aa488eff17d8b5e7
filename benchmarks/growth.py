"""How the time of all controls of time grows with the number of entries: no steeper than n log n."""

import math
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._year import year
from benchmarks.ratio import Ratio
from benchmarks.time_controls import ask
from tillit.catalogue import load
from tillit.store import Store

_STEP = 10
_ROUNDS = 3


def run(rows: int) -> list[Ratio]:
    """From a tenth of the rows to all of them; ask for 100 million rows to see the last step."""
    few = rows // _STEP
    with TemporaryDirectory() as folder:
        seconds = {}
        for size in (few, rows):
            store, _ = year(Path(folder) / str(size), load(), size)
            seconds[size] = statistics.median(_seconds(store) for _ in range(_ROUNDS))
        steepest = _STEP * math.log(rows) / math.log(few)
        name = f"from {few:,} to {rows:,} entries (n log n is {steepest:.1f})"
        return [Ratio(name, seconds[rows], seconds[few], seconds[rows] / seconds[few], steepest)]


def _seconds(store: Store) -> float:
    start = time.perf_counter()
    ask(store)
    return time.perf_counter() - start
