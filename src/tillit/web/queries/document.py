"""The documents of a matter: the text of each, how far it has come, to whom it is sent, and what can be made."""

from dataclasses import dataclass

from tillit import catalogue as content
from tillit.catalogue import word_text
from tillit.letters import Filled, Head, blocks_in, fill, word
from tillit.units import local_date
from tillit.web.models import Dispatch, Document, DocumentFile, EditedFile, Matter
from tillit.web.queries.document_values import said
from tillit.web.rules.content import catalogue
from tillit.web.rules.dispatch import CHANNELS


@dataclass(frozen=True)
class Paper:
    """A document of a matter as a page shows it: its row, its content file, its text, and what is missing in it.

    `edited` is the file that stands in the place of the made one, and `added` the lines in it that are not the made's.
    """

    row: Document
    document: content.Document
    filled: Filled
    edited: EditedFile | None = None
    added: str = ""

    @property
    def state(self) -> str:
        """withdrawn, proposed, told, draft, ready, settled or sent: a word for each in web/words.py."""
        if self.row.withdrawn_at:
            return "withdrawn"
        if self.row.frozen_at:
            return "sent" if self.document.leaves_zone else "settled"
        if self.row.proposal and self.row.proposal.settled_at is None:
            return "proposed"
        if self.document.told_by:
            return "told"  # to whom and when is kept with the signal (models/signal.py)
        return "draft" if self.filled.missing else "ready"

    @property
    def missing(self) -> list[content.DocumentField]:
        """The fields that must be filled before it is sent."""
        return [self.document.fields[name] for name in self.filled.missing]


def papers(matter: Matter) -> list[Paper]:
    """The documents of a matter that the viewer already reads, the newest first."""
    found = Document.objects.filter(matter=matter).select_related("by", "proposal", "matter__board", "matter__unit")
    return [paper(one, whole=False) for one in found.order_by("-number") if one.document in catalogue().documents]


def document_in(matter: Matter, number: int) -> Document | None:
    """A document of a matter by its number there."""
    found = Document.objects.filter(matter=matter, number=number)
    one = found.select_related("by", "proposal", "matter__board", "matter__unit").first()
    return one if one and one.document in catalogue().documents else None


def paper(row: Document, *, whole: bool = True) -> Paper:
    """A document with its text: made from what fills it, or what stands in the file that was kept of it.

    Takes: `whole` false for a list, which opens no files.
    """
    document = catalogue().documents[row.document]
    asked = {name: said(document.fields[name], value) for name, value in row.asked.items() if name in document.fields}
    matter = row.matter
    head = Head(
        board=matter.board.name,
        unit=matter.unit.name if matter.unit else "",
        number=matter.number,
        title=document.title,
        code=document.code,
        day=local_date(row.made_at),
        handler=row.by.name if row.by else "",
        recipient=row.recipient,
        registry_number=row.registry_number,
    )
    made = fill(document, {**row.values, **asked}, head=head)
    if not whole:
        return Paper(row, document, made if row.frozen_at is None else Filled(document, head, [], []))
    kept = DocumentFile.objects.filter(document=row, kind="word").first()
    edited = _edited(row, kept)
    added = _added(bytes(edited.content), made) if edited else ""
    if row.frozen_at:
        return Paper(
            row, document, Filled(document, head, blocks_in(bytes(kept.content)) if kept else [], []), edited, added
        )
    if edited:
        made = Filled(document, head, blocks_in(bytes(edited.content)), made.missing)
    return Paper(row, document, made, edited, added)


def edited_files(row: Document) -> list[EditedFile]:
    """Every file that was given in the place of the made one, the newest first, without their bytes."""
    return list(EditedFile.objects.filter(document=row).defer("content").select_related("by").order_by("-version"))


def _edited(row: Document, kept: DocumentFile | None) -> EditedFile | None:
    found = EditedFile.objects.filter(document=row).select_related("by").order_by("-version")
    return (found.filter(sha256=kept.sha256) if kept else found.filter(times=row.times)).first()


def _added(file: bytes, made: Filled) -> str:
    # Against the very file that was edited, line by line: its head and what we say of ourselves are not asked about.
    before = set(word_text(word(made, catalogue().letterhead)).splitlines())
    return "\n".join(line for line in word_text(file).splitlines() if line.strip() and line not in before)


def free_texts(one: Paper) -> dict[str, str]:
    """What people have written in a document, and the names of its files: what the personal-data guard reads.

    Not the head, nor who decided, nor how we are reached: those that answer for a document stand in it by name.
    """
    found = {}
    for name, field in one.document.fields.items():
        value = one.row.asked.get(name, one.row.values.get(name))
        if field.ours:
            continue
        if field.type in {"text", "long_text"} and field.source[0] in {"ask", "field"} and value:
            found[name] = str(value)
        elif field.type == "list":
            found[name] = "\n".join(str(row["file"]) for row in value or [] if row.get("file"))
    if one.added:
        found["edited"] = one.added
    return found


def can_be_made(matter: Matter) -> list[content.Document]:
    """The documents that whoever works on a matter may make in it without a step."""
    return [one for one in catalogue().documents.values() if matter.process in one.offered_in]


def dispatches(row: Document) -> list[Dispatch]:
    """To whom a document has been sent, the first one first."""
    return list(Dispatch.objects.filter(document=row).select_related("by"))


def files(row: Document) -> list[DocumentFile]:
    """The files of a document that is sent or settled, without their bytes."""
    return list(DocumentFile.objects.filter(document=row).defer("content").order_by("kind"))


def sent_words(one: Dispatch) -> tuple[str, str]:
    """To whom, and how, in words."""
    recipient = catalogue().recipients.get(one.recipient)
    return ", ".join(filter(None, (recipient.sv if recipient else one.recipient, one.to))), CHANNELS[one.channel]
