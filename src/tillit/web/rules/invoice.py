"""An invoice as it is matched, whom it concerns, and the guards of its steps: two people, a permit, what was found."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tillit.matching import Bill, Line
from tillit.matching.match import CARE
from tillit.store import Store
from tillit.web.models import Board, Contract, Document, Finding, Invoice, InvoiceLine, Permit, StepTaken, Upload
from tillit.web.rules.guards import Asked, guard
from tillit.web.rules.invoice_store import TABLES
from tillit.web.rules.personal_data import hits

OF_PLACEMENT = ("hvb", "supported_housing", "protected_housing", "family_home_support")
NEEDS_PERMIT = {
    "personal_assistance": ("personal_assistance",),
    "home_care": ("home_care",),
    "respite": ("respite",),
    "companion": ("companion",),
    "placement": OF_PLACEMENT,
}
"""Service of a line -> the kinds of permit of which one must hold; as in the controls LEV-01 and BOE-06."""

_HOLDS = ("granted", "dormant")


def bill_of(invoice: Invoice, lines: Sequence[InvoiceLine], *, seen_before: str = "") -> Bill:
    """An invoice as it is matched. Lines without days of their own are for those of the invoice."""
    return Bill(
        supplier=invoice.provider_number,
        issued_on=invoice.issued_on,
        lines=tuple(_line(invoice, line) for line in lines),
        net_ore=invoice.net_ore,
        vat_ore=invoice.vat_ore,
        gross_ore=invoice.gross_ore,
        currency=invoice.currency,
        contract=invoice.contract_code,
        first=invoice.period_from,
        last=invoice.period_to,
        seen_before=seen_before,
    )


def _line(invoice: Invoice, line: InvoiceLine) -> Line:
    first = line.service_from or invoice.period_from
    return Line(
        number=line.line_number,
        amount_ore=line.amount_ore,
        client=line.client_code,
        decision=line.decision_code,
        contract=line.contract_code,
        area=line.area,
        item=line.item_code,
        kind=line.kind,
        first=first,
        last=line.service_to or (line.service_from and first) or invoice.period_to or first,
        unit=line.unit,
        quantity=Decimal(line.quantity) if line.quantity else None,
        minutes=line.minutes,
        unit_price_ore=line.unit_price_ore,
    )


def changes_invoices(store: Store, sha256: str, board: Board) -> bool:
    """Whether a delivery may change anything for invoices: it holds new ones, or something that open ones wait for."""
    if store.parquet("invoice", [sha256]):
        return True
    told = any(store.parquet(table, [sha256]) for table in TABLES)
    return told and Invoice.objects.filter(board=board, closed_at=None).exists()


def zone_of(invoice: Invoice, lines: Iterable[InvoiceLine], *, on: date) -> str:
    """Whether an invoice leads to an individual: by a client, a decision, a service for one, or its supplier (0052)."""
    if invoice.provider_number and not invoice.provider_number.isdecimal():
        return "individual"
    for line in lines:
        if line.client_code or line.decision_code or line.area in CARE or hits(line.item_name, on=on):
            return "individual"
    return "internal"


def covered(spans: Iterable[tuple[date, date]], first: date, last: date) -> bool:
    """Whether some spans of days together hold every day from the first to the last: one may follow another.

    >>> spans = [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date.max)]
    >>> covered(spans, date(2026, 1, 15), date(2026, 3, 1)), covered(spans[:1], date(2026, 1, 15), date(2026, 3, 1))
    (True, False)
    """
    day = first
    for start, end in sorted(spans):
        if start <= day <= end:
            if end >= last:
                return True
            day = end + timedelta(days=1)
    return False


def days_without_permit(invoice: Invoice, lines: Sequence[InvoiceLine]) -> list[tuple[str, date, date]]:
    """The services of an invoice and their days for which the register shows no permit; the town's own needs none."""
    wanted = {
        (kinds, line.first or invoice.issued_on, line.last or line.first or invoice.issued_on)
        for line, own in zip(bill_of(invoice, lines).lines, lines, strict=True)
        if line.amount_ore > 0 and (kinds := NEEDS_PERMIT.get(line.area or own.beside.get("area", "")))
    }
    if not wanted:
        return []
    spans = _spans(invoice.provider_number)
    missing = [
        (kinds[0], first, last)
        for kinds, first, last in sorted(wanted)
        if not covered((span for kind, span in spans if kind in kinds), first, last)
    ]
    if missing and Contract.objects.filter(provider__number=invoice.provider_number, form="own_unit").exists():
        return []
    return missing


