"""What the rows behind findings cost: contract prices by the hour, else the amount that law gives an hour."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from tillit.catalogue import Catalogue, ContentError, Parameter
from tillit.engine.claims import Stretch
from tillit.engine.duckdb import Connection
from tillit.units import PARTS

RATE, WEIGHTS = "assistance.hourly_rate", "assistance.activity_weights"
"""The parameters that price assistance where no contract does."""

Price = Callable[[str, str, str | None, date], int | None]
"""Provider, service area, service code, day -> öre an hour, if any is known."""


class _Agreed(NamedTuple):
    item_code: str
    valid_from: date
    valid_to: date
    ore: int


def stretches(connection: Connection, catalogue: Catalogue) -> dict[int, Stretch]:
    """The rows of time in the table `wanted`, with what a minute of each weighs and an hour costs."""
    price = _prices(connection, catalogue)
    weights = catalogue.parameters.get(WEIGHTS)
    weight = cache(lambda kind, day: _weight(weights, kind, day))
    rows = connection.execute(
        """SELECT row_id, CAST(EPOCH(starts_at) AS BIGINT) // 60, CAST(EPOCH(ends_at) AS BIGINT) // 60,
          kind, provider_id, service_area, service_code, work_date, worker_id
        FROM time_entry WHERE row_id IN (SELECT row_id FROM wanted)"""
    ).fetchall()
    return {
        row_id: Stretch(start, end, weight(kind, day), price(provider, area, service, day), worker)
        for row_id, start, end, kind, provider, area, service, day, worker in rows
    }


def _weight(weights: Parameter | None, kind: str, day: date) -> int:
    """In 28ths; a kind of time that has no weight of its own counts in full."""
    try:
        held = weights.on(day).value if weights else {}
    except ContentError:
        held = {}
    return int(held.get(kind, PARTS)) if isinstance(held, dict) else PARTS


def _prices(connection: Connection, catalogue: Catalogue) -> Price:
    """The price of an hour: by the contract in force, the item of the service before the lowest; else by law."""
    agreed = _agreed(connection)
    rate = catalogue.parameters.get(RATE)

    @cache
    def price(provider: str, area: str, service: str | None, day: date) -> int | None:
        held = [one for one in agreed.get((provider, area), []) if one.valid_from <= day <= one.valid_to]
        if held:
            return min(one.ore for one in [each for each in held if each.item_code == service] or held)
        return _by_law(rate, day) if area == "personal_assistance" else None

    return price


def _by_law(rate: Parameter | None, day: date) -> int | None:
    try:
        number = rate.on(day).value if rate else None
    except ContentError:
        return None
    return int(rate.in_sql(number)) if rate and isinstance(number, Decimal) else None


def _agreed(connection: Connection) -> dict[tuple[str, str], list[_Agreed]]:
    rows: list[tuple[Any, ...]] = connection.execute(
        """SELECT provider_id, service_area, item_code, price_ore,
          GREATEST(contract.valid_from, price.valid_from),
          LEAST(COALESCE(contract.valid_to, DATE '9999-12-31'), COALESCE(price.valid_to, DATE '9999-12-31'))
        FROM contract JOIN price USING (contract_id)
        WHERE unit = 'hour'"""
    ).fetchall()
    agreed: dict[tuple[str, str], list[_Agreed]] = {}
    for provider, area, item_code, ore, valid_from, valid_to in rows:
        agreed.setdefault((provider, area), []).append(_Agreed(item_code, valid_from, valid_to, ore))
    return agreed
