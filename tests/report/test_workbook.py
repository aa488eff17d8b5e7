"""The workbook has every finding and row, in cells that are numbers, days or texts, and never formulas."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from made_up import EVIL, FORMULA, PROVIDERS, catalogue, result
from python_calamine import CalamineWorkbook

from tillit.report import sheet
from tillit.report.sheet import Book, Column
from tillit.report.workbook import write_workbook
from tillit.store import Finding

TEST_NUMBER = "189001019802"  # from the official test series

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("book") / "findings.xlsx"
    write_workbook(result(), catalogue(), path)
    return path


def read(path: Path, name: str) -> Rows:
    headings, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows]


def row_of(rows: Rows, finding: Finding) -> dict[str, Any]:
    return next(row for row in rows if row["Fynd"] == finding.id)


def test_it_has_the_sheets_in_order(book):
    assert CalamineWorkbook.from_path(book).sheet_names == [
        "Sammanfattning", "Fynd", "Rader bakom", "Läst och avvisat", "Inte kontrollerat",
    ]  # fmt: skip


def test_every_finding_is_a_row_with_real_numbers_and_days(book):
    rows = read(book, "Fynd")
    assert {row["Fynd"] for row in rows} == {one.id for one in result().findings}
    assert len(rows) == len(result().findings)
    assert round(sum(row["Belopp att förklara"] for row in rows) * 100) == sum(
        one.at_risk_ore for one in result().findings
    )
    one = next(one for one in result().findings if one.control == "ASS-01")
    row = row_of(rows, one)
    day = date.fromisoformat(one.period_from[:10])
    summer = 2 if date(2025, 3, 30) <= day or day < date(2024, 10, 27) else 1
    assert row["Från"] == datetime(day.year, day.month, day.day, 9 + summer, 30)
    assert (row["Uppmätt"], row["Gräns"], row["Enhet"]) == (one.measured, one.limit, "minuter")
    assert (row["Brukare"], row["Assistent"]) == (one.client, one.worker)


def test_an_identifier_keeps_its_leading_zeros(book):
    assert {row["Konto"] for row in read(book, "Rader bakom") if row["Underlag"] == "Leverantörsreskontra"} == {"007"}


def test_every_row_behind_is_there_with_its_file_and_line(book):
    rows = read(book, "Rader bakom")
    one = result().findings[0]
    found = [(row["Fil"], row["På rad"]) for row in rows if row["Fynd"] == one.id]
    assert found == [(row.file, row.line) for row in one.evidence]
    assert len(rows) == sum(len(one.evidence) for one in result().findings)


def test_no_two_headings_are_the_same(book):
    for name in ("Fynd", "Rader bakom", "Läst och avvisat", "Inte kontrollerat"):
        headings = CalamineWorkbook.from_path(book).get_sheet_by_name(name).to_python()[0]
        assert len(headings) == len(set(headings))


def test_an_amount_stands_beside_its_currency(book):
    rows = [row for row in read(book, "Rader bakom") if row["Underlag"] == "Leverantörsreskontra"]
    assert {(row["Belopp netto"], row["Valuta"]) for row in rows} == {(12345.0, "SEK"), (12345.0, "GBP")}


def test_no_text_is_a_formula_here_or_in_a_spreadsheet_that_reads_it_as_csv(book):
    with ZipFile(book) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert [one for one in sheets if "<f>" in one or "hyperlink" in one.replace("HYPERLINK", "")] == []
    names = {row["Anordnare"] for row in read(book, "Fynd")}
    assert f"'{FORMULA}" in names
    assert EVIL in names
    for name in CalamineWorkbook.from_path(book).sheet_names:
        cells = [cell for row in CalamineWorkbook.from_path(book).get_sheet_by_name(name).to_python() for cell in row]
        assert [
            cell for cell in cells if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        ] == []


def test_refused_lines_are_all_there_and_in_swedish(book):
    rows = [row for row in read(book, "Läst och avvisat") if row["Slag"] == "Avvisad rad"]
    assert [row["Rad"] for row in rows if row["Fil"] == "tid-norr-2025-03.csv"] == list(range(40, 71))
    assert {row["Vad"] for row in rows} == {"filen är tom", "''25:00' är inget klockslag".removeprefix("'")}


def test_what_was_not_checked_says_how_to_get_a_template(book):
    assert [row["Kalkylblad att fylla i"] for row in read(book, "Inte kontrollerat")] == [
        "tillit template permit",
        "tillit template permit\ntillit template price",
    ]


def test_the_summary_adds_up(book):
    rows = CalamineWorkbook.from_path(book).get_sheet_by_name("Sammanfattning").to_python()
    totals = [row[:6] for row in rows if row[0] == "Alla fynd"]
    assert totals[0] == totals[1]
    assert sum(totals[0][1:4]) == len(result().findings)
    providers = [row[0] for row in rows[rows.index(next(row for row in rows if row[0] == "Per anordnare")) + 2 :]]
    assert {name for name in PROVIDERS.values() if name != FORMULA} <= set(providers)


def test_the_same_result_gives_the_same_bytes(book, tmp_path):
    write_workbook(result(), catalogue(), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_identities_are_in_it_only_when_they_were_asked_for(book, tmp_path):
    one = next(one for one in result().findings if one.client)
    write_workbook(result(), catalogue(), tmp_path / "with.xlsx", identities={one.client: TEST_NUMBER})
    rows = read(tmp_path / "with.xlsx", "Fynd")
    assert row_of(rows, one)["Brukarens identitet"] == TEST_NUMBER
    assert sum(TEST_NUMBER in row.values() for row in rows) == 1
    assert [heading for heading in read(book, "Fynd")[0] if "identitet" in heading] == []


def test_a_sheet_that_is_full_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with Book(tmp_path / "full.xlsx", "Full", date(2025, 4, 1)) as full:
        full.table("Fynd", [Column("Tal", 8, "whole", lambda number: number)], iter([1, 2, 3, 4]))
    cells = [row[0] for row in CalamineWorkbook.from_path(tmp_path / "full.xlsx").get_sheet_by_name("Fynd").to_python()]
    assert cells == ["Tal", 1.0, 2.0, "Bladet slutar här, efter 2 rader. Alla rader finns i findings.json."]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost(tmp_path):
    with Book(tmp_path / "long.xlsx", "Lång", date(2025, 4, 1)) as long:
        long.table("Fynd", [Column("Text", 8, "text", str)], ["å" * 40_000])
    rows = CalamineWorkbook.from_path(tmp_path / "long.xlsx").get_sheet_by_name("Fynd").to_python()
    assert rows[1] == ["å" * 32_767]


def test_the_first_row_stays_and_can_be_filtered(book):
    with ZipFile(book) as packed:
        fynd = packed.read("xl/worksheets/sheet2.xml").decode()
    assert re.findall(r'<pane [^>]*state="frozen"', fynd) != []
    assert re.findall(r'<autoFilter ref="A1:X61"', fynd) == ['<autoFilter ref="A1:X61"']
