"""What the rows behind findings cost: contract prices by the hour, else the amount that law gives an hour."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from tillit.catalogue import Catalogue, ContentError, Parameter
from tillit.engine.claims import Stretch
from tillit.engine.duckdb import Connection
from tillit.engine.evidence import Copied
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


def stretches(catalogue: Catalogue, rows: Mapping[int, Copied], price: Price) -> dict[int, Stretch]:
    """The rows of time among those copied, with what a minute of each weighs and costs."""
    weights = catalogue.parameters.get(WEIGHTS)
    weight = cache(lambda kind, day: _weight(weights, kind, day))
    made = {}
    for row_id, row in rows.items():
        if row.table == "time_entry":
            one = row.values
            ore = price(one["provider_id"], one["service_area"], one["service_code"], one["work_date"])
            made[row_id] = Stretch(
                _minute(one["starts_at"]), _minute(one["ends_at"]), weight(one["kind"], one["work_date"]), ore
            )
    return made


def _minute(instant: datetime) -> int:
    return int(instant.replace(tzinfo=UTC).timestamp()) // 60


def _weight(weights: Parameter | None, kind: str, day: date) -> int:
    """In 28ths; a kind of time that has no weight of its own counts in full."""
    try:
        held = weights.on(day).value if weights else {}
    except ContentError:
        held = {}
    return int(held.get(kind, PARTS)) if isinstance(held, dict) else PARTS


def prices(connection: Connection, catalogue: Catalogue) -> Price:
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
