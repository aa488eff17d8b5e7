"""The commands as a user meets them."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tillit.catalogue import content_folder
from tillit.cli.main import main, tillit


def call(*words: object) -> Result:
    return CliRunner().invoke(tillit, [str(word) for word in words], catch_exceptions=False)


def exit_code(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["tillit", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_help_loads_nothing_heavy() -> None:
    heavy = ("duckdb", "pydantic", "lxml", "pyarrow", "sqlglot", "yaml", "jinja2")
    code = (
        "import sys; sys.argv = ['tillit', '--help']\n"
        "from tillit.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {heavy} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_town_is_made_and_says_how_to_go_on(tmp_path: Path) -> None:
    result = call("town", "small", tmp_path / "town", "--clean")
    assert result.output.splitlines() == [
        f"A small town is in {tmp_path / 'town'}: 0 things are wrong in it, and told in tillit/truth.csv.",
        f"Now: tillit run {tmp_path / 'town'} --day 2026-05-20",
    ]


def test_a_refusal_exits_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert exit_code(monkeypatch, "town", "huge", tmp_path / "town") == 1
    assert capsys.readouterr().err == "there is no town of size 'huge': known: small\n"


def test_wrong_usage_exits_with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exit_code(monkeypatch, "run", "no-such-folder") == 2


def test_a_process_that_cannot_work_is_told_by_check(tmp_path: Path) -> None:
    ours = content_folder() / "processes" / "disclosure.yaml"
    (tmp_path / "processes").mkdir()
    spoilt = ours.read_text(encoding="utf-8").replace("{role: R12, reach: board}", "{role: R10, reach: board}")
    (tmp_path / "processes" / "disclosure.yaml").write_text(spoilt, encoding="utf-8")
    result = call("check", "--content", tmp_path)
    assert result.exit_code == 1
    assert result.output.splitlines()[0].endswith("R10 never sees zone individual: see less far, or change the zone")
