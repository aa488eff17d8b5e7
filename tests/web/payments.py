"""Payment files of a walk or a test: a report that was settled and attested, and the file that pays it."""

import hashlib
from datetime import date, datetime

from tests.web.delivered import deliver, work_off
from tests.web.reports import MONTH, PROVIDER, make_report, settlement
from tillit.web.models import Board, Matter, PaymentBatch, PaymentOrder, TimeReport
from tillit.web.rules.content import catalogue

ACCOUNT = "BG:9912346"
ACCOUNTS = "Konto;Organisationsnummer;Från;Kontrollerad\nBG:9912346;556999-9999;2020-01-01;2025-01-10\n"


def ready(*, by, at: datetime, number="NORR-T-2026-90", ore=342_600, **more) -> TimeReport:
    """A report whose settlement is attested and left something to pay."""
    report = make_report(now=at, number=number, state="attested", **more)
    settlement(report, ore, by=by, at=at)
    return report


def batch(*, now: datetime, made_by, report: TimeReport, attested_by=None, number="NORR-BF-2026-1", **more) -> Matter:
    """A file with one payment, in any state, as if it had come there in the right way."""
    process, of = catalogue().processes["payment_batch"], report.settlements.get()
    verdict = more.pop("verdict", "") or "waiting"
    attested = {"attested_by": attested_by, "attested_at": now} if attested_by else {}
    given = {
        "process": process.process, "process_revision": 1, "state": process.start, "state_since": now,
        "zone": process.zone, "board": Board.objects.get(slug="norr"), "number": number, "title": process.title,
        "opened_at": now, "month": MONTH, "pay_on": date(2026, 3, 4), "payer_account": "BG:9910993", "count": 1,
        "total_ore": of.difference_ore, "made_by": made_by, "bank_file": b"<Document/>", "ledger_file": b"Betalning",
        "bank_sha256": hashlib.sha256(b"<Document/>").hexdigest(),
        "ledger_sha256": hashlib.sha256(b"Betalning").hexdigest(),
    }  # fmt: skip
    made = PaymentBatch.objects.create(**given | attested | more)
    PaymentOrder.objects.create(
        matter=made, place=1, payment_id=f"{number}-1", settlement=of, provider_number=PROVIDER,
        payee_name="Anordnaren AB", account=ACCOUNT, ore=of.difference_ore, verdict=verdict,
    )  # fmt: skip
    return Matter.objects.get(pk=made.pk)


def begin(start, cast, now: datetime) -> Matter:
    """The file as a walk finds it."""
    reached = start.state or "made"
    report = ready(by=cast[start.settled_by], at=now)
    if reached in ("sent", "differs"):
        Matter.objects.filter(pk=report.pk).update(state="transferred")
    if start.account:
        deliver(cast["Klas"], name="konton.csv", text=ACCOUNTS, now=now)
        work_off(now)
    given = {"state": reached, "verdict": start.verdict}
    if reached != "made":
        given |= {"attested_by": cast["Tyra"], "fetched_at": now if start.fetched else None}
    return batch(now=now, made_by=cast["Fredrik"], report=report, number="NORR-X-1", **given)
