"""What a source's reader.py works with: the document, and the rows and sums that it gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tillit.readers.json_list import BrokenJson, json_items
from tillit.readers.unreadable import check_size
from tillit.readers.xml import Element, parse_xml
from tillit.store import Delivery

FIXED_WIDTH = 80
LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Row:
    """One row of a canonical table, as read: each value is still a text, or already what its column holds.

    A whole number in a column of öre is öre. Clock times are texts, naive datetimes the town's clock.
    `counted_in` names the sums it belongs to; a row that is our own, and no part of the file, is not `of_file`.
    """

    table: str
    line: int
    values: Mapping[str, object]
    counted_in: tuple[str, ...] = ()
    of_file: bool = True


@dataclass(frozen=True)
class Stated:
    """A sum that the file itself states: of a column over the rows counted in it, or of `rows` themselves."""

    line: int
    counted_in: str
    of: str
    value: int


class Document:
    """One kept file, and the few ways in which a reader looks at it."""

    def __init__(self, kept: Path, delivery: Delivery) -> None:
        self.kept = kept
        self.name = delivery.name
        self.sha256 = delivery.sha256
        self.encoding = ""
        self.lines_blank = 0
        self.lines_with_lost_letters: list[int] = []

    def root(self) -> Element:
        """The root of the XML. Raises: BrokenXml; UnsafeXml; TooLarge."""
        return self._root

    @cached_property
    def _root(self) -> Element:
        root = parse_xml(self.kept)
        self.encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
        return root

    def lines(self) -> list[tuple[int, str]]:
        """The lines that are not blank, each with its number, filled up with blanks to 80.

        Source: the giro formats are in ISO-8859-1; a file that is right UTF-8 was written anew by someone.
        """
        content = self._bytes()
        try:
            self.encoding, text = "utf-8", content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.encoding, text = "iso-8859-1", content.decode("iso-8859-1")
        lines = LINE_END.split(text)
        if not lines[-1].strip("\0\x1a "):  # what follows the last line end is no line
            lines.pop()
        kept = [(number, line.ljust(FIXED_WIDTH)) for number, line in enumerate(lines, start=1) if line.strip()]
        self.lines_blank = len(lines) - len(kept)
        self.lines_with_lost_letters = [number for number, line in kept if "\ufffd" in line]
        return kept

    def json(self) -> list[tuple[int, Any]]:
        """The values of a JSON list, each with its line. Raises: BrokenJson; TooLarge."""
        try:
            text = self._bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BrokenJson("the letters are not UTF-8, as those of JSON are", fix="ask for the file again") from None
        self.encoding = "utf-8"
        return list(json_items(text))

    def new_id(self, number: int | str) -> str:
        """An id that no other document gives, and that this one always gives."""
        return f"{self.sha256[:12]}-{number}"

    def _bytes(self) -> bytes:
        check_size(self.kept.stat().st_size)
        return self.kept.read_bytes()
