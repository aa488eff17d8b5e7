"""A line of a file as its cells, and the few first lines by which a file is recognised."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tillit.readers.unreadable import Unreadable

LINES_TRIED = 40
"""A header is looked for in so many lines."""

DELIMITERS = ";,\t|"
_LONGEST = 200  # lines; a quotation mark that opens and is closed so far away was never meant to open
_COUNTED = 400
_QUOTE = '"'


class UnclosedQuote(Unreadable):
    """A quotation mark opens a cell and does not close it."""


class Record(NamedTuple):
    """The cells of one line of a table; a quoted cell may go on over several lines of the file."""

    line: int
    last_line: int
    cells: list[str]


@dataclass(frozen=True)
class Preview:
    """The first records of a table, and where in the file it is."""

    records: list[Record]
    delimiter: str = ""
    sheet: str = ""


def records(lines: Iterable[str], delimiter: str, first_line: int = 1) -> Iterator[Record]:
    """The records of a text of lines, blank ones too.

    Raises: UnclosedQuote.

    >>> [record.cells for record in records(['a;"b', 'c";d', ''], ";")]
    [['a', 'b\\nc', 'd'], []]
    """
    quotes = 0

    def counted() -> Iterator[str]:
        nonlocal quotes
        for line in lines:
            quotes += line.count(_QUOTE)
            yield line if line.endswith("\n") else line + "\n"

    line = first_line
    reader = csv.reader(counted(), delimiter=delimiter)
    try:
        for cells in reader:
            last = first_line + reader.line_num - 1
            # At the end of the file the last record may be one that a quotation mark holds open.
            if last - line > _LONGEST or (last > line and quotes % 2):
                raise _unclosed(line)
            yield Record(line, last, cells)
            line, quotes = last + 1, 0
    except csv.Error:  # a cell of more than 131072 signs
        raise _unclosed(line) from None


def delimiters_by_likeness(lines: Sequence[str]) -> list[str]:
    """The delimiters that may be meant, the likeliest first: that which divides the most lines alike.

    >>> delimiters_by_likeness(['a;b;c', '1,5;2,5;"x,y"', '3;4,5;z'])[0]
    ';'
    """
    return sorted(DELIMITERS, key=lambda delimiter: -_alike(lines[:_COUNTED], delimiter))


def _alike(lines: Sequence[str], delimiter: str) -> float:
    """How many cells a line mostly has beyond the first, times the share of the lines that have so many."""
    try:
        widths = [len(record.cells) for record in records(lines, delimiter) if record.cells]
    except UnclosedQuote:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (usual - 1) * widths.count(usual) / max(len(widths), 1)


def _unclosed(line: int) -> UnclosedQuote:
    what = "a quotation mark opens a cell and is not closed"
    return UnclosedQuote(what, line=line, fix="close it, or double it where it is part of the text")
