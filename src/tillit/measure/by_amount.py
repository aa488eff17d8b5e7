"""What was paid wrong, from a sample by monetary unit: each krona drawn answers for its share of the payment.

Source: Arens and Loebbecke; Stringer 1963, as in the American Institute's guide on audit sampling.
"""

import math
from collections.abc import Sequence

from tillit.measure.estimate import Estimate, Reviewed

_FEW = 5
_Z = 1.959963984540054
_Z_ONE = 1.6448536269514722


def money_by_amount(sample: Sequence[Reviewed], paid: int) -> Estimate:
    """Öre paid too much in all of the frame, from units drawn by amount.

    What was drawn for certain is known and is added as it is; of the others, the share of each that was wrong
    (its taint) is raised to what they were drawn from. With fewer than five errors among them the upper end is
    Stringer's bound, since the spread of so few says nothing.

    Takes: öre paid in all of the frame.
    """
    decided = [one for one in sample if one.outcome != "undecided"]
    certain = [one for one in decided if one.drawn.chance == 1]
    others = [one for one in decided if one.drawn.chance < 1]
    known = sum(max(one.error, 0) for one in certain)
    left = paid - sum(one.drawn.unit.amount for one in certain)
    taints = [max(one.error, 0) / one.drawn.unit.amount for one in others]
    if not taints:
        return Estimate(known, known, known + left, known, len(decided))
    count, mean = len(taints), sum(taints) / len(taints)
    variance = sum((one - mean) ** 2 for one in taints) / (count * max(1, count - 1))
    spread = left * math.sqrt(variance)
    value = known + left * mean
    low, high = max(float(known), value - _Z * spread), value + _Z * spread
    at_least = max(float(known), value - _Z_ONE * spread)
    if sum(one > 0 for one in taints) < _FEW:
        high = known + stringer(taints, left)
    return Estimate(value, low, min(high, known + left), at_least, len(decided))


def stringer(taints: Sequence[float], paid: int, *, confidence: float = 0.95) -> float:
    """Öre that the error is below, so often as the confidence says, however few errors were found.

    Takes: taints: the share of each drawn krona's payment that was wrong, nought where it was right; öre paid.

    >>> round(stringer([0.0] * 59, 100_000_00))
    495076
    """
    count = len(taints)
    steps = [upper_share(errors, count, confidence=confidence) for errors in range(count + 1)]
    worst = sorted((one for one in taints if one > 0), reverse=True)
    share = steps[0] + sum((steps[place + 1] - steps[place]) * taint for place, taint in enumerate(worst))
    return paid * share


def upper_share(errors: int, count: int, *, confidence: float = 0.95) -> float:
    """The share that lies above what was seen, so often as the confidence says (Clopper and Pearson, one side).

    >>> round(upper_share(0, 59), 3)
    0.05
    """
    from scipy.stats import beta  # slow to load, and an optional extra

    return 1.0 if errors >= count else float(beta.ppf(confidence, errors + 1, count - errors))
