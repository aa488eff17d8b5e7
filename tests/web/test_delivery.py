"""Files given by a board's people: kept as they came, read into the board's own store, refused with a sentence."""

import csv
import io
import re
import resource
import sqlite3
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from tests.web.delivered import NAME, SHIFTS, deliver, work_off
from tests.web.people import NOW, as_viewer
from tillit.web.actions.delivery import (
    DeliveredBeforeError,
    NotTakenError,
    clean_up,
    read_upload,
    receive,
    refused_lines,
)
from tillit.web.actions.refusal import NotForYouError, NotYourStepError
from tillit.web.models import Board, Entry, Job, Upload
from tillit.web.queries.delivery import deliveries
from tillit.web.rules.board_store import arrived, store_of
from tillit.web.rules.file_content import why_not_taken


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


def give(city, content, *, name="fil.csv", who="Klas", **more):
    board = Board.objects.get(slug="norr")
    return receive(name, [content], board=board, by=as_viewer(city[who]), now=NOW, **more)


def test_a_file_is_received_and_read_and_it_is_told_how_it_was_understood(city, norr):
    upload = deliver(city["Klas"])
    assert (upload.name, upload.size, upload.delivery) == (NAME, len(SHIFTS.encode()), {})
    assert work_off() == 1
    upload.refresh_from_db()
    told = upload.delivery
    assert (told["status"], told["lines_stored"], told["lines_refused"]) == ("accepted_with_remarks", 2, 1)
    assert (told["name"], upload.read_at, upload.error) == (NAME, NOW, "")
    assert [(line.what, line.by) for line in Entry.objects.order_by("count")] == [
        ("receive file", city["Klas"]),
        ("read file", None),
    ]


def test_nothing_that_was_delivered_lies_outside_the_protected_folder(city, norr, installation):
    deliver(city["Klas"])
    work_off()
    holders = [
        path for path in installation.rglob("*") if path.is_file() and re.search(rb"860511-?2385", path.read_bytes())
    ]
    protected = installation / "boards" / "norr" / "protected"
    assert {path.relative_to(protected).parts[0].removesuffix("-wal") for path in holders} == {
        "received",
        "identities.sqlite",
    }
    assert list(arrived(norr).iterdir()) == []


def test_a_person_has_another_pseudonym_at_another_board(city, norr):
    syd = Board.objects.get(slug="syd")
    at_norr, at_syd = (store_of(board).persons.pseudonym("198605112385") for board in (norr, syd))
    assert at_norr != at_syd


@pytest.mark.parametrize("who", ["Cilla", "Hanna", "Elin", "Doris", "Bo"])
def test_others_deliver_nothing_here(city, norr, who):
    with pytest.raises(NotYourStepError):
        deliver(city[who])
    assert list(Upload.objects.all()) == []
    assert list(Job.objects.all()) == []
    assert [(line.kind, line.what) for line in Entry.objects.all()] == [("refused", "receive file")]


def test_an_investigator_and_the_finance_office_deliver_too(city, norr):
    deliver(city["Asta"])
    assert [upload.by for upload in Upload.objects.all()] == [city["Asta"]]


def test_the_same_file_is_not_taken_twice(city, norr):
    deliver(city["Klas"])
    with pytest.raises(DeliveredBeforeError) as refused:
        deliver(city["Klas"], name="kopia.csv")
    assert str(refused.value) == f"{NAME}: Precis samma fil är redan lämnad: kontrollera att det är rätt fil"


def test_a_file_that_is_not_understood_is_told_so_and_can_be_given_again(city, norr):
    give(city, b"hej\nhopp\n")
    work_off()
    assert [upload.delivery["status"] for upload in Upload.objects.all()] == ["rejected"]
    give(city, b"hej\nhopp\n")
    assert Upload.objects.count() == 2


def packed(*names):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return whole.getvalue()


def old_workbook(stream):
    entry = stream.encode("utf-16-le").ljust(128, b"\0")
    return b"\xd0\xcf\x11\xe0".ljust(512, b"\0") + b"\0" * 384 + entry


PROGRAM = "Filen är ett program och inget underlag: spara den som xlsx eller csv och lämna den igen"
MACROS = "Filen innehåller makron, som är program: spara den som xlsx eller csv och lämna den igen"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom: kontrollera att du valde rätt fil"),
        (b"MZ\x90\0", PROGRAM),
        (b"\x7fELF\x02", PROGRAM),
        (b"#!/bin/sh\necho", PROGRAM),
        (packed("xl/workbook.xml", "xl/vbaProject.bin"), MACROS),
        (packed("mimetype", "Basic/script-lc.xml"), MACROS),
        (old_workbook("_VBA_PROJECT_CUR"), MACROS),
    ],
)
def test_what_is_no_data_is_refused_by_what_it_holds_whatever_it_is_called(city, norr, content, told):
    with pytest.raises(NotTakenError) as refused:
        give(city, content, name="underlag.xlsx")
    assert str(refused.value) == told
    assert list(arrived(norr).iterdir()) == []
    assert list(Upload.objects.all()) == []