def _spans(provider: str) -> list[tuple[str, tuple[date, date]]]:
    found = []
    for one in Permit.objects.filter(provider__number=provider):
        end = one.valid_to or date.max
        if one.status not in _HOLDS:
            if one.status == "applied" or one.status_on is None:
                continue
            end = min(end, one.status_on - timedelta(days=1))
        found.append((one.service_type, (one.valid_from, end)))
    return found


def open_findings(invoice: int) -> list[Finding]:
    """The findings about an invoice that nobody has answered and that the controls still make."""
    return list(Finding.objects.filter(invoices=invoice, closed_at=None, gone_at=None).order_by("urgency", "pk"))


def files_of(board: Any, sha256: Any) -> QuerySet[Upload]:
    """The deliveries of the file that an invoice came in: one that is withdrawn may come anew."""
    return Upload.objects.filter(board=board, sha256=sha256)


def _invoice(asked: Asked) -> Invoice:
    found: Invoice = Invoice.objects.get(pk=asked.matter.pk)
    return found


@guard
def not_more_than_the_invoice(asked: Asked) -> str | None:
    """Det som bestrids är mer än noll och inte mer än fakturan."""
    if not 0 < asked.given["disputed"] <= _invoice(asked).gross_ore:
        return "Beloppet är större än fakturan, eller noll. Skriv det belopp på fakturan som ni inte godtar."
    return None


@guard
def objection_is_sent(asked: Asked) -> str | None:
    """Invändningen till leverantören är registrerad som skickad."""
    letter = Document.objects.filter(matter=asked.matter, document="invoice_objection").order_by("-pk").first()
    if letter is None or letter.dispatches.exists():
        return None if letter else "Det finns ingen invändning att skicka. Ta tillbaka och bestrid igen."
    return "Registrera först att invändningen är skickad."


@guard
def approved_by_someone_else(asked: Asked) -> str | None:
    """Den som attesterar har inte bekräftat leveransen och inte handlagt fakturan på något annat sätt (SD1)."""
    own = StepTaken.objects.filter(matter=asked.matter, by=asked.by.user).exclude(step="send_back")
    if _invoice(asked).confirmed_by_id == asked.by.user.pk or own.exists():
        return "Du har själv handlagt fakturan. Någon annan attesterar den."
    return None


@guard
def file_stands(asked: Asked) -> str | None:
    """Filen som fakturan kom i är inte tillbakadragen."""
    invoice = _invoice(asked)
    files = files_of(invoice.board_id, invoice.sha256)
    if files.exists() and not files.filter(withdrawn_at=None).exists():
        return "Filen som fakturan kom i är tillbakadragen. Vänta på en ny, eller skicka tillbaka fakturan."
    return None


@guard
def permit_held_those_days(asked: Asked) -> str | None:
    """Registret visar tillstånd de dagar som fakturan gäller, eller så står det hur det annars är visat (M116)."""
    if asked.field("permit_seen") and (asked.field("permit_seen") == "not_needed" or asked.field("permit_note")):
        return None
    if asked.field("permit_seen"):
        return "Skriv också var det är visat."
    invoice = _invoice(asked)
    missing = days_without_permit(invoice, list(InvoiceLine.objects.filter(matter=invoice)))
    if not missing:
        return None
    _area, first, last = missing[0]
    return (
        f"Registret visar inget tillstånd för alla dagar {first} till {last}. Registret kan vara för gammalt: "
        "fråga IVO, eller ange hur tillståndet är visat."
    )


@guard
def findings_are_weighed(asked: Asked) -> str | None:
    """De öppna fynden om fakturan är lästa, och det står hur de är invägda; de stoppar inget själva."""
    number = len(open_findings(asked.matter.pk))
    if number and not asked.given.get("findings_weighed"):
        return f"Kontrollerna har hittat något att läsa ({number}). Skriv hur du har vägt in det."
    return None


@guard
def day_has_been(asked: Asked) -> str | None:
    """Dagen för betalningen ligger inte framåt i tiden."""
    if date.fromisoformat(asked.given["paid_on"]) > asked.by.day:
        return "Dagen har inte varit än."
    return None
