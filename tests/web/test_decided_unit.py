"""At which unit a finding belongs: where its decisions say one that the board knows; else the default one."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.web.people import as_viewer
from tests.web.test_finding_import import ONE, SUPPLIER, bring, found
from tillit.store import code
from tillit.web.models import Board, Finding, Grant, Unit
from tillit.web.queries.matter import readable
from tillit.web.rules.board_store import store_of
from tillit.web.rules.decided_unit import decisions, unit_of, units_of

DAY = date(2026, 1, 1)
ROWS = [
    (7, "Funktionsstöd", "5599900197", DAY, None),
    (9, "FUNKTIONSSTÖD ", "5599900197", DAY, date(2026, 1, 31)),
    (9, "Äldreomsorg", "5599900197", date(2026, 2, 1), None),
    (11, "Funktionsstöd", "5599900197", DAY, None),
    (11, "Äldreomsorg", "5599991014", DAY, None),
    (13, "Okänd enhet", "5599991014", DAY, None),
]


@pytest.fixture
def norr(city, installation):
    norr = Board.objects.get(slug="norr")
    for slug, name, default in (("fs", "Funktionsstöd", False), ("ao", "Äldreomsorg", False), ("x", "Övrigt", True)):
        Unit.objects.create(board=norr, slug=slug, name=name, default=default)
    folder = store_of(norr).folder / "deliveries" / "f"
    folder.mkdir(parents=True)
    columns = ("client_id", "unit", "provider_id", "valid_from", "valid_to")
    rows = [
        {"decision_id": f"B{place}", "service_area": "personal_assistance"} | dict(zip(columns, row, strict=True))
        for place, row in enumerate(ROWS)
    ]
    pq.write_table(pa.Table.from_pylist(rows), folder / "decision.parquet")
    return norr


@pytest.mark.parametrize(
    ("finding", "slug"),
    [
        (ONE, "fs"),
        (replace(ONE, client=code(9)), "ao"),  # the decision of the days of the finding
        (replace(ONE, client=code(11)), "fs"),  # the decision about the same provider
        (replace(ONE, client=code(11), provider=None), "x"),  # two units: nobody guesses
        (replace(ONE, client=code(13)), "x"),
        (replace(ONE, client=code(99)), "x"),
        (SUPPLIER, "x"),  # its decisions are of two units
        (replace(SUPPLIER, provider="5599991014"), "ao"),
        (replace(SUPPLIER, provider="5560000001"), "x"),
    ],
)
def test_the_decisions_say_the_unit_or_it_is_the_default_one(norr, finding, slug):
    told = decisions(store_of(norr), [{"sha256": "f"}])
    assert unit_of(finding, told, units_of(norr)) == Unit.objects.get(slug=slug).pk


def test_a_board_without_units_has_findings_of_the_whole_board(city, norr):
    syd = Board.objects.get(slug="syd")
    assert unit_of(ONE, decisions(store_of(norr), [{"sha256": "f"}]), units_of(syd)) is None


def test_the_manager_of_a_unit_reads_what_is_placed_there_and_the_manager_of_another_does_not(city, norr):
    Grant.objects.filter(user=city["Mats"], role="R02").update(unit=Unit.objects.get(slug="ao"))
    Grant.objects.filter(user=city["Cilla"], role="R02").update(unit=Unit.objects.get(slug="fs"))
    bring(norr, found(ONE, deliveries=[{"sha256": "f"}]))
    seen = {name: readable(Finding, as_viewer(city[name])).count() for name in ("Cilla", "Mats", "Klas", "Bo")}
    assert seen == {"Cilla": 1, "Mats": 0, "Klas": 1, "Bo": 0}
