"""Invoices as a list, what is due first, and one invoice with its lines beside contract, price and order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from tillit.catalogue import Code
from tillit.web.models import Invoice, InvoiceLine, Matter
from tillit.web.queries.course import open_to
from tillit.web.queries.matter import readable, visible
from tillit.web.rules.content import codes
from tillit.web.rules.invoice import days_without_permit, files_of
from tillit.web.rules.viewer import Viewer

REASONS = "invoice_reasons"


@dataclass(frozen=True)
class ReasonShown:
    """Why an invoice does not match, in words, with what was found and what was looked for."""

    code: Code
    measure: str
    found: Any
    wanted: Any
    day: date | None
    where: str


@dataclass(frozen=True)
class LineShown:
    """A line, what it was held against, and what stands against it."""

    line: InvoiceLine
    beside: Mapping[str, Any]
    price_from: date | None
    over_ore: int
    reasons: Sequence[ReasonShown] = field(default=())


@dataclass(frozen=True)
class FindingShown:
    """A finding about an invoice: what it asks, and its number where the viewer may read the finding itself."""

    control: str
    is_open: bool
    matter: Matter | None


@dataclass(frozen=True)
class InvoiceShown:
    """Everything about an invoice on its page."""

    invoice: Invoice
    lines: list[LineShown]
    reasons: list[ReasonShown]
    findings: list[FindingShown]
    without_permit: list[tuple[str, date, date]]
    file: str
    is_withdrawn: bool

    @property
    def left_ore(self) -> int:
        """What is left to pay when what is credited is taken away."""
        return self.invoice.gross_ore - self.invoice.credited_ore


def listed(viewer: Viewer, *, state: str = "", text: str = "") -> QuerySet[Invoice]:
    """The invoices that the viewer may know of: of the open ones what is to be paid first, else the newest first.

    Takes: state '' for the open ones, 'closed', or the name of a state.
    """
    # What is looked for in what an invoice says is looked for only where it may be read: a hit would tell.
    found = readable(Invoice, viewer) if text else visible(Invoice, viewer)
    if text:
        found = found.filter(Q(invoice_number__icontains=text) | Q(supplier_name__icontains=text))
    is_state = state not in ("", "closed")
    found = found.filter(state=state) if is_state else found.filter(closed_at__isnull=state != "closed")
    if state == "closed":
        return found.order_by("-closed_at", "-pk")
    return found.order_by(F("pay_by").asc(nulls_last=True), "pk")


def rows_of(keys: Sequence[int], viewer: Viewer) -> list[Invoice]:
    """The invoices of some keys in their order. `whole` says if they may be read."""
    whole = readable(Invoice, viewer).filter(pk=OuterRef("pk"))
    found = visible(Invoice, viewer).filter(pk__in=keys).annotate(whole=Exists(whole))
    return sorted(found, key=lambda one: keys.index(one.pk))


def my_turn(invoice: Invoice, viewer: Viewer) -> bool:
    """Whether the next step of an invoice in a list is the viewer's."""
    return bool(getattr(invoice, "whole", False)) and bool(open_to(invoice, viewer))


def invoice_shown(matter: Matter, viewer: Viewer) -> InvoiceShown:
    """The invoice of a matter that the viewer has been let in to."""
    files = files_of(OuterRef("board"), OuterRef("sha256"))
    known = Invoice.objects.annotate(
        file_name=Subquery(files.order_by("-pk").values("name")[:1]),
        has_file=Exists(files),
        stands=Exists(files.filter(withdrawn_at=None)),
        has_findings=Exists(Invoice.findings.through.objects.filter(invoice=OuterRef("pk"))),
    )
    invoice = known.select_related("confirmed_by", "attested_by").get(pk=matter.pk)
    told = [(reason["line"], _reason(reason)) for reason in invoice.reasons]
    own = list(InvoiceLine.objects.filter(matter=invoice))
    return InvoiceShown(
        invoice,
        [_line(line, [reason for number, reason in told if number == line.line_number]) for line in own],
        [reason for number, reason in told if not number],
        _findings(invoice, viewer) if invoice.has_findings else [],
        days_without_permit(invoice, own),
        invoice.file_name or "",
        invoice.has_file and not invoice.stands,
    )


def _line(line: InvoiceLine, reasons: list[ReasonShown]) -> LineShown:
    expected = line.beside.get("expected_ore")
    over = max(0, line.amount_ore - expected) if expected is not None else 0
    return LineShown(line, line.beside, _day(line.beside.get("price_from")), over, reasons)


def _reason(kept: Mapping[str, Any]) -> ReasonShown:
    known = codes(REASONS)
    code = known.get(kept["code"]) or Code(sv=kept["code"], en=kept["code"])
    is_day = kept["measure"] == "day"
    found, wanted = (_day(kept[name]) if is_day else kept[name] for name in ("found", "wanted"))
    return ReasonShown(code, kept["measure"], found, wanted, _day(kept["day"]), kept["where"])


def _findings(invoice: Invoice, viewer: Viewer) -> list[FindingShown]:
    may = Exists(readable(Matter, viewer).filter(pk=OuterRef("pk")))
    rows = Matter.objects.filter(finding__invoices=invoice.pk).annotate(whole=may).select_related("finding")
    return [
        FindingShown(one.control, one.closed_at is None and one.finding.gone_at is None, one if one.whole else None)
        for one in rows.order_by("number")
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
