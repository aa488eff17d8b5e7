"""The folder that a controller would have: each file as the system it comes from would export it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tillit.demo.files.cells import Manner
from tillit.demo.files.ledger import write_ledger
from tillit.demo.files.payment_file import write_payment_file
from tillit.demo.files.peppol import write_invoice
from tillit.demo.files.statement import write_statement
from tillit.demo.files.tabular import write_csv, write_xlsx
from tillit.demo.files.time import REPORTS_IN_XML, write_time
from tillit.demo.town import Invoice, RefusedLine, Row, Town
from tillit.units import Period

_OPENING_BALANCE = 2_500_000_000


def write_folder(town: Town, folder: Path) -> list[RefusedLine]:
    """Writes every file of the town. Gives the lines that cannot be read, which are there to be refused."""
    refused = write_time(town, folder)
    _write_registers(town, folder)
    _write_invoices(town, folder / "ekonomi")
    _write_payments(town, folder / "ekonomi")
    return refused


def _write_registers(town: Town, folder: Path) -> None:
    reports = [row for row in town.rows["time_report"] if row["provider_id"].key != REPORTS_IN_XML]
    town_rows = {**town.rows, "time_report": reports}
    for write, place, table, manner in _REGISTERS:
        write(folder / place, table, town_rows.get(table, []), manner)


_Write = Callable[[Path, str, list[Row], Manner], None]


def _csv(path: Path, table: str, rows: list[Row], manner: Manner) -> None:
    write_csv(path, table, rows, manner)


def _csv_ansi(path: Path, table: str, rows: list[Row], manner: Manner) -> None:
    write_csv(path, table, rows, manner, encoding="cp1252")


def _xlsx(path: Path, table: str, rows: list[Row], manner: Manner) -> None:
    write_xlsx(path, table, rows, manner)


_CODES = Manner(labels=False, yes="true", no="false", decimal=".")
_REGISTERS: tuple[tuple[_Write, str, str, Manner], ...] = (
    (_csv, "verksamhetssystem/brukare.csv", "client", Manner()),
    (_xlsx, "verksamhetssystem/beslut.xlsx", "decision", Manner()),
    (_csv, "verksamhetssystem/dubbelassistans.csv", "double_slot", Manner()),
    (_csv, "verksamhetssystem/franvaro.csv", "absence", Manner()),
    (_csv, "verksamhetssystem/placeringar.csv", "placement", Manner()),
    (_xlsx, "verksamhetssystem/tidrapporter.xlsx", "time_report", Manner()),
    (_csv_ansi, "verksamhetssystem/anstallningar.csv", "worker", Manner(person="{0}{1}")),
    (_csv, "verksamhetssystem/loneuppgifter.csv", "employer_month", Manner()),
    (_csv, "ekonomiskt-bistand/utbetalt.csv", "support_payment", Manner()),
    (_csv, "register/anordnare.csv", "provider", Manner()),
    (_csv, "register/tillstand-ivo.csv", "permit", Manner()),
    (_csv, "register/roller.csv", "provider_role", Manner(person="{0}-{1}")),
    (_csv, "register/registerkontroller.csv", "register_check", _CODES),
    (_csv, "register/avslutade.csv", "exclusion", Manner()),
    (_xlsx, "avtal/avtal.xlsx", "contract", Manner()),
    (_csv, "avtal/priser.csv", "price", Manner()),
    (_csv, "ekonomi/konton.csv", "bank_account", Manner()),
    (_csv_ansi, "ekonomi/utbetalningar-assistans.csv", "payment", Manner()),
    (_csv, "bidrag/bidrag.csv", "grant_payment", Manner()),
    (_xlsx, "bidrag/ansokningar.xlsx", "grant_application", Manner()),
    (_csv, "bidrag/sammankomster.csv", "grant_activity", Manner()),
    (_csv_ansi, "bidrag/narvaro.csv", "grant_attendance", Manner(person="{0}{1}")),
    (_csv, "bidrag/bokningar.csv", "venue_booking", Manner()),
    (_csv, "bidrag/kvitton.csv", "grant_receipt", Manner()),
    (_csv, "verksamhetssystem/uppfoljningar.csv", "follow_up", Manner()),
    (_csv, "ekonomiskt-bistand/utredningar.csv", "support_inquiry", Manner()),
    (_xlsx, "kontroll/plan.xlsx", "control_plan", Manner()),
    (_csv, "avtal/upphandlingar.csv", "procurement", Manner()),
    (_csv, "avtal/underleverantorer.csv", "subcontractor", Manner()),
    (_csv, "avtal/lov-ansokningar.csv", "lov_application", Manner()),
    (_csv, "ekonomi/attestflode.csv", "approval_step", Manner()),
    (_csv, "ekonomi/attestratt.csv", "approver", Manner()),
    (_csv, "ekonomi/krav.csv", "supplier_claim", Manner()),
    (_csv, "register/varningslista.csv", "warning_list", Manner()),
    (_csv, "register/serveringstillstand.csv", "serving_permit", Manner()),
    (_csv, "register/redovisade-loner.csv", "payroll_total", Manner()),
    (_csv, "kontroll/delningar.csv", "share_notice", Manner()),
    (_csv, "kontroll/anstallda.csv", "official", Manner()),
    (_csv, "kontroll/utforda.csv", "control_execution", Manner()),
)


def _write_invoices(town: Town, folder: Path) -> None:
    listed = [one for one in town.invoices if one.form == "list"]
    write_csv(folder / "fakturor.csv", "invoice", [_invoice_row(one) for one in listed], Manner())
    lines = [row for one in listed for row in _line_rows(one)]
    write_csv(folder / "fakturarader.csv", "invoice_line", lines, Manner(), encoding="cp1252")
    for one in town.invoices:
        if one.form == "peppol":
            write_invoice(folder / "e-fakturor" / f"{one.provider.number}-{one.number}.xml", one)
    write_ledger(folder / f"leverantorsreskontra-{town.first.year}.csv", town.invoices)


def _invoice_id(invoice: Invoice) -> str:
    return f"{invoice.provider.number}-{invoice.number}"


def _invoice_row(invoice: Invoice) -> Row:
    return {
        "invoice_id": _invoice_id(invoice),
        "provider_id": invoice.provider,
        "supplier_name": invoice.provider.name,
        "number": invoice.number,
        "kind": "credit" if invoice.credits else "invoice",
        "credits_number": invoice.credits,
        "issued_on": invoice.issued,
        "due_on": invoice.due,
        "received_on": invoice.issued + timedelta(days=1),
        "period_from": invoice.period.first,
        "period_to": invoice.period.last,
        "net_ore": invoice.net,
        "vat_ore": invoice.vat,
        "gross_ore": invoice.gross,
        "account": invoice.bankgiro,
        "contract_id": invoice.provider.contract,
    }


def _line_rows(invoice: Invoice) -> list[Row]:
    return [
        {
            "invoice_id": _invoice_id(invoice),
            "line_number": str(place),
            "provider_id": invoice.provider,
            "client_id": line.client,
            "contract_id": invoice.provider.contract,
            "item_code": line.item,
            "item_name": line.text,
            "service_area": line.service_area,
            "service_code": "OMV" if line.service_area == "home_care" else None,
            "kind": line.kind,
            "service_from": line.first,
            "service_to": line.last,
            "quantity": None if line.minutes else line.quantity,
            "unit": line.unit,
            "quantity_minutes": line.minutes or None,
            "unit_price_ore": line.unit_price,
            "amount_ore": line.amount * invoice.sign,
            "vat_percent": line.vat_percent,
            "performed_by": line.performer,
        }
        for place, line in enumerate(invoice.lines, 1)
    ]


def _write_payments(town: Town, folder: Path) -> None:
    """Supplier invoices are paid when they are due; assistance was paid in advance and is settled apart."""
    apart = ("personal_assistance",)
    bought = [one for one in town.invoices if not one.provider.own_unit and one.provider.service_area not in apart]
    due = [(one.due, one) for one in bought]
    balance = _OPENING_BALANCE
    months = sorted({date(day.year, day.month, 1) for day, _ in due})
    for number, first in enumerate(months[:3], 1):
        month = Period.month(first.year, first.month)
        paid = sorted(((day, one) for day, one in due if day in month), key=lambda pay: (pay[0], pay[1].number))
        write_payment_file(folder / f"betalfil-{month}.txt", first, paid)
        balance = write_statement(folder / f"kontoutdrag-{month}.xml", number, month, paid, balance)
