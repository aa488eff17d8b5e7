"""A funnel: shares of units of different numbers beside each other, with what chance alone would make of each.

Whoever has few units varies much: a plain list by share puts the smallest first and last, whatever they do.

Source: Spiegelhalter 2005, Funnel plots for comparing institutional performance (limits by the binomial law).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

WARNING, ALARM = 0.95, 0.998
"""Between these limits chance alone puts so large a share of those that are like all others."""


@dataclass(frozen=True)
class Point:
    """One of those compared: hits of so many units."""

    name: str
    hits: int
    units: int

    @property
    def share(self) -> float:
        """Hits to units."""
        return self.hits / self.units


@dataclass(frozen=True)
class Placed:
    """A point with its limits: what is outside the outer ones is more than chance, what is within the inner is not."""

    point: Point
    inner: tuple[float, float]
    outer: tuple[float, float]

    @property
    def outside(self) -> str:
        """'' within the inner limits, 'maybe' between them and the outer, 'yes' beyond."""
        if self.outer[0] <= self.point.share <= self.outer[1]:
            within = self.inner[0] <= self.point.share <= self.inner[1]
            return "" if within else "maybe"
        return "yes"


def funnel(points: Sequence[Point]) -> list[Placed]:
    """Each point with its limits about the share of all together, in the order given; those without units are left out.

    >>> placed = funnel([Point("many", 36, 400), Point("few", 1, 2), Point("much", 66, 400)])
    >>> [(one.point.name, one.outside) for one in placed]
    [('many', 'maybe'), ('few', ''), ('much', 'maybe')]
    """
    points = [point for point in points if point.units]
    units = sum(point.units for point in points)
    if not units:
        return []
    share = sum(point.hits for point in points) / units
    return [Placed(one, limits(share, one.units, WARNING), limits(share, one.units, ALARM)) for one in points]


def limits(share: float, units: int, within: float) -> tuple[float, float]:
    """The shares between which chance puts so many of those with so many units, by the binomial law.

    >>> [round(one, 3) for one in limits(0.1, 100, 0.95)]
    [0.05, 0.16]
    """
    tail = (1 - within) / 2
    low = high = None
    chance = math.exp(units * math.log1p(-share)) if share < 1 else float(units == 0)
    if chance == 0 or share in (0.0, 1.0):
        # So many units that the first chance is none a computer can hold: the normal law is the same there.
        half = _normal(within) * math.sqrt(share * (1 - share) / units)
        return max(0.0, share - half), min(1.0, share + half)
    below = 0.0
    for hits in range(units + 1):
        if low is None and below + chance > tail:
            low = hits / units
        below += chance
        if high is None and below >= 1 - tail:
            high = hits / units
            break
        chance *= (units - hits) / (hits + 1) * share / (1 - share)
    return low or 0.0, 1.0 if high is None else high


def _normal(within: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - within) / 2)
