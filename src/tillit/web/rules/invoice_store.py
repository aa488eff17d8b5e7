"""What a board's deliveries hold that an invoice is matched with: contracts, prices, orders, time done, payments.

Read from the files and never kept beside them: the next matching sees what has been delivered since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pyarrow.parquet import ParquetFile, read_table

from tillit.catalogue import Catalogue
from tillit.matching import Deal, Line, Order, Price, Terms
from tillit.recovery import rate_in
from tillit.store import Store, code
from tillit.units import nearest

TABLES = frozenset({"invoice", "invoice_line", "contract", "price", "decision", "placement", "time_entry", "payment"})
"""The tables that matching reads: a delivery of none of them changes nothing for an invoice."""

_DONE = ("active", "visit")


@dataclass(frozen=True)
class Background:
    """What every invoice of a board is held against."""

    deals: Sequence[Deal]
    prices: Sequence[Price]
    orders: Mapping[str, Sequence[Order]]
    terms: Terms


def rows(store: Store, table: str, files: Collection[str], **within: Collection[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table in some deliveries, of those whose columns hold one of the values; with the file's sha256."""
    for file in store.parquet(table, files):
        names = set(ParquetFile(file).schema_arrow.names)
        if not set(within) <= names:
            continue
        wanted = [(name, "in", sorted(values)) for name, values in within.items()]
        if any(not values for values in within.values()):
            continue
        for row in read_table(file, filters=wanted or None).to_pylist():
            yield row | {"sha256": file.parent.name}


def background(store: Store, files: Collection[str], content: Catalogue, day: date) -> Background:
    """Contracts, prices and orders of all that is delivered, each once, with what may differ on a day."""
    deals = {
        Deal(row["contract_id"], row["provider_id"], row["service_area"], row["valid_from"], _end(row))
        for row in rows(store, "contract", files)
    }
    prices = {
        Price(
            row["contract_id"], row["item_code"], row["unit"], row["price_ore"], row["valid_from"], row.get("valid_to")
        )
        for row in rows(store, "price", files)
    }
    orders: dict[str, list[Order]] = {}
    for order in sorted({*_decided(store, files), *_placed(store, files)}, key=lambda one: (one.client, one.id)):
        orders.setdefault(order.client, []).append(order)
    return Background(sorted(deals, key=str), sorted(prices, key=str), orders, terms(content, day))


def terms(content: Catalogue, day: date) -> Terms:
    """What may differ without a question, on a day."""
    known = content.parameters

    def of(name: str) -> Any:
        return known[name].on(day).value

    return Terms(
        price_ore=int(of("controls.price_rounding_ore")),
        line_ore=int(of("invoice.line_rounding_ore")),
        total_ore=int(of("invoice.total_rounding_ore")),
        minutes=int(of("controls.billed_above_performed_minutes")),
        share=of("controls.billed_above_performed_share"),
        assistance_hour=tuple(_rates(content)),
    )


class TimeDone:
    """A provider's time as it has been delivered: minutes by service, client and day."""

    def __init__(self) -> None:
        self._minutes: dict[tuple[str, str, date], int] = {}
        self._told: set[tuple[str, date]] = set()

    def add(self, area: str, client: str, day: date, minutes: int) -> None:
        """Adds a visit or shift."""
        self._told.add((area, day.replace(day=1)))
        self._minutes[area, client, day] = self._minutes.get((area, client, day), 0) + minutes

    def of(self, lines: Iterable[Line]) -> dict[str, int]:
        """Minutes done, by line number, for the lines of whose service anything was delivered in each of their months.

        For all others nothing is said: that no time is here does not say that none was done.
        """
        found = {}
        for line in lines:
            if not line.client or line.first is None or line.last is None or line.minutes is None:
                continue
            if all((line.area, month) in self._told for month in _months(line.first, line.last)):
                days = _days(line.first, line.last)
                found[line.number] = sum(self._minutes.get((line.area, line.client, day), 0) for day in days)
        return found


def time_done(store: Store, files: Collection[str], provider: str) -> TimeDone:
    """A provider's visits and shifts that were performed."""
    done = TimeDone()
    for row in rows(store, "time_entry", files, provider_id=[provider]) if provider else ():
        if row["kind"] in _DONE and (row.get("status") or "performed") == "performed":
            area = row.get("service_area") or "personal_assistance"
            done.add(area, code(row["client_id"]), row["work_date"], row["minutes"])
    return done


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _end(row: Mapping[str, Any]) -> date | None:
    ends = [end for end in (row.get("valid_to"), row.get("option_to")) if end]
    return max(ends) if row.get("valid_to") else None


def _decided(store: Store, files: Collection[str]) -> Iterator[Order]:
    for row in rows(store, "decision", files):
        yield Order(
            row["decision_id"],
            code(row["client_id"]),
            row["service_area"],
            row["valid_from"],
            row.get("valid_to"),
            row.get("provider_id") or "",
        )


def _placed(store: Store, files: Collection[str]) -> Iterator[Order]:
    for row in rows(store, "placement", files):
        yield Order(
            row["placement_id"],
            code(row["client_id"]),
            "placement",
            row["start_date"],
            row.get("end_date"),
            row["provider_id"],
        )


def _rates(content: Catalogue) -> Iterator[Price]:
    rate = content.parameters["assistance.hourly_rate"]
    days = list(rate.values)
    for first, following in zip(days, [*days[1:], None], strict=True):
        last = following - timedelta(days=1) if following else rate.known_until
        yield Price("", "", "hour", nearest(rate_in(rate, first)), first, last)
