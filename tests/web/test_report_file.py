"""A provider's file becomes drafts: all of it or nothing, never signed, and whatever its bytes are told in words."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.people import NOW
from tests.web.reports import AMIR, CLIENT, MONTH, PROVIDER, VERA, bind, make_report, part
from tillit.report.time_sheet import TimeSheet, write_time_sheet
from tillit.store import code
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.report_file import Brought, bring_file
from tillit.web.models import Board, PortalGrant, ReportedTime, TimeReport, WorkerReport
from tillit.web.queries.report_file import months_of
from tillit.web.rules.board_store import arrived, store_of
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.report_file import HEADINGS, WrongFileError, lines_of

NUMBER = "NORR-T-2026-1"
CHOICE = f"norr-{PROVIDER}-2025-12"
HEAD = ";".join(HEADINGS)


@pytest.fixture
def people(city, installation):
    """The cast, those outside bound to what is theirs."""
    bind(city)
    return {name: outsider_of(city[name], NOW) for name in ("Lova", "Ove", "Amir", "Karl")}


@pytest.fixture
def report(people):
    return make_report(now=NOW)


def csv_of(*rows):
    return "\r\n".join([HEAD, *(";".join(row) for row in rows)]).encode()


def row(
    day="2025-12-01", start="08:00", end="12:00", worker=f"Amir ({AMIR})", report=f"{NUMBER} (Karl)", kind="", **more
):
    cells = [more.get(one, "") for one in ("place", "comment", "which")]
    return (report, worker, day, start, end, kind, *cells)


def brought(content, people, by="Lova", choice=CHOICE):
    return bring_file(content, choice=choice, by=people[by], now=NOW)


def stored():
    rows = ReportedTime.objects.order_by("part__worker_code", "starts_at")
    return [(one.part.worker_code, one.date.day, one.start, one.end, one.kind) for one in rows]


def test_a_file_becomes_drafts_that_nobody_has_signed(people, report):
    """M122: reported by file, read into drafts; what passes midnight is divided."""
    content = csv_of(
        row(), row("2025-12-02", "22:00", "06:00", kind="Väntetid"), row(worker=VERA, start="13.00", end="17.00")
    )
    assert brought(content, people) == Brought(4, 0, 1)
    assert stored() == [
        (AMIR, 1, "08:00", "12:00", "active"),
        (AMIR, 2, "22:00", "24:00", "waiting"),
        (AMIR, 3, "00:00", "06:00", "waiting"),
        (VERA, 1, "13:00", "17:00", "active"),
    ]
    assert set(WorkerReport.objects.values_list("signed_at", "approved_at")) == {(None, None)}
    assert TimeReport.objects.get(pk=report.pk).state == "draft"


def test_the_same_file_given_twice_writes_nothing_twice(people, report):
    assert brought(csv_of(row()), people) == Brought(1, 0, 1)
    assert brought(csv_of(row(), row("2025-12-02")), people) == Brought(1, 1, 1)


def test_every_wrong_line_is_told_and_nothing_is_kept(people, report):
    content = csv_of(
        row(),
        row("i går"),
        row(start="25:00"),
        row(report="NORR-T-2026-9"),
        row("2025-11-30"),
        row(kind="Fika"),
        row(worker="Amir"),
        row(comment="8001011234"),
    )
    with pytest.raises(WrongFileError) as first:
        brought(content, people)
    assert first.value.lines == [
        (3, "Datumet går inte att läsa. Skriv till exempel 2026-02-28"),
        (7, "Det som står under Vad finns inte i listan"),
        (8, "Rapporten eller assistenten saknas. Välj i listan i mallen"),
    ]
    with pytest.raises(WrongFileError) as second:
        brought(csv_of(row(), row(report="NORR-T-2026-9"), row("2025-11-30")), people)
    assert second.value.lines == [
        (3, "Raden gäller ingen rapport som ni har den här månaden"),
        (4, "Datumet hör till en annan månad"),
    ]
    with pytest.raises(WrongFileError) as third:
        brought(csv_of(row(worker=VERA), row(start="25:00"), row(comment="8001011234")), people)
    assert third.value.lines == [
        (3, "Klockslaget går inte att läsa: skriv till exempel 08:00"),
        (4, "Skriv inget personnummer i kommentaren: ta bort siffrorna"),
    ]
    assert (stored(), WorkerReport.objects.count(), TimeReport.objects.get().state) == ([], 0, report.state)


def test_what_is_signed_is_not_touched_by_a_file(people, report):
    part(report, now=NOW, signed_at=NOW, signed_by=people["Amir"].viewer.user)
    with pytest.raises(WrongFileError) as told:
        brought(csv_of(row(worker=VERA), row("2025-12-05")), people)
    assert told.value.lines == [(3, "Amir: Tiden är underskriven. Gör en rättelse för att ändra den")]
    assert stored() == [(AMIR, 1, "08:00", "16:00", "active")]


@pytest.mark.parametrize("name", ["Ove", "Amir", "Karl"])
def test_another_finds_no_month_to_give_a_file_for(people, report, name):
    assert months_of(people[name]) == {}
    with pytest.raises(NotForYouError, match="ingen sådan månad"):
        brought(csv_of(row()), people, by=name)
    assert stored() == []


def test_an_assistant_of_another_provider_is_not_added_by_a_file(people, report):
    with pytest.raises(WrongFileError, match="Filen har fel") as told:
        brought(csv_of(row(worker="0000-0000-0000Z")), people)
    assert told.value.lines == [(2, "0000-0000-0000Z: Assistenten har inget konto hos er i portalen")]


def test_the_template_that_tillit_makes_is_read_back(people, report, tmp_path):
    sheet = TimeSheet(
        "Tider", HEADINGS, MONTH, date(2025, 12, 31), [f"{NUMBER} (Karl)"], [f"Amir ({AMIR})"], ["Assistans"],
        ["I hemmet"], ["före", "efter"], ["Så"],
    )  # fmt: skip
    write_time_sheet(sheet, tmp_path / "empty.xlsx")
    with pytest.raises(WrongFileError) as told:
        brought((tmp_path / "empty.xlsx").read_bytes(), people)
    assert told.value.lines == [(0, "Filen har inga rader med tid")]
    assert (
        brought(
            workbook([(*row()[:2], date(2025, 12, 1), 8 / 24, 12.5 / 24, "Assistans", "I hemmet", "", "")]), people
        ).new
        == 1
    )
    assert stored() == [(AMIR, 1, "08:00", "12:30", "active")]


def workbook(rows):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Tider")
        day, clock = (book.add_format({"num_format": one}) for one in ("yyyy-mm-dd", "hh:mm"))
        sheet.write_row(0, 0, HEADINGS)
        for number, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell, clock if isinstance(cell, float) else None)
    return kept.getvalue()


FK = (
    "Månad;Personnummer;Assistent personnummer;Organisationsnummer;Dag;Från;Till;Aktiv tid;Väntetid;Beredskap\r\n"
    "2025-12;195503071812;199001012385;556999-9999;01;08:00;15.30;7,5;;\r\n"
    "2025-12;195503071812;199001012385;556999-9999;02;22:00;06:00;;;8\r\n"
)


@pytest.fixture
def known(people):
    """The two persons of the file as the board knows them: the codes that its own key makes."""
    board = Board.objects.get(slug="norr")
    client, worker = (code(store_of(board).persons.pseudonym(one)) for one in ("195503071812", "199001012385"))
    made = make_report(now=NOW, client=client)
    PortalGrant.objects.filter(worker_code=AMIR).update(worker_code=worker)
    return made, worker


def test_a_file_as_fk_3059_is_read_by_the_boards_own_key_and_leaves_no_number_behind(people, known):
    assert brought(FK.encode(), people) == Brought(3, 0, 1)
    assert [one[1:] for one in stored()] == [
        (1, "08:00", "15:30", "active"),
        (2, "22:00", "24:00", "standby"),
        (3, "00:00", "06:00", "standby"),
    ]
    board = Board.objects.get(slug="norr")
    pseudonym = store_of(board).persons.pseudonym("195503071812")
    assert store_of(board).persons.identities([pseudonym], why="prov", at=NOW) == {}
    assert list(arrived(board).iterdir()) == []


def test_a_line_of_such_a_file_that_cannot_be_read_is_told_by_its_number(people, known):
    with pytest.raises(WrongFileError) as told:
        brought(FK.replace("15.30", "25:00").encode(), people)
    assert [line for line, _what in told.value.lines] == [2]
    assert stored() == []


cells = st.sampled_from(
    [*row(), "", "24:00", "0.5", "2025-12-31", "31", "före", "12", "=1+1", AMIR, VERA, CLIENT, NUMBER, "\x00", "'", '"']
) | st.text(max_size=8)
tables = st.lists(st.lists(cells, max_size=10), max_size=6)


def whole_or_nothing(content, people):
    """Brought whole, or refused in words with nothing left."""
    before = (ReportedTime.objects.count(), WorkerReport.objects.count())
    told, new = [(0, "")], 0
    try:
        new = brought(content, people).new
    except WrongFileError as error:
        told = error.lines
        assert (ReportedTime.objects.count(), WorkerReport.objects.count()) == before
    assert all(line >= 0 for line, _what in told)
    assert ReportedTime.objects.count() == before[0] + new
    assert list(arrived(Board.objects.get(slug="norr")).iterdir()) == []


FUZZ = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FUZZ
@given(table=tables, mark=st.sampled_from([";", ",", "\t"]), encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_whatever_the_table_says_it_is_taken_whole_or_not_at_all(people, report, table, mark, encoding):
    text = "\r\n".join([mark.join(HEADINGS), *(mark.join(cells) for cells in table)])
    with transaction.atomic():
        whole_or_nothing(text.encode(encoding, "replace"), people)
        transaction.set_rollback(True)


@FUZZ
@given(content=st.binary(max_size=300) | st.binary(max_size=60).map(lambda some: b"PK\x03\x04" + some))
def test_whatever_the_bytes_are_they_are_refused_in_words(people, report, content):
    whole_or_nothing(content, people)


WORKBOOK = workbook([row(), row("2025-12-02")])


@FUZZ
@given(at=st.integers(0, len(WORKBOOK) - 1), new=st.binary(min_size=1, max_size=4), cut=st.booleans())
def test_a_damaged_workbook_is_read_right_or_refused(people, report, at, new, cut):
    damaged = WORKBOOK[:at] if cut else WORKBOOK[:at] + new + WORKBOOK[at + len(new) :]
    with transaction.atomic():
        whole_or_nothing(damaged, people)
        transaction.set_rollback(True)


damaged_workbooks = st.builds(
    lambda at, new: WORKBOOK[:at] + new + WORKBOOK[at + len(new) :],
    st.integers(0, len(WORKBOOK) - 1),
    st.binary(max_size=4),
)
tables_as_text = st.builds(
    lambda table, mark: "\r\n".join([mark.join(HEADINGS), *(mark.join(cells) for cells in table)]).encode(),
    tables,
    st.sampled_from([";", ",", "\t"]),
)


VISITS = (
    "ExternalId,ClientPersonId,PersonnelPersonId,ProviderUnitId,Law,StartTime,EndTime,Status,OriginalStartTime,"
    "OriginalEndTime,LastUpdatedTime,IsDoubleManning,StartQuittanceType,EndQuittanceType,CancelledReason,Deleted\r\n"
    "V-1,195503071812,199001012385,Norr,LASS,2025-12-03T08:00:00,2025-12-03T08:45:00,Completed,,,,false,Nfc,Nfc,,false\r\n"
)
odd = st.sampled_from(
    ["", "24:00", "2025-12", "195503071812", "31", "31.02", "2025-10-26T02:30:00", "Cancelled", "x" * 300, "\x00", '"']
) | st.text(max_size=8)


def with_odd_cells(text, mark, changes):
    """A file of a system outside, with some of its cells replaced."""
    lines = [line.split(mark) for line in text.split("\r\n")]
    for row, column, cell in changes:
        cells = lines[row % len(lines)]
        cells[column % len(cells)] = cell
    return "\r\n".join(mark.join(cells) for cells in lines).encode("utf-8", "replace")


changes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 15), odd), min_size=1, max_size=4)
files_of_systems = st.builds(lambda some: with_odd_cells(FK, ";", some), changes) | st.builds(
    lambda some: with_odd_cells(VISITS, ",", some), changes
)


def test_visits_out_of_lifecare_are_read_by_the_boards_own_key(people, known):
    assert brought(VISITS.encode(), people) == Brought(1, 0, 1)
    assert [one[1:] for one in stored()] == [(3, "08:00", "08:45", "active")]


@FUZZ
@given(content=files_of_systems)
def test_whatever_a_file_of_another_system_says_it_is_taken_whole_or_not_at_all(people, known, content):
    with transaction.atomic():
        whole_or_nothing(content, people)
        transaction.set_rollback(True)


@pytest.mark.slow
@settings(FUZZ, max_examples=400)
@given(content=files_of_systems)
def test_four_hundred_files_of_other_systems(people, known, content):
    with transaction.atomic():
        whole_or_nothing(content, people)
        transaction.set_rollback(True)


@pytest.mark.slow
@settings(FUZZ, max_examples=2_000)
@given(content=tables_as_text | damaged_workbooks | st.binary(max_size=300))
def test_two_thousand_files(people, report, content):
    with transaction.atomic():
        whole_or_nothing(content, people)
        transaction.set_rollback(True)


def test_a_file_larger_than_a_month_can_be_is_not_read(people, report):
    with pytest.raises(WrongFileError) as told:
        lines_of(b"x" * 5_000_001, board=Board.objects.get(slug="norr"))
    assert told.value.lines == [(0, "Filen är större än 5 MB")]
