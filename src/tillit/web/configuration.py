"""What an installation is told from outside, read once from the environment and checked."""

import os
import secrets
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation
from tillit.payments import NotPayableError, Payer
from tillit.payments.order import account_parts

_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    # 64 MB for each connection, and the rest as the system has it in memory: with SQLite's own 2 MB most of the time
    # of a long list goes to reading the same pages again.
    "PRAGMA cache_size=-65536;PRAGMA mmap_size=8589934592;PRAGMA temp_store=MEMORY;"
)


MADE_UP_PAYER = Payer("Provstads kommun", "2120000142", "BG:9910993")


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
    address: str
    bounces: Path | None
    identity: "IdentityProvider | None"
    saml: "SamlProvider | None"
    claims: list[str]
    role_claims: Path | None
    nightly_run: time | None
    largest_file: int
    payer: Payer | None


@dataclass(frozen=True)
class IdentityProvider:
    """Where the municipality's employees log in (OpenID Connect)."""

    server: str
    client: str
    secret: str
    name: str

    def origin(self) -> str:
        """Scheme and host, as a browser's content policy names them."""
        return _origin(self.server)


@dataclass(frozen=True)
class SamlProvider:
    """Where the municipality's employees log in (SAML; the extra 'saml' is installed)."""

    metadata: str
    entity: str

    def origin(self) -> str:
        """Scheme and host, as a browser's content policy names them."""
        return _origin(self.metadata)


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
        address=environment.get("TILLIT_ADDRESS", "").rstrip("/"),
        bounces=Path(environment["TILLIT_BOUNCES"]) if environment.get("TILLIT_BOUNCES") else None,
        identity=_identity(environment),
        saml=_saml(environment),
        # Entra gives `roles` in the id token, others give `groups` in userinfo: both are read.
        claims=environment.get("TILLIT_CLAIMS", "roles,groups").split(","),
        role_claims=Path(environment["TILLIT_ROLE_CLAIMS"]) if environment.get("TILLIT_ROLE_CLAIMS") else None,
        nightly_run=_nightly_run(environment),
        largest_file=_largest_file(environment),
        payer=_payer(environment),
    )


def _nightly_run(environment: "os._Environ[str] | dict[str, str]") -> time | None:
    # The made-up city stands on a day of its own, and is not to change while someone looks at it.
    wished = environment.get("TILLIT_NIGHTLY_RUN", "no" if _yes(environment, "TILLIT_MADE_UP_CITY") else "02:30")
    if wished == "no":
        return None
    try:
        return time.fromisoformat(wished)
    except ValueError:
        raise WrongSettingError(f"it is '{wished}'", where="TILLIT_NIGHTLY_RUN", fix="write 02:30, or no") from None


def _largest_file(environment: "os._Environ[str] | dict[str, str]") -> int:
    megabytes = environment.get("TILLIT_LARGEST_FILE", "200")
    if not megabytes.isdecimal() or not 1 <= int(megabytes) <= 10_000:
        raise WrongSettingError(f"it is '{megabytes}'", where="TILLIT_LARGEST_FILE", fix="write MB, from 1 to 10000")
    return int(megabytes) * 2**20


def _payer(environment: "os._Environ[str] | dict[str, str]") -> Payer | None:
    # Whose account the money is drawn from is no matter of the web: nobody who pays can change it there.
    name, number, account = (environment.get(f"TILLIT_PAYER_{one}", "") for one in ("NAME", "NUMBER", "ACCOUNT"))
    if not (name or number or account):
        return MADE_UP_PAYER if _yes(environment, "TILLIT_MADE_UP_CITY") else None
    if not name or not parse_organisation(number).verdict.is_valid:
        where = "TILLIT_PAYER_NUMBER" if name else "TILLIT_PAYER_NAME"
        raise WrongSettingError("it is empty or wrong", where=where, fix="give the municipality's name and number")
    try:
        account_parts(account)
    except NotPayableError:
        fix = "write BG: and a bankgiro, PG: and a plusgiro, or BA: and an IBAN"
        raise WrongSettingError("it is no account", where="TILLIT_PAYER_ACCOUNT", fix=fix) from None
    return Payer(name, number.replace("-", ""), account)


def _identity(environment: "os._Environ[str] | dict[str, str]") -> IdentityProvider | None:
    server = environment.get("TILLIT_OIDC_SERVER", "").rstrip("/")
    if not server:
        return None
    for name in ("TILLIT_OIDC_CLIENT", "TILLIT_OIDC_SECRET"):
        if not environment.get(name):
            raise WrongSettingError("it is empty", where=name, fix="TILLIT_OIDC_SERVER is set: give it too")
    return IdentityProvider(
        server=server,
        client=environment["TILLIT_OIDC_CLIENT"],
        secret=environment["TILLIT_OIDC_SECRET"],
        name=environment.get("TILLIT_OIDC_NAME", "Kommunens inloggning"),
    )


def _saml(environment: "os._Environ[str] | dict[str, str]") -> SamlProvider | None:
    metadata, entity = environment.get("TILLIT_SAML_METADATA", ""), environment.get("TILLIT_SAML_ENTITY", "")
    if bool(metadata) != bool(entity):
        missing = "TILLIT_SAML_ENTITY" if metadata else "TILLIT_SAML_METADATA"
        raise WrongSettingError("it is empty", where=missing, fix="give both the entity id and its metadata's address")
    return SamlProvider(metadata, entity) if metadata else None


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


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
            # IMMEDIATE and WAL: with Django's defaults one write in twenty-five is lost to "database is locked".
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": _PRAGMAS,
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
        "CONN_MAX_AGE": 60,
    }
