"""tillit run on a small folder, as a controller meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from tillit.cli.main import tillit
from tillit.cli.run import NoReason, NothingToRead

PRICES = "Avtal;Artikel;Enhet;Pris (kr);Gäller från\nA-1;HT;Timme;{price};2026-01-01\n"
SHIFTS = (
    "Rad;Anordnare;Assistent;Brukare;Datum;Från;Till;Typ\n"
    "1;559990-0197;19860511-2385;20000131-2388;2026-03-02;08:00;12:00;Aktiv tid\n"
    "2;559990-0197;19860511-2385;20000131-2388;2026-03-03;08:00;25:00;Aktiv tid\n"
)


def laid_in(place: Path) -> Path:
    place.mkdir()
    (place / "prices.csv").write_text(PRICES.format(price="485,00"), encoding="utf-8")
    (place / "shifts.csv").write_text(SHIFTS, encoding="cp1252")
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid_in(tmp_path / "files")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder, and what was told of its first run."""
    place = laid_in(tmp_path_factory.mktemp("run") / "files")
    return place, run(place)


def call(*words: object) -> Result:
    return CliRunner().invoke(tillit, [str(word) for word in words], catch_exceptions=False)


def run(folder: Path, *more: object) -> Result:
    return call("run", folder, "--day", "2026-05-20", *more)


def test_a_run_tells_what_it_read_and_where_the_report_is(first: tuple[Path, Result]) -> None:
    folder, result = first
    out = folder.with_name("files-findings")
    told = result.stdout.splitlines()
    assert result.exit_code == 0
    assert told[0] == "Read: 2 of 2 files, 2 lines stored, 1 refused"
    assert told[-1] == f"Report: {out / 'findings.html'}"
    assert result.stderr.splitlines() == ["shifts.csv: Mall: Utförd tid: 1 lines stored, 1 refused"]
    assert sorted(path.name for path in out.iterdir()) == [
        "findings.html", "findings.json", "findings.xlsx", "protected", "store",
    ]  # fmt: skip
    assert (out / "protected").stat().st_mode & 0o777 == 0o700


def test_the_same_files_give_the_same_bytes(first: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = first
    out = folder.with_name("files-findings")
    run(folder, "--out", tmp_path / "other", "--protected", out / "protected")
    one, other = ((place / "findings.json").read_bytes() for place in (out, tmp_path / "other"))
    assert one == other


def test_a_file_that_came_twice_counts_once_and_one_that_contradicts_it_is_told(folder: Path) -> None:
    (folder / "prices-copy.csv").write_bytes((folder / "prices.csv").read_bytes())
    (folder / "prices-new.csv").write_text(PRICES.format(price="490,00"), encoding="utf-8")
    result = run(folder)
    assert "prices.csv: the same bytes as prices-copy.csv: counted once" in result.stderr.splitlines()
    assert len(json.loads((folder.with_name("files-findings") / "findings.json").read_text())["deliveries"]) == 3
    assert len([line for line in result.stdout.splitlines() if "says something else" in line]) == 1


def test_a_file_that_changed_since_the_last_run_is_told(folder: Path) -> None:
    run(folder)
    (folder / "prices.csv").write_text(PRICES.format(price="490,00"), encoding="utf-8")
    (folder / "shifts.csv").unlink()
    assert run(folder).stderr.splitlines() == [
        "prices.csv: it has changed since the last run: read again, and what it said before no longer counts",
        "shifts.csv: it was there at the last run and is not now: its rows no longer count",
    ]


def test_a_folder_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "empty.csv").touch()
    with pytest.raises(NothingToRead) as fault:
        run(tmp_path / "files")
    assert str(fault.value) == (f"{tmp_path / 'files'}: nothing in the folder could be read: tillit read FILE says why")


def test_identities_need_a_reason(folder: Path) -> None:
    with pytest.raises(NoReason) as fault:
        run(folder, "--with-identities")
    assert str(fault.value) == 'identities are shown for a reason only: say why: --because "…"'


def test_no_identity_number_stands_in_what_is_written(first: tuple[Path, Result]) -> None:
    folder, result = first
    out = folder.with_name("files-findings")
    texts = [result.output, *((out / name).read_text() for name in ("findings.html", "findings.json"))]
    book = CalamineWorkbook.from_path(str(out / "findings.xlsx"))
    texts += [str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    shown = [number for text in texts for number in ("20000131", "19860511") if number in text.replace("-", "")]
    assert shown == []


def test_who_the_persons_are_stands_in_the_workbook_alone_and_in_the_log(folder: Path) -> None:
    again = "3;559990-0197;19860511-2385;19790309-2380;2026-03-02;11:00;13:00;Aktiv tid\n"
    (folder / "shifts.csv").write_text(SHIFTS + again, encoding="cp1252")
    run(folder, "--with-identities", "--because", "ärende 12")
    out = folder.with_name("files-findings")
    book = CalamineWorkbook.from_path(str(out / "findings.xlsx"))
    sheets = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    pages = (out / "findings.html").read_text() + (out / "findings.json").read_text()
    log = (out / "protected" / "access.log").read_text()
    assert ("198605112385" in sheets, "198605112385" in pages) == (True, False)
    assert log.splitlines()[-1].split("\t")[1:] == ["3 identities", "ärende 12"]
