"""Small numbers of persons are not shown: a table of few says who they are (IS4)."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

HIDDEN = "–"
"""What stands in the place of a number that is not shown."""


def small_cells(counts: Mapping[K, int], *, limit: int, sum_is_shown: bool = True) -> dict[K, int | None]:
    """Counts of persons with the small ones hidden (None); zero is shown, it is about nobody.

    Where the sum is shown too and one cell alone is hidden, the next smallest is hidden with it: else the
    hidden one is the sum less the rest. Counts of companies are shown as they are and do not come here.
    Takes: `limit` from casework.small_cell, the smallest number of persons that is shown.

    >>> small_cells({"a": 12, "b": 3, "c": 7, "d": 0}, limit=5)
    {'a': 12, 'b': None, 'c': None, 'd': 0}
    >>> small_cells({"a": 12, "b": 3, "c": 7}, limit=5, sum_is_shown=False)
    {'a': 12, 'b': None, 'c': 7}
    """
    hidden = {key for key, count in counts.items() if 0 < count < limit}
    if sum_is_shown and len(hidden) == 1:
        left = [key for key, count in counts.items() if key not in hidden and count > 0]
        if left:
            hidden.add(min(left, key=lambda key: counts[key]))
    return {key: None if key in hidden else count for key, count in counts.items()}
