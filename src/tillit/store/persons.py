"""Persons as keyed pseudonyms; the key and the way back lie apart from the data."""

import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud and typed without mistakes


def code(pseudonym: int) -> str:
    """A pseudonym as people see it.

    >>> code(1)
    '0000-0000-00001'
    """
    text = ""
    for _ in range(13):
        pseudonym, rest = divmod(pseudonym, 32)
        text = _LETTERS[rest] + text
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def pseudonym_of(code: str) -> int:
    """The pseudonym that people see as this code.

    >>> pseudonym_of(code(12_345_678_901))
    12345678901
    """
    pseudonym = 0
    for letter in code.replace("-", ""):
        pseudonym = pseudonym * 32 + _LETTERS.index(letter)
    return pseudonym


class Persons:
    """Makes pseudonyms with a key of this installation, and keeps the way back in a file of its own.

    Takes: the protected folder. It is made readable by its owner alone, and should lie on a disk
    of its own; whoever has only the data cannot tell who a pseudonym is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._key = self._read_key(folder / "key")
        self._database = folder / "identities.sqlite"
        with self._open() as database:
            database.execute(
                "create table if not exists identity (pseudonym integer primary key, kind text, identity text)"
            )

    @staticmethod
    def _read_key(path: Path) -> bytes:
        if not path.exists():
            # O_EXCL: two runs that start at once must not each make a key.
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                pass
            else:
                with os.fdopen(handle, "wb") as file:
                    file.write(secrets.token_bytes(32))
        return path.read_bytes()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._database, timeout=30)
        database.execute("pragma journal_mode=wal")
        return database

    def fingerprint(self) -> str:
        """What tells this key from others, and nothing of the key itself."""
        return hmac.digest(self._key, b"fingerprint", "sha256").hex()

    def pseudonym(self, identity: str, kind: str = "person") -> int:
        """The pseudonym of one identity, as already written in its one form: 63 bits, never negative."""
        digest = hmac.digest(self._key, f"{kind}:{identity}".encode(), "sha256")
        return int.from_bytes(digest[:8], "big") >> 1

    def pseudonyms(self, identities: Sequence[str], kind: str = "person") -> list[int]:
        """The pseudonyms of distinct identities, kept so that there is a way back."""
        made = [self.pseudonym(identity, kind) for identity in identities]
        self.keep(zip(made, identities, strict=True), kind)
        return made

    def keep(self, pairs: Iterable[tuple[int, str]], kind: str) -> None:
        """Keeps the way back from pseudonyms. What is known already is left as it is."""
        with self._open() as database:
            database.executemany(
                "insert or ignore into identity values (?, ?, ?)",
                ((pseudonym, kind, identity) for pseudonym, identity in pairs),
            )

    def identities(self, pseudonyms: Iterable[int], *, why: str, at: datetime) -> dict[int, str]:
        """Who the pseudonyms are. Every use is written to the access log, with its reason, before it answers."""
        asked = sorted(set(pseudonyms))
        with (self.folder / "access.log").open("a", encoding="utf-8") as log:
            log.write(f"{at.isoformat()}\t{len(asked)} identities\t{why}\n")
        found: dict[int, str] = {}
        with self._open() as database:
            for pseudonym in asked:
                row = database.execute("select identity from identity where pseudonym = ?", (pseudonym,)).fetchone()
                if row:
                    found[pseudonym] = str(row[0])
        return found
