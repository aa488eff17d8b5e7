"""A backup on disk: whole or not there at all, proved before it is used; databases are copied while in use."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tillit.store import backup
from tillit.store.backup import Manifest, NoBackupError, NoRoomError, NotEmptyError


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A whole part of a backup, of two files."""
    source, target = tmp_path / "source", tmp_path / "backup"
    (source / "a").mkdir(parents=True)
    (source / "a" / "one").write_text("1")
    (source / "two").write_text("2")
    files = backup.files_under(source, lambda place: False)
    with backup.new_folder(target, size=backup.size_of(files)):
        digests = backup.copy(files, of=source, to=target)
        backup.write_list(target, Manifest("x", "tillit", "2026-03-02", "1", {}, digests))
    return target


def test_what_is_copied_is_proved_and_put_back_where_it_was(made: Path, tmp_path: Path) -> None:
    manifest = backup.proved(made, "tillit")
    assert sorted(manifest.files) == ["a/one", "two"]
    backup.put_back(manifest.files, of=made, to=tmp_path / "new")
    assert (tmp_path / "new" / "a" / "one").read_text() == "1"


def test_each_way_in_which_it_is_no_whole_backup_is_told(made: Path, tmp_path: Path) -> None:
    def told(part: str = "tillit", folder: Path = made) -> str:
        with pytest.raises(NoBackupError) as refused:
            backup.proved(folder, part)
        return str(refused.value).replace(str(tmp_path), "…")

    assert told(folder=tmp_path) == "…: this is no whole backup: give a folder with manifest.json in it"
    assert told("protected") == "…/backup: this is the part 'tillit': give the part 'protected'"
    (made / "two").write_text("3")
    assert told() == "…/backup/two: a file is not as it was: take another backup"
    (made / "two").unlink()
    assert told() == "…/backup/two: a file of the backup is gone: take another backup"
    (made / "manifest.json").write_text("{")
    assert told() == "…/backup/manifest.json: its list cannot be read: take another backup"


def test_parts_of_two_backups_are_not_put_together() -> None:
    one, other = (Manifest(id, "tillit", day, "1") for id, day in (("x", "2026-03-02"), ("y", "2026-03-03")))
    with pytest.raises(NoBackupError) as refused:
        backup.same_backup(one, other)
    told = "the parts are of two backups, made 2026-03-02 and 2026-03-03: give the two of one backup"
    assert str(refused.value) == told


def test_nothing_is_written_over(made: Path) -> None:
    before = sorted(made.rglob("*"))
    with (
        pytest.raises(NotEmptyError, match="there is something in it already: give a new folder"),
        backup.new_folder(made, size=1),
    ):
        raise AssertionError
    assert sorted(made.rglob("*")) == before


def test_a_disk_without_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoRoomError, match="MB are to be written and"), backup.new_folder(tmp_path / "new", size=2**60):
        raise AssertionError
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from tillit.store import backup
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
place = Path(sys.argv[1])
try:
    with backup.new_folder(place / "backup", size=5000):
        backup.copy([place / sys.argv[2]], of=place, to=place / "backup")
except backup.NoRoomError as error:
    print(error)
"""


@pytest.mark.parametrize(("name", "why"), [("large", "File too large"), ("large.sqlite", "disk I/O error")])
def test_a_disk_that_fills_up_leaves_no_half_backup(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "large").write_bytes(b"x" * 5000)
    with sqlite3.connect(tmp_path / "large.sqlite") as database:
        database.execute("create table t as select randomblob(5000)")
    words = [sys.executable, "-c", FULL, str(tmp_path), name]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    fix = "make room, or give another disk; nothing is left of it"
    assert told.replace("database or disk is full", "disk I/O error") == (
        f"{tmp_path}/backup: it could not be written: {why}: {fix}\n"
    )
    assert not (tmp_path / "backup").exists()


def test_a_database_that_is_written_in_is_copied_as_it_is_at_one_moment(tmp_path: Path) -> None:
    writer = sqlite3.connect(tmp_path / "a.sqlite")
    writer.execute("pragma journal_mode=wal")
    writer.execute("create table t (n integer)")
    writer.execute("insert into t values (1)")
    writer.commit()
    writer.execute("insert into t values (2)")  # not yet committed
    backup.copy_database(tmp_path / "a.sqlite", tmp_path / "b.sqlite")
    assert sqlite3.connect(tmp_path / "b.sqlite").execute("select n from t").fetchall() == [(1,)]
    assert [path.name for path in tmp_path.glob("b.sqlite*")] == ["b.sqlite"]
    writer.close()


def test_a_list_is_the_same_text_for_the_same_backup(made: Path) -> None:
    listed = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert list(listed) == sorted(listed)
