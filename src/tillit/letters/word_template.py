"""A Word file with fields in it is filled: a municipality's own template, or the letterhead of all documents."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from tillit.letters.block import Block, Bullets, Heading, Paragraph, Table
from tillit.letters.head import Head
from tillit.letters.text import environment

_FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the file: the earliest that a zip can say."""


def from_template(file: bytes, context: Mapping[str, Any], head: Head) -> bytes:
    """The Word file with its fields filled. Values are text, whatever they hold."""
    from docxtpl import DocxTemplate  # optional extra

    template = DocxTemplate(io.BytesIO(file))
    template.render(dict(context), environment(autoescape=True), autoescape=True)
    template.docx.core_properties.title = head.title
    return saved(template.docx, head)


def saved(made: Any, head: Head) -> bytes:
    """A Word file as bytes that are the same each time: no clock, no name of a machine or a person."""
    about = made.core_properties
    moment = datetime.combine(head.day, time(12), UTC).replace(tzinfo=None)
    about.created = about.modified = about.last_printed = moment
    about.author = about.last_modified_by = head.board
    about.revision = 1
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIXED)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(part, old.read(name))
    return last.getvalue()


def blocks_in(file: bytes) -> list[Block]:
    """The blocks of a Word file, so that the page and the PDF say what it says."""
    import docx  # optional extra
    from docx.table import Table as WordTable

    found: list[Block] = []
    for one in docx.Document(io.BytesIO(file)).iter_inner_content():
        if isinstance(one, WordTable):
            rows = tuple(tuple(cell.text.strip() for cell in row.cells) for row in one.rows)
            found.append(Table((), rows) if len(one.columns) == 2 else Table(rows[0], rows[1:]))
        elif one.text.strip():
            found.append(_block(one.text.strip(), (one.style.name or "") if one.style else ""))
    return list(_joined(found))


def _block(text: str, style: str) -> Block:
    if style == "Title" or style.startswith("Heading"):
        return Heading(text, int(style[-1]) if style[-1] in "123" else 1)
    return Bullets((text,)) if style.startswith("List") else Paragraph(text)


def _joined(blocks: list[Block]) -> Iterator[Block]:
    items: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, Bullets):
            items += block.items
            continue
        if items:
            yield Bullets(items)
            items = ()
        yield block
    if items:
        yield Bullets(items)
