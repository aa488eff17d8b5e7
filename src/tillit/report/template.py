"""An empty workbook for a table: what is in no system can be typed in, and is read as any other file."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tillit.catalogue import Table
from tillit.report.entry import Entry, entry_of

_LAST_ROW = 1_048_575
_LONGEST_NAME = 31
_LONGEST_HINT = 255
_SIGNS_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_MADE = datetime(2025, 1, 1)  # a template has no day of its own: the same table gives the same bytes

_HEADINGS = (
    ("Kolumn", 28), ("Krävs", 8), ("Vad den betyder", 48), ("Så skrivs den", 40),
    ("Värden att välja bland", 30), ("Exempel", 22), ("Personuppgift", 16),
)  # fmt: skip
_PERSONAL = {"none": "nej", "about": "om en person", "person": "ja, en person"}


def write_template(table: Table, path: Path) -> None:
    """Writes an empty XLSX with the table's Swedish headings, explanations, and cells that take only what fits.

    It is read back by `template_source(table)`. Required headings are dark; identifiers are text, so that
    their leading zeros live.
    """
    entries = [entry_of(column) for column in table.columns.values() if not column.derived]
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": f"Mall: {table.title}", "created": _MADE})
        sheet = book.add_worksheet(_sheet_name(table.title))
        explained = book.add_worksheet("Förklaring")
        choices = _write_choices(book, entries)
        _write_entry_sheet(book, sheet, entries, choices)
        _write_explanations(book, explained, table, entries)


def _write_entry_sheet(book: Any, sheet: Any, entries: list[Entry], choices: dict[str, str]) -> None:
    head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#0B5A6B"}
    required = book.add_format({**head, "bg_color": "#0B5A6B", "font_color": "#FFFFFF"})
    optional = book.add_format({**head, "bg_color": "#EAF0F1"})
    for place, entry in enumerate(entries):
        style = book.add_format({"num_format": entry.number_format})
        sheet.set_column(place, place, max(12, min(32, len(entry.heading) + 3)), style)
        sheet.write_string(0, place, entry.heading, required if entry.required else optional)
        sheet.data_validation(1, place, _LAST_ROW, place, _validation(entry, place, choices.get(entry.heading)))
    sheet.freeze_panes(1, 0)


def _validation(entry: Entry, place: int, choices: str | None) -> dict[str, Any]:
    """What the cells take, and the hint that shows when one is chosen."""
    rule = {"validate": "list", "source": choices} if choices else entry.rule
    if rule["validate"] == "custom":
        rule = {**rule, "value": rule["value"].format(cell=f"{xl_col_to_name(place)}2")}
    says = " ".join(part for part in ("Krävs." if entry.required else "", entry.written, entry.about) if part)
    hint = says if len(says) <= _LONGEST_HINT else f"{says[: _LONGEST_HINT - 1]}…"
    return {
        **rule,
        "input_title": entry.heading[:32],
        "input_message": hint,
        "error_title": "Det går inte att läsa",
        "error_message": entry.written[:_LONGEST_HINT],
    }


def _write_choices(book: Any, entries: list[Entry]) -> dict[str, str]:
    """A sheet with the values to choose from; gives heading -> where they stand."""
    chosen = [entry for entry in entries if entry.choices]
    if not chosen:
        return {}
    sheet = book.add_worksheet("Val")
    bold = book.add_format({"bold": True})
    places = {}
    for place, entry in enumerate(chosen):
        sheet.set_column(place, place, 24)
        sheet.write_string(0, place, entry.heading, bold)
        for row, choice in enumerate(entry.choices, start=1):
            sheet.write_string(row, place, choice)
        column = xl_col_to_name(place)
        places[entry.heading] = f"=Val!${column}$2:${column}${len(entry.choices) + 1}"
    return places


def _write_explanations(book: Any, sheet: Any, table: Table, entries: list[Entry]) -> None:
    title, bold = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#EAF0F1", "bottom": 1})
    sheet.write_string(0, 0, table.title, title)
    sheet.write_string(1, 0, table.about)
    sheet.write_string(2, 0, f"Fyll i bladet ”{_sheet_name(table.title)}”. Ändra inte rubrikerna.")
    sheet.write_string(3, 0, "Kolumner med mörk rubrik krävs. De andra får vara tomma, och får tas bort.")
    for place, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(5, place, heading, head)
    for row, entry in enumerate(entries, start=6):
        sheet.write_string(row, 0, entry.heading, bold)
        cells = (
            "ja" if entry.required else "nej", entry.about, entry.written, ", ".join(entry.choices), entry.example,
            _PERSONAL[entry.personal],
        )  # fmt: skip
        for place, cell in enumerate(cells, start=1):
            sheet.write_string(row, place, cell, text)
    sheet.freeze_panes(6, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _sheet_name(title: str) -> str:
    """A title that a sheet may have as its name.

    >>> _sheet_name("Anordnare: avtal/pris, med allt som hör till")
    'Anordnare avtal pris, med allt'
    """
    plain = " ".join(_SIGNS_NOT_IN_NAMES.sub(" ", title).split())
    return plain[:_LONGEST_NAME].strip()
