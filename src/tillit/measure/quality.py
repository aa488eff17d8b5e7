"""How good controls are: judged by the random sample alone, since what they chose themselves cannot say."""

import math
from collections.abc import Sequence, Set

from tillit.measure.estimate import Estimate, Reviewed, error_rate, ratio, wilson


def precision(right: int, reviewed: int) -> Estimate:
    """Of what a control found and people reviewed, the share that was wrong as it said.

    >>> precision(46, 100).value
    0.46
    """
    if not reviewed:
        return Estimate(0.0, 0.0, 1.0, 0.0, 0)
    low, high = wilson(right, reviewed)
    return Estimate(right / reviewed, low, high, wilson(right, reviewed, z=1.6448536269514722)[0], reviewed)


def recall(sample: Sequence[Reviewed], found: Set[str]) -> Estimate:
    """Of all that is wrong in öre, the share that lies in what controls found.

    Takes: the random sample; found: the ids of units that any control found.
    """
    wrong = [one for one in sample if one.outcome == "wrong"]
    if not wrong:
        return Estimate(0.0, 0.0, 1.0, 0.0, 0)
    decided = [one for one in sample if one.outcome != "undecided"]
    estimate = ratio(
        decided, lambda one: abs(one.error) if one.drawn.unit.id in found else 0.0, lambda one: float(abs(one.error))
    )
    hits = sum(one.drawn.unit.id in found for one in wrong)
    if hits in (0, len(wrong)):
        # All or none of them: amounts do not spread, and only their number says how little is known.
        low, high = wilson(hits, len(wrong))
        return Estimate(estimate.value, low, high, wilson(hits, len(wrong), z=1.6448536269514722)[0], len(wrong))
    return Estimate(
        estimate.value,
        max(0.0, estimate.low),
        min(1.0, estimate.high),
        max(0.0, estimate.at_least),
        len(wrong),
        estimate.design_effect,
    )


def lift(right: int, reviewed: int, sample: Sequence[Reviewed]) -> tuple[float, float, float] | None:
    """How many times likelier something is wrong in what a control found than in what chance drew.

    Gives: the ratio, and the interval of its logarithm turned back; none where either found nothing wrong.
    """
    rate = error_rate(sample)
    if not right or not rate.value:
        return None
    share = right / reviewed
    # Where all there is was drawn, that side has no spread.
    spread = math.sqrt((1 - share) / right + rate.design_effect * (1 - rate.value) / (rate.reviewed * rate.value))
    times = share / rate.value
    return times, times / math.exp(1.959963984540054 * spread), times * math.exp(1.959963984540054 * spread)


def expected_precision(rate: float, recall: float, false_alarms: float) -> float:
    """What share of a control's findings will be right, where so many units are wrong: rare errors drown in alarms.

    Takes: shares between 0 and 1: units wrong, wrong ones found, right ones found all the same.

    >>> round(expected_precision(0.01, 0.95, 0.01), 2)
    0.49
    """
    found = rate * recall
    alarms = (1 - rate) * false_alarms
    return found / (found + alarms) if found + alarms else 0.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """How far two reviewers agree beyond chance (Cohen): below 0.6 they need to talk before a figure is told.

    >>> pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    >>> round(kappa(pairs), 2)
    0.4
    """
    if not pairs:
        return 0.0
    count = len(pairs)
    agree = sum(one == other for one, other in pairs) / count
    words = {word for pair in pairs for word in pair}
    chance = (
        sum(sum(one == word for one, _ in pairs) * sum(other == word for _, other in pairs) for word in words)
        / count**2
    )
    return 1.0 if chance == 1 else (agree - chance) / (1 - chance)
