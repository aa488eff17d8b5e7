"""The order file of supplier payments to Bankgirot (LB)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tillit.demo.town import Invoice

OWN_BANKGIRO = "9910993"

Paid = tuple[date, Invoice]
"""The day an invoice is paid, or a credit note taken off, and which."""


def write_payment_file(path: Path, made: date, paid: Sequence[Paid]) -> None:
    """Invoices as payments (14), credit notes as deductions (16), and the total that Bankgirot checks (29)."""
    lines = [f"11{OWN_BANKGIRO:0>10}{made:%y%m%d}LEVERANTÖRSBETALNINGAR{'':6}{'':13}SEK"]
    for day, invoice in paid:
        code = "16" if invoice.credits else "14"
        lines.append(f"{code}{invoice.bankgiro:0>10}{invoice.number:<25}{abs(invoice.gross):012}{day:%y%m%d}")
    total = sum(invoice.gross for _, invoice in paid)
    lines.append(f"29{OWN_BANKGIRO:0>10}{len(paid):08}{abs(total):012}{'-' if total < 0 else ''}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line:<80}\r\n" for line in lines).encode("iso-8859-1"))
