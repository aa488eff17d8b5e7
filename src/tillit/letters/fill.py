"""Fills a document: its text with the values of a matter, as blocks, with what is still missing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tillit.catalogue import Document
from tillit.letters.block import Block
from tillit.letters.head import Head
from tillit.letters.text import blocks_of
from tillit.letters.value import clean, day, written
from tillit.letters.word_template import blocks_in, from_template


@dataclass(frozen=True)
class Filled:
    """A filled document. `word` holds the file where the municipality has a Word template of its own for it."""

    document: Document
    head: Head
    blocks: list[Block]
    missing: list[str]
    word: bytes = b""


def fill(document: Document, values: Mapping[str, Any], *, head: Head) -> Filled:
    """A document filled with values, each as its field's type says (value.py).

    Gives: its blocks, and under `missing` the names of the fields that must be filled and are not.
    Raises: WrongLetterValueError that names the field.
    """
    said = {name: written(name, field, values.get(name)) for name, field in document.fields.items()}
    missing = [name for name, field in document.fields.items() if field.required and _empty(values.get(name))]
    context = {"head": said_of(head), **said}
    if document.word:
        file = from_template(document.word, context, head)
        return Filled(document, head, blocks_in(file), missing, file)
    return Filled(document, head, blocks_of(document.text, context), missing)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [])


def said_of(head: Head) -> dict[str, str]:
    """The head in words, as texts and letterheads say it."""
    return {name: day(head.day) if name == "day" else clean(str(value)) for name, value in asdict(head).items()}
