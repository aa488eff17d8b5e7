"""The files of a folder, and what has happened to them since the last run."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

_OWN = "tillit"  # a folder of this name is ours: the truth of the made-up town, notes; never read


def files_in(folder: Path) -> list[Path]:
    """Every file in the folder and below, in order of name; not hidden ones, links, nor those in a folder `tillit`."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and not any(_is_apart(part) for part in parts):
            found.append(path)
    return found


def _is_apart(part: str) -> bool:
    # ~$ is what a spreadsheet program leaves beside a file that is open
    return part.startswith((".", "~$")) or part == _OWN


def shown(path: Path, folder: Path) -> str:
    """The file's name as people see it: its way within the folder."""
    return path.relative_to(folder).as_posix()


def changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """What to tell about files whose bytes are others than last time, or that are gone.

    Takes: name -> sha256, of the last run and of this one.

    >>> changes({"a.csv": "1", "b.csv": "2"}, {"a.csv": "9", "c.csv": "3"})
    ['a.csv: it has changed since the last run: read again, and what it said before no longer counts', \
'b.csv: it was there at the last run and is not now: its rows no longer count']
    """
    told = []
    for name, sha256 in sorted(before.items()):
        if name not in now:
            told.append(f"{name}: it was there at the last run and is not now: its rows no longer count")
        elif now[name] != sha256:
            told.append(
                f"{name}: it has changed since the last run: read again, and what it said before no longer counts"
            )
    return told


def twice(names: Iterable[tuple[str, str]]) -> list[str]:
    """What to tell about files with the same bytes.

    Takes: name and sha256, in the order read.

    >>> twice([("a.csv", "1"), ("b.csv", "2"), ("copy.csv", "1")])
    ['copy.csv: the same bytes as a.csv: counted once']
    """
    first: dict[str, str] = {}
    told = []
    for name, sha256 in names:
        if sha256 in first:
            told.append(f"{name}: the same bytes as {first[sha256]}: counted once")
        first.setdefault(sha256, name)
    return told


def files_of_last_run(store: Path) -> dict[str, str]:
    """Name -> sha256 of the files that the last run into this store read."""
    file = store / "files.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def keep_files(store: Path, files: Sequence[tuple[str, str]]) -> None:
    """Keeps the names for the next run to compare with."""
    text = json.dumps(dict(sorted(files)), ensure_ascii=False, indent=1)
    (store / "files.json").write_text(text, encoding="utf-8")
