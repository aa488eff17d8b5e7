"""A ratio of two times, taken in turns in one run: on a noisy machine nothing else can be compared."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How many times longer ours takes than theirs; `ratio` is the median over rounds of the ratio in each.

    `unit` is another than seconds where something else is held against a limit.
    """

    name: str
    ours_s: float
    theirs_s: float
    ratio: float
    goal: float
    unit: str = "s"

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal


def in_turns(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], *, goal: float, rounds: int = 3
) -> Ratio:
    """Runs both in turns, so that what else the machine does hits both alike.

    Takes: two things to do, each of which leaves all as it was.
    """
    pairs = [(_seconds(theirs), _seconds(ours)) for _ in range(rounds)]
    return Ratio(
        name,
        statistics.median(mine for _, mine in pairs),
        statistics.median(other for other, _ in pairs),
        statistics.median(mine / other for other, mine in pairs),
        goal,
    )


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
