"""Whatever comes, there is one clear message, nothing half stored, and a record that it came."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.readers.delivered import content, csv_text, new_store, written
from tillit.readers import read_file
from tillit.store import Delivery, Refusal, Store

HEADINGS = ["Rad", "Anordnare", "Assistent", "Brukare", "Datum", "Från", "Till", "Typ"]
LINE = ["R1", "5560160680", "A", "K1", "2025-03-03", "08:00", "09:00", "active"]
GOOD = csv_text(HEADINGS, [LINE])
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def workbook(far: bool = False) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, LINE)
        if far:
            sheet.write(1_048_575, 16_383, "x")
    return file.getvalue()


def packed(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


def repeated_ods() -> bytes:
    row = (
        f'<t:table-row xmlns:t="{_TABLE}" t:number-rows-repeated="1000000">'
        '<t:table-cell t:number-columns-repeated="1000"><p>x</p></t:table-cell></t:table-row>'
    )
    return packed(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content_xml=f'<c><t:table xmlns:t="{_TABLE}">{row}</t:table></c>',
    )


BOMB = packed(xl__workbook_xml=b"0" * (80 << 20))

BAD: list[tuple[str, bytes, Refusal]] = [
    ("empty", b"", Refusal(0, "the file is empty", "ask the sender for it again")),
    ("only blanks", b" \r\n\r\n", Refusal(0, "the file is empty", "ask the sender for it again")),
    (
        "a PDF",
        b"%PDF-1.7\n1 0 obj",
        Refusal(0, "the file is a PDF, which holds pages and no rows", "ask for the same list as CSV or XLSX"),
    ),
    (
        "a web page",
        b"<!DOCTYPE html><html><table><tr><td>a</td></tr></table></html>",
        Refusal(0, "the file is a web page, whatever its name says", "ask for the same list as CSV or XLSX"),
    ),
    (
        "a wrong encoding",
        GOOD.encode("utf-16-le"),
        Refusal(
            1,
            "the file has empty bytes in it: it is UTF-16 without its mark, or no text",
            "export it again as UTF-8",
        ),
    ),
    (
        "a truncated workbook",
        workbook()[:-300],
        Refusal(0, "the file is cut off or damaged", "ask the sender for it again"),
    ),
    (
        "a workbook with a broken part",
        packed(xl__workbook_xml="<workbook", xl__worksheets__sheet1_xml="<worksheet"),
        Refusal(
            0, "the spreadsheet is cut off, damaged or locked", "ask for it again, without a password"
        ),
    ),
    (
        "a bomb",
        BOMB,
        Refusal(
            0,
            f"the file of {len(BOMB)} bytes unpacks to {80 << 20}, as no list does",
            "it is not opened: ask the sender for the list as CSV",
        ),
    ),
    (
        "a cell at the far end of a sheet",
        workbook(far=True),
        Refusal(
            0,
            "a sheet spans 17179869184 cells, and at most 20000000 are read",
            "delete what lies outside the list, or save it as CSV",
        ),
    ),
    (
        "an ODS that repeats a row a million times",
        repeated_ods(),
        Refusal(
            0,
            "a sheet spans 1000000000 cells, and at most 20000000 are read",
            "delete what lies outside the list, or save it as CSV",
        ),
    ),
    (
        "a packed folder",
        packed(list="a;b"),
        Refusal(
            0, "the file is a packed folder or document, and no spreadsheet", "unpack it; give its files"
        ),
    ),
    (
        "a quotation mark left open",
        (GOOD + 'R2;"5560160680;A;K1;2025-03-03;08:00;09:00;active\n' + GOOD).encode(),
        Refusal(
            3,
            "a quotation mark opens a cell and is not closed",
            "close it, or double it where it is part of the text",
        ),
    ),
    (
        "billion laughs",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
        Refusal(0, "no source knows this kind of XML", "ask the sender what it is; a new kind needs a reader"),
    ),
    (
        "a broken JSON",
        b'[{"datum": "2025-01-01"',
        Refusal(
            1,
            "the JSON is broken or cut off: Expecting ',' delimiter",
            "ask the sender for the whole file again",
        ),
    ),
    (
        "headings and nothing below",
        GOOD.splitlines()[0].encode(),
        Refusal(0, "nothing of the file is stored: it has no lines", "ask the sender for a right file"),
    ),
    (
        "text that is no table",
        b"Dear madam,\nplease find the list enclosed.\n",
        Refusal(0, "no source knows the file", "make a source for it from the proposal, or name one"),
    ),
]  # fmt: skip


def nothing_lies_about(store: Store) -> bool:
    """Whether there is nothing but whole deliveries and received files."""
    left = [
        *(store.folder / "deliveries").glob(".draft-*"),
        *(store.folder.parent / "protected" / "received").glob("*-*"),
    ]
    return not left


@pytest.mark.parametrize(("name", "data", "refusal"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_rejected_with_one_message_and_recorded(
    name: str, data: bytes, refusal: Refusal, tmp_path: Path
) -> None:
    """M199: what falls short in a delivery is told, line by line, and stays with the delivery."""
    store = new_store(tmp_path)
    delivery = read_file(written(tmp_path, data), store, content())
    assert (delivery.status, delivery.refusals, delivery.rows) == ("rejected", [refusal], {})
    assert list(store.deliveries()) == [delivery]
    assert list((store.folder / "deliveries").rglob("*.parquet")) == []
    assert nothing_lies_about(store)


def test_two_hundred_columns_are_read_when_the_source_is_named_and_each_is_told(tmp_path: Path) -> None:
    headings = HEADINGS + [f"Kolumn {number}" for number in range(1, 193)]
    text = csv_text(headings, [LINE + ["x"] * 192])
    store = new_store(tmp_path)
    delivery = read_file(written(tmp_path, text), store, content(), source="template_time_entry")
    assert (delivery.lines_stored, len(delivery.unread)) == (1, 192)
    named = ", ".join(f"'Kolumn {number}'" for number in range(1, 11))
    assert delivery.remarks[0].what == f"columns {named} and 182 more were not read"


def test_one_column_that_is_not_known_is_told_with_what_to_do(tmp_path: Path) -> None:
    delivery = read_file(written(tmp_path, csv_text([*HEADINGS, "Km"], [[*LINE, "3"]])), new_store(tmp_path), content())
    told = [f"{remark.what}: {remark.fix}" for remark in delivery.remarks if not remark.line]
    assert told == ["column 'Km' was not read: name it under columns or ignores in source.yaml"]


def test_a_negative_amount_is_an_amount(tmp_path: Path) -> None:
    text = "datum;forvaltning;leverantor;leverantor_id;faktura_nr;konto;belopp\n2025-03-31;O;X AB;;1;4630 Köp;-12,50\n"
    delivery = read_file(written(tmp_path, text), new_store(tmp_path), content())
    assert [(total.of, total.stored) for total in delivery.totals] == [("supplier_ledger.amount_ore", -1250)]


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = read_file(written(tmp_path, GOOD, "a.csv"), store, content())
    made = next((store.folder / "deliveries").rglob("*.parquet")).stat().st_mtime_ns
    again = read_file(written(tmp_path, GOOD, "b.csv"), store, content())
    assert (again, [each.sha256 for each in store.deliveries()]) == (first, [first.sha256])
    assert next((store.folder / "deliveries").rglob("*.parquet")).stat().st_mtime_ns == made


def test_a_file_that_was_changed_after_it_was_read_is_another_delivery(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = read_file(written(tmp_path, GOOD), store, content())
    second = read_file(written(tmp_path, GOOD.replace("09:00", "10:00")), store, content())
    assert [delivery.totals[0].stored for delivery in (first, second)] == [60, 120]
    assert second.remarks[0].what == "another file named 'file.csv' was read before, and its rows are kept too"
    assert len(store.parquet("time_entry", [first.sha256, second.sha256])) == 2


def test_two_files_that_contradict_each_other_are_both_kept_with_where_each_row_came_from(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    given: list[Delivery] = [
        read_file(written(tmp_path, GOOD.replace("09:00", end), name), store, content())
        for end, name in (("09:00", "a.csv"), ("10:00", "b.csv"))
    ]
    assert [delivery.name for delivery in given] == ["a.csv", "b.csv"]
    assert len({delivery.row_id(1) for delivery in given}) == 2
