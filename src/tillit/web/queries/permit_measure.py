"""What a missing permit concerns at one board: decisions, payments and contracts, from what it has been delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from pyarrow.parquet import read_schema, read_table

from tillit.store import code
from tillit.web.models import Contract, Matter
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import protected_clients, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.permit_measure import letters_of

_DECISION = ["decision_id", "client_id", "service_area", "unit", "provider_id", "valid_from", "valid_to"]
_PAYMENT = ["payment_id", "provider_id", "paid_on", "month", "amount_ore", "status", "client_id", "decision_id"]


@dataclass(frozen=True)
class Decided:
    """A decision that names the provider, whether the person has been told, and until when work can be paid for."""

    decision: str
    client: str
    area: str
    unit: str
    letter: int | None
    told_on: date | None
    paid_until: date | None


@dataclass(frozen=True)
class Paid:
    """A payment to the provider from the day the permit was missing."""

    payment: str
    paid_on: date | None
    month: date | None
    amount_ore: int
    status: str


@dataclass(frozen=True)
class Affected:
    """All that is concerned at the board. Those with protected personal data are counted and not shown."""

    since: date
    grace: int
    decisions: list[Decided]
    payments: list[Paid]
    contracts: list[Contract]
    protected: int

    @property
    def total_ore(self) -> int:
        """The sum of the payments, öre."""
        return sum(one.amount_ore for one in self.payments)


def affected(matter: Matter, day: date) -> Affected:
    """What a measure is about. The viewer reads the matter: the page asks before it calls this.

    Takes: a matter of permit_measure, which belongs to one board; nothing of any other board's store is read.
    """
    fields = matter.fields
    since, number = date.fromisoformat(fields["applies_from"]), fields["provider"]
    areas = {fields["service"], *catalogue().codes["permit_services"].codes[fields["service"]].goes_with}
    store = store_of(matter.board)
    shas = accepted(matter.board)
    shut = protected_clients(store, [{"sha256": one} for one in shas])
    grace = whole("assistance.permit_grace_days", max(since, date(2021, 11, 1)))
    letters = letters_of(matter)
    decisions, hidden = {}, set()
    for row in _rows(store.parquet("decision", shas), _DECISION):
        if row["provider_id"] != number or row["service_area"] not in areas:
            continue
        if (row["valid_to"] and row["valid_to"] < since) or row["valid_from"] > day:
            continue
        client = code(row["client_id"])
        if client in shut:
            hidden.add(row["decision_id"])
            continue
        letter, told = letters.get(client, (None, None))
        # Told before it ended, the two weeks run from the last day that the permit held.
        until = max(told, since - timedelta(days=1)) + timedelta(days=grace) if told else None
        decisions[row["decision_id"]] = Decided(
            row["decision_id"], client, row["service_area"], row["unit"] or "", letter, told, until
        )
    payments = {}
    for row in _rows(store.parquet("payment", shas), _PAYMENT):
        # Pay for assistance goes to the person as often as to the provider: the decision says whose work it is for.
        ours = row["provider_id"] == number or row["decision_id"] in decisions
        if not ours or not _is_after(row, since) or (row["client_id"] and code(row["client_id"]) in shut):
            continue
        payments[row["payment_id"]] = Paid(
            row["payment_id"], row["paid_on"], row["month"], row["amount_ore"], row["status"] or "ordered"
        )
    standing = Q(valid_to=None) | Q(valid_to__gte=since)
    contracts = Contract.objects.filter(standing, Q(board=None) | Q(board=matter.board), provider__number=number)
    found = sorted(decisions.values(), key=lambda one: (one.client, one.decision))
    paid = sorted(payments.values(), key=lambda one: (one.paid_on or date.max, one.payment))
    return Affected(since, grace, found, paid, list(contracts.order_by("valid_from", "pk")), len(hidden))


def _is_after(row: dict[str, Any], since: date) -> bool:
    # What a payment is for decides, where it says so: a month that had begun is looked at too.
    if row["month"]:
        return (row["month"].year, row["month"].month) >= (since.year, since.month)
    return row["paid_on"] is None or row["paid_on"] >= since


def _rows(files: Iterable[Any], columns: list[str]) -> Iterable[dict[str, Any]]:
    for file in files:
        # What is optional in a table is no column where the delivery did not have it.
        there = [name for name in columns if name in read_schema(file).names]
        for row in read_table(file, columns=there).to_pylist():
            yield dict.fromkeys(columns) | row
