"""tillit backtest: a limit that is changed, tried on a small folder before it is switched on."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_run import laid_in
from tillit.catalogue import ContentErrors, content_folder
from tillit.cli.main import tillit

LIMIT = "parameters/controls/long_day.yaml"


def overlay(folder: Path, hours: str) -> Path:
    file = folder / "ours" / LIMIT
    file.parent.mkdir(parents=True)
    file.write_text(hours, encoding="utf-8")
    return folder / "ours"


def backtest(*words: object) -> Result:
    given = ["backtest", *words, "--day", "2026-05-20"]
    return CliRunner().invoke(tillit, [str(word) for word in given], catch_exceptions=False)


def limit(minutes: int) -> str:
    ours = (content_folder() / LIMIT).read_text(encoding="utf-8")
    return ours.replace("value: 960", f"value: {minutes}")


@pytest.mark.slow
def test_a_lower_limit_is_tried_on_files_and_nothing_is_left_behind(tmp_path: Path) -> None:
    folder = laid_in(tmp_path / "files")
    there = sorted(tmp_path.rglob("*"))
    told = backtest(overlay(tmp_path / "city", limit(200)), folder).stdout.splitlines()
    # The identity of a finding rests on the code of a person, which is another in each store.
    assert [re.sub(r"new  [0-9a-f]{10}  ", "new  …  ", line) for line in told] == [
        "Asked twice as of 2026-05-20, of the same rows; deliveries: 2",
        "Before: 0 findings; after: 1",
        "ASS-06 Dygn som inte går ihop",
        "  0 -> 1 findings: 1 new, 0 gone, 0 changed; to explain 0,00\xa0kr -> 0,00\xa0kr",
        "    new  …  5599900197  2026-03-02  0,00\xa0kr",
    ]
    assert [path for path in sorted(tmp_path.rglob("*")) if tmp_path / "city" not in (path, *path.parents)] == there


@pytest.mark.slow
def test_the_content_of_today_changes_nothing(tmp_path: Path) -> None:
    told = backtest(overlay(tmp_path, limit(960)), laid_in(tmp_path / "files")).stdout.splitlines()
    assert told[-1] == "Nothing would be found otherwise."


def test_an_overlay_that_is_not_right_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors):
        backtest(overlay(tmp_path, limit(960).replace("unit: minutes", "units: minutes")), laid_in(tmp_path / "files"))
