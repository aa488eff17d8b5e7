"""Draws from a frame, so that anyone with the frame and the seed draws the same and can see that nobody chose.

A unit's place in the draw is a hash of the seed and its id: no state, no library whose next version draws anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tillit.measure.frame import Frame, Unit, WrongFrameError

_MOST = 2**64


@dataclass(frozen=True)
class Drawn:
    """A unit that was drawn, and how likely that was.

    `chance` is the probability that the unit came with: its weight is one over it.
    """

    unit: Unit
    chance: Fraction

    @property
    def weight(self) -> float:
        """How many units of the frame it stands for."""
        return float(1 / self.chance)


def draw(frame: Frame, sizes: Mapping[str, int], *, seed: str) -> list[Drawn]:
    """Draws so many from each stratum, each unit of it as likely as any other.

    Gives: in the order of the draw, stratum by stratum: of a sample that turns out too large the first are a sample.
    Raises: WrongFrameError when more are asked for than there are.
    """
    by_stratum: dict[str, list[Unit]] = {}
    for unit in frame.units:
        by_stratum.setdefault(unit.stratum, []).append(unit)
    drawn = []
    for stratum, size in sorted(sizes.items()):
        units = by_stratum.get(stratum, [])
        if size > len(units):
            raise WrongFrameError(f"{size} are asked for and {len(units)} exist", where=stratum, fix="draw fewer")
        first = sorted(units, key=lambda unit: (place(seed, unit.id), unit.id))[:size]
        drawn += [Drawn(unit, Fraction(size, len(units))) for unit in first]
    return drawn


def draw_by_amount(frame: Frame, size: int, *, seed: str) -> list[Drawn]:
    """Draws by monetary unit: a krona as likely as any other, so that a large payment seldom is left out.

    Every so many öre one is drawn, from a random start, along units in a random order. A unit larger than the
    interval is drawn for certain, once: its own weight is 1, and the interval is made anew for the others.
    Gives: in the order of the draw; those that were certain first.
    """
    pool = sorted((unit for unit in frame.units if unit.amount), key=lambda unit: (place(seed, unit.id), unit.id))
    if size > len(pool):
        raise WrongFrameError(f"{size} are asked for and {len(pool)} were paid anything", fix="draw fewer")
    certain: list[Unit] = []
    while size > len(certain):
        interval = Fraction(sum(unit.amount for unit in pool), size - len(certain))
        large = [unit for unit in pool if unit.amount >= interval]
        if not large:
            break
        certain += large
        pool = [unit for unit in pool if unit.amount < interval]
    drawn = [Drawn(unit, Fraction(1)) for unit in certain]
    if not pool or size <= len(certain):
        return drawn
    hit, passed = interval * Fraction(place(seed, "start"), _MOST), 0
    for unit in pool:
        passed += unit.amount
        if hit < passed:
            drawn.append(Drawn(unit, unit.amount / interval))
            hit += interval
    return drawn


def shuffled(origins: Mapping[str, Iterable[str]], *, seed: str) -> list[str]:
    """One queue of what was drawn, what controls found and what was tipped of, so that none shows where it is from.

    Takes: each origin -> ids; an id of several origins comes once.

    >>> shuffled({"random": ["a", "b"], "rule": ["b", "c"]}, seed="2026-03")
    ['c', 'a', 'b']
    """
    ids = {id for found in origins.values() for id in found}
    return sorted(ids, key=lambda id: (place(seed + "/queue", id), id))


def read_twice(ids: Iterable[str], *, seed: str, share: Fraction = Fraction(1, 10)) -> list[str]:
    """Those that two people review, each without knowing what the other said: a tenth, and never none.

    >>> len(read_twice(map(str, range(100)), seed="2026-03"))
    10
    """
    ordered = sorted(ids, key=lambda id: (place(seed + "/twice", id), id))
    return ordered[: max(1, round(len(ordered) * share))] if ordered else []


def place(seed: str, id: str) -> int:
    """Where a unit stands in the draw: a whole number below 2 to the power of 64, evenly spread."""
    return int.from_bytes(hashlib.sha256(f"{seed}\n{id}".encode()).digest()[:8], "big")
