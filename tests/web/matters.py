"""Matters of a walk or a test, made by hand where no action could have made them yet."""

from datetime import UTC, date, datetime, time, timedelta

from tillit.catalogue import Process
from tillit.web.actions.checklist import Given, answer_checklist, begin_checklist
from tillit.web.models import (
    Assignment,
    Board,
    Case,
    ChecklistRun,
    Claim,
    Dispatch,
    Document,
    Finding,
    Hearing,
    Invoice,
    InvoiceLine,
    Matter,
    Repayment,
    Signal,
    StepTaken,
    TimeReport,
    Upload,
)
from tillit.web.rules.content import catalogue

PAID = datetime(2026, 2, 2, 9, tzinfo=UTC)
FOUND = {"certainty": "sure", "severity": 3, "urgency": 4, "type": "rule", "control": "ASS-01", "key": "k"}

BILLED = {
    "store_id": "I1", "sha256": "9f" * 32, "line": 2, "supplier_name": "Anordnaren AB", "invoice_number": "1001",
    "comparable_number": "1001", "issued_on": date(2026, 3, 1), "pay_by": date(2026, 3, 31), "gross_ore": 1_000_000,
}  # fmt: skip


def make(process: Process, *, now: datetime, number: str, board="norr", **more) -> Matter:
    """A matter in any state that needs no hearing, as if it had come there in the right way."""
    model = {"finding": Finding, "invoice": Invoice, "time_report": TimeReport}.get(process.model, Case)
    given = {
        "process": process.process,
        "process_revision": process.revision,
        "state": process.start,
        "state_since": now,
        "zone": process.zone,
        "board": Board.objects.get(slug=board),
        "number": number,
        "title": process.title,
        "opened_at": now,
        "provider_number": "5569999999",
    }
    own = {Finding: FOUND, Invoice: BILLED}.get(model, {})
    return model._default_manager.create(**given | own | more)


def mark(provider_number: str, *, board="norr", number="SYD-D-2026-900", day=date(2026, 3, 2), **more) -> Signal:
    """A signal about a provider, standing for a year from the day."""
    given = {
        "number": number, "board": Board.objects.get(slug=board), "target": "provider",
        "provider_number": provider_number, "provider_name": "Norrviks Assistans AB", "reported_to": "ivo",
        "reported_on": day, "reasons": ["hours"], "shared_at": datetime.combine(day, time(8), UTC),
        "expires_on": day.replace(year=day.year + 1),
    }  # fmt: skip
    return Signal.objects.create(**given | more)


def give(matter: Matter, *users, now: datetime, **more) -> None:
    """The matter is assigned to these, who may have no right to it at all."""
    for user in users:
        Assignment.objects.create(matter=matter, user=user, valid_from=now - timedelta(days=1), **more)


def signed(finding: Matter, *, now: datetime, process: str = "control_record", state: str = "signed") -> Matter:
    """The control record that a deeper control ends in, opened from the finding and signed, or in another state."""
    opened = catalogue().processes[process]
    closed = now if opened.states[state].final else None
    case = make(opened, now=now, number=f"{finding.number}-K", state=state, closed_at=closed)
    taken = {"step": "record", "from_state": finding.state, "to_state": finding.state, "at": now}
    StepTaken.objects.create(matter=finding, opened=case, **taken)
    return case


def claim(matter: Matter, by, told: dict) -> None:
    """What a claim comes to, as if it had been calculated, and where it is told, decided and sent."""
    total, ground = told.get("total", 0), told.get("ground", "lss_12_caused")
    decided = {"decided_ore": total} if matter.state not in {"received", "calculated", "hearing", "answered"} else {}
    Claim.objects.create(
        matter_id=matter.pk, ground=ground, debtor="client", granted_on=date(2025, 9, 1), basis="amounts",
        calculated_ore=total, calculated_by=by, **decided,
    )  # fmt: skip
    if "paid" in told:
        case = Case.objects.get(pk=matter.pk)
        Repayment.objects.create(
            matter=case, paid_on=date(2026, 2, 2), ore=told["paid"], kind="payment", by=by, at=PAID
        )
    fields = {"ground": ground, "debtor": "client"} | ({"pay_by": told["pay_by"]} if "pay_by" in told else {})
    Matter.objects.filter(pk=matter.pk).update(fields={**matter.fields, **fields})


def bill(matter: Matter, cast, told: dict, *, now: datetime) -> None:
    """What a walk tells of an invoice: who confirmed it, its service, a finding about it, its letter, its file."""
    invoice = Invoice.objects.get(pk=matter.pk)
    days = {"service_from": date(2026, 2, 1), "service_to": date(2026, 2, 28)}
    InvoiceLine.objects.create(
        matter=invoice, place=1, line_number="1", area=told.get("area", "other"), amount_ore=1_000_000, **days
    )
    confirmed = cast[told["confirmed_by"]] if "confirmed_by" in told else None
    Invoice.objects.filter(pk=matter.pk).update(confirmed_by=confirmed)
    if "finding" in told:
        process = catalogue().processes["finding"]
        closed = now if process.states[told["finding"]].final else None
        found = make(process, now=now, number="NORR-F-2026-910", state=told["finding"], closed_at=closed)
        invoice.findings.add(found)
    if "file" in told:
        Upload.objects.create(
            board=matter.board, name="f.csv", sha256=invoice.sha256, by=cast["Klas"], at=now, withdrawn_at=now
        )
    if "objection" in told:
        by = cast["Hanna"]
        letter = Document.objects.create(
            matter=matter, document="invoice_objection", revision=1, step="dispute", number=1, by=by, made_at=now
        )
        if told["objection"] == "sent":
            sent = {"recipient": "provider", "channel": "secure", "kind": "word", "sha256": "9f" * 32}
            Dispatch.objects.create(matter=matter, document=letter, sent_at=now, noted_at=now, by=by, **sent)


def hear(matter: Matter, by, *, day: date, answer_by: date, settled: bool) -> None:
    """The party has got a letter, and perhaps answered it."""
    sent = datetime.combine(day - timedelta(days=20), time(), UTC)
    hearing = Hearing.objects.create(
        matter=matter, sent_at=sent, sent_by=by, party="client", channel="letter", answer_by=answer_by
    )
    if settled:
        Hearing.objects.filter(pk=hearing.pk).update(answered_on=answer_by, settled_at=sent)
    asking = next(
        (name for name, step in catalogue().processes[matter.process].steps.items() if "send_hearing" in step.does), ""
    )
    last = Document.objects.filter(matter=matter).count()
    letter = Document.objects.create(
        matter=matter,
        number=last + 1,
        document="hearing_letter",
        revision=1,
        step=asking,
        made_at=sent,
        by=by,
        frozen_at=sent,
    )
    how = {"recipient": "client", "channel": "letter", "kind": "pdf", "sha256": "0" * 64}
    Dispatch.objects.create(matter=matter, document=letter, sent_at=sent, noted_at=sent, by=by, **how)


def answer_all(matter: Matter, checklist: str, *, by, now: datetime, **replies: str) -> ChecklistRun:
    """A check list of a matter, begun and answered: yes to every question but those that are given."""
    run = begin_checklist(matter, checklist, by=by, now=now)
    given = {name: Given(replies.get(name, "yes"), source="handlingen") for name in run.asked}
    answer_checklist(run, given, by=by, now=now)
    return run
