"""The figures of a period as files: CSV and Excel to work on with, and a PDF that says what each figure means."""

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tillit.letters import Block, Filled, Head, Heading, Paragraph, Table, pdf
from tillit.letters.value import day
from tillit.report.sheet import Book, Column
from tillit.units import Period
from tillit.web.queries.open_document import spreadsheet
from tillit.web.queries.statistic import Figure
from tillit.web.queries.statistic_words import Told, Words, lines, told, unit_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.small_cells import HIDDEN

HEADS = ("Kod", "Figur", "Tabell", "Rad", "Tal", "Enhet", "Från", "Till")
_WIDTHS = (6, 44, 30, 40, 12, 8, 11, 11)
_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Line = tuple[str, str, str, str, int | None, str, str, str]


def table(figures: list[Figure]) -> list[Line]:
    """Every number of every figure, one a row: the same rows for each kind of file."""
    words = Words()
    found: list[Line] = []
    for one in figures:
        unit = unit_of(one.statistic)
        span = (unit, one.period.first.isoformat(), one.period.last.isoformat())
        named = (one.statistic.code, one.statistic.sv)
        found.append((*named, "", "Alla", one.total, *span))
        found += [(*named, cut, row, cell.number, *span) for cut, row, cell in lines(one, words)]
    return found


def as_csv(figures: list[Figure]) -> bytes:
    """The figures as CSV that a Swedish spreadsheet opens; a number that is not shown is a dash."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in table(figures):
        writer.writerow([HIDDEN if one is None else _harmless(one) for one in row])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(figures: list[Figure], period: Period) -> bytes:
    """The figures as an Excel file, with what each means on a sheet of its own."""
    columns = [_column(at, name, width) for at, (name, width) in enumerate(zip(HEADS, _WIDTHS, strict=True))]
    meanings: list[Column[Figure]] = [
        Column("Kod", 6, "text", lambda one: one.statistic.code),
        Column("Figur", 44, "wrapped", lambda one: one.statistic.sv),
        Column("Vad den betyder", 80, "wrapped", lambda one: one.statistic.about),
        Column("Källa", 30, "wrapped", lambda one: one.statistic.source),
    ]
    with tempfile.TemporaryDirectory(prefix="tillit-statistics-") as folder:
        path = Path(folder) / "statistik.xlsx"
        with Book(path, f"Statistik {period.first}–{period.last}", period.last) as book:
            book.table("Statistik", columns, table(figures))
            book.table("Definitioner", meanings, figures)
        return path.read_bytes()


def as_open_document(figures: list[Figure]) -> bytes:
    """The figures as an OpenDocument sheet, with what each means on a sheet of its own."""
    numbers = [[HIDDEN if one is None else one for one in row] for row in table(figures)]
    meanings = [[one.statistic.code, one.statistic.sv, one.statistic.about, one.statistic.source] for one in figures]
    heads = ["Kod", "Figur", "Vad den betyder", "Källa"]
    return spreadsheet([("Statistik", [HEADS, *numbers]), ("Definitioner", [heads, *meanings])])


def as_pdf(figures: list[Figure], period: Period, board: str) -> bytes:
    """The figures as a PDF. Raises: NoPdfError."""
    head = Head(board=board, number="", title="Statistik", code="", day=period.last)
    words = Words()
    text = blocks([told(one, words) for one in figures])
    title: list[Block] = [Heading("Statistik", 1), Paragraph(f"{day(period.first)}–{day(period.last)}.")]
    return pdf(Filled(catalogue().documents["board_paper"], head, [*title, *text], []))


def blocks(figures: Sequence[Told]) -> list[Block]:
    """The figures as a text: each with what it means, and its tables."""
    found: list[Block] = []
    for one in figures:
        found += [Heading(f"{one['code']} {one['title']}", 2), Paragraph(one["about"])]
        found.append(Table((), (("Alla", one["written"]),)))
        found += [Table(tuple(cut["heads"]), tuple(map(tuple, cut["rows"]))) for cut in one["tables"] if cut["rows"]]
    return found


def _column(at: int, name: str, width: int) -> Column[Line]:
    def value(row: Line) -> str | int:
        found = row[at]
        return HIDDEN if found is None else found

    return Column(name, width, "whole" if name == "Tal" else "text", value)


def _harmless(value: str | int) -> str | int:
    # A text that a spreadsheet would take for a formula is told as text.
    return f"'{value}" if isinstance(value, str) and value.startswith(_SIGNS) else value
