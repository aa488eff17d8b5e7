"""tillit audit: the log proved in the database, copied, and proved again from the copy alone."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tillit.cli.main import tillit
from tillit.store import chain


def log(file: Path) -> str:
    """A log of three lines, and its head."""
    previous, lines = chain.FIRST, []
    for count in range(1, 4):
        line: dict[str, object] = dict.fromkeys(chain.HASHED, "") | {"count": count, "previous": previous}
        line["hash"] = previous = chain.hash_of(line)
        lines.append(json.dumps(line) + "\n")
    file.write_text("".join(lines), encoding="utf-8")
    return previous


def call(*words: object) -> Result:
    return CliRunner().invoke(tillit, ["audit", *map(str, words)])


def test_a_copy_is_proved_without_a_database_and_against_a_head_that_was_written_down(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    head = log(file)
    assert (call("verify-file", file).exit_code, call("verify-file", file, "--head", 3, head).exit_code) == (0, 0)
    assert call("verify-file", file, "--head", 3, "0" * 64).exit_code == 1
    file.write_text(file.read_text(encoding="utf-8").replace('"kind": ""', '"kind": "x"', 1), encoding="utf-8")
    assert call("verify-file", file).exit_code == 1


def test_an_earlier_copy_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.touch()
    result = call("export", file)
    assert (result.exit_code, "is there already: give another name" in result.output) == (2, True)


@pytest.mark.slow
def test_a_log_that_was_changed_in_the_database_is_seen(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DJANGO_"))}

    def run(*words: str) -> tuple[int, str]:
        whole = [sys.executable, "-c", "from tillit.cli import main; main()", "audit", *words]
        done = subprocess.run(
            [*whole, "--folder", str(tmp_path)], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout

    ready = [sys.executable, "-m", "tillit.web.prepare"]
    subprocess.run(ready, env=environment | {"TILLIT_FOLDER": str(tmp_path)}, check=True)
    copy = tmp_path / "log.jsonl"
    assert run("export", str(copy))[0] == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert call("verify-file", copy).exit_code == 0
    told = run("verify")
    assert (told[0], told[1].split(":")[0]) == (0, "unbroken")
    with sqlite3.connect(tmp_path / "tillit.sqlite3") as database:
        database.execute("DROP TRIGGER entry_is_never_changed")
        database.execute("UPDATE web_entry SET what = 'something else'")
    assert run("verify") == (1, "line 1: the line has been changed\n")
