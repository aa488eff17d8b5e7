"""A file is known by what is in it."""

from pathlib import Path

import pytest

from tests.readers.delivered import content, csv_text, written
from tillit.catalogue import Catalogue, Source
from tillit.readers import NearMiss, Recognition, recognise
from tillit.readers.recognise import UnknownSource

LEDGER = ["forvaltning", "leverantor", "leverantor_id", "faktura_nr", "konto_nr", "konto_text", "belopp"]
LINE = ["Omsorg", "Exempel AB", "5560160680", "1", "4630", "Köp", "1 234,50"]


def seen(folder: Path, text: str | bytes, source: str | None = None) -> Recognition:
    return recognise(written(folder, text, "note.pdf"), content(), source=source)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_that_which_divides_the_lines_alike(tmp_path: Path, delimiter: str) -> None:
    quoted = [f'"{cell}"' for cell in LINE]
    found = seen(tmp_path, csv_text(LEDGER, [quoted, quoted], delimiter))
    assert (found.kind, found.source, found.delimiter, found.score) == ("text", "ledger_goteborg", delimiter, 1.0)


def test_titles_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    found = seen(tmp_path, "Utdrag 2025-03-31;;;;;;\n\n" + csv_text(LEDGER, [LINE]))
    assert (found.header_line, found.body_line, found.headings) == (3, 4, tuple(LEDGER))


def test_a_heading_that_goes_on_over_two_lines_is_one(tmp_path: Path) -> None:
    found = seen(tmp_path, csv_text([*LEDGER[:-1], '"belopp\n"'], [LINE]))
    assert (found.source, found.header_line, found.body_line) == ("ledger_goteborg", 1, 3)


def test_headings_are_known_whatever_their_case_blanks_and_marks(tmp_path: Path) -> None:
    headings = ["\ufeffFÖRVALTNING", "Leverantör", "leverantör-id", "Faktura nr", "KONTO_NR", "Konto text", " Belopp "]
    assert seen(tmp_path, csv_text(headings, [LINE])).source == "ledger_goteborg"


def test_two_sources_with_the_same_headings_are_told_apart_by_how_values_look(tmp_path: Path) -> None:
    by_month = csv_text(["datum", *LEDGER], [["202503", *LINE]])
    by_day = csv_text(["datum", *LEDGER], [["2025-03-31", *LINE]])
    assert [seen(tmp_path, text).source for text in (by_month, by_day)] == ["ledger_umea", "ledger_goteborg"]


def test_a_file_that_no_source_fits_names_the_nearest_and_what_it_lacks(tmp_path: Path) -> None:
    found = seen(tmp_path, csv_text(LEDGER[:-1], [LINE[:-1]]))
    assert (found.source, found.near[0]) == (
        "",
        NearMiss("ledger_goteborg", "Leverantörsreskontra från Göteborg", ("belopp",)),
    )


def test_a_needed_heading_that_comes_twice_is_no_fit(tmp_path: Path) -> None:
    found = seen(tmp_path, csv_text([*LEDGER, "Belopp"], [[*LINE, "1"]]))
    assert (found.source, found.near[0].doubled) == ("", ("belopp",))


def test_two_hundred_columns_of_which_few_are_known_are_no_fit(tmp_path: Path) -> None:
    headings = LEDGER + [f"kolumn {number}" for number in range(193)]
    text = csv_text(headings, [LINE + ["x"] * 193])
    assert seen(tmp_path, text).source == ""
    assert seen(tmp_path, text, source="ledger_goteborg").source == "ledger_goteborg"


def test_a_source_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    source = Source.model_validate(
        {"id": "one", "title": "One", "format": "table", "writes": ["price"], "columns": {"unit": {"from": "a"}}}
    )
    with pytest.raises(UnknownSource) as fault:
        recognise(written(tmp_path, "a\n"), Catalogue(sources={"one": source}), source="two")
    assert str(fault.value) == "there is no source 'two': known: one"


def test_rows_of_json_are_a_table_and_other_json_is_not(tmp_path: Path) -> None:
    row = dict(zip(LEDGER, LINE, strict=True))
    texts = [str([row]), str({"count": 1, "results": [row, row]}), str({"one": {"two": 3}})]
    found = [seen(tmp_path, text.replace("'", '"')) for text in texts]
    assert [(each.kind, each.source) for each in found] == [
        ("json", "ledger_goteborg"),
        ("json", "ledger_goteborg"),
        ("json", ""),
    ]
