"""What the made-up city has of invoices that are still to be paid: one that matches, one too dear, one to approve."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tillit.web.actions.delivery import receive
from tillit.web.actions.step import take_step
from tillit.web.jobs import work
from tillit.web.models import Board, Invoice, User
from tillit.web.rules.scope import within_all
from tillit.web.rules.viewer import viewer_of

HEAD = (
    "Faktura-id;Organisationsnummer;Leverantör;Fakturanummer;Fakturadatum;Förfallodatum;Period från;Period till;"
    "Netto (kr);Moms (kr);Brutto (kr);Avtal"
)
LINE_HEAD = (
    "Faktura-id;Rad;Organisationsnummer;Avtal;Artikel;Verksamhet;Utfört från;Utfört till;Enhet;Antal;À-pris (kr);"
    "Belopp netto (kr)"
)
CLEANER, CONTRACT = "559990-2698", "A-STAD-26"
"""A supplier of cleaning whose lines are about no person, and its contract."""

BILLS = (("ST-1", 7001, 1250, 8), ("ST-2", 7002, 1400, 8), ("ST-3", 7003, 1250, 6))
"""Id, number, kronor a visit, and visits; the contract says 1 250."""


def make_invoices(people: Mapping[str, User], now: datetime) -> None:
    """Three invoices of last month at Norr: matched, dearer than the contract, and confirmed for another to approve."""
    norr, at = Board.objects.get(slug="norr"), now - timedelta(days=3)
    for name, text in _files(at.date()).items():
        with within_all():
            by = viewer_of(people["Fredrik"], at)
            receive(f"{name}.csv", [text.encode()], board=norr, by=by, now=at)
    work(once=True, clock=lambda: at)
    with within_all():
        third = Invoice.objects.get(board=norr, store_id__endswith="ST-3")
        cilla = viewer_of(people["Cilla"], at)
        take_step(third, "confirm", by=cilla, now=at, version=third.version, given={"delivered_how": "contact"})


def _files(day: date) -> dict[str, str]:
    last = day.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    due, year = day + timedelta(days=20), day.year
    bills, lines = [HEAD], [LINE_HEAD]
    for id, number, price, visits in BILLS:
        net, span = f"{price * visits},00", f"{first};{last}"
        bills.append(f"{id};{CLEANER};Rena Golv i Provstad AB;{number};{last};{due};{span};{net};0,00;{net};{CONTRACT}")
        lines.append(f"{id};1;{CLEANER};{CONTRACT};STD;Annat;{span};Besök;{visits};{price},00;{net}")
    return {
        "avtal-stad": f"Avtal;Organisationsnummer;Verksamhet;Gäller från\n{CONTRACT};{CLEANER};Annat;{year}-01-01\n",
        "priser-stad": f"Avtal;Artikel;Enhet;Pris (kr);Gäller från\n{CONTRACT};STD;Besök;1250,00;{year}-01-01\n",
        "fakturor-stad": "\n".join(bills) + "\n",
        "fakturarader-stad": "\n".join(lines) + "\n",
    }
