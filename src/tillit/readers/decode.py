"""Which letters the bytes of a text stand for, in the order that Swedish files call for; nothing is replaced."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from tillit.readers.unreadable import Unreadable

_CHUNK = 1 << 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SWEDISH_CP1252 = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")
_SWEDISH_CP850 = re.compile(rb"[\x86\x84\x94\x8f\x8e\x99]")
_SWEDISH_UTF8 = re.compile(rb"\xc3[\xa5\xa4\xb6\x85\x84\x96]")

_LOST_LETTER = "\ufffd".encode()


class WrongEncoding(Unreadable):
    """The bytes are no text in any encoding that Swedish files come in."""


def encoding_of(path: Path, declared: str = "") -> str:
    """The encoding of a text: by its mark, else UTF-8 if it is right, else declared, cp1252 or cp850.

    cp850 is taken only where its bytes for å, ä and ö outnumber those of cp1252.

    Raises: WrongEncoding.
    """
    with path.open("rb") as file:
        head = file.read(4)
        marked = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")
        file.seek(0)
        if marked:
            return _checked(file, marked)
        nul_line, broken_line = _first_faults(file)
        if nul_line:
            what = "the file has empty bytes in it: it is UTF-16 without its mark, or no text"
            raise WrongEncoding(what, line=nul_line, fix="export it again as UTF-8")
        if not broken_line:
            return "utf-8"
        file.seek(0)
        seen = _letters(file)
        if seen.utf8 > seen.cp1252:
            what = "the file is UTF-8, but not all of it"
            raise WrongEncoding(what, line=broken_line, fix="export it again, all of it as UTF-8")
        file.seek(0)
        return _checked(file, declared or ("cp850" if seen.cp850 > seen.cp1252 else "cp1252"))


@dataclass
class _Letters:
    """How many bytes of a file are the Swedish letters of each encoding."""

    cp1252: int = 0
    cp850: int = 0
    utf8: int = 0


def _letters(file: IO[bytes]) -> _Letters:
    seen = _Letters()
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        seen.cp1252 += len(_SWEDISH_CP1252.findall(chunk))
        seen.cp850 += len(_SWEDISH_CP850.findall(chunk))
        seen.utf8 += len(_SWEDISH_UTF8.findall(chunk))
    return seen


def _first_faults(file: IO[bytes]) -> tuple[int, int]:
    """The line of the first empty byte, and the first line that is not UTF-8; 0 for none."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    line, broken_line = 1, 0
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        if b"\0" in chunk:
            return line + _line_ends(chunk[: chunk.index(b"\0")]), broken_line
        if not broken_line and not _decodes(utf8, chunk):
            broken_line = line + _line_ends(chunk[: _fault(chunk)])
        line += _line_ends(chunk)
    if not broken_line and not _decodes(utf8, b"", final=True):
        broken_line = line
    return 0, broken_line


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _fault(chunk: bytes) -> int:
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return len(chunk)


def _line_ends(chunk: bytes) -> int:
    lines = chunk.count(b"\n")
    return lines or chunk.count(b"\r")


def _checked(file: IO[bytes], encoding: str) -> str:
    """The encoding, if the whole file is right in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        if not _decodes(decoder, chunk):
            what = f"the file is not all {encoding.removesuffix('-sig')}"
            raise WrongEncoding(what, line=line, fix="export it again as UTF-8")
        line += _line_ends(chunk)
    if not _decodes(decoder, b"", final=True):
        raise WrongEncoding("the file ends in the middle of a letter", line=line, fix="ask the sender for it again")
    return encoding


class Body(NamedTuple):
    """How many lines a text has, how often a sign stands in it, and how often that of a lost letter."""

    lines: int
    signs: int
    lost_letters: int


def write_utf8(path: Path, encoding: str, skip_lines: int, to: Path, sign: str) -> Body:
    """Writes the text after its first lines as UTF-8 with line feeds; blank lines at the end are left out.

    Line ends may be CRLF, LF or bare CR. Takes: the sign to be counted on the way.
    """
    lines = signs = lost = 0
    held = b""
    with to.open("wb") as out:
        for chunk in _utf8_chunks(path, encoding, skip_lines):
            whole = held + chunk
            kept = whole.rstrip(b"\n")
            held = whole[len(kept) :]
            lines += kept.count(b"\n")
            signs += kept.count(sign.encode())
            lost += kept.count(_LOST_LETTER)
            out.write(kept)
        return Body(lines + 1 if out.tell() else 0, signs, lost)


def _utf8_chunks(path: Path, encoding: str, skip_lines: int) -> Iterator[bytes]:
    if encoding in ("utf-8", "utf-8-sig"):
        yield from _chunks_with_line_feeds(path, skip_lines)
        return
    with path.open(encoding=encoding, newline=None) as text:
        for _ in range(skip_lines):
            text.readline()
        for part in iter(lambda: text.read(_CHUNK), ""):
            yield part.encode()


def _chunks_with_line_feeds(path: Path, skip_lines: int) -> Iterator[bytes]:
    """UTF-8 is not decoded and encoded again, which would take most of the time of reading a large file."""
    with path.open("rb") as file:
        returned = b""
        for part in iter(lambda: file.read(_CHUNK), b""):
            chunk = returned + part
            returned = b""
            if b"\r" in chunk:
                if chunk.endswith(b"\r"):  # its line feed may be the first byte of the next chunk
                    chunk, returned = chunk[:-1], b"\r"
                chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            while skip_lines and chunk:
                _, end, chunk = chunk.partition(b"\n")
                skip_lines -= bool(end)
            yield chunk
        if returned and not skip_lines:
            yield b"\n"
