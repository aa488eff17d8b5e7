"""Reads from a board's deliveries what came of its payments: what agrees is paid, what does not is for a person."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from tillit.payments import Kind, Ordered, Outcome, Told, compare, unordered
from tillit.store import Store
from tillit.web.actions import log
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Matter, PaymentBatch, PaymentOrder, Settlement, TimeReport
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import store_of
from tillit.web.rules.invoice_store import rows
from tillit.web.rules.scope import within

SENT = ("sent", "differs")


def read_answers(*, board: int, now: datetime) -> None:
    """Holds all that was ordered and waits against all that is delivered; a job. Done again it gives the same.

    Changes: what each payment came to, the reports and files that are paid, one line of the log for each file.
    """
    with within([board]):
        found = Board.objects.get(pk=board)
        files = accepted(found)
        batches = list(PaymentBatch.objects.filter(board=board, state__in=SENT).defer("bank_file", "ledger_file"))
        by_hand = _by_hand(found)
        names = {one.number: one.number for one in by_hand} | _names(batches)
    told = list(told_in(store_of(found), files, tuple(f"{one.number}-" for one in batches), names))
    for batch in batches:
        # Each in a transaction of its own: one that fails leaves the others as they should be.
        with within([board]), transaction.atomic():
            _answer(batch, told, now)
    with within([board]), transaction.atomic():
        _answer_by_hand(by_hand, told, now)


def told_in(
    store: Store, files: Collection[str], prefixes: tuple[str, ...], names: Mapping[str, str]
) -> Iterator[Told]:
    """What deliveries tell of payments. Takes: what our ids begin with, and our id by what else a payment may say."""

    def known(row: dict[str, Any]) -> str:
        name = row.get("payment_id") or ""
        if prefixes and name.startswith(prefixes):
            return str(name)
        return next((names[one] for one in (row.get("reference") or "", name) if one in names), "")

    if not prefixes and not names:
        return
    bank = [one for row in rows(store, "bank_entry", files) for one in _of_bank(row, known(row))]
    yield from bank
    by_bank = {one.id for one in bank}
    for row in rows(store, "payment", files, status=["paid", "rejected", "returned"]):
        name = known(row)
        if name and name not in by_bank:  # where the bank itself has told, the ledger is not asked
            where = {"file": row["sha256"][:12], "line": row["line"]}
            yield Told(
                name, row["status"], abs(row["amount_ore"]), row.get("paid_on"), **where,
                account=row.get("account") or "", currency=row.get("currency") or "SEK",
            )  # fmt: skip


def _of_bank(row: dict[str, Any], name: str) -> Iterator[Told]:
    if not name or row.get("status") not in ("booked", "rejected", None):
        return
    ore = row["amount_ore"]
    rejected = row.get("status") == "rejected" or (ore < 0 and row.get("return_code"))
    kind: Kind = "rejected" if rejected else "paid" if ore < 0 and not row.get("reversal") else "returned"
    yield Told(
        name, kind, abs(ore), row.get("booked_on"), row["sha256"][:12], row["line"],
        account=row.get("counterparty_account") or "", currency=row.get("currency") or "SEK",
        reason=" ".join(filter(None, (row.get("return_code"), row.get("return_text")))),
    )  # fmt: skip


def _answer(batch: PaymentBatch, told: list[Told], now: datetime) -> None:
    orders = list(PaymentOrder.objects.filter(matter=batch, ended_at=None).select_related("settlement"))
    ordered = [Ordered(one.payment_id, one.ore, one.account) for one in orders]
    waiting = [one for one in orders if one.verdict != "paid"]
    came = compare(ordered, told)
    changed = [one for one in waiting if _keep(one, came[one.payment_id])]
    for one in changed:
        if one.verdict == "paid":
            _confirm(one.settlement.matter_id, now)
    # One that was taken back and is paid all the same is told of here: it may stand in another file by now.
    beside = unordered(f"{batch.number}-", ordered, told)
    listed = [[name, one.ore, one.where] for name, one in beside.items()]
    PaymentBatch.objects.filter(pk=batch.pk).update(unordered=listed)
    differs = bool(listed) or any(one.verdict not in ("waiting", "paid") for one in orders)
    step = _step(batch.state, differs, all(one.verdict == "paid" for one in orders))
    if step:
        take_as_system(Matter.objects.get(pk=batch.pk), step, now=now)
    if changed or step:
        counts = {"paid": sum(one.verdict == "paid" for one in changed), "changed": len(changed)}
        log.write("change", "read payments", by=None, at=now, matter=batch, details=counts)


def _step(state: str, differs: bool, whole: bool) -> str:
    if differs:
        return "differ" if state == "sent" else ""
    if whole:
        return "complete"
    return "clear" if state == "differs" else ""


def _keep(order: PaymentOrder, came: Outcome) -> bool:
    new = {
        "verdict": came.verdict,
        "told_ore": None if came.verdict == "waiting" else came.ore,
        "told_on": came.on,
        "told_where": came.where,
        "told_reason": came.reason[:200],
    }
    if all(getattr(order, name) == value for name, value in new.items()):
        return False
    PaymentOrder.objects.filter(pk=order.pk).update(**new)
    order.verdict = came.verdict
    return True


def _by_hand(board: Board) -> list[Settlement]:
    """What was paid outside a file and waits to be told of, by the number that was its reference."""
    reports = TimeReport.objects.filter(board=board, state="transferred")
    ordered = PaymentOrder.objects.filter(settlement=OuterRef("pk"), ended_at=None)
    found = Settlement.objects.filter(~Exists(ordered), matter__in=reports, followed_by=None)
    return list(found.order_by("pk"))


def _names(batches: list[PaymentBatch]) -> dict[str, str]:
    """Our id by the settlement's number, which the payee is told and some files give in its place."""
    orders = PaymentOrder.objects.filter(matter__in=batches, ended_at=None)
    return dict(orders.values_list("settlement__number", "payment_id"))


def _answer_by_hand(settled: list[Settlement], told: list[Told], now: datetime) -> None:
    came = compare([Ordered(one.number, one.difference_ore) for one in settled], told)
    for one in settled:
        if came[one.number].verdict == "paid":
            _confirm(one.matter_id, now)


def _confirm(report: int, now: datetime) -> None:
    take_as_system(Matter.objects.get(pk=report), "confirm", now=now)
