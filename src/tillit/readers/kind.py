"""What a file is, by its first bytes: its name is never asked."""

import zipfile
import zlib
from pathlib import Path
from typing import Literal

from tillit.readers.unreadable import Unreadable

FileKind = Literal["text", "xlsx", "xls", "ods", "xml", "json"]

NOT_WHOLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)
"""What reading a packed file that is cut off or damaged ends in, wherever the damage lies."""

_HEAD = 4096
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BLANK = b" \t\r\n"
_LARGEST_UNPACKED = 2 << 30
_LARGEST_RATIO = 250
_RATIO_MATTERS_FROM = 64 << 20
_CSV_OR_XLSX = "ask for the same list as CSV or XLSX"


class EmptyFile(Unreadable):
    """There is nothing in the file."""


class WrongKind(Unreadable):
    """The file is of a kind that holds no rows."""


class DamagedFile(Unreadable):
    """The file was cut off or damaged on its way."""


class ZipBomb(Unreadable):
    """The file unpacks to far more than any list has."""


def kind_of(path: Path) -> FileKind:
    """What kind of file it is.

    Raises: EmptyFile; WrongKind; DamagedFile; ZipBomb.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)
    if not start and path.stat().st_size <= _HEAD:
        raise EmptyFile("the file is empty", fix="ask the sender for it again")
    if start.startswith(b"%PDF"):
        raise WrongKind("the file is a PDF, which holds pages and no rows", fix=_CSV_OR_XLSX)
    if start.startswith(b"PK"):
        return _zip_kind(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if start[:1] in (b"{", b"["):
        return "json"
    if start.startswith(b"<") or (head[:2] in _UTF16 and head[2:4] in (b"<\0", b"\0<")):
        return _markup_kind(start)
    return "text"


def _markup_kind(start: bytes) -> FileKind:
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<table")):
        raise WrongKind("the file is a web page, whatever its name says", fix=_CSV_OR_XLSX)
    return "xml"


def _zip_kind(path: Path) -> FileKind:
    """A spreadsheet by what is packed in it, once it is known to be whole and of a size that can be unpacked."""
    damaged = DamagedFile("the file is cut off or damaged", fix="ask the sender for it again")
    try:
        with zipfile.ZipFile(path) as packed:
            _check_unpacked(packed, path.stat().st_size)
            names = set(packed.namelist())
            if packed.testzip() is not None:
                raise damaged
            opendocument = "mimetype" in names and packed.read("mimetype")[:64].endswith(b"opendocument.spreadsheet")
    except NOT_WHOLE:
        raise damaged from None
    except RuntimeError:  # zipfile's word for a password
        raise WrongKind("the file is locked with a password", fix="ask for it without one") from None
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if opendocument:
        return "ods"
    raise WrongKind("the file is a packed folder or document, and no spreadsheet", fix="unpack it; give its files")


def _check_unpacked(packed: zipfile.ZipFile, size: int) -> None:
    """Takes the sizes that the file states of itself; that they are true is seen when it is tested."""
    unpacked = sum(entry.file_size for entry in packed.infolist())
    ratio = unpacked / max(size, 1)
    if unpacked > _LARGEST_UNPACKED or (unpacked > _RATIO_MATTERS_FROM and ratio > _LARGEST_RATIO):
        what = f"the file of {size} bytes unpacks to {unpacked}, as no list does"
        raise ZipBomb(what, fix="it is not opened: ask the sender for the list as CSV")
