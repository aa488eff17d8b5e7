"""Files that are no table of columns: read by their source's reader.py, checked by the tables, stored as Parquet."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

from tillit.catalogue import Catalogue, Source, content_folder
from tillit.errors import BrokenError, TillitError
from tillit.readers.canonical import Taken, identify, stored, take
from tillit.readers.expects import expect
from tillit.readers.json_list import first_keys
from tillit.readers.parquet import write_parquet
from tillit.readers.parts import LINE_END, Document, Row, Stated
from tillit.readers.sums import column_sums, stated_sums
from tillit.readers.unreadable import Unreadable
from tillit.readers.xml import opening_tags
from tillit.store import Delivery, Refusal, Remark, Store

Part = Row | Refusal | Remark | Stated

LINES_TRIED = 40
_JSON_HEAD = 1 << 20


def document_fits(source: Source, kept: Path, head: bytes) -> bool:
    """Whether a file is what the source is recognised by, whatever its name.

    Takes: the first bytes of the file, as many as hold the first 40 lines.
    """
    by = source.recognised_by
    if by is None:
        return False
    if by.root:
        tags = opening_tags(head)
        return any(_is_rooted(tags, pattern) for pattern in by.root)
    if by.line:
        lines = LINE_END.split(head.decode("iso-8859-1"))[:LINES_TRIED]
        return any(re.search(by.line, line) for line in lines)
    with kept.open("rb") as file:
        beginning = file.read(_JSON_HEAD).decode("utf-8-sig", errors="ignore")
    return bool(by.json_has) and first_keys(beginning).issuperset(by.json_has)


def read_document(source: Source, kept: Path, delivery: Delivery, store: Store, catalogue: Catalogue) -> None:
    """Reads a document and stores what could be read of it, or says in the delivery why nothing could.

    Takes: the kept copy of the file.
    Changes: the delivery, and its place in the store.
    """
    document = Document(kept, delivery)
    rows: list[Taken] = []
    try:
        parts = list(_parts(source, document))
    except Unreadable as fault:
        _reject(delivery, Refusal(fault.line, fault.what, fault.fix))
    else:
        rows = [take(part, catalogue.tables[part.table]) for part in parts if isinstance(part, Row)]
        _tell(delivery, parts, rows)
        delivery.remarks += _lost_letters(document)
        expect(source, delivery)
    delivery.encoding, delivery.lines_blank = document.encoding, document.lines_blank
    delivery.ignored = dict(source.ignores)
    good = [] if delivery.status == "rejected" else [taken for taken in rows if not taken.faults]
    delivery.remarks += identify(good, store.persons)
    if delivery.status == "accepted" and (delivery.refusals or delivery.remarks):
        delivery.status = "accepted_with_remarks"
    _store(good, delivery, store, catalogue)


def _parts(source: Source, document: Document) -> Iterator[Part]:
    rows = _reader(source)
    try:
        yield from rows(document)
    except TillitError:
        raise
    except Exception as fault:
        # Its own text may repeat what stands in the file.
        what = f"the reader of '{source.id}' failed with {type(fault).__name__}"
        raise BrokenError(what, where=document.name, fix="report it to us with the kind of file") from fault


def _tell(delivery: Delivery, parts: list[Part], rows: list[Taken]) -> None:
    """Writes into the delivery what was read and refused, and how it adds up."""
    differences: list[Remark]
    sums, differences = stated_sums(rows, [part for part in parts if isinstance(part, Stated)])
    refused = [part for part in parts if isinstance(part, Refusal)]
    refused += [taken.refusal() for taken in rows if taken.faults]
    delivery.refusals += sorted(refused, key=lambda refusal: refusal.line)
    delivery.remarks += [part for part in parts if isinstance(part, Remark)] + differences
    delivery.totals = [*column_sums(rows), *sums]
    delivery.lines_refused = len(refused)
    delivery.lines_stored = sum(taken.row.of_file for taken in rows if not taken.faults)
    delivery.lines_read = delivery.lines_stored + delivery.lines_refused


def _lost_letters(document: Document) -> list[Remark]:
    lines = document.lines_with_lost_letters
    if not lines:
        return []
    what = f"{len(lines)} lines have letters that were lost before the file came"
    return [Remark(lines[0], what, "ask for the file as it was made; names may not be found as they are")]


def _reject(delivery: Delivery, why: Refusal) -> None:
    delivery.status = "rejected"
    delivery.refusals.append(why)


def _store(rows: list[Taken], delivery: Delivery, store: Store, catalogue: Catalogue) -> None:
    with store.draft(delivery) as folder:
        given = 0
        for table in sorted({taken.table.table for taken in rows}):
            made = [row for taken in rows if taken.table.table == table for row in stored(taken)]
            for number, row in enumerate(made, start=given + 1):
                row["row_id"] = delivery.row_id(number)
            write_parquet(folder / f"{table}.parquet", catalogue.tables[table], made)
            delivery.rows[table] = len(made)
            given += len(made)


def source_module(source: str, name: str) -> ModuleType:
    """A module beside a source's source.yaml; only of our own content, for what an overlay brings is not run."""
    package = f"tillit_source_{source}"
    if package not in sys.modules:  # a package, so that the files of a source can import from each other
        module = ModuleType(package)
        module.__path__ = [str(content_folder() / "sources" / source)]
        sys.modules[package] = module
    return importlib.import_module(f"{package}.{name}")


def _reader(source: Source) -> Callable[[Document], Iterator[Part]]:
    if not (content_folder() / "sources" / source.id / "reader.py").is_file():
        what = f"source '{source.id}' has no reader.py that comes with Tillit"
        raise Unreadable(what, fix="declare its columns: an overlay cannot bring a reader.py")
    rows: Callable[[Document], Iterator[Part]] = source_module(source.id, "reader").rows
    return rows


def _is_rooted(tags: list[str], pattern: str) -> bool:
    """Whether the opening tags fit `{namespace}Name`, or `Root/Child`, where `*` stands for anything.

    >>> _is_rooted(["Document", "Stmt"], "Document/Stmt"), _is_rooted(["{urn:a/b}Note", "x"], "{urn:a/*}Note")
    (True, True)
    """
    steps = re.findall(r"(?:\{[^}]*\})?[^/{}]+", pattern)
    return len(tags) >= len(steps) and all(fnmatchcase(tag, step) for tag, step in zip(tags, steps, strict=False))
