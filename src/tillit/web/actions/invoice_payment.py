"""Reads from a board's deliveries what has been credited and paid of the invoices that are here."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Sum

from tillit.identifiers.invoice_number import comparable_number
from tillit.store import Store
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Invoice
from tillit.web.rules.content import catalogue
from tillit.web.rules.invoice_store import rows

Paid = Mapping[tuple[str, ...], list[dict[str, Any]]]
"""Lines of payment files, by what an invoice goes by."""


def credits_in(store: Store, files: Collection[str]) -> list[dict[str, Any]]:
    """The credit notes of some deliveries that say which invoice they credit, each once."""
    found = [row for row in rows(store, "invoice", files, kind=["credit"]) if row.get("credits_normalised")]
    return list({row["invoice_id"]: row for row in found if row.get("provider_id")}.values())


def read_credits(credits: Iterable[Mapping[str, Any]], *, board: Board, now: datetime) -> int:
    """Counts credit notes on the invoices here. Gives how many were closed: credited whole, and not approved."""
    closed = 0
    steps = catalogue().processes["invoice"].steps["read_credit"].from_
    standing: dict[tuple[str, str], Invoice] = {}
    for one in Invoice.objects.filter(board=board, closed_at=None).order_by("-pk"):
        standing[one.provider_number, one.comparable_number] = one  # the first of two with one number
    for row in credits:
        invoice = standing.get((row["provider_id"], row["credits_normalised"]))
        if invoice is None or row["invoice_id"] in invoice.credit_numbers:
            continue
        invoice.credit_numbers = [*invoice.credit_numbers, row["invoice_id"]]
        invoice.credited_ore -= row["gross_ore"]  # a credit is below zero
        told = {"credited_ore": invoice.credited_ore, "credit_numbers": invoice.credit_numbers}
        Invoice.objects.filter(pk=invoice.pk).update(**told)
        if invoice.credited_ore >= invoice.gross_ore and invoice.state in steps:
            take_as_system(invoice, "read_credit", now=now, given={"credit_number": row["number"]})
            closed += 1
    return closed


def read_payments(paid: Paid, *, board: Board, now: datetime) -> int:
    """Reads what was paid of what is approved. Gives how many were closed; one that is paid in part stands."""
    closed = 0
    for invoice in Invoice.objects.filter(board=board, state="attested").order_by("pk"):
        name = next((name for name in _names_of(invoice) if name in paid), None)
        if name is None:
            continue
        found = paid[name]
        last = max(found, key=lambda row: row["paid_on"])
        total = sum(row["amount_ore"] for row in found) - (_paid_of_another(invoice) if len(name) > 1 else 0)
        if total <= 0:
            continue
        place = f"{last['sha256'][:12]}:{last['line']}"
        Invoice.objects.filter(pk=invoice.pk).update(paid_on=last["paid_on"], paid_ore=total, paid_line=place)
        if total >= invoice.gross_ore - invoice.credited_ore:
            take_as_system(invoice, "pay", now=now, given={"paid_on": last["paid_on"]})
            closed += 1
    return closed


def _paid_of_another(invoice: Invoice) -> int:
    """What the same number has paid already: two invoices with one number are not both paid by one payment."""
    same = Invoice.objects.filter(
        board=invoice.board_id, provider_number=invoice.provider_number, comparable_number=invoice.comparable_number
    )
    counted = same.exclude(pk=invoice.pk).filter(paid_ore__isnull=False).aggregate(ore=Sum("paid_ore"))
    return int(counted["ore"] or 0)


def payments_in(store: Store, files: Collection[str]) -> Paid:
    """What is paid, by the invoice's own key and by supplier and number; a line delivered twice counts once."""
    found: dict[tuple[str, ...], dict[Any, dict[str, Any]]] = {}
    for row in rows(store, "payment", files, status=["paid"]):
        if row.get("paid_on") is None:
            continue
        number = comparable_number(row.get("invoice_number") or "")
        for name in names({**row, "number_normalised": number}):
            found.setdefault(name, {})[row.get("batch_id"), row["payment_id"]] = row
    return {name: list(each.values()) for name, each in found.items()}


def _names_of(invoice: Invoice) -> Iterator[tuple[str, ...]]:
    number = invoice.comparable_number
    return names({"invoice_id": invoice.store_id, "provider_id": invoice.provider_number, "number_normalised": number})


def names(row: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What an invoice goes by: its own key, and its supplier with its number in the form that can be compared."""
    if row.get("invoice_id"):
        yield (str(row["invoice_id"]),)
    if row.get("provider_id") and row.get("number_normalised"):
        yield (str(row["provider_id"]), str(row["number_normalised"]))
