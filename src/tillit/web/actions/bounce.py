"""Reads what comes back to the address that messages about signals are sent from: another recipient gets them."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tillit.web.actions import log
from tillit.web.actions.job import enqueue
from tillit.web.actions.signal_mail import bounced
from tillit.web.models import Told
from tillit.web.rules.bounce import not_delivered

LARGEST = 2 * 2**20
"""Bytes of a mail that is read; what a mail server says of a delivery is far smaller."""


def read_mail(raw: bytes, *, now: datetime) -> int:
    """One mail. Read again it changes nothing. Gives how many messages it says were not delivered.

    Changes: the message is marked as come back, the next who can take it for the board is to get it, the log.
    """
    found = 0
    for pk in not_delivered(raw) if len(raw) <= LARGEST else []:
        with transaction.atomic():
            told = Told.objects.filter(pk=pk, bounced_at=None).select_related("signal", "board").first()
            if told is None:
                continue
            bounced(told, now=now)
            log.write("change", "bounce", by=None, at=now, number=told.signal.number, details={"told": pk})
            enqueue("signal_mail", now=now)
            found += 1
    return found


def read_folder(folder: Path, *, now: datetime) -> int:
    """Every mail of a folder, or of a maildir; what has been read lies in `read` within it afterwards; a job."""
    found = 0
    done = folder / "read"
    done.mkdir(parents=True, exist_ok=True)
    for place in (folder, folder / "new", folder / "cur"):
        for path in sorted(place.glob("*")) if place.is_dir() else []:
            if path.is_file():
                found += read_mail(path.read_bytes(), now=now)
                path.rename(done / path.name)
    return found
