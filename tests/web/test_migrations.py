"""Migrations that mend rows, tried on rows as they were before."""

import os
import subprocess
import sys
from importlib import import_module

from django.apps import apps
from django.db import connection

from tests.web.matters import make
from tests.web.people import NOW
from tillit.web.models import Finding, Matter
from tillit.web.rules.content import catalogue

BEFORE = "0033_payment_batch"


def test_findings_from_before_lists_were_sorted_get_their_urgency(city):
    process = catalogue().processes["finding"]
    for number, (severity, certainty) in enumerate([(4, "sure"), (3, "possible"), (1, "indication"), (2, "observed")]):
        finding = make(process, now=NOW, number=f"F-{number}")
        Finding.objects.filter(pk=finding.pk).update(severity=severity, certainty=certainty)
        Matter.objects.filter(pk=finding.pk).update(urgency=15)
    make(catalogue().processes["investigation"], now=NOW, number="U-1")
    Matter.objects.filter(number="U-1").update(urgency=15)
    import_module("tillit.web.migrations.0010_fill_urgency").fill(apps, connection.schema_editor())
    assert list(Matter.objects.order_by("number").values_list("number", "urgency")) == [
        ("F-0", 0), ("F-1", 5), ("F-2", 14), ("F-3", 11), ("U-1", 15),
    ]  # fmt: skip


UPGRADE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now
call_command("migrate", "web", sys.argv[1], verbosity=0)
old = MigrationExecutor(connection).loader.project_state([("web", sys.argv[1])]).apps
board = old.get_model("web", "Board").objects.create(slug="sodra", name="Södra")
old.get_model("web", "Matter").objects.create(
    process="finding", process_revision=1, state="new", state_since=now(), zone="provider", board=board,
    number="F-1", title="Ett fynd", opened_at=now(),
)
call_command("migrate", verbosity=0)
from tillit.web.models import Matter, walls
from tillit.web.rules.scope import within
with within([board.pk]):
    print(list(Matter.objects.values_list("number", flat=True)), walls.missing(connection))
"""


def test_an_installation_that_is_brought_up_to_date_keeps_its_rows_and_has_its_walls_again(tmp_path):
    # A table that triggers speak of is made anew: web_matter, in a migration after this one.
    told = {name: value for name, value in os.environ.items() if name != "TILLIT_DATABASE"}
    told |= {"TILLIT_FOLDER": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tillit.web.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", UPGRADE, BEFORE], env=told, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr[-500:] if ran.returncode else "") == (0, "['F-1'] []\n", "")
