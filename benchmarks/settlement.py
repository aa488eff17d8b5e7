"""Settling assistance of Stockholm's size: a month, twice the size in about twice the time, and thirty months."""

import time
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.ratio import Ratio, in_turns
from tillit.catalogue import load
from tillit.settlement import Carried, Decision, PermitSpan, Stretch, Terms, settle
from tillit.units import Period, add_months, midnight

CLIENTS = 288
WORKERS_EACH = 10
MONTH = Period.month(2026, 10)  # with the night that has an hour more
MONTHS = 30
MINUTE_S = 60.0


def run(rows: int) -> list[Ratio]:
    terms = Terms.of(load().parameters)
    once, twice = _month(CLIENTS, terms), _month(2 * CLIENTS, terms)
    growth = in_turns(f"{2 * CLIENTS} clients / {CLIENTS} clients", twice, once, goal=2.3)
    within = Ratio(f"a month of {CLIENTS} clients / a minute", growth.theirs_s, MINUTE_S, growth.theirs_s / MINUTE_S, 1)
    seconds = _thirty_months(terms)
    each = seconds / MONTHS
    every = Ratio(f"{MONTHS} months of {CLIENTS} clients, a month / a minute", each, MINUTE_S, each / MINUTE_S, 1)
    return [growth, within, every]


def _thirty_months(terms: Terms) -> float:
    """Every client and month once, each month going on from what the one before it carried. Gives seconds."""
    permits, first = [PermitSpan("T1", date(2020, 1, 1))], add_months(MONTH.first, 1 - MONTHS)
    began = time.perf_counter()
    for client in range(CLIENTS):
        decision = Decision(f"B{client}", 9_000, "half_year", date(2024, 1, 1), double_bank=1_800)
        carried = Carried()
        for number in range(MONTHS):
            month = add_months(first, number)
            period = Period.month(month.year, month.month)
            done = settle(
                period,
                decisions=[decision],
                reported=_shifts(client, period),
                terms=terms,
                permits=permits,
                carried=carried,
            )
            carried = done.carried.to_next_month()
    return time.perf_counter() - began


def _month(clients: int, terms: Terms) -> Callable[[], int]:
    """Each client has ten assistants round the clock: shifts of eight hours, one hour of each doubled."""
    months = [(f"B{number}", _shifts(number, MONTH)) for number in range(clients)]
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


def _shifts(client: int, month: Period) -> list[Stretch]:
    starts, ends = midnight(month.first), midnight(month.last + timedelta(days=1))
    found: list[Stretch] = []
    while starts < ends:
        stops = min(ends, starts + timedelta(hours=8))
        kind = "waiting" if len(found) % 3 == 2 else "active"
        found.append(Stretch(f"{client}-{len(found) % WORKERS_EACH}-{len(found)}", starts, stops, kind))
        starts += timedelta(hours=7)
    return found
