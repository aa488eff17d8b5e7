"""Holds every document to the rest of the catalogue: its law, its text, the processes that it is made in."""

import re
from collections.abc import Iterator

from tillit.catalogue import document_text
from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.document import HEAD, LISTS, Document, DocumentField
from tillit.catalogue.process import Process
from tillit.catalogue.word_file import word_faults, word_text
from tillit.errors import TillitError

LETTERHEAD = "{{ text }}"
"""Where the text of a document goes in the letterhead; it must stand there once, in a paragraph of its own."""

_HEADING = re.compile(r"^#+\s*(.+?)\s*$", re.MULTILINE)


def check_documents(catalogue: Catalogue) -> list[TillitError]:
    """Every fault of the documents, each with its file and line."""
    errors: list[TillitError] = []
    for document in catalogue.documents.values():
        for check in (_acts, _recipients, _messages, _processes, _text):
            errors += check(catalogue, document)
    if catalogue.documents:
        errors += _letterhead(catalogue)
    return errors


def names_of(document: Document) -> dict[str, tuple[str, ...]]:
    """Each name that the text of a document may use, with what may stand after its point."""
    return {"head": HEAD} | {name: _parts(document, field) for name, field in document.fields.items()}


def _parts(document: Document, field: DocumentField) -> tuple[str, ...]:
    if field.type == "list":
        # What someone has said stays where it was written down, whatever else is sent.
        return tuple(column for column in LISTS[field.source[1]] if column != "text" or not document.leaves_zone)
    return ("code",) if field.type == "choice" else ()


def _fault(catalogue: Catalogue, document: Document, what: str, fix: str, *place: str | int) -> TillitError:
    return catalogue.files[key_of("documents", document.document)].error(what, fix, *place)


def _acts(catalogue: Catalogue, document: Document) -> Iterator[TillitError]:
    for index, law in enumerate(document.law):
        if law.sfs not in catalogue.acts:
            yield _fault(catalogue, document, f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)


def _recipients(catalogue: Catalogue, document: Document) -> Iterator[TillitError]:
    for name in [*document.sent_to, *(one for held in document.holds_back for one in held.unless_to)]:
        if name not in catalogue.recipients:
            told = f"there is no recipient '{name}'"
            yield _fault(catalogue, document, told, "see recipients.yaml", "sent_to")


def _messages(catalogue: Catalogue, document: Document) -> Iterator[TillitError]:
    if document.told_by and document.told_by not in catalogue.messages:
        yield _fault(catalogue, document, f"there is no message '{document.told_by}'", "see messages/", "told_by")


def _processes(catalogue: Catalogue, document: Document) -> Iterator[TillitError]:
    for name in document.offered_in:
        if name not in catalogue.processes:
            yield _fault(catalogue, document, f"there is no process '{name}'", "see processes/", "offered_in")
    for process in made_in(catalogue, document):
        if process.zone not in document.zones:
            told = f"{process.process} makes it, and lies in zone {process.zone}"
            yield _fault(catalogue, document, told, "add the zone, or let the process name another", "zones")
        for name, field in document.fields.items():
            kind, source = field.source
            if kind != "field":
                continue
            known = process.fields.get(source)
            if known is None:
                told = f"{process.process} makes it, and has no field '{source}'"
                yield _fault(catalogue, document, told, "see the fields of the process", "fields", name)
            elif document.leaves_zone and not known.leaves_zone:
                told = f"it is sent, and '{source}' of {process.process} does not leave its zone"
                fix = "take it away, or say 'leaves_zone: true' there, so that the guard reads it"
                yield _fault(catalogue, document, told, fix, "fields", name)
            elif not _alike(field.type, known.type):
                told = f"'{source}' of {process.process} is {known.type}, and this says {field.type}"
                yield _fault(catalogue, document, told, "give both the same type", "fields", name)


def made_in(catalogue: Catalogue, document: Document) -> list[Process]:
    """The processes that make a document: by a step that names it, or because it is offered there."""
    return [
        one
        for one in catalogue.processes.values()
        if one.process in document.offered_in or any(document.document in step.documents for step in one.steps.values())
    ]


def _alike(here: str, there: str) -> bool:
    return here == there or {here, there} <= {"text", "long_text", "provider"}


def _text(catalogue: Catalogue, document: Document) -> Iterator[TillitError]:
    where, text = catalogue.texts.get(document.document, ("", document.text))
    if document.word:
        faults = list(word_faults(document.word))
        yield from (TillitError(one.what, where=where, fix=one.fix) for one in dict.fromkeys(faults))
        if faults:
            return
        text = word_text(document.word)
    elif not text.strip():
        yield _fault(catalogue, document, "it has no text", "write text.md beside it", "document")
        return
    for fault in document_text.faults(text, names_of(document)):
        yield TillitError(fault.what, where=f"{where}:{fault.line}", fix=fault.fix)
    for name in sorted(set(document.fields) - document_text.used(text)):
        if not any(name in held.when for held in document.holds_back):
            told = f"the text never says '{name}'"
            yield _fault(catalogue, document, told, "say it in the text, or take the field away", "fields", name)
    there = text if document.word else "\n".join(_HEADING.findall(text))
    for heading in document.headings:
        if heading not in there:
            yield TillitError(f"the heading '{heading}' is missing", where=where, fix="add it: it must be there")


def _letterhead(catalogue: Catalogue) -> Iterator[TillitError]:
    if not catalogue.letterhead:
        yield TillitError("there is no letterhead", where="content/documents", fix="add letterhead.docx")
        return
    where, fix = "documents/letterhead.docx", f"write it once, in a paragraph of its own: {LETTERHEAD}"
    faults = list(word_faults(catalogue.letterhead))
    yield from (TillitError(one.what, where=where, fix=one.fix) for one in dict.fromkeys(faults))
    if faults:
        return
    text = word_text(catalogue.letterhead)
    if text.splitlines().count(LETTERHEAD) != 1:
        yield TillitError("the place of the text is missing", where=where, fix=fix)
    for fault in document_text.faults(text, {"head": HEAD, "text": ()}):
        yield TillitError(fault.what, where=where, fix=fault.fix)
