"""Makes documents, makes them again until they are sent or settled, and gives them out to be read."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from tillit.letters import NoPdfError, pdf, word
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError, one_press
from tillit.web.models import Document, DocumentFile, Matter, Proposal, User
from tillit.web.queries.document import Paper, can_be_made, document_in, paper
from tillit.web.queries.document_values import values_of
from tillit.web.queries.matter import matter_open_to
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError, values
from tillit.web.rules.viewer import Viewer

LONGEST_RECIPIENT, LONGEST_NUMBER = 500, 40


def draft(
    matter: Matter,
    name: str,
    *,
    step: str,
    by: Viewer,
    second: User | None,
    now: datetime,
    given: Mapping[str, Any],
    proposal: Proposal | None = None,
) -> Document | None:
    """The document of a step, as a part of the step: in its transaction, with what is given in it.

    Proposed, it is made so that both can read it; agreed to, the same document is made again with the second person.
    """
    if name not in catalogue().documents:
        return None
    fields = {**matter.fields, **given}
    found = values_of(catalogue().documents[name], matter, by, fields=fields, by=by.user, second=second, now=now)
    before = Document.objects.filter(matter=matter, proposal=proposal).first() if proposal else None
    if before:
        still(before, before.times, values=found, made_at=now)
        return before
    return _new(matter, name, step=step, by=by, now=now, found=found, proposal=proposal)


def withdraw(proposal: Proposal, *, now: datetime) -> None:
    """A second person has declined: the document of the proposal is never sent."""
    Document.objects.filter(proposal=proposal, frozen_at=None).update(withdrawn_at=now)


def make_document(number: str, name: str, *, by: Viewer, now: datetime) -> Document:
    """A document that no step makes, by someone who reads the matter, where the document is offered in its process."""
    with one_press(f"make {name[:40]}", by=by, now=now, number=number):
        matter = matter_open_to(number, by)
        if matter is None or name not in {one.document for one in can_be_made(matter)}:
            raise NotForYouError("Det finns inget sådant ärende för dig")
        document = catalogue().documents[name]
        found = values_of(document, matter, by, fields=matter.fields, by=by.user, second=None, now=now)
        return _new(matter, name, step="", by=by, now=now, found=found, proposal=None)


def fill_in(
    row: Document,
    *,
    by: Viewer,
    now: datetime,
    times: int,
    given: Mapping[str, Any],
    recipient: str = "",
    registry_number: str = "",
) -> None:
    """What a person fills in on a document; empty is allowed, until it is to be sent.

    Takes: how often it had been made when the person read it.
    Raises: NotForYouError, HeldBackError where it is sent or settled, SomeoneWasFasterError, WrongValueError.
    """
    with one_press("fill in document", by=by, now=now, matter=row.matter):
        one = open_to(row, by)
        document = catalogue().documents[one.document]
        asked = [name for name, field in document.fields.items() if field.source[0] == "ask"]
        kept = values(document, asks=[], may_give=asked, given=given)
        for text, longest, label in (
            (recipient, LONGEST_RECIPIENT, "Mottagare"),
            (registry_number, LONGEST_NUMBER, "Diarienummer"),
        ):
            if len(text) > longest or "\0" in text:
                raise WrongValueError(f"”{label}” kan inte tas emot", fix=f"skriv högst {longest} tecken")
        changes = {"asked": kept, "recipient": recipient, "registry_number": registry_number, "made_at": now}
        still(one, times, **changes)
        log.write("change", "fill in document", by=by.user, at=now, matter=one.matter, details={"document": one.number})


def settle(row: Document, *, by: Viewer, now: datetime, times: int) -> None:
    """A document that stays in the matter is settled: nothing of it changes any more, and its files are kept."""
    with one_press("settle document", by=by, now=now, matter=row.matter):
        one = paper(open_to(row, by))
        if one.document.leaves_zone:
            raise HeldBackError("Dokumentet blir klart när det skickas", where=one.row.matter.number)
        if one.state == "proposed":
            raise HeldBackError("En andra person ska först godkänna det", where=one.row.matter.number)
        if one.missing:
            told = ", ".join(field.sv for field in one.missing)
            raise HeldBackError(f"Fyll först i: {told}", where=one.row.matter.number)
        freeze(one, times=times, now=now)
        details = {"document": one.row.number}
        log.write("change", "settle document", by=by.user, at=now, matter=one.row.matter, details=details)


def freeze(one: Paper, *, times: int, now: datetime) -> list[DocumentFile]:
    """Makes the files of a document and keeps them; a part of the action that sends or settles it."""
    kept = [_file(one.row, kind, content) for kind, content in _files(one)]
    still(one.row, times, revision=one.document.revision, frozen_at=now)
    return kept


def read_document(number: str, document: int, *, by: Viewer, now: datetime, kind: str = "") -> Paper:
    """A document to be read, or given out as a file, with that in the log before it is shown.

    Raises: NotForYouError, the same for another's matter and for what does not exist.
    """
    with one_press("read document", by=by, now=now, number=number):
        matter = matter_open_to(number, by)
        row = document_in(matter, document) if matter else None
        if matter is None or row is None:
            raise NotForYouError("Det finns inget sådant dokument för dig")
        what = f"document {kind}".strip()
        log.note_read(what, by=by.user, at=now, matter=matter, details={"document": document})
        return paper(row)


def file_of(one: Paper, kind: str) -> bytes:
    """The file of a document: what was kept when it was sent, or else made now. Raises: NoPdfError."""
    kept = DocumentFile.objects.filter(document=one.row, kind=kind).first()
    if kept:
        return bytes(kept.content)
    if one.edited and kind == "word":
        return bytes(one.edited.content)
    if one.edited:
        raise HeldBackError("Dokumentet är redigerat i Word och finns bara så", fix="hämta det som Word")
    return pdf(one.filled) if kind == "pdf" else word(one.filled, catalogue().letterhead)


def _files(one: Paper) -> list[tuple[str, bytes]]:
    if one.edited:
        return [("word", bytes(one.edited.content))]  # what is sent is what was given, and nothing made of it
    made = [("word", word(one.filled, catalogue().letterhead))]
    try:
        return [*made, ("pdf", pdf(one.filled))]
    except NoPdfError:
        return made  # an installation without PDF sends Word


def _file(row: Document, kind: str, content: bytes) -> DocumentFile:
    sha256 = hashlib.sha256(content).hexdigest()
    made: DocumentFile = DocumentFile.objects.create(
        matter=row.matter, document=row, kind=kind, sha256=sha256, content=content
    )
    return made


def _new(
    matter: Matter, name: str, *, step: str, by: Viewer, now: datetime, found: dict[str, Any], proposal: Proposal | None
) -> Document:
    Matter.objects.select_for_update().get(pk=matter.pk)  # two who make one at once get two numbers
    last = Document.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    made: Document = Document.objects.create(
        matter=matter,
        number=last + 1,
        document=name,
        revision=catalogue().documents[name].revision,
        step=step,
        proposal=proposal,
        values=found,
        made_at=now,
        by=by.account,
    )
    log.write("change", f"make {name}", by=by.account, at=now, matter=matter, details={"document": made.number})
    return made


def open_to(row: Document, by: Viewer) -> Document:
    """The document where it can still be changed by someone. Raises: NotForYouError, HeldBackError."""
    matter = matter_open_to(row.matter.number, by)
    found = document_in(matter, row.number) if matter else None
    if found is None:
        raise NotForYouError("Det finns inget sådant dokument för dig")
    if found.frozen_at or found.withdrawn_at:
        raise HeldBackError("Dokumentet är klart och kan inte ändras", where=found.matter.number, fix="gör ett nytt")
    return found


def still(row: Document, times: int, **changes: Any) -> None:
    """Changes a document if it is as it was when it was read. Raises: SomeoneWasFasterError."""
    same = Document.objects.filter(pk=row.pk, times=times, frozen_at=None, withdrawn_at=None)
    if same.update(times=F("times") + 1, **changes) != 1:
        raise SomeoneWasFasterError(
            "Någon annan ändrade dokumentet nyss", where=row.matter.number, fix="läs sidan igen"
        )
    for name, value in changes.items():
        setattr(row, name, value)
    row.times = times + 1
