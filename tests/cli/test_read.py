"""tillit read: how one file is understood, and what to do with one that no source fits."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_run import SHIFTS
from tillit.cli.main import tillit

OWN = (
    "Anordnare;Assistent;Brukare;Arbetsdag;Starttid;Sluttid;Typ\n"
    "559990-0197;19860511-2385;20000131-2388;2026-03-02;08:00;12:00;Aktiv tid\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shifts.csv").write_text(SHIFTS, encoding="cp1252")
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "empty.csv").touch()
    return tmp_path


def call(*words: object) -> Result:
    return CliRunner().invoke(tillit, [str(word) for word in words], catch_exceptions=False)


def test_a_file_is_shown_as_it_is_understood(folder: Path) -> None:
    result = call("read", folder / "shifts.csv")
    told = result.stdout.splitlines()
    assert result.exit_code == 0
    assert told[:5] == [
        "shifts.csv: read, with remarks",
        "Source: Mall: Utförd tid (template_time_entry)",
        "Encoding: cp1252",
        "Delimiter: ';'",
        "Headings: on line 1",
    ]
    assert told[-2:] == ["Refused:", "  line 3: Till: '25:00' is not a clock time: write HH:MM from 00:00 to 24:00"]


def test_a_file_that_no_source_fits_is_read_once_its_proposal_is_written(folder: Path) -> None:
    before = call("read", folder / "own.csv", "--propose", folder / "mine")
    after = call("read", folder / "own.csv", "--content", folder / "mine", "--json")
    assert before.exit_code == 1
    assert "  Arbetsdag -> work_date" in before.stdout.splitlines()
    assert before.stdout.splitlines()[-1].startswith(f"Written: {folder / 'mine' / 'sources'}")
    assert (after.exit_code, json.loads(after.stdout)["rows"]) == (0, {"time_entry": 1})
    written = next((folder / "mine").rglob("*.yaml")).read_text(encoding="utf-8")
    assert [value for value in ("0197", "2385", "2388", "08:00", "Aktiv tid") if value in written] == []


def test_an_empty_file_is_told_and_nothing_is_proposed(folder: Path) -> None:
    result = call("read", folder / "empty.csv")
    assert (result.exit_code, result.stdout.splitlines()) == (
        1, ["empty.csv: not read", "Refused:", "  the file is empty: ask the sender for it again"],
    )  # fmt: skip


def test_a_script_reads_the_same_as_json_and_can_name_the_source(folder: Path) -> None:
    told = json.loads(call("read", folder / "shifts.csv", "--source", "template_time_entry", "--json").stdout)
    assert (told["source"], told["lines_read"], told["lines_stored"], told["lines_refused"]) == (
        "template_time_entry", 2, 1, 1,
    )  # fmt: skip
    assert told["totals"][0]["read"] == 240
