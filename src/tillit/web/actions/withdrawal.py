"""Withdraws a delivered file: later runs leave its rows out, and the findings that rest on it say so.

Nothing is removed: what was delivered is kept, for it may have to be accounted for. Its disposal is another matter.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from tillit.errors import RefusedError
from tillit.web.actions import log
from tillit.web.actions.job import enqueue
from tillit.web.actions.notice import tell
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.actions.run import goes_on
from tillit.web.models import Finding, Matter, Upload
from tillit.web.queries.delivery import UNDERSTOOD, deliveries
from tillit.web.rules.doors import roles_of
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer

_AT_ONCE = 5000  # keys: short enough that nobody waits for the lock


class NoReasonError(RefusedError):
    """A file was to be withdrawn without a word of why."""


def may_withdraw(upload: Upload, by: Viewer) -> bool:
    """Whether someone may withdraw a file: the control function, and the one who delivered it."""
    own = upload.by_id == by.user.pk and by.has(roles_of("deliver"), board=upload.board_id)
    return own or by.has(roles_of("withdraw"), board=upload.board_id)


def withdraw(upload: int, *, why: str, by: Viewer, now: datetime) -> None:
    """Withdraws a file that has been read.

    Changes: the upload; the findings that rest on it are marked by a job; the log. The same bytes may be given anew.
    Raises: NotForYouError, NotYourStepError, NoReasonError, HeldBackError while a run goes on or the file is not read,
    SomeoneWasFasterError.
    """
    with one_press("withdraw file", by=by, now=now):
        found = deliveries(by).filter(pk=upload).first()
        if found is None:
            raise NotForYouError("Det finns ingen sådan leverans för dig")
        if not may_withdraw(found, by):
            raise NotYourStepError("Din roll drar inte tillbaka filer", fix="be kontrollfunktionen")
        if not why.strip():
            raise NoReasonError("Skälet behöver fyllas i")
        if found.delivery.get("status") not in UNDERSTOOD:
            raise HeldBackError("Filen har inte lästs in, så det finns inget att dra tillbaka")
        if goes_on(found.board):
            raise HeldBackError("Kontrollerna körs", fix="vänta tills de är klara")
        still = Upload.objects.filter(pk=found.pk, withdrawn_at=None)
        if not still.update(withdrawn_at=now, withdrawn_by=by.user, withdrawn_why=why.strip()[:500]):
            raise SomeoneWasFasterError("Filen är redan tillbakadragen", where=found.name, fix="läs sidan igen")
        given = {"board": found.board_id, "upload": found.pk}
        enqueue("mark_withdrawn", now=now, given=given, once=f"mark_withdrawn:{found.pk}")
        log.write("change", "withdraw file", by=by.user, at=now, details={"delivery": found.pk})


def mark_findings(upload: int, *, board: int, now: datetime) -> None:
    """Marks the findings whose evidence holds a row of a withdrawn file; a job. Done again it gives the same.

    Those who work on one, or on a case that holds one, are told. A finding that a later run makes anew is unmarked.
    """
    with within([board]):
        sha256 = Upload.objects.get(pk=upload).sha256
        last = Finding.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, _AT_ONCE):
        with within([board]), transaction.atomic():
            # The text is searched, for SQLite knows no other way into JSON; a checksum is found nowhere by chance.
            part = Finding.objects.filter(board=board, origin="rule", pk__gt=first, pk__lte=first + _AT_ONCE)
            rests = part.filter(source_withdrawn_at=None).annotate(text=Cast("result", TextField()))
            keys = list(rests.filter(text__contains=sha256).values_list("pk", flat=True))
            Finding.objects.filter(pk__in=keys).update(source_withdrawn_at=now)
            open_ = Matter.objects.filter(closed_at=None)
            for matter in [*open_.filter(pk__in=keys), *open_.filter(case__findings__in=keys).distinct()]:
                tell(["assigned"], matter, "withdrawn", at=now)
