"""The supplier ledger in the form that the national specification 1.1 gives it."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tillit.demo.providers import TOWN_NAME, TOWN_NUMBER
from tillit.demo.town import Invoice

_HEADINGS = (
    "kopare_id,kopare,verifikationsnummer,leverantor,leverantor_id,konto_nr,konto_text,datum,belopp,forvaltning,"
    "fakturanummer,grund,avtal,kommun_id,s_kod_nr"
)
_ACCOUNTS = {
    "home_care": ("4613", "Köp av hemtjänst", "Äldreförvaltningen"),
    "placement": ("4512", "Placering i HVB", "Socialförvaltningen"),
    "personal_assistance": ("4621", "Personlig assistans", "Socialförvaltningen"),
    "respite": ("4622", "Avlösarservice", "Socialförvaltningen"),
    "companion": ("4623", "Ledsagning", "Socialförvaltningen"),
    "other": ("6490", "Övriga tjänster", "Stadsledningskontoret"),
}


def write_ledger(path: Path, invoices: Sequence[Invoice]) -> None:
    """One accounting entry a line, without VAT; a large invoice is two. The own unit is not paid through the ledger."""
    lines = []
    bought = sorted((one for one in invoices if not one.provider.own_unit), key=_posting_order)
    for voucher, invoice in enumerate(bought, 70001):
        half = invoice.net // 2 if invoice.provider.key == "Data" else 0
        lines += [_entry(voucher, invoice, ore) for ore in (invoice.net - half, half) if ore]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\n" for line in (_HEADINGS, *lines)).encode("utf-8"))


def _posting_order(invoice: Invoice) -> tuple[date, str, str]:
    return invoice.issued, invoice.provider.key, invoice.number


def _entry(voucher: int, invoice: Invoice, ore: int) -> str:
    provider = invoice.provider
    number, text, administration = _ACCOUNTS[provider.service_area]
    amount = f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02}"
    posted = invoice.issued + timedelta(days=2)
    cells = [
        TOWN_NUMBER, TOWN_NAME, str(voucher), provider.name, provider.number, number, text, posted.isoformat(),
        f'"{amount}"', administration, invoice.number, "", provider.contract, "", "",
    ]  # fmt: skip
    return ",".join(f'"{cell}"' if "," in cell and not cell.startswith('"') else cell for cell in cells)
