"""Brings the invoices of a board's deliveries in, holds each against order, contract and price, and reads payments."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from tillit.catalogue import Process
from tillit.matching import Matched, match
from tillit.store import Store, code
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.invoice_payment import credits_in, names, payments_in, read_credits, read_payments
from tillit.web.actions.series import next_numbers
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Finding, Invoice, InvoiceLine, Matter, Upload
from tillit.web.queries.delivery import accepted
from tillit.web.rules.board_store import protected_clients, store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, whole
from tillit.web.rules.decided_unit import Decisions, Units, decisions, unit_for, units_of
from tillit.web.rules.invoice import bill_of, zone_of
from tillit.web.rules.invoice_store import Background, TimeDone, background, rows, time_done
from tillit.web.rules.scope import within

PROCESS = "invoice"
OPEN = ("received", "unmatched")
"""Where an invoice is tried anew whenever something is delivered. Later people have taken over."""


def bring_invoices(upload: int, *, board: int, now: datetime) -> None:
    """Brings in what a delivered file changes for invoices; a job, put in line when the file has been read.

    New invoices that are still to be paid become matters; those that nobody has begun with are held against what is
    delivered by now; credit notes and payments are read. Done again it gives the same.
    Changes: invoices with their lines, the steps that only the system takes, one line of the log.
    """
    with within([board]):
        file = Upload.objects.select_related("board").get(pk=upload)
        files = accepted(file.board)
    store, counts = store_of(file.board), Counter[str]()
    around = background(store, files, catalogue(), local_date(now))
    with within([board]), transaction.atomic():
        counts["new"] = _new(store, file.sha256, files, board=file.board, now=now)
        _add_lines(store, files, file.board)
        waiting = list(Invoice.objects.filter(board=board, state__in=OPEN).order_by("pk"))
    clocks: dict[str, TimeDone] = {}
    for invoice in waiting:
        supplier = invoice.provider_number
        if supplier not in clocks:
            clocks[supplier] = time_done(store, files, supplier)
        # Each in a transaction of its own: nobody waits while a year of invoices is gone through.
        with within([board]), transaction.atomic():
            counts[_try(invoice, around, clocks[supplier], now=now)] += 1
    credits, payments = credits_in(store, files), payments_in(store, files)
    with within([board]), transaction.atomic():
        counts["credited"] = read_credits(credits, board=file.board, now=now)
        counts["paid"] = read_payments(payments, board=file.board, now=now)
        if any(counts[name] for name in ("new", "credited", "paid")):
            log.write("change", "import invoices", by=None, at=now, details=dict(sorted(counts.items())))


def link_findings(board: Board) -> None:
    """Links findings with the invoices whose rows they rest on; a part of a run, which holds the transaction."""
    known = {one.store_id: one.pk for one in Invoice.objects.filter(board=board).only("store_id")}
    if not known:
        return
    through = Invoice.findings.through
    pairs = [
        (known[str(row["values"]["invoice_id"])], pk)
        for pk, result in Finding.objects.filter(board=board, origin="rule").values_list("pk", "result")
        for row in result.get("evidence", [])
        if str(row["values"].get("invoice_id")) in known
    ]
    links = [through(invoice_id=invoice, finding_id=finding) for invoice, finding in sorted(set(pairs))]
    through.objects.bulk_create(links, ignore_conflicts=True)


def _new(store: Store, sha256: str, files: Collection[str], *, board: Board, now: datetime) -> int:
    if sha256 not in files:
        return 0
    day = local_date(now)
    oldest = day - timedelta(days=whole("invoice.late_days", day))
    found = [row for row in rows(store, "invoice", [sha256]) if row.get("kind") != "credit" and row["gross_ore"] > 0]
    found = [row for row in found if (row.get("due_on") or row["issued_on"]) >= oldest]
    keys = [row["invoice_id"] for row in found]
    known = set(Invoice.objects.filter(board=board, store_id__in=keys).values_list("store_id", flat=True))
    paid = set(payments_in(store, files)) if found else set()
    found = [row for row in found if row["invoice_id"] not in known and not paid & set(names(row))]
    process = catalogue().processes[PROCESS]
    numbers = iter(next_numbers(process, board, day, len(found)) if found else [])
    for row in found:
        _add(row, process, next(numbers), board=board, now=now)
    return len(found)


def _add(row: Mapping[str, Any], process: Process, number: str, *, board: Board, now: datetime) -> None:
    day, supplier = local_date(now), row.get("provider_id") or ""
    # A sole trader is known by a code, and its firm is often called what its owner is called.
    name = "" if supplier and not supplier.isdecimal() else (row.get("supplier_name") or "")[:200]
    pay_by = row.get("due_on")
    fields = {"invoice_number": row["number"], "invoice_date": str(row["issued_on"]), "invoice_total": row["gross_ore"]}
    fields |= {"pay_by": str(pay_by)} if pay_by else {}
    Invoice.objects.create(
        process=process.process,
        process_revision=process.revision,
        state=process.start,
        state_since=now,
        zone="individual",  # until its lines say otherwise
        board=board,
        number=number,
        title=f"Faktura {row['number']}"[:80] + (f" från {name}"[:120] if name else ""),
        provider_number=supplier,
        fields=fields,
        opened_at=now,
        due_on=due_on(process, process.start, entered=day, opened=day, fields=fields),
        store_id=row["invoice_id"],
        sha256=row["sha256"],
        line=row["line"],
        supplier_name=name,
        invoice_number=row["number"][:100],
        comparable_number=(row.get("number_normalised") or "")[:100],
        issued_on=row["issued_on"],
        pay_by=pay_by,
        period_from=row.get("period_from"),
        period_to=row.get("period_to"),
        currency=row.get("currency") or "SEK",
        net_ore=row.get("net_ore"),
        vat_ore=row.get("vat_ore"),
        gross_ore=row["gross_ore"],
        contract_code=(row.get("contract_id") or "")[:100],
        order_reference=(row.get("order_reference") or "")[:100],
    )


def _add_lines(store: Store, files: Collection[str], board: Board) -> None:
    """The lines of those that have none: they may come in a file of their own, before or after."""
    bare = {one.store_id: one for one in Invoice.objects.filter(board=board, state__in=OPEN, lines=None)}
    if not bare:
        return
    of_invoice: dict[str, list[dict[str, Any]]] = {}
    for row in rows(store, "invoice_line", files, invoice_id=list(bare)):
        of_invoice.setdefault(row["invoice_id"], []).append(row)
    told = [{"sha256": one} for one in files]
    shielded, decided, units = protected_clients(store, told), decisions(store, told), units_of(board)
    for key, found in of_invoice.items():
        invoice = bare[key]
        # The same line delivered twice is one line; which file it is read from must not depend on their order.
        once = {row["line_number"]: row for row in sorted(found, key=lambda row: row["sha256"] != invoice.sha256)}
        lines = [_line_of(invoice, place, row) for place, row in enumerate(once.values(), start=1)]
        InvoiceLine.objects.bulk_create(lines)
        clients = {line.client_code for line in lines if line.client_code}
        Matter.objects.filter(pk=invoice.pk).update(
            zone=zone_of(invoice, lines, on=invoice.issued_on),
            protected=bool(clients & shielded),
            unit=_unit(invoice, lines, decided, units),
        )


def _line_of(invoice: Invoice, place: int, row: Mapping[str, Any]) -> InvoiceLine:
    quantity = row.get("quantity")
    return InvoiceLine(
        matter=invoice,
        place=place,
        line_number=row["line_number"][:40],
        client_code=code(row["client_id"]) if row.get("client_id") is not None else "",
        decision_code=(row.get("decision_id") or "")[:100],
        contract_code=(row.get("contract_id") or "")[:100],
        area=row.get("service_area") or "",
        kind=row.get("kind") or "",
        item_code=(row.get("item_code") or "")[:100],
        item_name=(row.get("item_name") or "")[:300],
        service_from=row.get("service_from"),
        service_to=row.get("service_to"),
        unit=row.get("unit") or "",
        quantity="" if quantity is None else f"{quantity.normalize():f}",
        minutes=row.get("quantity_minutes"),
        unit_price_ore=row.get("unit_price_ore"),
        amount_ore=row["amount_ore"],
    )


def _unit(invoice: Invoice, lines: Sequence[InvoiceLine], decided: Decisions, units: Units) -> int | None:
    """The unit, where every line is of the same one; else the default one."""
    provider = invoice.provider_number or None
    found = set()
    for line in lines:
        first = line.service_from or invoice.period_from or invoice.issued_on
        span = (first, max(first, line.service_to or invoice.period_to or first))
        found.add(unit_for(line.client_code or None, provider, span, decided, units))
    return found.pop() if len(found) == 1 else units.default


def _try(invoice: Invoice, around: Background, done: TimeDone, *, now: datetime) -> str:
    """Holds an invoice against what is delivered by now; gives what it came to."""
    own = list(InvoiceLine.objects.filter(matter=invoice))
    bill = bill_of(invoice, own, seen_before=_seen_before(invoice))
    clients = sorted({line.client for line in bill.lines if line.client})
    found = match(
        bill,
        orders=[order for client in clients for order in around.orders.get(client, ())],
        deals=around.deals,
        prices=around.prices,
        performed=done.of(bill.lines),
        terms=around.terms,
    )
    _keep(invoice, own, found, now=now)
    if found.matches:
        take_as_system(invoice, "match", now=now)
    elif invoice.state == "received":
        take_as_system(invoice, "not_match", now=now)
    return invoice.state


def _keep(invoice: Invoice, lines: Sequence[InvoiceLine], found: Matched, *, now: datetime) -> None:
    told = [_plain(asdict(reason)) for reason in found.reasons]
    Invoice.objects.filter(pk=invoice.pk).update(reasons=told, tried_at=now)
    for line, tried in zip(lines, found.tried, strict=True):
        line.beside = _plain(asdict(tried))
    InvoiceLine.objects.bulk_update(lines, ["beside"])


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in values.items()}


def _seen_before(invoice: Invoice) -> str:
    if not invoice.comparable_number or not invoice.provider_number:
        return ""
    same = Invoice.objects.filter(
        board=invoice.board_id,
        provider_number=invoice.provider_number,
        comparable_number=invoice.comparable_number,
        gross_ore=invoice.gross_ore,
        pk__lt=invoice.pk,
    )
    return same.order_by("pk").values_list("number", flat=True).first() or ""
