"""A payment order to Bankgirot: lines of 80 signs, one order from each opening (TK11) to its closing (TK29).

A payment (TK14) to a bank account or in cash carries a number in place of a giro; the lines with that number
that stand before it (TK26 name, TK40 account) belong to it. Deductions and credit notes lessen what is paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tillit.readers.fixed_width import count, day, giro, is_masked, ore
from tillit.readers.parts import Document, Row, Stated
from tillit.store import Refusal, Remark

PAYMENTS = {"14": 1, "54": 1, "15": -1, "16": -1, "17": -1, "20": -1, "21": -1}
SAID_BEFORE = {"26", "27", "40"}
NOT_STORED = {"12", "13", "25", "65"}
SEALS = {"00", "99"}


@dataclass
class Order:
    """What the opening of an order says, and what has been said of the payments to come."""

    number: int
    line: int
    batch_id: str
    ordered_on: str
    paid_on: str
    currency: str
    names: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    payments: int = 0

    @property
    def named(self) -> str:
        """The order as sums and remarks name it."""
        return f"order {self.number}"


def rows(document: Document) -> Iterator[Row | Refusal | Remark | Stated]:
    """The payments of every order in the file, and the sums it states."""
    masked: list[int] = []
    order: Order | None = None
    orders = 0
    for number, line in document.lines():
        code = line[:2]
        if code == "11":
            yield from _left_open(order)
            orders += 1
            order = _opened(document, orders, number, line)
        elif order is None:
            if code not in SEALS:
                yield Remark(number, "the line stands before the opening of an order, and was passed over")
        elif code in PAYMENTS:
            masked += [number] if is_masked(line[2:12]) or is_masked(order.accounts.get(line[2:12], "")) else []
            yield _payment(order, number, line)
        elif code == "29":
            yield from _closed(order, number, line)
            order = None
        elif code in SAID_BEFORE:
            _note(order, number, line)
        elif code not in NOT_STORED | SEALS:
            yield Refusal(number, f"the line begins with '{code}', which no line of an order does", "see the file")
    yield from _left_open(order)
    if masked:
        yield Remark(masked[0], f"{len(masked)} accounts are masked with X, and not stored", "give the true file")


def _opened(document: Document, orders: int, number: int, line: str) -> Order:
    ordered_on = day(line[12:18])
    return Order(
        orders, number, document.new_id(orders), ordered_on, day(line[40:46]) or ordered_on, line[59:62].strip()
    )


def _note(order: Order, number: int, line: str) -> None:
    """Keeps what a line says of the payment with the same number that follows."""
    payout = line[2:12]
    order.waiting.setdefault(payout, number)
    if line[:2] == "26":
        order.names[payout] = line[12:47].strip()
    elif line[:2] == "40":
        order.accounts[payout] = f"BA:{line[12:16]}-{line[16:28].strip()}"


def _payment(order: Order, number: int, line: str) -> Row:
    code, payout = line[:2], line[2:12]
    order.waiting.pop(payout, None)
    order.payments += 1
    amount = ore(line[37:49])
    values = {
        "payment_id": str(order.payments),
        "batch_id": order.batch_id,
        "payee_name": order.names.get(payout, ""),
        "account": _account(order, code, payout),
        "amount_ore": PAYMENTS[code] * amount if isinstance(amount, int) else amount,
        "currency": order.currency,
        "paid_on": day(line[49:55]) or order.paid_on,
        "reference": line[12:37].strip(),
    }
    return Row("payment", number, values, (order.named,))


def _account(order: Order, code: str, payout: str) -> str:
    """The giro, or the account that was named before; a payment in cash has none."""
    account = order.accounts.get(payout)
    if account is not None:
        return "" if is_masked(account) else account
    return giro(payout, "PG" if code == "54" else "BG")


def _closed(order: Order, number: int, line: str) -> Iterator[Stated | Remark]:
    payments, total = count(line[12:20]), count(line[20:32])
    if payments is not None:
        yield Stated(number, order.named, "rows", payments)
    if total is not None:
        yield Stated(number, order.named, "amount_ore", -total if line[32] == "-" else total)
    if order.waiting:
        first = min(order.waiting.values())
        yield Remark(first, f"{len(order.waiting)} payees are named, and no payment to them follows", "see the file")


def _left_open(order: Order | None) -> Iterator[Remark]:
    if order is not None:
        what = f"{order.named} has no closing line (TK29), so nothing tells whether it is whole"
        yield Remark(order.line, what, "ask for the whole file")
