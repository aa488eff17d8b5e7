"""Takes a letter that someone has edited in Word, in the place of the made one, and lets the made one stand again."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from tillit.catalogue import LARGEST_WORD_FILE, letter_faults
from tillit.web.actions import log
from tillit.web.actions.delivery import NotTakenError
from tillit.web.actions.document import open_to, still
from tillit.web.actions.refusal import HeldBackError, one_press
from tillit.web.models import Document, EditedFile
from tillit.web.queries.document import paper
from tillit.web.rules.viewer import Viewer


def take_edited(row: Document, *, chunks: Iterable[bytes], times: int, by: Viewer, now: datetime) -> EditedFile:
    """A file that stands in the place of the made one until the document is changed or sent.

    Takes: how often the document had been made when the person read it.
    Raises: NotForYouError, HeldBackError where it is sent, settled or proposed, NotTakenError for what is no plain
    Word file, SomeoneWasFasterError.
    """
    with one_press("take edited file", by=by, now=now, matter=row.matter):
        one = open_to(row, by)
        if one.proposal and one.proposal.settled_at is None:
            raise HeldBackError("En andra person ska först godkänna det", where=one.matter.number)
        content = _content(chunks)
        still(one, times, made_at=now)
        last = EditedFile.objects.filter(document=one).aggregate(last=Max("version"))["last"] or 0
        sha256 = hashlib.sha256(content).hexdigest()
        given = {"version": last + 1, "times": one.times, "sha256": sha256, "content": content}
        taken: EditedFile = EditedFile.objects.create(matter=one.matter, document=one, by=by.user, at=now, **given)
        details = {"document": one.number, "version": taken.version, "sha256": sha256, "bytes": len(content)}
        log.write("change", "take edited file", by=by.user, at=now, matter=one.matter, details=details)
        return taken


def use_made(row: Document, *, times: int, by: Viewer, now: datetime) -> None:
    """The made document stands again; the file that was given is kept.

    Raises: NotForYouError, HeldBackError where no file stands in its place, SomeoneWasFasterError.
    """
    with one_press("use made document", by=by, now=now, matter=row.matter):
        one = open_to(row, by)
        edited = paper(one).edited
        if edited is None:
            raise HeldBackError("Ingen redigerad fil gäller", where=one.matter.number)
        still(one, times, made_at=now)
        details = {"document": one.number, "version": edited.version}
        log.write("change", "use made document", by=by.user, at=now, matter=one.matter, details=details)


def _content(chunks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > LARGEST_WORD_FILE:
            break  # no more of it is read than what says that it is too large
    fault = next(letter_faults(bytes(content)), None)
    if fault:
        raise NotTakenError(fault.sv)
    return bytes(content)
