"""That support is given at another unit is told by the unit's name alone, within the board, to who may and says why."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.store import code
from tillit.web.actions.other_units import ask_other_units
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.models import Block, Board, Entry, Unit, Upload
from tillit.web.rules.board_store import store_of
from tillit.web.rules.content import catalogue

ROWS = [
    (7, "Funktionsstöd", date(2026, 1, 1), None),
    (7, "äldreomsorg", date(2026, 1, 1), None),
    (7, "Stöd som var", date(2024, 1, 1), date(2025, 12, 31)),
    (7, "Familjerätt", date(2026, 1, 1), None),
    (9, "Funktionsstöd", date(2026, 1, 1), None),
]
"""Client, unit and days of each decision at both boards."""


@pytest.fixture
def finding(city, installation):
    for slug in ("norr", "syd"):
        board = Board.objects.get(slug=slug)
        read = {"status": "accepted"}
        Upload.objects.create(board=board, name="b.csv", sha256="f", by=city["Klas"], at=NOW, delivery=read)
        for name in ("Funktionsstöd", "Äldreomsorg", "Stöd som var", "Familjerätt"):
            Unit.objects.create(board=board, slug=name[:4].lower(), name=name, apart=name == "Familjerätt")
        rows = [dict(zip(("client_id", "unit", "valid_from", "valid_to"), row, strict=True)) for row in ROWS]
        folder = store_of(board).folder / "deliveries" / "f"
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows), folder / "decision.parquet")
    return found(7)


def found(client, board="norr", unit="funk", number="NORR-F-2026-1", **more):
    where, process = Unit.objects.get(board__slug=board, slug=unit), catalogue().processes["finding"]
    return make(process, now=NOW, number=number, board=board, unit=where, client_code=code(client), **more)


def ask(city, matter, name="Cilla", purpose="Samma tid kan vara beviljad två gånger"):
    return ask_other_units(matter, purpose=purpose, by=as_viewer(city[name]), now=NOW)


def test_the_other_unit_is_named_and_nothing_else_is_told(city, finding):
    """M255: double service within the allowed zone: that there is support at another unit, without content."""
    (other,) = ask(city, finding)
    assert other.name == "Äldreomsorg"
    line = Entry.objects.get()
    assert (line.kind, line.what, line.matter, line.purpose, line.details) == (
        "read", "ask other units", "NORR-F-2026-1", "Samma tid kan vara beviljad två gånger", {"units": [other.pk]},
    )  # fmt: skip


def test_a_client_at_one_unit_alone_has_no_other(city, finding):
    assert ask(city, found(9, number="NORR-F-2026-2")) == []


def test_a_case_about_the_finding_answers_the_same_for_who_works_on_it(city, finding):
    case = make(catalogue().processes["support"], now=NOW, number="NORR-S-2026-1", unit=finding.unit)
    case.findings.set([finding])
    give(case, city["Hanna"], now=NOW)
    assert [one.name for one in ask(city, case, "Hanna")] == ["Äldreomsorg"]


@pytest.mark.parametrize("name", ["Bo", "Klas", "Asta", "Jonna", "Elin", "Doris", "Hanna", "Sara"])
def test_others_ask_nothing_also_those_who_read_the_finding(city, finding, name):
    with pytest.raises(NotForYouError):
        ask(city, finding, name)
    assert [one.kind for one in Entry.objects.all()] == ["refused"]


def test_another_board_is_never_asked_though_it_knows_the_same_code(city, finding):
    theirs = found(7, board="syd", number="SYD-F-2026-1")
    assert [one.board.slug for one in ask(city, theirs, "Bo")] == ["syd"]
    with pytest.raises(NotForYouError):
        ask(city, theirs)


def test_a_branch_of_its_own_neither_asks_nor_is_told_of(city, finding):
    with pytest.raises(NotForYouError):
        ask(city, found(7, unit="fami", number="NORR-F-2026-3"))


def test_of_someone_protected_or_without_a_purpose_or_in_bias_nothing_is_told(city, finding):
    with pytest.raises(HeldBackError, match="Skriv varför"):
        ask(city, finding, purpose=" ")
    hidden = found(7, number="NORR-F-2026-4", protected=True)
    give(hidden, city["Cilla"], now=NOW, special=True)
    with pytest.raises(NotForYouError):
        ask(city, hidden)
    Block.objects.create(matter=finding, user=city["Cilla"], since=NOW)
    with pytest.raises(NotForYouError):
        ask(city, finding)
