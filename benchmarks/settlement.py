"""Settling assistance: a month of Stockholm's size, and twice the size in about twice the time."""

from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.ratio import Ratio, in_turns
from tillit.catalogue import load
from tillit.settlement import Decision, PermitSpan, Stretch, Terms, settle
from tillit.units import Period, midnight

CLIENTS = 288
WORKERS_EACH = 10
MONTH = Period.month(2026, 10)  # with the night that has an hour more
MINUTE_S = 60.0


def run(rows: int) -> list[Ratio]:
    terms = Terms.of(load().parameters)
    once, twice = _month(CLIENTS, terms), _month(2 * CLIENTS, terms)
    growth = in_turns(f"{2 * CLIENTS} clients / {CLIENTS} clients", twice, once, goal=2.3)
    within = Ratio(f"a month of {CLIENTS} clients / a minute", growth.theirs_s, MINUTE_S, growth.theirs_s / MINUTE_S, 1)
    return [growth, within]


def _month(clients: int, terms: Terms) -> Callable[[], int]:
    """Each client has ten assistants round the clock: shifts of eight hours, one hour of each doubled."""
    months = [(f"B{number}", _shifts(number)) for number in range(clients)]
    permits = [PermitSpan("T1", date(2020, 1, 1))]

    def settled() -> int:
        return sum(
            settle(
                MONTH,
                decisions=[Decision(name, 9_000, "week", date(2025, 1, 1), double_bank=1_800)],
                reported=shifts,
                terms=terms,
                permits=permits,
            ).due
            for name, shifts in months
        )

    return settled


def _shifts(client: int) -> list[Stretch]:
    starts, ends = midnight(MONTH.first), midnight(MONTH.last + timedelta(days=1))
    found: list[Stretch] = []
    while starts < ends:
        stops = min(ends, starts + timedelta(hours=8))
        kind = "waiting" if len(found) % 3 == 2 else "active"
        found.append(Stretch(f"{client}-{len(found) % WORKERS_EACH}-{len(found)}", starts, stops, kind))
        starts += timedelta(hours=7)
    return found
