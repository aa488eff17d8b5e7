"""Every table can be delivered in its own template, as CSV, XLSX or ODS, and comes out as it was filled in."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
import xlsxwriter

from tests.readers.delivered import content, new_store, rows, written
from tillit.catalogue import Column, Kind, Table
from tillit.readers import read_file, recognise
from tillit.units import TOWN

TABLES = list(content().tables.values())
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def entered(column: Column) -> str:
    """The example of a column as a person writes it."""
    example = column.example
    if example is None:
        return ""
    if column.entered_as == "day":
        return str(example)
    if column.entered_as:
        return str(example)[-5:]
    if column.entered_in == "month":
        return str(example)[:7]
    if column.entered_in == "hours":
        return str(Decimal(str(example)) / 60).replace(".", ",")
    if column.entered_in == "clock":
        return f"{int(str(example)) // 60:02}:{int(str(example)) % 60:02}"
    if column.type is Kind.ORE:
        return f"{Decimal(str(example)) / 100:.2f}".replace(".", ",")
    if column.type is Kind.BOOLEAN:
        return "ja" if example else "nej"
    return column.one_of.get(str(example), str(example))


def stored(column: Column) -> object:
    """The example of a column as the store holds it; persons are only there or not."""
    example = column.example
    if column.type is Kind.PERSON:
        return example is not None
    if example is None:
        return column.default
    if column.type is Kind.TIMESTAMP:
        return datetime.fromisoformat(str(example)).replace(tzinfo=TOWN).astimezone(UTC).replace(tzinfo=None)
    if column.type is Kind.DATE:
        return date.fromisoformat(str(example))
    return Decimal(str(example)) if column.type is Kind.DECIMAL else example


def as_csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Läs mig").write(0, 0, "Fyll i nästa blad")
        sheet = book.add_worksheet("Data")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return file.getvalue()


def as_ods(lines: list[list[str]]) -> bytes:
    cells = [
        [
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in line
        ]
        for line in lines
    ]
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>')
        packed.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Data">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def comes_back(table: Table, file: bytes, folder: Path) -> None:
    """Asserts that a filled-in template gives the examples of its table."""
    columns = {name: column for name, column in table.columns.items() if not column.derived}
    store = new_store(folder)
    delivery = read_file(written(folder, file), store, content())
    assert (delivery.source, delivery.refusals, delivery.unread) == (f"template_{table.table}", [], [])
    kept = {name: column for name, column in columns.items() if column.type is not Kind.PERSON}
    ((*values,),) = rows(store, delivery, table.table, ", ".join(f'"{name}"' for name in kept))
    assert dict(zip(kept, values, strict=True)) == {name: stored(column) for name, column in kept.items()}


def filled_in(table: Table) -> list[list[str]]:
    columns = [column for column in table.columns.values() if not column.derived]
    return [[column.sv for column in columns], [entered(column) for column in columns]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table)
def test_the_example_of_a_table_comes_back_from_its_template(table: Table, tmp_path: Path) -> None:
    comes_back(table, as_csv(filled_in(table)), tmp_path)


@pytest.mark.parametrize("made", [as_xlsx, as_ods], ids=["xlsx", "ods"])
def test_a_template_may_be_a_spreadsheet(made: Callable[[list[list[str]]], bytes], tmp_path: Path) -> None:
    table = content().tables["decision"]
    comes_back(table, made(filled_in(table)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("made", [as_xlsx, as_ods], ids=["xlsx", "ods"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table)
def test_the_template_of_every_table_may_be_a_spreadsheet(
    table: Table, made: Callable[[list[list[str]]], bytes], tmp_path: Path
) -> None:
    comes_back(table, made(filled_in(table)), tmp_path)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table)
def test_the_headings_of_a_template_are_those_of_no_other_source(table: Table, tmp_path: Path) -> None:
    found = recognise(written(tmp_path, as_csv(filled_in(table)[:1])), content())
    assert (found.source, found.also) == (f"template_{table.table}", ())
