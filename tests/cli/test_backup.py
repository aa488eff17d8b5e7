"""tillit backup and restore, as docs/operations.md says: the commands on that page are run here."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tillit.cli.main import tillit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DJANGO_"))}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["a"], "say where the protected part goes: --protected DIR on another disk, or --together"),
        (["a", "--protected", "a/b"], "--protected lies in the backup itself: give another disk, or say --together"),
        (["a", "--protected", "b", "--together"], "say where the protected part goes"),
    ],
)
def test_the_keys_never_go_to_the_same_folder_unless_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(tillit, ["backup", *words])
    assert (refused.exit_code, told in refused.output, list(tmp_path.iterdir())) == (2, True, [])


def run(command: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", "from tillit.cli import main; main()", *shlex.split(command)[1:]]
    return subprocess.run(words, capture_output=True, text=True, check=False, env=ENVIRONMENT)


def commands(heading: str) -> list[str]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.startswith("tillit ")]


def rows(database: Path) -> list[str]:
    with sqlite3.connect(database) as opened:
        return list(opened.iterdump())


@pytest.mark.slow
def test_what_is_backed_up_is_restored_to_a_new_folder_and_is_the_same(tmp_path: Path) -> None:
    old = tmp_path / "srv" / "tillit"
    environment = ENVIRONMENT | {"TILLIT_FOLDER": str(old), "DJANGO_SETTINGS_MODULE": "tillit.web.settings"}
    subprocess.run([sys.executable, "-m", "tillit.web.prepare"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", SETTLE], env=environment, check=True)
    for command in [*commands("Back it up"), *commands("Restore it")]:
        done = run(re.sub(r"(?<=[ ])/(?=srv|backup|safe)", f"{tmp_path}/", command))
        assert (done.returncode, done.stderr) == (0, ""), command
    new = tmp_path / "srv" / "tillit-new"
    assert rows(new / "tillit.sqlite3") == rows(old / "tillit.sqlite3")
    identities = "boards/norr/protected/identities.sqlite"
    assert rows(new / identities) == rows(old / identities)
    left_out = {"tillit.sqlite3", "identities.sqlite"}

    def others(folder: Path) -> dict[str, bytes]:
        files = [path for path in folder.rglob("*") if path.is_file() and path.name.split("-")[0] not in left_out]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    assert others(new) == others(old)
    assert (new / "boards" / "norr" / "protected").stat().st_mode & 0o777 == 0o700
    backed_up = [path.name for path in (tmp_path / "backup").rglob("*")]
    assert [name for name in ("key", "secret-key", "identities.sqlite", "received") if name in backed_up] == []
    again = run(f"tillit restore {tmp_path}/backup/monday --protected {tmp_path}/safe/monday --folder {new}")
    assert (again.returncode, again.stderr) == (1, f"{new}: there is something in it already: give a new folder\n")


SETTLE = """
import django
django.setup()
from datetime import UTC, date, datetime
from tillit.web.city import settle
from tillit.web.models import Board
from tillit.web.actions.delivery import receive
from tillit.web.jobs import work
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of
people = settle(since=date(2026, 1, 1))
now = datetime(2026, 3, 2, 9, tzinfo=UTC)
by = viewer_of(people["Klas"], now)
text = "Rad;Anordnare;Assistent;Brukare;Datum;Från;Till;Typ\\n"
text += "1;559990-0197;19860511-2385;20000131-2388;2026-02-02;08:00;12:00;Aktiv tid\\n"
with within(by.boards()):
    receive("a.csv", [text.encode()], board=Board.objects.get(slug="norr"), by=by, now=now)
work(once=True, clock=lambda: now)
"""
