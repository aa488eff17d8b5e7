"""A payment order in ISO 20022 (pain.001): payments in batches, with counts and sums on both levels.

The control sum adds whatever currencies the payments have, and so is compared as the file means it.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tillit.readers.iso20022 import account, amount, day, given_id, reference
from tillit.readers.parts import Document, Row, Stated
from tillit.readers.xml import Element, as_number, each, first, line_of, text
from tillit.store import Remark
from tillit.units import nearest

FILE = "the order"


def rows(document: Document) -> Iterator[Row | Stated | Remark]:
    """Every payment of the order, and the sums it states."""
    order = first(document.root(), "CstmrCdtTrfInitn")
    if order is None:
        return
    taken: Counter[str] = Counter()
    header = first(order, "GrpHdr")
    message = text(order, "GrpHdr/MsgId")
    yield from _stated(header, FILE)
    for number, batch in enumerate(each(order, "PmtInf"), start=1):
        named = f"batch {number}"
        yield from _stated(batch, named)
        of_all = {  # once for the batch: it may have thousands of payments to look through
            "batch_id": f"{message}/{text(batch, 'PmtInfId')}",
            "paid_on": day(batch, "ReqdExctnDt"),
            "channel": _channel(batch),
        }
        for payment in each(batch, "CdtTrfTxInf"):
            values = _payment(payment, of_all)
            known = str(values["payment_id"]) or document.new_id(sum(taken.values()) + 1)
            taken[known] += 1
            values["payment_id"] = known if taken[known] == 1 else f"{known} ({taken[known]})"
            yield Row("payment", line_of(payment), values, (FILE, named))
            yield from _documents_differ(payment)
    repeated = sum(1 for times in taken.values() if times > 1)
    if repeated:
        what = (
            f"{repeated} payment ids (EndToEndId) stand on more than one payment; a number is added to tell them apart"
        )
        yield Remark(0, what, "see whether a payment was ordered twice")


def _payment(payment: Element, of_all: dict[str, str]) -> dict[str, object]:
    ordered, currency = amount(payment, "Amt/InstdAmt", "Amt/EqvtAmt/Amt")
    invoices = [text(one, "Nb") for one in each(payment, "RmtInf/Strd/RfrdDocInf") if _kind(one) in ("CINV", "")]
    return {
        **of_all,
        "payment_id": given_id(payment, "PmtId/EndToEndId", "PmtId/InstrId"),
        "provider_id": text(payment, "Cdtr/Id/OrgId/Othr/Id"),
        "payee_name": text(payment, "Cdtr/Nm"),
        "account": account(payment, "CdtrAcct", "CdtrAgt"),
        "amount_ore": ordered,
        "currency": currency,
        "channel": _channel(payment) or of_all["channel"],
        "reference": reference(payment),
        "invoice_number": invoices[0] if len(invoices) == 1 else "",
    }


def _channel(place: Element) -> str:
    return "express" if text(place, "PmtTpInf/InstrPrty") == "HIGH" else ""


def _documents_differ(payment: Element) -> Iterator[Remark]:
    """A remark when the invoices of a payment, less its credit notes, are not its amount."""
    owed, given = Decimal(0), False
    for one in each(payment, "RmtInf/Strd"):
        kind = text(one, "RfrdDocInf/Tp/CdOrPrtry/Cd")
        remitted = as_number(text(one, "RfrdDocAmt/RmtdAmt")) if kind == "CINV" else None
        credited = as_number(text(one, "RfrdDocAmt/CdtNoteAmt")) if kind == "CREN" else None
        given |= remitted is not None or credited is not None
        owed += (remitted or Decimal(0)) - (credited or Decimal(0))
    if given and owed != as_number(amount(payment, "Amt/InstdAmt", "Amt/EqvtAmt/Amt")[0]):
        what = "the invoices of the payment, less its credit notes, are not its amount"
        yield Remark(line_of(payment), what, "ask who made the order")


def _stated(place: Element | None, counted_in: str) -> Iterator[Stated]:
    if place is None:
        return
    payments, total = as_number(text(place, "NbOfTxs")), as_number(text(place, "CtrlSum"))
    if payments is not None:
        yield Stated(line_of(place), counted_in, "rows", int(payments))
    if total is not None:
        yield Stated(line_of(place), counted_in, "amount_ore", nearest(Fraction(total * 100)))


def _kind(referred: Element) -> str:
    return text(referred, "Tp/CdOrPrtry/Cd")
