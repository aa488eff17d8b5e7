"""A backup on disk: files copied and proved, and a list of them, written last: without it the backup is half."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tillit.errors import RefusedError

LIST = "manifest.json"
_SPARE = 50 * 2**20  # left free on the disk that the backup is put on


class NoRoomError(RefusedError):
    """The disk has no room for it."""


class NotEmptyError(RefusedError):
    """What is to be written lies where something is already."""


class NoBackupError(RefusedError):
    """A folder that holds no whole backup: another folder, one half made, or one that has been changed."""


@dataclass
class Manifest:
    """What a part of a backup holds. `id` is the same for the two parts of one backup."""

    id: str
    part: str
    made_at: str
    tillit: str
    told: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@contextmanager
def new_folder(folder: Path, *, size: int) -> Iterator[Path]:
    """An empty folder to write in; where the writing does not end well, nothing is left of it.

    Takes: how many bytes are to be written.
    Raises: NotEmptyError, NoRoomError, also when the disk is full after all.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmptyError("there is something in it already", where=str(folder), fix="give a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        folder.rmdir()
        raise NoRoomError(
            f"{_mb(size)} MB are to be written and {_mb(free)} MB are free", where=str(folder), fix="give another disk"
        )
    try:
        yield folder
    except (OSError, sqlite3.Error) as fault:
        shutil.rmtree(folder, ignore_errors=True)
        why = f"it could not be written: {getattr(fault, 'strerror', None) or fault}"
        raise NoRoomError(
            why, where=str(folder), fix="make room, or give another disk; nothing is left of it"
        ) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def size_of(files: Iterable[Path]) -> int:
    """Bytes of the files that are there."""
    return sum(file.stat().st_size for file in files if file.exists())


def files_under(folder: Path, leave_out: Callable[[Path], bool]) -> list[Path]:
    """Every file under a folder but those to leave out, which are told by their place in it."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and not leave_out(file.relative_to(folder))]


def copy(files: Iterable[Path], *, of: Path, to: Path) -> dict[str, str]:
    """Copies files to the same places under another folder, databases as SQLite wants it. Gives place -> SHA-256.

    A file that is gone when its turn comes was in the making or in the waiting, and is left out.
    """
    copied = {}
    for file in files:
        place = file.relative_to(of)
        target = to / place
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if file.suffix in {".sqlite", ".sqlite3"}:
                copy_database(file, target)
            else:
                shutil.copy2(file, target)
        except FileNotFoundError:
            continue
        copied[place.as_posix()] = digest(target)
    return copied


def copy_database(file: Path, target: Path) -> None:
    """A SQLite database as it is at one moment, also while others write in it: the newest pages lie beside the file."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")


def write_list(folder: Path, manifest: Manifest) -> None:
    """Ends a part of a backup: from now on it is whole."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")


def proved(folder: Path, part: str) -> Manifest:
    """The list of a part of a backup, when every file in it is there and as it was.

    Raises: NoBackupError that says which file, or what the folder is instead.
    """
    if not (folder / LIST).exists():
        raise NoBackupError("this is no whole backup", where=str(folder), fix=f"give a folder with {LIST} in it")
    try:
        manifest = Manifest(**json.loads((folder / LIST).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise NoBackupError("its list cannot be read", where=f"{folder}/{LIST}", fix="take another backup") from None
    if manifest.part != part:
        raise NoBackupError(f"this is the part '{manifest.part}'", where=str(folder), fix=f"give the part '{part}'")
    for place, kept in manifest.files.items():
        if not (folder / place).is_file():
            raise NoBackupError("a file of the backup is gone", where=f"{folder}/{place}", fix="take another backup")
        if digest(folder / place) != kept:
            raise NoBackupError("a file is not as it was", where=f"{folder}/{place}", fix="take another backup")
    return manifest


def same_backup(one: Manifest, other: Manifest) -> None:
    """Raises NoBackupError where two parts are of two backups: codes of one are not those of the other."""
    if one.id != other.id:
        raise NoBackupError(
            f"the parts are of two backups, made {one.made_at} and {other.made_at}", fix="give the two of one backup"
        )


def put_back(manifest: Mapping[str, str], *, of: Path, to: Path) -> None:
    """Copies the files of a proved list to the same places under another folder, readable by their owner alone."""
    for place in manifest:
        target = to / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(of / place, target)


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _mb(size: int) -> int:
    return -(-size // 2**20)
