"""Makes a payment file of a month's attested settlements, gives it out once attested, and moves what is paid by it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tillit.errors import RefusedError
from tillit.payments import Order, Payment, ledger_csv, pain_001
from tillit.units import is_working_day, local_date
from tillit.web.actions import log
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.job import enqueue
from tillit.web.actions.refusal import (
    HeldBackError,
    NotForYouError,
    NotYourStepError,
    SomeoneWasFasterError,
    one_press,
)
from tillit.web.actions.series import next_number
from tillit.web.models import Board, Matter, PaymentBatch, PaymentOrder, Settlement, TimeReport
from tillit.web.queries.matter import readable
from tillit.web.queries.payment_batch import may_fetch
from tillit.web.queries.settlement import payable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on
from tillit.web.rules.doors import roles_of
from tillit.web.rules.payment_batch import CAME_BACK
from tillit.web.rules.viewer import Viewer

PROCESS = "payment_batch"
KINDS = {"bank": ("bank_file", "bank_sha256", "xml"), "ledger": ("ledger_file", "ledger_sha256", "csv")}


class NothingToPayError(RefusedError):
    """Nothing in the month can be paid by file now."""


@dataclass(frozen=True)
class File:
    """A file that has been fetched."""

    name: str
    content: bytes


def make_batch(*, board: Board, month: date, pay_on: date, by: Viewer, now: datetime) -> PaymentBatch:
    """One file of all that is attested and can be paid, of the reports that the one who makes it may read.

    Raises: NotYourStepError; HeldBackError where no payer is known or the day is none of payment; NothingToPayError;
    SomeoneWasFasterError where a settlement has just come into another file.
    """
    with one_press("make payment file", by=by, now=now):
        if not by.has(roles_of("pay"), board=board.pk):
            raise NotYourStepError("Din roll gör inga betalningsfiler för den här nämnden")
        payer = settings.TILLIT.payer
        if payer is None:
            raise HeldBackError("Kommunens eget konto är inte angivet", fix="be den som sköter systemet ange det")
        if pay_on < by.day or not is_working_day(pay_on):
            raise HeldBackError("Betaldagen är ingen kommande bankdag", fix="välj en vardag från och med i dag")
        ready = [one for one in payable(by, month, board) if not one.obstacle]
        if not ready:
            raise NothingToPayError("Det finns inget att betala med fil", fix="se vad som fattas under Att betala")
        process = catalogue().processes[PROCESS]
        number = next_number(process, board, local_date(now))
        payments = [
            Payment(
                f"{number}-{place}", one.payee_name, one.report.provider_number, one.account,
                one.settlement.difference_ore, one.settlement.number, month,
            )
            for place, one in enumerate(ready, start=1)
        ]  # fmt: skip
        batch = _keep(Order(number, now, pay_on, payer, payments), board, month, by, now)
        _order(batch, payments, [one.settlement for one in ready])
        details = {"payments": batch.count, "ore": batch.total_ore, "sha256": batch.bank_sha256}
        log.write("change", "make payment file", by=by.user, at=now, matter=batch, details=details)
        return batch


def _keep(order: Order, board: Board, month: date, by: Viewer, now: datetime) -> PaymentBatch:
    bank, ledger = pain_001(order), ledger_csv(order)
    process, day = catalogue().processes[PROCESS], local_date(now)
    batch: PaymentBatch = PaymentBatch.objects.create(
        process=process.process,
        process_revision=process.revision,
        state=process.start,
        state_since=now,
        zone=process.zone,
        board=board,
        number=order.id,
        title=process.title,
        opened_by=by.user,
        opened_at=now,
        due_on=due_on(process, process.start, entered=day, opened=day),
        month=month,
        pay_on=order.pay_on,
        payer_account=order.payer.account,
        count=len(order.payments),
        total_ore=order.total_ore,
        made_by=by.user,
        bank_file=bank,
        bank_sha256=hashlib.sha256(bank).hexdigest(),
        ledger_file=ledger,
        ledger_sha256=hashlib.sha256(ledger).hexdigest(),
    )
    return batch


def _order(batch: PaymentBatch, payments: Sequence[Payment], settled: Sequence[Settlement]) -> None:
    try:
        with transaction.atomic():
            PaymentOrder.objects.bulk_create(
                PaymentOrder(
                    matter=batch,
                    place=place,
                    payment_id=one.id,
                    settlement=settlement,
                    provider_number=one.payee_number,
                    payee_name=one.payee_name[:200],
                    account=one.account,
                    ore=one.ore,
                )
                for place, (one, settlement) in enumerate(zip(payments, settled, strict=True), start=1)
            )
    except IntegrityError:  # the database lets no settlement stand in two files
        raise SomeoneWasFasterError("En avräkning står redan i en annan fil", fix="läs sidan igen") from None


def fetch_file(number: str, kind: str, *, by: Viewer, now: datetime) -> File:
    """A file of an attested batch, for one who pays and may read all that stands in it. That it left is in the log.

    Raises: NotForYouError, the same for what does not exist, is not attested or may not be read whole.
    """
    with one_press("fetch payment file", by=by, now=now, number=number):
        batch = readable(PaymentBatch, by).filter(number=number).first()
        if batch is None or kind not in KINDS or not may_fetch(batch, by, kind=kind, hidden=_hidden(batch, by)):
            raise NotForYouError("Det finns ingen sådan fil för dig")
        content, digest, suffix = KINDS[kind]
        if kind == "bank":
            PaymentBatch.objects.filter(pk=batch.pk, fetched_at=None).update(fetched_at=now)
        details = {"kind": kind, "sha256": getattr(batch, digest)}
        log.write("change", "fetch payment file", by=by.user, at=now, matter=batch, details=details)
        return File(f"{batch.number}.{suffix}", bytes(getattr(batch, content)))


def _hidden(batch: PaymentBatch, by: Viewer) -> int:
    reports = set(PaymentOrder.objects.filter(matter=batch).values_list("settlement__matter", flat=True))
    return len(reports) - readable(TimeReport, by).filter(pk__in=reports).count()


@effect("attest_payments")
def attest_payments(taken: Taken) -> None:
    """Filen är attesterad, och av vem. Databasen tar inte emot att det är den som gjorde den."""
    PaymentBatch.objects.filter(pk=taken.matter.pk).update(attested_by=taken.person, attested_at=taken.now)


@effect("end_payments")
def end_payments(taken: Taken) -> None:
    """Inget i filen betalas: avräkningarna kan läggas i en ny."""
    PaymentOrder.objects.filter(matter=taken.matter.pk, ended_at=None).update(ended_at=taken.now)


@effect("transfer_payments")
def transfer_payments(taken: Taken) -> None:
    """Filen är lämnad till banken: varje avräkning i den är överförd."""
    PaymentBatch.objects.filter(pk=taken.matter.pk).update(sent_at=taken.now)
    for report in _reports(PaymentOrder.objects.filter(matter=taken.matter.pk, ended_at=None)):
        taken.system(report, "transfer", now=taken.now)


@effect("take_back_payments")
def take_back_payments(taken: Taken) -> None:
    """Det som banken avvisade eller som kom tillbaka är inte betalt: det kan läggas i en ny fil, som attesteras."""
    back = PaymentOrder.objects.filter(matter=taken.matter.pk, ended_at=None, verdict__in=CAME_BACK)
    for report in _reports(back):
        taken.system(report, "come_back", now=taken.now)
    back.update(ended_at=taken.now)
    board = taken.matter.board_id  # what is left may now be all paid
    enqueue("payments", now=taken.now, given={"board": board}, once=f"payments:{taken.matter.pk}:{taken.now}")


def _reports(orders: QuerySet[PaymentOrder]) -> list[Matter]:
    keys = list(orders.values_list("settlement__matter", flat=True))
    return list(Matter.objects.filter(pk__in=keys).order_by("pk"))
