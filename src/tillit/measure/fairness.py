"""Whether controls fall evenly on groups: how often they choose, and how often they are wrong about whom.

A group's error rate in the random sample is shown as context and is never a reason to choose it more. How often
a group is chosen is not enough to judge by: in the Swedish case that is told in docs/decisions, women were chosen
1.2 times as often as they were drawn by chance, within every band in use, and were right more often than others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillit.measure.estimate import Estimate, wilson

FEWEST = 20
"""A group smaller than this is joined with others, lest it point at someone."""

BAND = (0.8, 1.25)
"""Within this a ratio is no alert."""

OTHERS = "övriga"


@dataclass(frozen=True)
class Group:
    """What is counted of a group: units there are, units chosen by controls, reviewed of those, and found wrong.

    `drawn`, `drawn_wrong` and `drawn_right_chosen` are of the random sample: right units that a control chose too.
    """

    name: str
    units: int
    chosen: int
    reviewed: int
    wrong: int
    drawn: int
    drawn_wrong: int
    drawn_right_chosen: int
    drawn_wrong_not_chosen: int
    days_held: float = 0.0


@dataclass(frozen=True)
class Fairness:
    """A group beside all the others, and what asks to be looked into.

    `selection` and `burden` are ratios to the others; none where the others have none. `precision` is the group's
    own, `gap` what it is above the others, with its interval.
    """

    name: str
    selection: float | None
    precision: Estimate
    gap: tuple[float, float, float]
    error_rate: Estimate
    burden: float | None
    missed: float
    days_held: float | None
    alerts: tuple[str, ...]


def fairness(groups: Sequence[Group]) -> list[Fairness]:
    """Each group beside the others, in the order given; groups that are too small are joined first."""
    joined = merge_small(groups)
    return [_beside(one, _sum(OTHERS, [other for other in joined if other is not one])) for one in joined]


def merge_small(groups: Sequence[Group], fewest: int = FEWEST) -> list[Group]:
    """Groups of at least so many units; the small ones together, with the smallest other if still too few."""
    large = [group for group in groups if group.units >= fewest]
    small = [group for group in groups if group.units < fewest]
    if not small:
        return large
    rest = _sum(OTHERS, small)
    if rest.units < fewest and large:
        least = min(large, key=lambda group: (group.units, group.name))
        large.remove(least)
        rest = _sum(OTHERS, [*small, least])
    return [*large, rest]


def share_gap(right: int, of: int, other_right: int, other_of: int) -> tuple[float, float, float]:
    """How much one share is above another, with Newcombe's interval.

    >>> [round(one, 3) for one in share_gap(56, 70, 48, 80)]
    [0.2, 0.052, 0.334]
    """
    if not of or not other_of:
        return 0.0, -1.0, 1.0
    one, two = right / of, other_right / other_of
    low_one, high_one = wilson(right, of)
    low_two, high_two = wilson(other_right, other_of)
    gap = one - two
    return gap, gap - math.hypot(one - low_one, high_two - two), gap + math.hypot(high_one - one, two - low_two)


def share_ratio(chosen: Mapping[str, int], drawn: Mapping[str, int], group: str) -> float:
    """A group's share of what controls chose, to its share of what chance drew.

    >>> round(share_ratio({"women": 674, "men": 326}, {"women": 561, "men": 439}, "women"), 2)
    1.2
    """
    return (chosen[group] / sum(chosen.values())) / (drawn[group] / sum(drawn.values()))


def _beside(one: Group, others: Group) -> Fairness:
    selection = _ratio(one.chosen, one.units, others.chosen, others.units)
    right, others_right = one.drawn - one.drawn_wrong, others.drawn - others.drawn_wrong
    burden = _ratio(one.drawn_right_chosen, right, others.drawn_right_chosen, others_right)
    gap = share_gap(one.wrong, one.reviewed, others.wrong, others.reviewed)
    days = one.days_held / others.days_held if others.days_held else None
    alerts = []
    if selection is not None and not BAND[0] <= selection <= BAND[1]:
        alerts.append("selection")
    if gap[1] > 0 or gap[2] < 0:
        alerts.append("precision")
    if burden is not None and not BAND[0] <= burden <= BAND[1]:
        alerts.append("burden")
    if days is not None and days > BAND[1]:
        alerts.append("days_held")
    missed = one.drawn_wrong_not_chosen / one.drawn_wrong if one.drawn_wrong else 0.0
    return Fairness(
        one.name,
        selection,
        _estimate(one.wrong, one.reviewed),
        gap,
        _estimate(one.drawn_wrong, one.drawn),
        burden,
        missed,
        days,
        tuple(alerts),
    )


def _estimate(hits: int, of: int) -> Estimate:
    low, high = wilson(hits, of)
    return Estimate(hits / of if of else 0.0, low, high, wilson(hits, of, z=1.6448536269514722)[0], of)


def _ratio(hits: int, of: int, other_hits: int, other_of: int) -> float | None:
    if not of or not other_of or not other_hits:
        return None
    return (hits / of) / (other_hits / other_of)


def _sum(name: str, groups: Sequence[Group]) -> Group:
    units = sum(group.units for group in groups)
    days = sum(group.days_held * group.units for group in groups) / units if units else 0.0
    whole = ("units", "chosen", "reviewed", "wrong", "drawn", "drawn_wrong", "drawn_right_chosen")
    sums = {field: sum(getattr(group, field) for group in groups) for field in (*whole, "drawn_wrong_not_chosen")}
    return Group(name=name, **sums, days_held=days)
