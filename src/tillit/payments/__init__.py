"""Payments ordered and read back: the file to the bank, the one to the ledger, and what came of each. Knows no data."""

from tillit.payments.answer import Kind, Ordered, Outcome, Told, compare, unordered
from tillit.payments.ledger import ledger_csv
from tillit.payments.order import NotPayableError, Order, Payer, Payment
from tillit.payments.pain001 import pain_001

__all__ = [
    "Kind",
    "NotPayableError",
    "Order",
    "Ordered",
    "Outcome",
    "Payer",
    "Payment",
    "Told",
    "compare",
    "ledger_csv",
    "pain_001",
    "unordered",
]
