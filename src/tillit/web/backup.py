"""Backs an installation up, and restores it. `python -m tillit.web.backup make|restore PART PROTECTED`.

Two parts that belong to each other: what is pseudonymised with the database, and what is protected (received files, the
way back, keys). The database goes first: whatever it tells of is in the folders by then, for they are written first.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex

import django

from tillit.errors import RefusedError, TillitError
from tillit.store import backup

DATABASE = "tillit.sqlite3"
DUMP = "tillit.dump"
_MADE_ANEW = ("cache", "static")
_IN_THE_MAKING = (".draft-", ".run-", "draft-", "half-", "work-")


class NoDumpError(RefusedError):
    """The database is on a server, and could not be dumped or restored from here."""


def main(arguments: Sequence[str]) -> int:
    """make: the two parts. restore: into TILLIT_FOLDER (and TILLIT_DATABASE), which must be empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
    what, part, protected = arguments[0], Path(arguments[1]), Path(arguments[2])
    try:
        if what == "make":
            django.setup()
            print(make(part, protected, now=datetime.now(UTC)))
        else:
            print(restore(part, protected, folder=Path(os.environ["TILLIT_FOLDER"])))
    except TillitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(part: Path, protected: Path, *, now: datetime) -> str:
    """Makes both parts, or neither. Gives what to tell.

    Raises: NotEmptyError, NoRoomError, NoDumpError.
    """
    from django.conf import settings

    from tillit.web.queries.log import head
    from tillit.web.rules.scope import within_all

    folder = Path(settings.TILLIT.folder)
    open_ = backup.files_under(folder, lambda place: _left_out(place) or _is_protected(place))
    secret = backup.files_under(folder, lambda place: _left_out(place) or not _is_protected(place))
    id, version_ = token_hex(8), version("tillit")
    database = folder / DATABASE
    with (
        backup.new_folder(part, size=backup.size_of([database, *open_])) as first,
        backup.new_folder(protected, size=backup.size_of(secret)) as second,
    ):
        with within_all():
            count, hash_ = head()
        digests = _database_into(first, database)
        told = {"log": [count, hash_], "database": "sqlite" if database.exists() else "postgresql"}
        digests |= backup.copy(open_, of=folder, to=first)
        kept = backup.copy(secret, of=folder, to=second)
        backup.write_list(second, backup.Manifest(id, "protected", now.isoformat(), version_, {}, kept))
        backup.write_list(first, backup.Manifest(id, "tillit", now.isoformat(), version_, told, digests))
    return f"backed up: {len(digests)} files in {part}, {len(kept)} in {protected}; the log has {count} lines or more"


def restore(part: Path, protected: Path, *, folder: Path) -> str:
    """Puts a backup into an empty folder, after both parts have been proved. Gives what to tell.

    Raises: NoBackupError, NotEmptyError, NoRoomError, NoDumpError.
    """
    first, second = backup.proved(part, "tillit"), backup.proved(protected, "protected")
    backup.same_backup(first, second)
    size = backup.size_of([*(part / place for place in first.files), *(protected / place for place in second.files)])
    with backup.new_folder(folder, size=size):
        backup.put_back(first.files, of=part, to=folder)
        backup.put_back(second.files, of=protected, to=folder)
        for kept in folder.glob("boards/*/protected"):
            kept.chmod(0o700)
        if (folder / DUMP).exists():
            _from_dump(folder / DUMP)
    count = first.told["log"][0]
    return (
        f"restored to {folder} as of {first.made_at}, with {count} lines or more in the log; now: tillit audit verify"
    )


def _left_out(place: Path) -> bool:
    made_anew = place.parts[0] in _MADE_ANEW or place.name.startswith(DATABASE)
    return (
        made_anew or place.name.endswith(("-wal", "-shm")) or any(one.startswith(_IN_THE_MAKING) for one in place.parts)
    )


def _is_protected(place: Path) -> bool:
    return place.name == "secret-key" or (place.parts[0] == "boards" and place.parts[2:3] == ("protected",))


def _database_into(folder: Path, database: Path) -> dict[str, str]:
    from django.db import connection

    if connection.vendor == "sqlite":
        return backup.copy([database], of=database.parent, to=folder)
    return _dump(folder)


def _dump(folder: Path) -> dict[str, str]:
    from django.db import connection

    from tillit.web.models import Board
    from tillit.web.models.second_wall import BOARDS

    program = _program("pg_dump", "pg_dump --format custom --enable-row-security")
    # Row-level security holds for our own log-in too: every board is put in scope, or the dump would be without rows.
    boards = ",".join(str(pk) for pk in Board.objects.order_by("pk").values_list("pk", flat=True))
    environment = _server(connection.settings_dict) | {"PGOPTIONS": f"-c {BOARDS}={{{boards}}}"}
    words = [program, "--format", "custom", "--enable-row-security", "--no-owner", "--file", str(folder / DUMP)]
    _done(words, environment)
    return {DUMP: backup.digest(folder / DUMP)}


def _from_dump(dump: Path) -> None:
    from tillit.web import configuration

    address = configuration.read().database
    program = _program("pg_restore", f"pg_restore --no-owner --dbname … {DUMP}")
    if "HOST" not in address:
        raise NoDumpError("the backup is of PostgreSQL", where="TILLIT_DATABASE", fix="name an empty database")
    words = [
        program,
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        "--dbname",
        str(address["NAME"]),
        str(dump),
    ]
    _done(words, _server(address))
    dump.unlink()


def _program(name: str, by_hand: str) -> str:
    found = shutil.which(name)
    if not found:
        raise NoDumpError(
            f"{name} is not on this machine", fix=f"install PostgreSQL's client, or run where it is: {by_hand}"
        )
    return found


def _server(settings: "dict[str, object]") -> dict[str, str]:
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {name: str(settings[key]) for name, key in names.items() if settings.get(key)}


def _done(words: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(words, env=dict(os.environ) | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()
        raise NoDumpError(
            f"{Path(words[0]).name} says: {why[0] if why else done.returncode}", fix="see docs/operations.md"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
