"""How many must be drawn, and how they are shared between the strata.

Source: the normal approximation of a share, with the correction for a finite frame; Neyman's allocation.
"""

import math
from collections.abc import Mapping

from tillit.measure.frame import Frame

LEAST = 60
"""So many are drawn in each stratum that holds as many: three errors in sixty can be told from none."""

_Z = 1.959963984540054  # two-sided 95 %


def sample_size(rate: float, within: float, *, of: int | None = None) -> int:
    """How many must be drawn to know a share within a margin, 19 times out of 20.

    Takes: the share that is expected, and the margin, both between 0 and 1; how many there are, where they are few.

    >>> sample_size(0.02, 0.01), sample_size(0.05, 0.03), sample_size(0.05, 0.03, of=400)
    (753, 203, 135)
    """
    needed = _Z**2 * rate * (1 - rate) / within**2
    if of is not None:
        needed = needed / (1 + (needed - 1) / of)
    return math.ceil(needed)


def size_to_rule_out(rate: float, *, confidence: float = 0.95) -> int:
    """How many must be drawn, and all be right, before it can be said that less than a share is wrong.

    >>> [size_to_rule_out(rate) for rate in (0.05, 0.02, 0.01, 0.005)]
    [59, 149, 299, 598]
    """
    return math.ceil(math.log(1 - confidence) / math.log(1 - rate))


def allocate(
    frame: Frame, total: int, *, spread: Mapping[str, float] | None = None, least: int = LEAST
) -> dict[str, int]:
    """How many to draw in each stratum.

    By size and spread where the spread of each stratum is known (Neyman); else by the root of what was paid.
    A stratum gets at least `least`, or all it has: so the sum can be more than `total` where strata are many.

    Takes: spread: each stratum -> standard deviation of the error, from an earlier sample.
    """
    sizes, amounts = frame.sizes(), frame.amounts()
    if spread:
        weight = {stratum: sizes[stratum] * spread.get(stratum, 0.0) for stratum in sizes}
    else:
        weight = {stratum: math.sqrt(amounts[stratum]) for stratum in sizes}
    if not any(weight.values()):
        weight = {stratum: float(size) for stratum, size in sizes.items()}
    return {stratum: min(sizes[stratum], max(least, count)) for stratum, count in _shared(total, weight).items()}


def _shared(total: int, weight: Mapping[str, float]) -> dict[str, int]:
    # The largest remainders get what is left when all are rounded down; ties by name, so that it can be made again.
    whole = sum(weight.values())
    exact = {stratum: total * one / whole for stratum, one in sorted(weight.items())}
    found = {stratum: math.floor(one) for stratum, one in exact.items()}
    for stratum in sorted(exact, key=lambda one: (found[one] - exact[one], one))[: total - sum(found.values())]:
        found[stratum] += 1
    return found
