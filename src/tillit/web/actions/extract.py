"""Takes out of a matter what goes to a court, the police or a party: made once, with its hash, and in the log."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max

from tillit.letters import Block, Filled, Head, Heading, NoPdfError, Paragraph, fill, pdf, plain
from tillit.letters.pdf import html
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.models import ExhibitFile, Extract, Matter, Note
from tillit.web.queries.exhibit import exhibits, where
from tillit.web.queries.extract import may_make, may_settle, roles_for
from tillit.web.queries.extract_page import contacts, list_of, times
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.note import CHANNELS, CONTACTS
from tillit.web.rules.packed import entry_name, member, packed
from tillit.web.rules.viewer import Viewer

READ_ME = "Kontrollera att filerna är oförändrade:  sha256sum -c SHA256SUMS\n"
TEXT = "text.txt"
"""The file of every extract that says in plain text what is in it; what is approved is this."""


def make_pack(
    matter: Matter, *, by: Viewer, now: datetime, purpose: str, obtained: str, secrecy: str, notes: Collection[int] = ()
) -> Extract:
    """An evidence pack: the list of evidence, the files, the timeline, the contacts, and the notes that were chosen.

    Takes: how the evidence was obtained and what in it is secret, as the cover says (documents/evidence_list).
    Raises: NotForYouError, NotYourStepError, WrongValueError.
    """
    with one_press("make pack", by=by, now=now, matter=matter):
        found = allowed("pack", matter, by, purpose)
        evidence = exhibits(found)
        rows = [
            {"number": str(one.number), "finding": one.finding.number if one.finding else "", "table": one.title,
             "file": one.name or one.origin, "line": where(one), "sha256": one.sha256}
            for one in evidence
        ]  # fmt: skip
        cover = page_of(
            found, "evidence_list", by, now,
            {"evidence": rows, "obtained": obtained, "secrecy": secrecy, "made_by": by.user.name,
             "reviewed_by": "–", "history": [], "contacts": []},
        )  # fmt: skip
        cover.blocks.extend(list_of(evidence))
        files = {entry_name(one.exhibit.number, one.exhibit.name): bytes(one.content) for one in files_of(found)}
        files |= pages("bevisforteckning", cover)
        files |= pages("tidslinje", _with(cover, [Heading("Tidslinje", 1), *times(found)]), paper=False)
        files |= pages(
            "kontakter",
            _with(cover, [Heading("Kontakter", 1), *contacts(found, who=CONTACTS, how=CHANNELS)]),
            paper=False,
        )
        chosen = Note.objects.filter(matter=found, kind="note", pk__in=list(notes)).select_related("by")
        if chosen:
            told = [Paragraph(f"{one.at:%Y-%m-%d} {one.by.name}\n{one.text}") for one in chosen]
            files |= pages("anteckningar", _with(cover, [Heading("Anteckningar", 1), *told]), paper=False)
        return kept(found, "pack", files, cover.blocks, by=by, now=now, purpose=purpose,
                     chosen={"exhibits": [one.number for one in evidence],
                             "notes": [one.pk for one in chosen]})  # fmt: skip


def make_contact_log(matter: Matter, *, by: Viewer, now: datetime, purpose: str) -> Extract:
    """Every contact of a matter, for a court or for one who weighs whether a supplier is to be excluded."""
    with one_press("make contacts", by=by, now=now, matter=matter):
        found = allowed("contacts", matter, by, purpose)
        page = page_of(found, "contact_log", by, now, {"purpose": purpose, "made_by": by.user.name})
        page.blocks.extend(contacts(found, who=CONTACTS, how=CHANNELS))
        count = Note.objects.filter(matter=found, kind="contact").count()
        return kept(
            found, "contacts", pages("kontakter", page), page.blocks, by=by, now=now, purpose=purpose,
            chosen={"contacts": count},
        )  # fmt: skip


def settle(one: Extract, *, by: Viewer, now: datetime, approved: bool) -> None:
    """Another person approves an extract, which may then be given out, or does not, and it never is.

    Raises: NotForYouError, NotYourStepError, SomeoneWasFasterError where it is settled.
    """
    matter = Matter.objects.get(pk=one.matter_id)
    with one_press("settle extract", by=by, now=now, matter=matter):
        if not readable(Matter, by).filter(pk=matter.pk).exists():
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if one.settled_at is not None:
            raise SomeoneWasFasterError("Utdraget är redan avgjort", where=matter.number, fix="läs sidan igen")
        if not may_settle(one, by):
            raise NotYourStepError("Utdraget godkänns av en annan person, som har rollen", where=matter.number)
        waiting = Extract.objects.filter(pk=one.pk, settled_at=None)
        if not waiting.update(settled_at=now, settled_by=by.user, approved=approved):
            raise SomeoneWasFasterError("Utdraget är redan avgjort", where=matter.number, fix="läs sidan igen")
        what = "approve extract" if approved else "decline extract"
        log.write("change", what, by=by.user, at=now, matter=matter, details={"number": one.number})


def extract_file(one: Extract, *, by: Viewer, now: datetime) -> bytes:
    """The bytes of an extract that may be given out, with the read in the log.

    Raises: NotForYouError; HeldBackError for one that nobody has approved.
    """
    matter = Matter.objects.get(pk=one.matter_id)
    with one_press("extract file", by=by, now=now, matter=matter):
        _readable(matter, by)
        if not (may_make(one.kind, matter, by) or by.has(roles_for(one.kind, matter)[1], board=matter.board_id)):
            raise NotYourStepError("Din roll hämtar inte sådana utdrag", where=matter.number)
        if not one.approved:
            raise HeldBackError("Kopian är inte godkänd av en andra person", where=matter.number)
        log.write(
            "read", "extract file", by=by.user, at=now, matter=matter, purpose=one.purpose,
            details={"number": one.number, "sha256": one.sha256},
        )  # fmt: skip
        return bytes(one.content)


def extract_text(one: Extract, *, by: Viewer, now: datetime) -> str:
    """What an extract says, for the one who made it and the one who approves it; read from its very bytes."""
    matter = Matter.objects.get(pk=one.matter_id)
    with one_press("extract text", by=by, now=now, matter=matter):
        _readable(matter, by)
        log.note_read("extract text", by=by.user, at=now, matter=matter, details={"number": one.number})
        return member(bytes(one.content), TEXT).decode()


def _readable(matter: Matter, by: Viewer) -> None:
    if not readable(Matter, by).filter(pk=matter.pk).exists():
        raise NotForYouError("Det finns inget sådant ärende för dig")


def allowed(kind: str, matter: Matter, by: Viewer, purpose: str) -> Matter:
    """The matter, where the viewer reads it and makes such extracts of it."""
    found = readable(Matter, by).filter(pk=matter.pk).select_related("board", "unit").first()
    if found is None:
        raise NotForYouError("Det finns inget sådant ärende för dig")
    if not may_make(kind, found, by):
        raise NotYourStepError("Din roll gör inte sådana utdrag", where=found.number, fix="be någon som har rollen")
    if not purpose.strip() or len(purpose) > 300 or "\0" in purpose:
        raise WrongValueError("Skriv vad utdraget ska användas till", fix="skriv högst 300 tecken")
    return found


def kept(
    matter: Matter, kind: str, files: Mapping[str, bytes], blocks: list[Block], *, by: Viewer, now: datetime,
    purpose: str, chosen: Mapping[str, object],
) -> Extract:  # fmt: skip
    """Keeps an extract under the next number, with a line of the log. A copy for a party waits for a second person."""
    content = packed({**files, TEXT: plain(blocks).encode(), "LASMIG.txt": READ_ME.encode()})
    last = Extract.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    alone = kind != "party_copy"
    made: Extract = Extract.objects.create(
        matter=matter, kind=kind, number=last + 1, purpose=purpose, chosen=dict(chosen), content=content,
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), by=by.user, at=now, approved=alone,
        settled_at=now if alone else None,
    )  # fmt: skip
    told = {"number": made.number, "bytes": made.size, "sha256": made.sha256, "files": len(files)}
    log.write("read", f"make {kind}", by=by.user, at=now, matter=matter, purpose=purpose, details=told)
    return made


def page_of(
    matter: Matter,
    document: str,
    by: Viewer,
    now: datetime,
    values: Mapping[str, object],
    *,
    handler: str | None = None,
) -> Filled:
    """The first page of an extract, from its document in the content."""
    content = catalogue().documents[document]
    head = Head(
        board=matter.board.name, unit=matter.unit.name if matter.unit else "", number=matter.number,
        title=content.title, code=content.code, day=local_date(now),
        handler=by.user.name if handler is None else handler,
    )  # fmt: skip
    return fill(content, values, head=head)


def _with(page: Filled, blocks: list[Block]) -> Filled:
    return Filled(page.document, page.head, blocks, [])


def pages(name: str, page: Filled, *, paper: bool = True) -> dict[str, bytes]:
    """A page as a file, and as a PDF where this installation makes them."""
    made = {f"{name}.html": html(page).encode()}
    if paper:
        try:
            made[f"{name}.pdf"] = pdf(page)
        except NoPdfError:
            return made  # the page says the same
    return made


def files_of(matter: Matter) -> list[ExhibitFile]:
    """The files of a matter's evidence, in the order of their numbers."""
    return list(ExhibitFile.objects.filter(matter=matter).select_related("exhibit").order_by("exhibit__number"))
