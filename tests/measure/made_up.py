"""A made-up year of payments whose errors are known, so that an estimate can be held against the truth."""

import random
from collections.abc import Sequence

from tillit.measure.draw import Drawn
from tillit.measure.estimate import Reviewed
from tillit.measure.frame import Frame, Unit, freeze


def payments(count: int = 3000, *, seed: int = 1, rate: float = 0.06) -> tuple[Frame, dict[str, int]]:
    """A frame of three strata, and each unit's error in öre: above nothing, or seldom below."""
    dice = random.Random(seed)
    units, errors = [], {}
    for number in range(count):
        stratum = ("assistance", "home_care", "invoice")[number % 3]
        amount = round(dice.lognormvariate(10, 1))
        units.append(Unit(f"u{number}", stratum, amount))
        if dice.random() < rate:
            errors[f"u{number}"] = round(amount * dice.uniform(0.1, 1)) * (1 if dice.random() < 0.8 else -1)
    return freeze(units), errors


def reviewed(drawn: Sequence[Drawn], errors: dict[str, int]) -> list[Reviewed]:
    """What people find who find everything."""
    return [Reviewed(one, "wrong" if one.unit.id in errors else "right", errors.get(one.unit.id, 0)) for one in drawn]
