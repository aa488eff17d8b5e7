"""The file to the ledger: one row a payment, in the words of the table `payment`, so that it can be read back."""

import csv
import io

from tillit.payments.order import Order, account_parts

HEADINGS = (
    "Betalningsfil", "Utbetalning", "Mottagarens organisationsnummer", "Mottagare", "Konto", "Belopp (kr)", "Valuta",
    "Betaldag", "Avser månad", "Referens",
)  # fmt: skip


def ledger_csv(order: Order) -> bytes:
    """The order as CSV: semicolons, decimal commas, UTF-8 with the mark that a spreadsheet knows it by."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in order.payments:
        kind, number = account_parts(one.account, where=one.id)
        row = (
            order.id, one.id, one.payee_number, one.payee_name, f"{'BA' if kind == 'IBAN' else kind}:{number}",
            f"{one.ore // 100},{one.ore % 100:02}", "SEK", f"{order.pay_on}", f"{one.month:%Y-%m}" if one.month else "",
            one.reference,
        )  # fmt: skip
        writer.writerow(_plain(cell) for cell in row)
    return ("\ufeff" + text.getvalue()).encode()


def _plain(cell: str) -> str:
    # A cell that begins so is a formula to a spreadsheet.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