@pytest.mark.parametrize(
    "content", [packed("xl/workbook.xml"), old_workbook("Workbook"), b"PK\x03\x04", SHIFTS.encode()]
)
def test_workbooks_without_macros_and_damaged_ones_are_left_to_the_readers(tmp_path, content):
    file = tmp_path / "fil"
    file.write_bytes(content)
    assert why_not_taken(file) == ""


def test_a_file_that_is_too_large_is_refused_and_nothing_of_it_is_kept(city, norr, settings):
    settings.TILLIT = replace(settings.TILLIT, largest_file=3 * 2**20)
    asked = []

    def endless():
        while True:
            asked.append(1)
            yield b"x" * 2**20

    with pytest.raises(NotTakenError) as refused:
        receive("stor.csv", endless(), board=norr, by=as_viewer(city["Klas"]), now=NOW)
    assert str(refused.value) == "Filen är större än 3 MB: lämna den i delar, till exempel en månad i taget"
    assert len(asked) == 4
    assert list(arrived(norr).iterdir()) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ('C:\\Mina filer\\O\'Brien "mars" 🙂.csv', 'O\'Brien "mars" 🙂.csv'),
        ("rad\nbyte.csv", "radbyte.csv"),
        ("å" * 300 + ".csv", "å" * 251 + ".csv"),
        ("..", ".."),
        ("", "utan namn"),
    ],
)
def test_a_strange_name_is_shown_as_it_is_and_leads_nowhere(city, norr, name, shown):
    upload = give(city, SHIFTS.encode(), name=name)
    assert upload.name == shown
    work_off()
    upload.refresh_from_db()
    assert upload.delivery["lines_stored"] == 2


def test_refused_lines_are_given_out_with_what_to_do_and_the_reading_is_logged(city, norr):
    upload = deliver(city["Klas"])
    work_off()
    text = "".join(refused_lines(upload.pk, by=as_viewer(city["Cilla"]), now=NOW))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Rad", "Vad som inte stämmer", "Vad man kan göra"]
    assert [row[0] for row in rows[1:]] == ["4"]
    line = Entry.objects.order_by("-count").first()
    assert (line.kind, line.what, line.by, line.details) == (
        "read",
        "refused lines",
        city["Cilla"],
        {"delivery": upload.pk},
    )


@pytest.mark.parametrize("who", ["Bo", "Elin", "Hanna"])
def test_refused_lines_do_not_exist_for_others(city, norr, who):
    upload = deliver(city["Klas"])
    work_off()
    assert list(deliveries(as_viewer(city[who]))) == []
    with pytest.raises(NotForYouError):
        refused_lines(upload.pk, by=as_viewer(city[who]), now=NOW)


@contextmanager
def no_file_longer_than(size):
    """A disk that is full: nothing longer can be written, by anyone in this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_to_the_one_who_delivers_and_nothing_is_half_stored(city, norr):
    with no_file_longer_than(1000), pytest.raises(NotTakenError) as refused:
        give(city, b"x" * 5000)
    assert str(refused.value) == (
        "Filen fick inte plats på servern, och inget av den är sparat: säg till den som sköter systemet, och lämna den "
        "igen när det är rättat"
    )
    assert (list(arrived(norr).iterdir()), list(Upload.objects.all()), list(Job.objects.all())) == ([], [], [])


def test_a_disk_that_is_full_while_a_file_is_read_leaves_nothing_half_read(city, norr):
    upload = deliver(city["Klas"])
    with no_file_longer_than(200), pytest.raises((OSError, sqlite3.Error, duckdb.Error)):
        read_upload(upload.pk, board=norr.pk, now=NOW, tell=lambda percent: None)
    upload.refresh_from_db()
    store = store_of(norr)
    assert (upload.delivery, upload.read_at, list(store.deliveries())) == ({}, None, [])
    assert [path.name for path in store.folder.rglob("*") if path.name.startswith(".draft")] == []
    work_off()
    upload.refresh_from_db()
    assert upload.delivery["lines_stored"] == 2


def test_what_was_left_half_done_is_taken_away_at_the_next_start_and_nothing_else_is(city, norr):
    waiting = deliver(city["Klas"])
    store = store_of(norr)
    received = store.persons.folder / "received"
    left = [received / "work-1", received / "draft-1", arrived(norr) / "half-1", arrived(norr) / ("0" * 64)]
    for path in left:
        path.mkdir()
        (path / "x").touch()
    assert clean_up(now=datetime.now(UTC)) == 0  # someone may be at it
    assert clean_up(now=datetime.now(UTC) + timedelta(hours=2)) == len(left)
    assert [path for path in left if path.exists()] == []
    assert [path.name for path in arrived(norr).iterdir()] == [waiting.sha256]


@pytest.mark.slow
def test_three_hundred_megabytes_are_refused(city, norr):
    with pytest.raises(NotTakenError, match="Filen är större än 200 MB"):
        receive("stor.csv", (b"x" * 2**20 for _ in range(300)), board=norr, by=as_viewer(city["Klas"]), now=NOW)
    assert list(arrived(norr).iterdir()) == []
