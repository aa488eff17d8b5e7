"""The three files of a report, and what must be in none of them."""

from pathlib import Path
from zipfile import ZipFile

from made_up import catalogue, result

from tillit.report import write_report
from tillit.store import Result

TEST_NUMBER = "189001019802"  # from the official test series


def written_text(file: Path) -> str:
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8")
    with ZipFile(file) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def test_the_folder_is_made_and_the_page_comes_first(tmp_path):
    files = write_report(result(3), catalogue(), tmp_path / "a" / "b")
    assert [file.name for file in files] == ["findings.html", "findings.xlsx", "findings.json"]
    assert sorted(files) == sorted((tmp_path / "a" / "b").iterdir())


def test_the_json_is_the_result(tmp_path):
    *_, file = write_report(result(3), catalogue(), tmp_path)
    assert Result.from_json(file.read_text(encoding="utf-8")) == result(3)


def test_identities_are_in_the_workbook_and_nowhere_else(tmp_path):
    code = next(one.client for one in result().findings if one.client)
    files = write_report(result(), catalogue(), tmp_path, identities={code: TEST_NUMBER})
    assert [file.name for file in files if TEST_NUMBER in written_text(file)] == ["findings.xlsx"]


def test_a_report_written_twice_is_the_same(tmp_path):
    first = [file.read_bytes() for file in write_report(result(5), catalogue(), tmp_path / "a")]
    again = [file.read_bytes() for file in write_report(result(5), catalogue(), tmp_path / "b")]
    assert first == again
