"""Random rows of time, in a small world where they often meet."""

import random
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

START = datetime(2025, 3, 3, 20, 0)
KINDS = ["active", "active", "active", "waiting", "standby", "travel", "training", "sick"]
CAPTURES = ["key", "app", "manual", None]


def _entry(
    number: int, worker: int, client: int, at: int, length: int, kind: str, capture: str | None
) -> dict[str, Any]:
    start = START + timedelta(minutes=at)
    return {
        "row": f"e{number}",
        "entry_id": f"e{number}",
        "worker_id": "AB"[worker],
        "client_id": f"K{client}",
        "provider_id": f"P{client % 2}",
        "starts_at": f"{start:%Y-%m-%d %H:%M}",
        "ends_at": f"{start + timedelta(minutes=length):%Y-%m-%d %H:%M}",
        "kind": kind,
        "capture": capture,
    }


one_entry = st.tuples(
    st.integers(0, 1),
    st.integers(0, 3),
    st.integers(0, 300),
    st.integers(1, 120),
    st.sampled_from(KINDS),
    st.sampled_from(CAPTURES),
)
entries = st.lists(one_entry, min_size=1, max_size=12).map(
    lambda made: [_entry(number, *one) for number, one in enumerate(made)]
)


def many(count: int, seed: int) -> list[dict[str, Any]]:
    """Entries over some weeks, the same for the same seed."""
    dice = random.Random(seed)
    return [
        _entry(
            number, dice.randrange(2), dice.randrange(4), dice.randrange(30000), dice.randrange(1, 300),
            dice.choice(KINDS), dice.choice(CAPTURES),
        )
        for number in range(count)
    ]  # fmt: skip
