"""How many cells a packed spreadsheet spans, counted before it is opened: a few bytes can say thousands of millions."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from tillit.readers.kind import NOT_WHOLE, DamagedFile, ZipBomb

MOST_CELLS = 20_000_000
_CHUNK = 1 << 20
_OVERLAP = 64  # an attribute may lie over the edge of two chunks
_CELL = re.compile(rb'\br="([A-Z]{1,4})([0-9]{1,10})"')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check_span(path: Path) -> None:
    """Looks through a spreadsheet (XLSX or ODS) before it is read into memory.

    Raises: ZipBomb for a sheet of more cells than are read; DamagedFile.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check(_cells_of_xlsx(packed, name))
                elif name == "content.xml":
                    with packed.open(name) as file:
                        _check(max(_cells_of_ods(file), default=0))
    except (*NOT_WHOLE, RuntimeError):  # the last is zipfile's word for a password
        raise DamagedFile("the spreadsheet is damaged or locked", fix="ask for it again, without a password") from None


def _check(cells: int) -> None:
    if cells > MOST_CELLS:
        what = f"a sheet spans {cells} cells, and at most {MOST_CELLS} are read"
        raise ZipBomb(what, fix="delete what lies outside the list, or save it as CSV")


def _cells_of_xlsx(packed: zipfile.ZipFile, name: str) -> int:
    """Rows times columns up to the farthest cell, filled or not: so much is held when the sheet is read."""
    rows = columns = 0
    with packed.open(name) as file:
        rest = b""
        for part in iter(lambda: file.read(_CHUNK), b""):
            chunk = rest + part
            for letters, number in set(_CELL.findall(chunk)):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            rest = chunk[-_OVERLAP:]
    return rows * columns


def _column(letters: bytes) -> int:
    """The number of a column.

    >>> _column(b"A"), _column(b"AA"), _column(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells_of_ods(file: IO[bytes]) -> Iterator[int]:
    """Cells of each table up to its last filled row and cell; what says `repeated` counts as often."""
    rows = width = pending = 0
    tags = (f"{_TABLE}table-row", f"{_TABLE}table")
    try:
        for _, element in etree.iterparse(file, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == tags[1]:
                yield rows * width
                rows = width = pending = 0
            else:
                filled = _filled_width(element)
                repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                if filled:
                    rows += pending + repeated
                    width, pending = max(width, filled), 0
                else:
                    pending += repeated
                element.clear()
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedFile("the spreadsheet is damaged", fix="ask for it again") from None


def _filled_width(row: etree._Element) -> int:
    width = filled = 0
    for cell in row:
        width += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell):
            filled = width
    return filled
