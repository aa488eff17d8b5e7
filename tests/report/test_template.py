"""A template is read back by the source that its table gives, and its cells take only what fits."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tillit.catalogue import Column, Kind, Table, YamlFile, content_folder, template_source
from tillit.report import write_template
from tillit.report.entry import entry_of

IDENTITY = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{6}[-+]?[0-9]{4}(?![0-9])")
TABLES = sorted((content_folder() / "tables").glob("*.yaml"))


def made(path: Path, table: str = "time_entry") -> Path:
    write_template(YamlFile(content_folder() / "tables" / f"{table}.yaml").read(Table), path)
    return path


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_its_headings_are_those_that_the_source_reads(file, tmp_path):
    table = YamlFile(file).read(Table)
    write_template(table, tmp_path / "t.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    entered = [column.sv for column in table.columns.values() if not column.derived]
    assert rows == [entered]
    assert set(entered) <= set(template_source(table).headings())
    with ZipFile(tmp_path / "t.xlsx") as packed:
        assert IDENTITY.findall(packed.read("xl/sharedStrings.xml").decode()) == []


def test_every_column_is_explained(tmp_path):
    rows = CalamineWorkbook.from_path(made(tmp_path / "t.xlsx")).get_sheet_by_name("Förklaring").to_python()
    explained = {row[0]: row[1:] for row in rows[6:]}
    assert explained["Till"] == [
        "ja", "I mallen lokalt klockslag; 24:00 är midnatt.", "Klockslag TT:MM, från 00:00 till 24:00.", "", "09:00",
        "om en person",
    ]  # fmt: skip
    assert explained["Status"][1:4] == [
        "Tomt betyder Utförd.", "Välj i listan.", "Utförd, Planerad, Avböjd, Utebliven, Avbruten, Ersatt av rättelse",
    ]  # fmt: skip
    assert explained["Brukare"][5] == "ja, en person"


def test_cells_take_lists_days_and_clock_times(tmp_path):
    with ZipFile(made(tmp_path / "t.xlsx")) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    rules = {
        cells.split(":")[0]: kind
        for kind, cells in re.findall(r'<dataValidation (?:type="(\w+)" )?[^>]*sqref="([^"]+)"', sheet)
    }
    assert {cell: rules[cell] for cell in ("A2", "C2", "E2", "F2", "H2", "N2", "S2")} == {
        "A2": "", "C2": "", "E2": "date", "F2": "custom", "H2": "list", "N2": "date", "S2": "list",
    }  # fmt: skip
    assert re.findall(r"<formula1>(Val![^<]*)</formula1>", sheet)[0] == "Val!$A$2:$A$11"


def test_choices_are_the_words_that_the_source_looks_up(tmp_path):
    table = YamlFile(content_folder() / "tables" / "time_entry.yaml").read(Table)
    rows = CalamineWorkbook.from_path(made(tmp_path / "t.xlsx")).get_sheet_by_name("Val").to_python()
    kinds = [row[0] for row in rows]
    assert kinds == ["Typ", *table.columns["kind"].one_of.values()]
    assert set(kinds[1:]) <= set(template_source(table).lookups["kind"])


def test_identifiers_are_entered_as_text_and_amounts_as_numbers():
    forms = {
        kind: entry_of(Column(type=kind, sv="X", personal="person" if kind is Kind.PERSON else "none")).number_format
        for kind in Kind
    }
    assert forms == {
        Kind.TEXT: "@", Kind.PERSON: "@", Kind.ORGANISATION: "@", Kind.ACCOUNT: "@", Kind.BOOLEAN: "@",
        Kind.INTEGER: "0", Kind.MINUTES: "0", Kind.DECIMAL: "0.####", Kind.ORE: "0.00",
        Kind.DATE: "yyyy-mm-dd", Kind.TIMESTAMP: "yyyy-mm-dd hh:mm",
    }  # fmt: skip


def test_examples_are_written_as_they_are_entered():
    hours = entry_of(Column(type=Kind.MINUTES, sv="Tid (timmar)", entered_in="hours", example=2430))
    amount = entry_of(Column(type=Kind.ORE, sv="Belopp (kr)", example=123_450))
    month = entry_of(Column(type=Kind.DATE, sv="Månad", entered_in="month", example=date(2025, 3, 1)))
    assert (hours.example, amount.example, month.example) == ("40,5", "1234,5", "2025-03")


def test_the_same_table_gives_the_same_bytes(tmp_path):
    assert made(tmp_path / "a.xlsx").read_bytes() == made(tmp_path / "b.xlsx").read_bytes()
