"""The commands as a user meets them."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tillit.catalogue import content_folder, load
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


def test_a_town_is_drawn_and_run_as_it_lies(tmp_path: Path) -> None:
    told = call("town", "hamlet", tmp_path / "town", "--clean").output.splitlines()
    assert told[-1] == f"Now: tillit run {tmp_path / 'town'} --day 2026-05-31"
    assert (
        (tmp_path / "town" / "tillit" / "known_findings.csv").read_text(encoding="utf-8-sig").startswith("control;kind")
    )
    ran = call("run", tmp_path / "town", "--day", "2026-05-31")
    assert "Read: 1 of 1 files" in ran.output
    assert (tmp_path / "town-findings" / "findings.json").exists()


def test_a_refusal_exits_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert exit_code(monkeypatch, "town", "huge", tmp_path / "town") == 1
    assert (
        capsys.readouterr().err
        == "there is no town of size 'huge': known: small, hamlet, medium, stockholm, national\n"
    )


def test_wrong_usage_exits_with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exit_code(monkeypatch, "run", "no-such-folder") == 2


def test_a_control_is_explained(tmp_path: Path) -> None:
    told = call("explain", "ass-12", "--day", "2026-05-20").stdout.splitlines()
    assert told[0].startswith("ASS-12 ")
    assert "SQL with the numbers of 2026-05-20:" in told


def test_a_control_that_is_not_there_is_told_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "explain", "ASS-99") == 1
    assert capsys.readouterr().err.startswith("there is no control 'ASS-99': known: ASS-01, ")


def test_templates_are_listed_and_written(tmp_path: Path) -> None:
    listed = [line.split()[0] for line in call("template").stdout.splitlines()]
    call("template", "decision", "--out", tmp_path / "beslut.xlsx")
    assert listed == sorted(load().tables)
    assert (tmp_path / "beslut.xlsx").read_bytes()[:2] == b"PK"


def test_a_table_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(monkeypatch, "template", "decisions") == 1
    assert capsys.readouterr().err.startswith("there is no table 'decisions': known: absence, ")


def test_the_examples_of_one_control_are_run() -> None:
    result = call("test", "ASS-12")
    assert (result.stdout.endswith(" examples of 1 controls: 0 wrong\n"), result.exit_code) == (True, 0)


def test_an_example_that_does_not_hold_is_told_with_its_place(tmp_path: Path) -> None:
    ours = next((content_folder() / "controls" / "assistance").glob("ass-12-*.yaml"))
    mine = tmp_path / "mine" / "controls" / "assistance" / ours.name
    mine.parent.mkdir(parents=True)
    mine.write_text(ours.read_text(encoding="utf-8").replace("finds: []", "finds: [{}]", 1), encoding="utf-8")
    result = call("test", "ASS-12", "--content", tmp_path / "mine")
    assert (result.exit_code, result.stdout.endswith(": 1 wrong\n")) == (1, True)
    assert result.stderr.startswith(f"mine/controls/assistance/{ours.name}:")


def test_content_that_is_wrong_is_told_with_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mine" / "parameters" / "a").mkdir(parents=True)
    (tmp_path / "mine" / "parameters" / "a" / "b.yaml").write_text("id: a.b\nunit: [\n", encoding="utf-8")
    assert exit_code(monkeypatch, "check", "--content", tmp_path / "mine") == 1
    assert capsys.readouterr().err.startswith("mine/parameters/a/b.yaml:3: ")


def test_a_process_that_cannot_work_is_told_by_check(tmp_path: Path) -> None:
    ours = content_folder() / "processes" / "disclosure.yaml"
    (tmp_path / "processes").mkdir()
    spoilt = ours.read_text(encoding="utf-8").replace("{role: R12, reach: board}", "{role: R10, reach: board}")
    (tmp_path / "processes" / "disclosure.yaml").write_text(spoilt, encoding="utf-8")
    result = call("check", "--content", tmp_path)
    assert result.exit_code == 1
    assert result.output.splitlines()[0].endswith("R10 never sees zone individual: see less far, or change the zone")
