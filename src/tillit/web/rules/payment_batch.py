"""What may be paid by file, to which account, and what must hold before a file is attested, sent or withdrawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tillit.payments import NotPayableError
from tillit.payments.order import account_parts
from tillit.store import Store
from tillit.web.models import Board, PaymentBatch, PaymentOrder, Provider, Settlement, TimeReport, Upload
from tillit.web.rules.board_store import store_of
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.invoice_store import rows

OBSTACLES, OUTCOMES = "payment_obstacles", "payment_outcomes"
CAME_BACK = ("rejected", "returned")
TABLES = ("bank_entry", "payment")
"""The tables that tell what came of a payment."""

_UNDERSTOOD = ("accepted", "accepted_with_remarks")


@dataclass(frozen=True)
class Account:
    """Where a provider is paid, and who changed it last; or why it cannot be paid by file, as a code."""

    account: str = ""
    changed_by: str = ""
    obstacle: str = ""


class Accounts:
    """The accounts of a board's providers, as they have been delivered and are in force on a day."""

    def __init__(self, store: Store, files: Collection[str], numbers: Iterable[str], day: date) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        wanted = sorted({one for one in numbers if one})
        for row in rows(store, "bank_account", files, provider_id=wanted):
            if row["valid_from"] <= day <= (row.get("valid_to") or date.max):
                self._rows.setdefault(row["provider_id"], []).append(row)

    def of(self, number: str) -> Account:
        """The one account of a provider that is in force and verified.

        One that is new and unverified hides no older one: which of the two is right is for a person to find out.
        """
        found = self._rows.get(number, [])
        names = {row["account"] for row in found}
        if not names:
            return Account(obstacle="no_account")
        if len(names) > 1:
            return Account(obstacle="two_accounts")
        last = max(found, key=lambda row: (row["valid_from"], str(row.get("verified_on") or "")))
        if not last.get("verified_on"):
            return Account(obstacle="unverified")
        try:
            kind, digits = account_parts(last["account"])
        except NotPayableError:
            return Account(obstacle="no_giro")
        return Account(f"{kind}:{digits}", last.get("changed_by") or "")


def accounts_at(board: Board, numbers: Iterable[str], day: date) -> Accounts:
    """The accounts as the board's deliveries say them now."""
    files = Upload.objects.filter(board=board, delivery__status__in=_UNDERSTOOD, withdrawn_at=None)
    return Accounts(store_of(board), sorted(set(files.values_list("sha256", flat=True))), numbers, day)


def obstacle_of(report: TimeReport, settlement: Settlement, names: Mapping[str, Provider], accounts: Accounts) -> str:
    """Why an attested settlement cannot be paid by file, as a code; nothing where it can."""
    payees = {str(one.get("payee") or "") for one in settlement.given.get("decisions", [])} - {""}
    if report.arrangement != "provider" or payees:
        return "payee"
    if not report.provider_number.isdecimal():
        return "person"
    provider = names.get(report.provider_number)
    if provider is None or not provider.name:
        return "unnamed"
    return "person" if provider.is_person else accounts.of(report.provider_number).obstacle


def changes_payments(store: Store, sha256: str, board: Board) -> bool:
    """Whether a delivery may say what came of a payment that someone waits for."""
    if not any(store.parquet(table, [sha256]) for table in TABLES):
        return False
    waits = PaymentBatch.objects.filter(board=board, state__in=["sent", "differs"]).exists()
    return waits or TimeReport.objects.filter(board=board, state="transferred").exists()


def _orders(asked: Asked) -> list[PaymentOrder]:
    return list(PaymentOrder.objects.filter(matter=asked.matter.pk, ended_at=None).select_related("settlement"))


@guard
def payments_attested_by_another(asked: Asked) -> str | None:
    """Den som attesterar har inte gjort filen, har inte räknat av något i den och får läsa alla avräkningar i den."""
    batch = PaymentBatch.objects.get(pk=asked.matter.pk)
    orders = _orders(asked)
    if batch.made_by_id == asked.by.user.pk:
        return "Du har gjort filen. Någon annan attesterar den."
    if any(one.settlement.by_id == asked.by.user.pk for one in orders):
        return "Du har räknat av något som betalas i filen. Någon annan attesterar den."
    reports = {one.settlement.matter_id for one in orders}
    if asked.readable.filter(pk__in=reports).count() != len(reports):
        return "Du får inte läsa alla avräkningar i filen. Någon annan attesterar den."
    return None


@guard
def accounts_still_verified(asked: Asked) -> str | None:
    """Varje konto i filen är fortfarande anordnarens, kontrollerat, och inte ändrat av den som attesterar."""
    orders = _orders(asked)
    accounts = accounts_at(asked.matter.board, [one.provider_number for one in orders], asked.by.day)
    mine = {asked.by.user.name.casefold(), asked.by.user.username.casefold()}
    for one in orders:
        now = accounts.of(one.provider_number)
        if now.obstacle:
            why = asked.codes(OBSTACLES)[now.obstacle].sv
            return f"{why}: {one.payee_name}."
        if now.account != one.account:
            return f"Kontot har ändrats sedan filen gjordes: {one.payee_name}. Dra tillbaka filen och gör en ny."
        if now.changed_by.casefold() in mine:
            return f"Du har ändrat kontot: {one.payee_name}. Någon annan attesterar filen."
    return None


@guard
def file_is_fetched(asked: Asked) -> str | None:
    """Filen till banken har hämtats: annars kan ingen ha lämnat den."""
    batch = PaymentBatch.objects.get(pk=asked.matter.pk)
    return None if batch.fetched_at else "Ingen har hämtat filen till banken än."


@guard
def file_is_not_fetched(asked: Asked) -> str | None:
    """Filen till banken har inte hämtats: sedan kan den vara på väg att betalas."""
    batch = PaymentBatch.objects.get(pk=asked.matter.pk)
    return "Filen är hämtad och kan vara lämnad till banken." if batch.fetched_at else None


@guard
def something_came_back(asked: Asked) -> str | None:
    """Banken har avvisat en betalning, eller så har den kommit tillbaka."""
    if any(one.verdict in CAME_BACK for one in _orders(asked)):
        return None
    return "Banken har inte avvisat något i filen, och inget har kommit tillbaka."


@guard
def in_no_payment_file(asked: Asked) -> str | None:
    """Avräkningen står inte i en betalningsfil."""
    standing = PaymentOrder.objects.filter(settlement__matter=asked.matter.pk, ended_at=None)
    found = standing.exclude(verdict="paid").select_related("matter").first()
    return None if found is None else f"Avräkningen står i betalningsfilen {found.matter.number}."
