"""A Word file that someone gives as a template: read as text, and refused where there is more in it than text.

Macros, embedded programs, links to elsewhere and fields that fetch are how a Word file does things by itself.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

LARGEST = 5 * 2**20
LARGEST_UNPACKED = 40 * 2**20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MACROS = ("vbaproject.bin", "vbadata.xml", ".dotm", ".docm")
_EMBEDDED = ("word/embeddings/", "word/activex/", "word/controls/")
_HARMLESS_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "STYLEREF"}
_PREFIX = re.compile(r"\{%(-?)\s*(?:p|tr|tc|r)\s+")


class WordFault(NamedTuple):
    """What is wrong with a Word file, and what to do about it."""

    what: str
    fix: str


def word_faults(file: bytes) -> Iterator[WordFault]:
    """Why a Word file is not taken as a template; nothing where it may be."""
    if len(file) > LARGEST:
        yield WordFault(f"the file is {len(file) // 2**20} MB", f"use smaller pictures: at most {LARGEST // 2**20} MB")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                yield WordFault("the file is far larger unpacked", "save it anew in Word, without what is not seen")
                return
            if "word/document.xml" not in packed.namelist():
                yield _NO_WORD
                return
            yield from _of_names(packed.namelist())
            for name in packed.namelist():
                if name.endswith((".xml", ".rels")):
                    yield from _of_part(name, packed.read(name))
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        yield _NO_WORD


def word_text(file: bytes) -> str:
    """All text of a Word file, a paragraph a line, with docxtpl's own prefixes taken away: as one template."""
    found = []
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        for name in sorted(packed.namelist()):
            if _TEXT_PARTS.fullmatch(name):
                root = _parsed(packed.read(name))
                found += ["".join(one.text or "" for one in line.iter(f"{_W}t")) for line in root.iter(f"{_W}p")]
    return _PREFIX.sub(r"{%\1 ", "\n".join(found))


_NO_WORD = WordFault("this is no Word file (.docx)", "save it in Word as .docx")


def _of_names(names: list[str]) -> Iterator[WordFault]:
    low = [name.lower() for name in names]
    if any(name.endswith(_MACROS) for name in low):
        yield WordFault("there are macros in it, which are programs", "save it as .docx, without macros")
    if any(name.startswith(_EMBEDDED) for name in low):
        yield WordFault("another file or control is embedded in it", "take it away, or paste it as a picture")
    if any("afchunk" in name for name in low):
        yield WordFault("another document is folded into it", "paste its text instead")


def _of_part(name: str, data: bytes) -> Iterator[WordFault]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield WordFault(f"{name} declares things of its own (DTD)", "save it anew in Word")
        return
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError:
        yield WordFault(f"{name} cannot be read", "save it anew in Word")
        return
    for one in root.iter():
        if one.get("TargetMode") == "External":
            yield WordFault("it links to something outside itself", "take away links, linked pictures and templates")
        # Word may split a field's instruction over several pieces: they are read as one, paragraph by paragraph.
        if one.tag == f"{_W}p":
            yield from _of_fields(one)
        if one.tag == f"{_W}fldSimple":
            yield from _of_field(one.get(f"{_W}instr") or "")
        if isinstance(one.tag, str) and one.tag.endswith("}altChunk"):
            yield WordFault("another document is folded into it", "paste its text instead")


def _of_fields(paragraph: etree._Element) -> Iterator[WordFault]:
    instruction = ""
    for one in paragraph.iter(f"{_W}instrText", f"{_W}fldChar"):
        if one.tag == f"{_W}instrText":
            instruction += one.text or ""
        elif instruction.strip():
            yield from _of_field(instruction)
            instruction = ""
    if instruction.strip():
        yield from _of_field(instruction)


def _of_field(instruction: str) -> Iterator[WordFault]:
    name = instruction.split()[0].upper() if instruction.split() else ""
    if name not in _HARMLESS_FIELDS:
        yield WordFault(f"the Word field '{name[:20]}' is not taken", "write text, or {{ a field }}, in its place")


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
