"""One delivered file: received, recognised, read and stored; or rejected, with the reason kept."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from tillit.catalogue import Catalogue, Source
from tillit.readers.document import read_document
from tillit.readers.recognise import Recognition, recognise
from tillit.readers.tabular import read_table
from tillit.readers.unreadable import Unreadable
from tillit.store import Delivery, Refusal, Remark, Store

READERS = 1
"""Rises when the readers read a file otherwise than before, so that what is stored is read again."""


def read_file(
    path: Path,
    store: Store,
    catalogue: Catalogue,
    *,
    source: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Delivery:
    """Reads a file and stores what can be understood of it.

    A file with the same bytes that was read in the same way is not read again. What cannot be read at
    all is a rejected delivery, whose refusals say why; it has no rows.

    Takes: the source, where its headings alone do not tell it; what is told how far the work has come, 0 to 1.
    Changes: the store.
    Raises: FileChangedError; BrokenError.
    """
    report = progress or (lambda _: None)
    delivery, kept = store.receive(path)
    _note_same_name(delivery, store)
    report(0.1)
    try:
        seen = recognise(kept, catalogue, source=source)
        found = catalogue.sources.get(seen.source)
        delivery.reader_digest = reader_digest(found, catalogue)
        stored = store.find(delivery.sha256)
        if stored and stored.reader_digest == delivery.reader_digest:
            return stored
        if found is None:
            return _rejected(delivery, store, [_no_source(seen)])
        delivery.source, delivery.source_title = found.id, found.title
        report(0.2)
        if found.format == "reader":
            read_document(found, kept, delivery, store, catalogue)
        else:
            read_table(found, kept, seen, delivery, store, catalogue, report)
    except Unreadable as fault:
        delivery.reader_digest = delivery.reader_digest or reader_digest(None, catalogue)
        return _rejected(delivery, store, [Refusal(fault.line, fault.what, fault.fix)])
    report(1.0)
    return delivery


def reader_digest(source: Source | None, catalogue: Catalogue) -> str:
    """What a file was read with: the source, its reader, the tables it writes; of no source, all the content.

    Gives: a SHA-256, in hex.
    """
    digest = hashlib.sha256(f"readers {READERS}\n".encode())
    if source is None:
        digest.update(catalogue.digest.encode())
        return digest.hexdigest()
    digest.update(source.model_dump_json().encode())
    for table in source.writes:
        digest.update(catalogue.tables[table].model_dump_json().encode())
    file = catalogue.files.get(source.id)
    if file and source.format == "reader":
        for script in sorted(file.path.parent.rglob("*.py")):
            digest.update(script.read_bytes())
    return digest.hexdigest()


def _note_same_name(delivery: Delivery, store: Store) -> None:
    """Tells of another delivery under the same name, which this one may be meant to replace."""
    for other in store.deliveries():
        if other.name == delivery.name and other.sha256 != delivery.sha256 and other.status != "rejected":
            what = f"another file named '{other.name}' was read before, and its rows are kept too"
            delivery.remarks.append(Remark(0, what, "leave one of them out if this one replaces it"))
            return


def _no_source(seen: Recognition) -> Refusal:
    nearest = next(iter(seen.near), None)
    if seen.kind == "xml":
        return Refusal(0, "no source knows this kind of XML", "ask the sender what it is; a new kind needs a reader")
    fix = "make a source for it from the proposal, or name one"
    if nearest is None:
        return Refusal(0, "no source knows the file", fix)
    fault = f"without {_listed(nearest.missing)}" if nearest.missing else f"with {_listed(nearest.doubled)} twice"
    return Refusal(0, f"no source knows the file; the nearest is '{nearest.title}', {fault}", fix)


def _listed(headings: tuple[str, ...]) -> str:
    return ", ".join(f"'{heading}'" for heading in headings)


def _rejected(delivery: Delivery, store: Store, why: list[Refusal]) -> Delivery:
    """The delivery without anything of it stored but that it came and why it was not taken."""
    bare = Delivery(
        delivery.sha256,
        delivery.name,
        delivery.size,
        delivery.number,
        source=delivery.source,
        source_title=delivery.source_title,
        reader_digest=delivery.reader_digest,
        status="rejected",
        refusals=why,
    )
    with store.draft(bare):
        pass
    return bare
