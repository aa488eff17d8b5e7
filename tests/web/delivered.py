"""A small file that a board delivers, with one thing in it to ask about: an assistant at two clients at once."""

from tests.web.people import NOW, as_viewer
from tillit.web.actions.delivery import receive
from tillit.web.jobs import work
from tillit.web.models import Board, Upload

SHIFTS = (
    "Rad;Anordnare;Assistent;Brukare;Datum;Från;Till;Typ\n"
    "1;559990-0197;19860511-2385;20000131-2388;2026-02-02;08:00;12:00;Aktiv tid\n"
    "2;559990-0197;19860511-2385;20000229-2399;2026-02-02;10:00;14:00;Aktiv tid\n"
    "3;559990-0197;19860511-2385;20000131-2388;2026-02-03;08:00;25:00;Aktiv tid\n"
)
NAME = "norrvik-2026-02.csv"
LATER = SHIFTS.replace("2026-02-02;10:00;14:00", "2026-02-02;13:00;14:00")
"""The same month with the times mended."""


def deliver(user, *, board="norr", name=NAME, text=SHIFTS, now=NOW) -> Upload:
    norr = Board.objects.get(slug=board)
    return receive(name, [text.encode()], board=norr, by=as_viewer(user, now), now=now)


def work_off(now=NOW) -> int:
    """Everything that waits in the queue is done."""
    return work(once=True, clock=lambda: now)
