"""XML from outside: parsed without DTD, entities or network, within limits, and walked by plain names."""

import re
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path

from lxml import etree

from tillit.readers.unreadable import Unreadable, check_size

Element = etree._Element

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_LONGEST_NUMBER = 40


class UnsafeXml(Unreadable):
    """The XML declares entities or points out of itself, as no invoice or payment does."""


class BrokenXml(Unreadable):
    """The XML cannot be parsed: cut off, wrongly nested, or in another encoding than it says."""


def parse_xml(path: Path) -> Element:
    """The root of the XML in a file.

    Raises: TooLarge; UnsafeXml, also for a DTD that does no harm; BrokenXml with the parser's own line.
    """
    check_size(path.stat().st_size)
    try:
        root = etree.fromstring(path.read_bytes(), _parser())
    except etree.XMLSyntaxError as fault:
        raise _told(fault) from None
    document = root.getroottree().docinfo
    if document.internalDTD is not None or document.externalDTD is not None:
        raise _unsafe()
    return root


def opening_tags(head: bytes) -> list[str]:
    """The tags of the root and of the first element inside it, as far as the first bytes of a file tell.

    >>> opening_tags(b"<?xml version='1.0'?><Document xmlns='urn:x'><Stmt/>")
    ['{urn:x}Document', '{urn:x}Stmt']
    """
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    tags: list[str] = []
    with suppress(etree.XMLSyntaxError):  # what was read before a fault still tells
        parser.feed(head)
    for _, element in parser.read_events():
        if len(tags) < 2 and isinstance(element, Element):
            tags.append(str(element.tag))
    return tags


def each(element: Element, path: str) -> list[Element]:
    """The elements at a path of plain names, in whatever namespace."""
    return element.findall(_any_namespace(path))


def first(element: Element, path: str) -> Element | None:
    """The first element at a path of plain names, in whatever namespace."""
    return element.find(_any_namespace(path))


def text(element: Element, *paths: str) -> str:
    """The text at the first of the paths that has any, without the blanks around it.

    >>> text(etree.fromstring("<a xmlns='urn:x'><b/><c> 1 </c></a>"), "b", "c")
    '1'
    """
    for path in paths:
        for found in element.iterfind(_any_namespace(path)):  # stops at the first: there may be thousands
            if found.text and found.text.strip():
                return found.text.strip()
    return ""


def number(element: Element, *paths: str) -> Decimal | None:
    """The number at the first of the paths that has any text; nothing when that is no number."""
    return as_number(text(element, *paths))


def as_number(given: str) -> Decimal | None:
    """A text as the number that it is in XML, if it is one: with a decimal point, and never an exponent.

    >>> as_number("1.50"), as_number("1,50"), as_number("1E9")
    (Decimal('1.50'), None, None)
    """
    return Decimal(given) if len(given) <= _LONGEST_NUMBER and _NUMBER.fullmatch(given) else None


def line_of(element: Element) -> int:
    """The line of the file on which an element begins."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave its type out
    return line or 0


def _parser() -> etree.XMLParser:
    # huge_tree lifts the limit on one text, which an embedded picture passes; the limits on depth and on
    # entities stand even so.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _told(fault: etree.XMLSyntaxError) -> Unreadable:
    said = re.sub(r"(, line \d+)?, column \d+.*", "", str(fault.msg))
    line = fault.lineno or 1
    if "amplification" in said or "entity loop" in said:
        return _unsafe()
    if "depth" in said:
        return BrokenXml("elements lie too deep in each other", line=line, fix="ask the sender for another file")
    if "encod" in said or "UTF-8" in said:
        what = "the letters are not in the encoding that the file says"
        return BrokenXml(what, line=line, fix="ask the sender to write the file in UTF-8")
    # The parser repeats names of elements, never what stands in them.
    return BrokenXml(f"the XML is broken: {said}", line=line, fix="ask the sender for the whole file again")


def _unsafe() -> UnsafeXml:
    return UnsafeXml("the XML carries a DTD, which could hide anything", fix="ask the sender for the file without DTD")


@cache
def _any_namespace(path: str) -> str:
    return "/".join(step if step in (".", "..", "*") or "{" in step else f"{{*}}{step}" for step in path.split("/"))
