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

_TOO_LARGE = f"Filen är för stor, eller blir det när den packas upp: använd mindre bilder, högst {LARGEST // 2**20} MB"
_UNREADABLE = "En del av filen kan inte läsas: spara om den i Word"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MACROS = ("vbaproject.bin", "vbadata.xml", ".dotm", ".docm")
_EMBEDDED = ("word/embeddings/", "word/activex/", "word/controls/")
_HARMLESS_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "STYLEREF"}
_PREFIX = re.compile(r"\{%(-?)\s*(?:p|tr|tc|r)\s+")


class WordFault(NamedTuple):
    """What is wrong with a Word file and what to do about it; `sv` says both to who gave it on a page."""

    what: str
    fix: str
    sv: str


def word_faults(file: bytes) -> Iterator[WordFault]:
    """Why a Word file is not taken as a template; nothing where it may be."""
    if len(file) > LARGEST:
        yield WordFault(
            f"the file is {len(file) // 2**20} MB", f"use smaller pictures: at most {LARGEST // 2**20} MB", _TOO_LARGE
        )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                yield WordFault(
                    "the file is far larger unpacked", "save it anew in Word, without what is not seen", _TOO_LARGE
                )
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


def letter_faults(file: bytes) -> Iterator[WordFault]:
    """Why a Word file is not taken as a letter to send: what a template may not hold, and what its reader cannot see.

    Tracked changes, comments and hidden text would reach the receiver; a place for code says that it is no letter yet.
    """
    found = list(word_faults(file))
    yield from found
    if found:
        return
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        names = [name for name in packed.namelist() if name.endswith(".xml")]
        if any(name.startswith("word/comments") for name in names):
            yield _UNSEEN
        for root in (_parsed(packed.read(name)) for name in names if _TEXT_PARTS.fullmatch(name)):
            if (
                next(root.iter(*(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo", "vanish"))), None)
                is not None
            ):
                yield _UNSEEN
    if re.search(r"\{\{|\{%|\{#", word_text(file)):
        yield WordFault(
            "there is a place for a field or code in it",
            "fill it in",
            "Det står kod i texten, som {{ eller {%: skriv färdigt",
        )


def word_text(file: bytes) -> str:
    """All text of a Word file, a paragraph a line, with docxtpl's own prefixes taken away: as one template."""
    found = []
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        for name in sorted(packed.namelist()):
            if _TEXT_PARTS.fullmatch(name):
                root = _parsed(packed.read(name))
                found += ["".join(one.text or "" for one in line.iter(f"{_W}t")) for line in root.iter(f"{_W}p")]
    return _PREFIX.sub(r"{%\1 ", "\n".join(found))


_NO_WORD = WordFault(
    "this is no Word file (.docx)",
    "save it in Word as .docx",
    "Filen är ingen Word-fil (.docx): spara den i Word som .docx",
)

_UNSEEN = WordFault(
    "there is something in it that is not seen when it is read",
    "accept all tracked changes, take away comments and hidden text",
    "Den har spårade ändringar, kommentarer eller dold text: godta ändringarna och ta bort det andra",
)


def _of_names(names: list[str]) -> Iterator[WordFault]:
    low = [name.lower() for name in names]
    if any(name.endswith(_MACROS) for name in low):
        yield WordFault(
            "there are macros in it, which are programs",
            "save it as .docx, without macros",
            "Filen innehåller makron, som är program: spara den utan makron",
        )
    if any(name.startswith(_EMBEDDED) for name in low):
        yield WordFault(
            "another file or control is embedded in it",
            "take it away, or paste it as a picture",
            "En annan fil ligger i den: ta bort den",
        )
    if any("afchunk" in name for name in low):
        yield WordFault(
            "another document is folded into it",
            "paste its text instead",
            "Ett annat dokument är invikt i den: klistra in texten i stället",
        )


def _of_part(name: str, data: bytes) -> Iterator[WordFault]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield WordFault(f"{name} declares things of its own (DTD)", "save it anew in Word", _UNREADABLE)
        return
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError:
        yield WordFault(f"{name} cannot be read", "save it anew in Word", _UNREADABLE)
        return
    for one in root.iter():
        if one.get("TargetMode") == "External":
            yield WordFault(
                "it links to something outside itself",
                "take away links, linked pictures and templates",
                "Den har en länk ut ur sig: ta bort länkar, länkade bilder och mallar",
            )
        # Word may split a field's instruction over several pieces: they are read as one, paragraph by paragraph.
        if one.tag == f"{_W}p":
            yield from _of_fields(one)
        if one.tag == f"{_W}fldSimple":
            yield from _of_field(one.get(f"{_W}instr") or "")
        if isinstance(one.tag, str) and one.tag.endswith("}altChunk"):
            yield WordFault(
                "another document is folded into it",
                "paste its text instead",
                "Ett annat dokument är invikt i den: klistra in texten i stället",
            )


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
        yield WordFault(
            f"the Word field '{name[:20]}' is not taken",
            "write text, or {{ a field }}, in its place",
            f"Fältkoden {name[:20]} tas inte emot: skriv text i stället",
        )


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
