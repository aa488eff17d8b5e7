"""How much is wrong, with the interval within which the truth lies 19 times out of 20.

Every estimate is a ratio of two weighted sums; its spread is what clusters of the same stratum differ by
(ultimate clusters, Taylor). A share is the ratio of units that are wrong to units; a share of money that of
öre paid wrong to öre paid.

Source: Särndal, Swensson, Wretman, Model Assisted Survey Sampling, 5.7 and 4.3; Wilson 1927; Stringer 1963.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tillit.measure.draw import Drawn

Outcome = Literal["right", "wrong", "undecided"]
_Z = 1.959963984540054  # two-sided 95 %
_Z_ONE = 1.6448536269514722  # one-sided 95 %


@dataclass(frozen=True)
class Reviewed:
    """A unit that was drawn, and what people found.

    Takes: error: öre, above nothing when too much was paid, below when too little. What cannot be decided, or
    has no papers, is undecided: it is counted as right in the lower bound and as wholly wrong in the upper.
    """

    drawn: Drawn
    outcome: Outcome
    error: int = 0


@dataclass(frozen=True)
class Estimate:
    """A number with its interval. `at_least` is what it exceeds 19 times out of 20: what a headline may say."""

    value: float
    low: float
    high: float
    at_least: float
    reviewed: int
    design_effect: float = 1.0


Value = Callable[[Reviewed], float]


def wilson(hits: int, of: float, *, z: float = _Z, share: float | None = None) -> tuple[float, float]:
    """Wilson's interval of a share: it holds also where the share is small, and never leaves 0 to 1.

    Takes: share: given where `of` is an effective size and not a count.

    >>> [round(100 * one, 1) for one in wilson(302, 1047)], [round(100 * one, 1) for one in wilson(3, 60)]
    ([26.2, 31.7], [1.7, 13.7])
    """
    if of <= 0:
        return 0.0, 1.0
    found = hits / of if share is None else share
    middle = found + z**2 / (2 * of)
    half = z * math.sqrt(found * (1 - found) / of + z**2 / (4 * of**2))
    below = 1 + z**2 / of
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def error_rate(sample: Sequence[Reviewed]) -> Estimate:
    """The share of units that are wrong, of those that could be decided."""
    decided = [one for one in sample if one.outcome != "undecided"]
    return _share(decided, lambda one: float(one.outcome == "wrong"), whole=len(decided) == len(sample))


def rate_bounds(sample: Sequence[Reviewed]) -> tuple[Estimate, Estimate]:
    """The share of units that are wrong if all that is undecided is right, and if all of it is wrong."""
    low = _share(sample, lambda one: float(one.outcome == "wrong"))
    return low, _share(sample, lambda one: float(one.outcome != "right"))


def ratio(sample: Sequence[Reviewed], over: Value, under: Value) -> Estimate:
    """A ratio of two weighted sums: `over` of each unit to `under` of each.

    Gives: the ratio with a symmetric interval, from what clusters differ by within their stratum.
    """
    value, variance, naive = _linear(sample, over, under)
    spread = math.sqrt(variance)
    return Estimate(
        value,
        value - _Z * spread,
        value + _Z * spread,
        value - _Z_ONE * spread,
        len(sample),
        variance / naive if naive > 0 else 1.0,
    )


@dataclass(frozen=True)
class Money:
    """What was paid wrong, öre: too much, too little, the two against each other, and the two together."""

    too_much: Estimate
    too_little: Estimate
    net: Estimate
    absolute: Estimate
    paid: int


def error_money(sample: Sequence[Reviewed], paid: int) -> Money:
    """What was paid wrong in all of the frame, from a stratified sample and what the frame says was paid.

    Takes: öre paid in all of the frame.
    """
    decided = [one for one in sample if one.outcome != "undecided"]

    def of(value: Value, *, known: bool = True) -> Estimate:
        estimate = _times(ratio(decided, value, _amount), paid)
        # What was found is known, however wide the interval: the whole is never less.
        found = sum(value(one) for one in decided)
        return _no_less(estimate, found) if known else estimate

    return Money(
        too_much=of(lambda one: max(one.error, 0)),
        too_little=of(lambda one: max(-one.error, 0)),
        net=of(lambda one: one.error, known=False),
        absolute=of(lambda one: abs(one.error)),
        paid=paid,
    )


def money_bounds(sample: Sequence[Reviewed], paid: int) -> tuple[float, float]:
    """Öre paid wrong, too much and too little together: what is undecided as right, and as wholly wrong."""
    low = ratio(sample, lambda one: abs(one.error) if one.outcome != "undecided" else 0, _amount)
    high = ratio(sample, lambda one: one.drawn.unit.amount if one.outcome == "undecided" else abs(one.error), _amount)
    return low.value * paid, high.value * paid


def difference(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    """How much two independent estimates differ, with the interval of the difference (Newcombe's, of shares).

    Gives: difference, low, high. Nothing is said to have changed when nought lies between.
    """
    change = after.value - before.value
    low = change - math.hypot(after.value - after.low, before.high - before.value)
    high = change + math.hypot(after.high - after.value, before.value - before.low)
    return change, low, high


def _share(sample: Sequence[Reviewed], wrong: Value, *, whole: bool = True) -> Estimate:
    if not sample:
        return Estimate(0.0, 0.0, 1.0, 0.0, 0)
    value, variance, naive = _linear(sample, wrong, lambda _one: 1.0)
    if all(one.drawn.chance == 1 for one in sample) and whole:
        return Estimate(value, value, value, value, len(sample), 0.0)  # all there is was seen: nothing is estimated
    effect = variance / naive if naive > 0 else 1.0
    # Wilson's interval at the size that a simple sample would need to be as sure.
    effective = len(sample) if variance <= 0 else value * (1 - value) / variance
    low, high = wilson(0, effective, share=value)
    return Estimate(value, low, high, wilson(0, effective, z=_Z_ONE, share=value)[0], len(sample), effect)


def _linear(sample: Sequence[Reviewed], over: Value, under: Value) -> tuple[float, float, float]:
    # The ratio, its variance by clusters within strata, and what the variance were in a simple sample as large.
    top = sum(one.drawn.weight * over(one) for one in sample)
    bottom = sum(one.drawn.weight * under(one) for one in sample)
    if not bottom:
        return 0.0, 0.0, 0.0
    value = top / bottom
    strata: dict[str, dict[str, float]] = {}
    rest: dict[str, float] = {}
    for one in sample:
        unit = one.drawn.unit
        clusters = strata.setdefault(unit.stratum, {})
        left = one.drawn.weight * (over(one) - value * under(one)) / bottom
        clusters[unit.together] = clusters.get(unit.together, 0.0) + left
        rest[unit.stratum] = 1 - float(one.drawn.chance)
    variance = 0.0
    for stratum, clusters in strata.items():
        count = len(clusters)
        if count < 2:
            continue
        middle = sum(clusters.values()) / count
        squares = sum((left - middle) ** 2 for left in clusters.values())
        variance += rest[stratum] * count / (count - 1) * squares
    weights = sum(one.drawn.weight for one in sample)
    mean = bottom / weights
    even = sum(one.drawn.weight * ((over(one) - value * under(one)) / mean) ** 2 for one in sample) / weights
    return value, variance, even / len(sample)


def _amount(one: Reviewed) -> float:
    return one.drawn.unit.amount


def _no_less(estimate: Estimate, found: float) -> Estimate:
    low, least = max(found, estimate.low), max(found, estimate.at_least)
    return Estimate(
        max(found, estimate.value), low, max(low, estimate.high), least, estimate.reviewed, estimate.design_effect
    )


def _times(estimate: Estimate, paid: int) -> Estimate:
    return Estimate(
        estimate.value * paid,
        estimate.low * paid,
        estimate.high * paid,
        estimate.at_least * paid,
        estimate.reviewed,
        estimate.design_effect,
    )
