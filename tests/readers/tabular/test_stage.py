"""Lines keep their numbers and cells, however the file is written."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.delivered import read, refused, rows, written
from tillit.readers.recognise import Recognition
from tillit.readers.tabular.plan import Shape
from tillit.readers.tabular.stage import _one_by_one, _rectangle, _text_records

LEDGER = "datum;forvaltning;leverantor;leverantor_id;faktura_nr;konto;belopp\n"
SHAPE = Shape(3, (0, 1, 2), frozenset())
SEEN = Recognition("text", encoding="utf-8", delimiter=";", body_line=2)

cells = st.text(alphabet='ab ;"\n', max_size=5)
lines_of_cells = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12)


def staged(path: Path, work: Path, *, fast: bool) -> list[tuple[object, ...]] | None:
    """The lines as taken in by DuckDB or one by one; nothing where DuckDB's reading is not trusted."""
    with duckdb.connect() as con:
        if fast:
            if _rectangle(con, path, SEEN, SHAPE, work) is None:
                return None
        else:
            _one_by_one(con, _text_records(path, SEEN), SHAPE)
        return con.execute("SELECT line, ragged, c0, c1, c2 FROM raw ORDER BY record").fetchall()


@settings(max_examples=12)
@given(lines_of_cells, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_duckdb_takes_in_what_python_does_or_is_not_trusted(lines: list[list[str]], quoting: int) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n", quoting=quoting).writerows([["x", "y", "z"], *lines])  # type: ignore[arg-type]
    with TemporaryDirectory() as folder:
        path = written(Path(folder), text.getvalue())
        quick, sure = (staged(path, Path(folder), fast=fast) for fast in (True, False))
    if quick is not None:
        assert [tuple((cell or "").strip() if isinstance(cell, str) else cell for cell in line) for line in quick] == [
            tuple((cell or "").strip() if isinstance(cell, str) else cell for cell in line) for line in sure or []
        ]


@pytest.mark.parametrize(
    "body",
    [
        "a;b;c\nd;e;f\n",
        'a;"b;x";c\n"d";"e""e";f',
        "a;;c\n;;\nd;e;f\n\n\n",
        'a;5" rör;c\n',
    ],
)
def test_a_rectangle_is_read_by_duckdb(body: str, tmp_path: Path) -> None:
    path = written(tmp_path, "x;y;z\n" + body)
    quick = staged(path, tmp_path, fast=True)
    assert quick == staged(path, tmp_path, fast=False)
    assert quick


@pytest.mark.parametrize(
    "body",
    [
        "a;b;c\n\nd;e;f\n",
        "a;b\n",
        "a;b;c;\nd;e;f\n",
        "a;b;c;d\n",
        '"a\nb";b;c\n',
        'a;"Foo" AB;c\n',
        "a;b;c\n   \n",
    ],
)
def test_what_is_no_rectangle_is_taken_apart_line_by_line(body: str, tmp_path: Path) -> None:
    assert staged(written(tmp_path, "x;y;z\n" + body), tmp_path, fast=False) is not None
    assert staged(written(tmp_path, "x;y;z\n" + body), tmp_path, fast=True) is None


def test_lines_after_a_cell_over_several_lines_keep_their_numbers(tmp_path: Path) -> None:
    text = LEDGER + '2025-03-31;O;"X\nAB";;1;4630 Köp;1,00\n\n2025-03-31;O;X AB;;2;4630 Köp;12x\n'
    delivery, store = read(tmp_path, text)
    assert rows(store, delivery, "supplier_ledger", "line, supplier_name") == [(2, "X\nAB")]
    assert refused(delivery) == [(5, "belopp: '12x' is not a number")]
    assert delivery.lines_blank == 1


def test_short_and_long_lines_are_refused_or_told_by_number(tmp_path: Path) -> None:
    text = (
        LEDGER
        + "2025-03-31;O;X AB;;1;4630 Köp;1,00\n"
        + "2025-03-31;O;X AB;;2;4630 Köp;2,00;;\n"
        + "2025-03-31;O;X AB;;3;4630 Köp;3,00;x\n"
        + "2025-03-31;O;X AB\n"
    )
    delivery, store = read(tmp_path, text)
    assert refused(delivery) == [
        (4, "the line has 8 cells where the heading has 7"),
        (5, "the line has 3 cells where the heading has 7"),
    ]
    assert delivery.remarks[0].what == "1 line has more cells than headings; those beyond are empty (line 3)"
    assert rows(store, delivery, "supplier_ledger", "line") == [(2,), (3,)]


def test_a_line_may_end_before_cells_that_it_can_do_without(tmp_path: Path) -> None:
    headings = ["Datum", "Leverantör", "Belopp netto (kr)", "Valuta", "Förvaltning"]
    text = ";".join(headings) + "\n2025-03-31;X AB;1,00\n2025-03-31;X AB;2,00;EUR;O\n"
    delivery, store = read(tmp_path, text, source="template_supplier_ledger")
    assert rows(store, delivery, "supplier_ledger", "line, amount_ore, currency") == [(2, 100, "SEK"), (3, 200, "EUR")]
    assert delivery.remarks[0].what == "1 line has fewer cells than headings; those missing were read as empty (line 2)"


def test_a_column_without_a_heading_is_told_when_it_has_something_in_it(tmp_path: Path) -> None:
    text = LEDGER.strip() + ";\n2025-03-31;O;X AB;;1;4630 Köp;1,00;see note\n2025-03-31;O;X AB;;2;4630 Köp;1,00;\n"
    delivery, _ = read(tmp_path, text)
    assert [remark.what for remark in delivery.remarks] == [
        "column 8 has no heading and was not read: 1 lines have something in it"
    ]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_are_numbered_alike_under_every_line_end(tmp_path: Path, end: str) -> None:
    text = LEDGER + "2025-03-31;O;Å AB;;1;4630 Köp;1,00\n2025-03-31;O;Å AB;;1;4630 Köp;2,00\n"
    delivery, store = read(tmp_path, text.replace("\n", end).encode("cp1252"))
    assert (delivery.encoding, rows(store, delivery, "supplier_ledger", "line, supplier_name")) == (
        "cp1252",
        [(2, "Å AB"), (3, "Å AB")],
    )
