"""XML from outside: what is unsafe or broken gives one clear message, and nothing of it is stored."""

from pathlib import Path

import pytest

from tests.readers.delivered import read, refused
from tillit.readers.unreadable import TooLarge, check_size
from tillit.readers.xml import each, line_of, opening_tags, parse_xml

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
NO_DTD = "the XML carries a DTD, which could hide anything"


def laughs() -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE Invoice [{entities}]><Invoice xmlns="{INVOICE}">&a9;</Invoice>'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (laughs(), 0, NO_DTD),
        (f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice xmlns="{INVOICE}">&e;</Invoice>', 0, NO_DTD),
        (f'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:1/x.dtd"><Invoice xmlns="{INVOICE}"/>', 0, NO_DTD),
        (f'<Invoice xmlns="{INVOICE}">\n<ID>1', 2, "the XML is broken: Premature end of data in tag ID line 2"),
        (
            f'<Invoice xmlns="{INVOICE}"><a></b></Invoice>',
            1,
            "the XML is broken: Opening and ending tag mismatch: a line 1 and b",
        ),
        (f'<Invoice xmlns="{INVOICE}">' + "<a>" * 3000, 1, "elements lie too deep in each other"),
        (
            f'<?xml version="1.0" encoding="UTF-8"?><Invoice xmlns="{INVOICE}">Städ</Invoice>'.encode("cp1252"),
            1,
            "the letters are not in the encoding that the file says",
        ),
    ],
    ids=["billion laughs", "external entity", "harmless DTD", "truncated", "wrongly nested", "too deep", "encoding"],
)
def test_bad_xml_is_one_clear_message(tmp_path: Path, text: str | bytes, line: int, what: str) -> None:
    delivery, store = read(tmp_path, text)
    assert (delivery.status, delivery.source, refused(delivery)) == ("rejected", "peppol_bis_billing_3", [(line, what)])
    assert store.parquet("invoice", [delivery.sha256]) == []


def test_a_document_that_is_too_large_is_not_read() -> None:
    check_size(100 << 20)
    with pytest.raises(TooLarge) as told:
        check_size(101 << 20)
    assert str(told.value) == "the document has 101 MB, and at most 100 MB are read: ask the sender for it in parts"


def test_a_text_of_an_embedded_picture_may_be_long(tmp_path: Path) -> None:
    file = tmp_path / "picture.xml"
    file.write_bytes(b"<a>" + b"x" * 11_000_000 + b"</a>")
    assert len(parse_xml(file).text or "") == 11_000_000


def test_the_line_of_an_element_is_known_beyond_65535(tmp_path: Path) -> None:
    file = tmp_path / "long.xml"
    file.write_text("<a>\n" + "<b>1</b>\n" * 70_000 + "</a>")
    assert line_of(each(parse_xml(file), "b")[-1]) == 70_001


@pytest.mark.parametrize("head", [b"", b"no xml", b"\x00\x01", b"<", b"<?xml version='1.0'"])
def test_what_is_no_xml_has_no_opening_tags(head: bytes) -> None:
    assert opening_tags(head) == []
