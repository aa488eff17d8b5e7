"""Migrations that mend rows, tried on rows as they were before."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from tests.web.matters import make
from tests.web.people import NOW
from tillit.web.models import Finding, Matter
from tillit.web.rules.content import catalogue


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
