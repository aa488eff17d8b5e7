"""XML from nested calls, so that a writer looks like the document that it writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

Make = Callable[..., etree._Element]


def maker(default: str, **prefixes: str) -> Make:
    """A function that makes elements: a name (`cbc:ID` where it has a prefix), what is inside, attributes.

    >>> make = maker("urn:a")
    >>> etree.tostring(make("Sum", make("Amount", "12.50", currency="SEK"), None)).decode()
    '<Sum xmlns="urn:a"><Amount currency="SEK">12.50</Amount></Sum>'
    """
    namespaces: Any = {None: default, **prefixes}  # None is the default namespace, which lxml's types leave out

    def make(name: str, *inside: etree._Element | str | None, **attributes: str) -> etree._Element:
        prefix, _, local = name.rpartition(":")
        element = etree.Element(f"{{{namespaces[prefix or None]}}}{local}", attributes, nsmap=namespaces)
        for part in inside:
            if isinstance(part, str):
                element.text = part
            elif part is not None:
                element.append(part)
        return element

    return make


def write(path: Path, root: etree._Element) -> None:
    """The document as UTF-8, indented."""
    path.parent.mkdir(parents=True, exist_ok=True)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
