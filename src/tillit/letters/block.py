"""The blocks that a filled text is made of; the page, the Word file and the PDF are each made from them."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; lines within it are parted by a line break."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells. Without headings it is facts: a name and what it is."""

    kind: ClassVar[str] = "table"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table


def plain(blocks: list[Block]) -> str:
    """The blocks as text to read and to compare, as in example.txt beside a document.

    >>> plain([Heading("Beslut", 1), Paragraph("Vi inleder."), Bullets(("ett", "två")), Table((), (("Dag", "2"),))])
    'Beslut\\n======\\n\\nVi inleder.\\n\\n- ett\\n- två\\n\\nDag: 2\\n'
    """
    return "\n\n".join(_plain(block) for block in blocks) + "\n"


def _plain(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{text}\n{('=' if level == 1 else '-') * len(text)}"
        case Paragraph(text):
            return text
        case Bullets(items):
            return "\n".join(f"- {item}" for item in items)
        case Table((), rows):
            return "\n".join(": ".join(row) for row in rows)
        case Table(heads, rows):
            return "\n".join(" | ".join(row) for row in (heads, *rows))
