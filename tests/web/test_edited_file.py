"""A letter edited by hand in Word: scanned, kept with its fingerprint, and the very file that is sent."""

import hashlib
import io
import zipfile

import docx
import pytest
from django.db import DatabaseError, transaction
from docx.oxml import OxmlElement

from tests.web.people import NOW, as_viewer
from tests.web.test_dispatch import ready, send  # noqa: F401 - fixture
from tests.web.test_document import ASKED, case, letter  # noqa: F401 - fixtures
from tillit.catalogue import LARGEST_WORD_FILE
from tillit.web.actions.clearance import PersonalDataError
from tillit.web.actions.delivery import NotTakenError
from tillit.web.actions.document import file_of, fill_in
from tillit.web.actions.edited_file import take_edited, use_made
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError
from tillit.web.models import Document, DocumentFile, EditedFile, Entry
from tillit.web.queries.document import paper


def edited(row, text="Vi väntar på svar till fredag.", change=lambda made: None):
    """The letter as it is made, with one more paragraph."""
    made = docx.Document(io.BytesIO(file_of(paper(row), "word")))
    made.add_paragraph(text)
    change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def take(city, row, content, name="Asta", times=2):
    return take_edited(row, chunks=[content], times=times, by=as_viewer(city[name]), now=NOW)


def test_what_is_sent_is_the_file_that_was_given_byte_for_byte(city, ready):  # noqa: F811
    content = edited(ready)
    given = take(city, ready, content)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (given.version, given.by, given.sha256) == (1, city["Asta"], sha256)
    assert Entry.objects.order_by("-count")[0].details == {
        "document": 1, "version": 1, "sha256": sha256, "bytes": len(content),
    }  # fmt: skip
    now = Document.objects.get()
    assert "Vi väntar på svar till fredag." in str(paper(now).filled.blocks)
    assert (file_of(paper(now), "word"), paper(now).added) == (content, "Vi väntar på svar till fredag.")
    sent = send(city, now, times=3, kind="word")
    assert sent.sha256 == sha256
    (kept,) = DocumentFile.objects.all()
    assert (kept.kind, bytes(kept.content), paper(Document.objects.get()).state) == ("word", content, "sent")


def test_what_the_hand_wrote_is_read_by_the_guard(city, ready):  # noqa: F811
    take(city, ready, edited(ready, "Ring 070-174 06 35 om 19121212-1212."))
    with pytest.raises(PersonalDataError):
        send(city, Document.objects.get(), times=3, kind="word")
    assert not DocumentFile.objects.exists()


def test_a_changed_document_or_a_change_of_mind_lets_the_made_one_stand_again(city, ready):  # noqa: F811
    content, asta = edited(ready), as_viewer(city["Asta"])
    take(city, ready, content)
    use_made(Document.objects.get(), times=3, by=asta, now=NOW)
    take(city, Document.objects.get(), content, times=4)
    assert paper(Document.objects.get()).edited.version == 2
    fill_in(Document.objects.get(), by=asta, now=NOW, times=5, given=ASKED | {"contact": "08-111 11 11"})
    assert (paper(Document.objects.get()).edited, EditedFile.objects.count()) == (None, 2)
    with pytest.raises(HeldBackError):
        use_made(Document.objects.get(), times=6, by=asta, now=NOW)


def test_only_who_reads_the_matter_gives_a_file_and_never_over_what_was_not_read(city, ready):  # noqa: F811
    content = edited(ready)
    for name in ("Klas", "Bo", "Elin"):
        with pytest.raises(NotForYouError):
            take(city, ready, content, name=name)
    with pytest.raises(SomeoneWasFasterError):
        take(city, ready, content, times=1)
    send(city, ready)
    with pytest.raises(HeldBackError):
        take(city, Document.objects.get(), content, times=3)
    assert not EditedFile.objects.exists()


def test_what_was_given_is_never_changed_or_removed_also_by_hand(city, ready):  # noqa: F811
    take(city, ready, edited(ready))
    for change in (lambda: EditedFile.objects.update(version=7), lambda: EditedFile.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def packed(content, **parts):
    """The file with parts put in, or (None) taken away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/").replace("_DOT_", "."): data for name, data in parts.items()}
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, data in names.items():
            new.writestr(name, data)
    return made.getvalue()


def field(made):
    one = OxmlElement("w:fldSimple")
    one.set(docx.oxml.ns.qn("w:instr"), 'INCLUDETEXT "c:\\secret.txt"')
    made.add_paragraph()._p.append(one)


def tracked(made):
    made.add_paragraph()._p.append(OxmlElement("w:ins"))


def hidden(made):
    made.add_paragraph().add_run("dolt").font.hidden = True


BAD = {
    "a macro file": (lambda row: packed(edited(row), word__vbaProject_DOT_bin=b"x"), "makron"),
    "a template with code": (lambda row: edited(row, "{{ ''.__class__ }}"), "kod i texten"),
    "a statement": (lambda row: edited(row, "{% for one in x %}"), "kod i texten"),
    "a field that fetches": (lambda row: edited(row, change=field), "Fältkoden INCLUDETEXT"),
    "tracked changes": (lambda row: edited(row, change=tracked), "spårade ändringar"),
    "hidden text": (lambda row: edited(row, change=hidden), "dold text"),
    "a zip bomb": (lambda row: packed(edited(row), word__bomb_DOT_xml=b"0" * 41 * 2**20), "packas upp"),
    "a text": (lambda row: b"Hej", "ingen Word-fil"),
    "nothing": (lambda row: b"", "ingen Word-fil"),
    "half a file": (lambda row: edited(row)[:3000], "ingen Word-fil"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_plain_word_file_is_refused_and_nothing_is_kept(city, ready, name):  # noqa: F811
    make, why = BAD[name]
    with pytest.raises(NotTakenError, match=why):
        take(city, ready, make(ready))
    assert (EditedFile.objects.count(), Document.objects.get().times) == (0, 2)


def test_of_a_file_of_300_mb_no_more_is_read_than_says_that_it_is_too_large(city, ready):  # noqa: F811
    read = []

    def chunks():
        for _ in range(300):
            read.append(1)
            yield b"x" * 2**20

    with pytest.raises(NotTakenError, match="för stor"):
        take_edited(ready, chunks=chunks(), times=2, by=as_viewer(city["Asta"]), now=NOW)
    assert len(read) == LARGEST_WORD_FILE // 2**20 + 1
