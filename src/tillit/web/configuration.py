"""What an installation is told from outside, read once from the environment and checked."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tillit.errors import RefusedError


class WrongSettingError(RefusedError):
    """A setting in the environment cannot be used."""


@dataclass(frozen=True)
class Configuration:
    """The settings of one installation."""

    folder: Path
    database: dict[str, object]
    secret_key: str
    hosts: list[str]
    debug: bool
    made_up_city: bool
    content: list[Path]
    mail_host: str
    mail_from: str


def read(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Configuration:
    """The configuration. Only TILLIT_FOLDER is needed; without TILLIT_DATABASE it is SQLite in that folder.

    Raises: WrongSettingError that names the variable.
    """
    folder = Path(environment.get("TILLIT_FOLDER", "tillit-data")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return Configuration(
        folder=folder,
        database=_database(environment.get("TILLIT_DATABASE", ""), folder),
        secret_key=environment.get("TILLIT_SECRET_KEY") or _kept_secret(folder / "secret-key"),
        hosts=environment.get("TILLIT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(","),
        debug=_yes(environment, "TILLIT_DEBUG"),
        made_up_city=_yes(environment, "TILLIT_MADE_UP_CITY"),
        content=[Path(part) for part in environment.get("TILLIT_CONTENT", "").split(os.pathsep) if part],
        mail_host=environment.get("TILLIT_MAIL_HOST", ""),
        mail_from=environment.get("TILLIT_MAIL_FROM", "tillit@localhost"),
    )


def _yes(environment: "os._Environ[str] | dict[str, str]", name: str) -> bool:
    value = environment.get(name, "no")
    if value not in {"yes", "no"}:
        raise WrongSettingError(f"it is '{value}'", where=name, fix="write yes or no")
    return value == "yes"


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


def _database(address: str, folder: Path) -> dict[str, object]:
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "tillit.sqlite3",
            "ATOMIC_REQUESTS": True,
            # IMMEDIATE and WAL: with Django's defaults one write in twenty-five is lost to "database is locked".
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": folder / "test.sqlite3"},
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSettingError(f"'{parts.scheme}:' is no database here", where="TILLIT_DATABASE", fix="postgresql://…")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
    }
