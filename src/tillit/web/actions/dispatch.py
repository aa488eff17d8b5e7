"""Registers what has been sent: the file is kept as it was, with its fingerprint, and the document is closed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tillit.web.actions import log
from tillit.web.actions.clearance import may_leave
from tillit.web.actions.document import freeze
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Dispatch, Document, DocumentFile
from tillit.web.queries.document import Paper, document_in, free_texts, paper
from tillit.web.queries.matter import matter_open_to
from tillit.web.rules.dispatch import CHANNELS, why_not_sent
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.viewer import Viewer


def register_dispatch(
    row: Document,
    *,
    by: Viewer,
    now: datetime,
    times: int,
    recipient: str,
    channel: str,
    sent_at: datetime,
    kind: str = "pdf",
    to: str = "",
    registry_number: str = "",
    clears: Mapping[str, str] | None = None,
) -> Dispatch:
    """A document has been sent to someone. The first time it is closed: what is sent later is the same file.

    Takes: how often it had been made when the person read it; `recipient` a code of content/recipients.yaml,
    `channel` of CHANNELS, `kind` pdf or word; why a place in its texts may stand (actions/clearance.py).
    Raises: NotForYouError, HeldBackError, PersonalDataError, WrongValueError, SomeoneWasFasterError.
    """
    with one_press("dispatch", by=by, now=now, matter=row.matter):
        one = _open_to(row, by)
        matter = one.row.matter
        _can_be(one, recipient=recipient, channel=channel)
        _sent_when(one, sent_at, now)
        if len(to) > 200 or len(registry_number) > 40 or "\0" in to + registry_number:
            raise WrongValueError("Mottagaren eller numret är för långt", fix="skriv kortare")
        may_leave(matter, free_texts(one), by=by, now=now, clears=clears)
        if one.row.frozen_at is None:
            freeze(one, times=times, now=now)
        file = DocumentFile.objects.filter(document=one.row, kind=kind).defer("content").first()
        if file is None:
            raise WrongValueError("Dokumentet finns inte som sådan fil", fix="välj den andra filen")
        sent: Dispatch = Dispatch.objects.create(
            matter=matter,
            document=one.row,
            recipient=recipient,
            to=to,
            channel=channel,
            sent_at=sent_at,
            noted_at=now,
            by=by.user,
            kind=kind,
            sha256=file.sha256,
            registry_number=registry_number,
        )
        details = {"document": one.row.number, "dispatch": sent.pk, "to": recipient, "sha256": file.sha256}
        log.write("change", "dispatch", by=by.user, at=now, matter=matter, details=details)
        return sent


def _open_to(row: Document, by: Viewer) -> Paper:
    matter = matter_open_to(row.matter.number, by)
    found = document_in(matter, row.number) if matter else None
    if found is None:
        raise NotForYouError("Det finns inget sådant dokument för dig")
    return paper(found)


def _can_be(one: Paper, *, recipient: str, channel: str) -> None:
    matter = one.row.matter
    if channel not in CHANNELS:
        raise WrongValueError("Välj hur dokumentet har skickats")
    if one.state == "withdrawn":
        raise HeldBackError("Förslaget avböjdes, så dokumentet gäller inte", where=matter.number)
    if one.state == "proposed":
        raise HeldBackError("En andra person ska först godkänna det som dokumentet gäller", where=matter.number)
    missing = [] if one.row.frozen_at else one.filled.missing
    why_not = why_not_sent(
        one.document, matter, asked=one.row.asked, missing=missing, recipient=recipient, channel=channel
    )
    if why_not:
        raise HeldBackError(why_not, where=matter.number)


def _sent_when(one: Paper, sent_at: datetime, now: datetime) -> None:
    if sent_at > now:
        raise WrongValueError("Utskicket kan inte ligga i framtiden", fix="ändra tiden")
    # What is written in a form has no seconds.
    if sent_at + timedelta(minutes=1) <= one.row.made_at:
        raise WrongValueError(
            "Dokumentet ändrades efter den tiden", fix="kontrollera att det var det här som skickades"
        )
