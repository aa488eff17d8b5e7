"""The interval of a ratio of money by resampling: where a few large errors carry the sum, no formula is to be trusted.

Source: Efron 1987 (bias corrected and accelerated); clusters are resampled within their stratum.
"""

import hashlib
from collections.abc import Sequence

from tillit.measure.estimate import Estimate, Reviewed, Value

RESAMPLES = 2000


def resampled_ratio(
    sample: Sequence[Reviewed], over: Value, under: Value, *, seed: str, resamples: int = RESAMPLES
) -> Estimate:
    """A ratio of two weighted sums, with the interval by which it moves when clusters are drawn again.

    The same sample and seed give the same interval. Clusters of a stratum with a single one stay as they are.
    """
    import numpy as np  # slow to load, and an optional extra
    from scipy.stats import bootstrap

    strata: dict[str, dict[str, list[float]]] = {}
    for one in sample:
        sums = strata.setdefault(one.drawn.unit.stratum, {}).setdefault(one.drawn.unit.together, [0.0, 0.0])
        sums[0] += one.drawn.weight * over(one)
        sums[1] += one.drawn.weight * under(one)
    tables = [np.array(list(clusters.values())) for _stratum, clusters in sorted(strata.items())]
    alone = sum((table.sum(axis=0) for table in tables if len(table) < 2), np.zeros(2))
    tables = [table for table in tables if len(table) > 1]

    def value(*places: "np.ndarray", axis: int = -1) -> "np.ndarray":
        top, bottom = (
            alone[which]
            + sum(table[:, which][place].sum(axis=axis) for table, place in zip(tables, places, strict=True))
            for which in (0, 1)
        )
        return np.asarray(top / bottom)

    whole = float(value(*(np.arange(len(table)) for table in tables)))
    start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")

    def interval(level: float) -> tuple[float, float]:
        done = bootstrap(
            [np.arange(len(table)) for table in tables],
            value,
            vectorized=True,
            n_resamples=resamples,
            confidence_level=level,
            method="BCa",
            rng=np.random.default_rng(start),
            batch=200,
        )
        return float(done.confidence_interval.low), float(done.confidence_interval.high)

    low, high = interval(0.95)
    if low != low:  # every resample says the same: there is nothing to move
        return Estimate(whole, whole, whole, whole, len(sample))
    return Estimate(whole, low, high, interval(0.90)[0], len(sample))
