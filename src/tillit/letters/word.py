"""A filled document as a Word file, in the letterhead of the municipality."""

import io
from typing import Any

from tillit.letters.block import Block, Bullets, Heading, Paragraph, Table
from tillit.letters.fill import Filled, said_of
from tillit.letters.word_template import from_template, saved

_HERE = "\ue0ff"
"""What stands in the filled letterhead where the text goes; no value can hold it."""


def word(filled: Filled, letterhead: bytes) -> bytes:
    """The Word file. A template of the municipality's own is a whole letter already, and takes no letterhead."""
    if filled.word:
        return filled.word
    import docx  # optional extra

    context = {"head": said_of(filled.head), "text": _HERE}
    made = docx.Document(io.BytesIO(from_template(letterhead, context, filled.head)))
    here = next(one for one in made.paragraphs if one.text == _HERE)
    for block in filled.blocks:
        _put(made, here, block)
    here._p.getparent().remove(here._p)  # type: ignore[union-attr]  # it stands in the body, which is its parent
    return saved(made, filled.head)


def _put(made: Any, here: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            here.insert_paragraph_before(text, _style(made, f"Heading {level}"))
        case Paragraph(text):
            here.insert_paragraph_before(text, _style(made, "Normal"))
        case Bullets(items):
            for item in items:
                here.insert_paragraph_before(item, _style(made, "List Bullet"))
        case Table(heads, rows):
            _table(made, here, heads, rows)


def _table(made: Any, here: Any, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from docx.oxml import OxmlElement  # optional extra

    all_rows = [heads, *rows] if heads else list(rows)
    table = made.add_table(len(all_rows), max(len(row) for row in all_rows), _style(made, "Table Grid"))
    for cells, row in zip(table.rows, all_rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = text
    if heads:
        # Read aloud, and at the top of each page that the table goes on to.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        for cell in row.cells if heads and row is table.rows[0] else [] if heads else row.cells[:1]:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    here._p.addprevious(table._tbl)
    here.insert_paragraph_before("", _style(made, "Normal"))


def _style(made: Any, name: str) -> Any:
    # A letterhead of the municipality's own may lack a style: the text matters more than its look.
    styles = made.styles
    return styles[name] if name in styles else None  # noqa: SIM401 - it has no get
