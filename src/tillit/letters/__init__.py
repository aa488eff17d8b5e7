"""Fills documents: the text of a document and the values of a matter become a page, a Word file and a PDF.

The same document, head and values give the same bytes, whenever and however often it is done.
"""

from tillit.letters.block import Block, Bullets, Heading, Paragraph, Table, plain
from tillit.letters.fill import Filled, fill
from tillit.letters.head import Head
from tillit.letters.pdf import NoPdfError, pdf
from tillit.letters.value import MONTHS, WrongLetterValueError
from tillit.letters.word import word
from tillit.letters.word_template import blocks_in

__all__ = [
    "MONTHS",
    "Block",
    "Bullets",
    "Filled",
    "Head",
    "Heading",
    "NoPdfError",
    "Paragraph",
    "Table",
    "WrongLetterValueError",
    "blocks_in",
    "fill",
    "pdf",
    "plain",
    "word",
]
