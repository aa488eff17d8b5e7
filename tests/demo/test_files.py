"""The files of the made-up town: right in form, right in sums, and the same each time."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.shared_data import shared
from tillit.demo import DAY, FolderNotEmpty, Truth, UnknownSize, build_town, make_town
from tillit.demo.people import official_numbers
from tillit.demo.town import Town
from tillit.identifiers import parse_bankgiro, parse_organisation, parse_person


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("town") / "clean"
    return folder, make_town(folder, wrongs=False)


@pytest.fixture(scope="module")
def clean(made: tuple[Path, Truth]) -> Path:
    return made[0]


@pytest.fixture(scope="module")
def town() -> Town:
    return build_town(1, wrongs=False)


def rows(path: Path, encoding: str = "utf-8-sig", skip: int = 0) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skip):
            next(file)
        return list(csv.DictReader(file, delimiter=";"))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def ore(text: str) -> int:
    return int(Decimal(text.replace(",", ".")) * 100)


def test_the_same_seed_gives_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    make_town(tmp_path / "again", wrongs=False)
    assert dict(files(tmp_path / "again")) == dict(files(clean))


def test_another_seed_gives_another_town(town: Town) -> None:
    assert build_town(2, wrongs=False).clients != town.clients


def test_every_personal_number_is_of_the_official_series() -> None:
    folder = shared("identifiers")
    known = (folder / "skatteverket_testpersonnummer.csv").read_text().split()
    known += (folder / "test_samordningsnummer.csv").read_text().split()
    assert set(official_numbers()) - set(known) == set()


def test_every_number_has_the_right_check_digit(town: Town) -> None:
    persons = {parse_person(number, on=DAY).verdict.is_valid for number in official_numbers()}
    companies = {parse_organisation(one.number).verdict.is_valid for one in town.providers.values()}
    accounts = {parse_bankgiro(row["account"]).verdict.is_valid for row in town.rows["bank_account"]}
    assert (persons, companies, accounts) == ({True}, {True}, {True})


def test_no_one_is_in_two_families(clean: Path) -> None:
    clients = [row["Brukare"] for row in rows(clean / "verksamhetssystem" / "brukare.csv")]
    assert len(clients) == len(set(clients)) == 12 + 40 + 3 + 6 + 6


def test_no_worker_is_at_two_clients_at_once_but_in_one_home(town: Town) -> None:
    present = [one for one in town.shifts if one.status == "performed" and one.kind not in {"training", "sick"}]
    by_worker: dict[str, list[tuple[object, object, str]]] = {}
    for one in present:
        times = one.interval
        by_worker.setdefault(one.worker.number, []).append((times.start, times.end, one.group))
    clashes = Counter()
    for times in by_worker.values():
        times.sort(key=lambda each: each[0])
        for (_, end, group), (start, _, other) in pairwise(times):
            if start < end:
                clashes[group == other != ""] += 1
    assert clashes[False] == 0
    assert clashes[True] > 0


def test_the_line_that_cannot_be_read_is_where_the_truth_says(made: tuple[Path, Truth]) -> None:
    folder, truth = made
    refused = truth.refused[0]
    lines = (folder / "anordnare" / refused.file).read_text(encoding="cp1252").splitlines()
    assert lines[refused.line - 1].split(";")[6] == "25.00"


def test_a_night_when_the_clocks_are_put_forward_is_an_hour_shorter(town: Town) -> None:
    assert town.shift("K2", town.day(3, 28), "22:00").minutes == 7 * 60
    assert town.shift("K2", town.day(3, 27), "22:00").minutes == 8 * 60


def test_a_payment_file_states_its_own_total(clean: Path) -> None:
    for path in sorted((clean / "ekonomi").glob("betalfil-*.txt")):
        lines = path.read_text(encoding="iso-8859-1").splitlines()
        signs = {"14": 1, "16": -1}
        paid = [signs[line[:2]] * int(line[37:49]) for line in lines[1:-1]]
        assert {len(line) for line in lines} == {80}
        assert (int(lines[-1][12:20]), int(lines[-1][20:32])) == (len(paid), sum(paid))


def test_a_statement_closes_on_what_it_opened_with_and_booked(clean: Path) -> None:
    name = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"}
    opening = 0
    for path in sorted((clean / "ekonomi").glob("kontoutdrag-*.xml")):
        root = etree.parse(path).getroot()
        first, last = (ore(one.text or "") for one in root.iterfind(".//c:Bal/c:Amt", name))
        signs = {"DBIT": -1, "CRDT": 1}
        booked = sum(
            signs[entry.findtext("c:CdtDbtInd", "", name)] * ore(entry.findtext("c:Amt", "", name))
            for entry in root.iterfind(".//c:Ntry", name)
        )
        assert first + booked == last
        assert opening in {0, first}
        opening = last


def test_an_invoice_is_the_sum_of_its_lines(clean: Path) -> None:
    sums: Counter[str] = Counter()
    for row in rows(clean / "ekonomi" / "fakturarader.csv", "cp1252"):
        sums[row["Faktura-id"]] += ore(row["Belopp netto (kr)"])
    invoices = {row["Faktura-id"]: ore(row["Netto (kr)"]) for row in rows(clean / "ekonomi" / "fakturor.csv")}
    assert dict(sums) == invoices


def test_the_bill_of_a_month_is_the_time_of_the_month(clean: Path) -> None:
    visits = json.loads((clean / "anordnare" / "solsidan-besok-2026-03.json").read_text(encoding="utf-8"))
    done = [one for one in visits if one["Status"] != "Declined"]
    worked = sum(_minute(one["EndTime"]) - _minute(one["StartTime"]) for one in done)
    billed = [
        Decimal(row["Tid (timmar)"].replace(",", ".")) * 60
        for row in rows(clean / "ekonomi" / "fakturarader.csv", "cp1252")
        if row["Faktura-id"] == "5599900494-42603"
    ]
    assert sum(round(minutes) for minutes in billed) == worked


def _minute(at: str) -> int:
    return int(at[8:10]) * 1440 + int(at[11:13]) * 60 + int(at[14:16])


def test_a_workbook_has_days_as_days_and_titles_above_the_headings(clean: Path) -> None:
    book = CalamineWorkbook.from_path(str(clean / "anordnare" / "lunden-tid-2026-01.xlsx"))
    grid = book.get_sheet_by_index(0).to_python()
    assert grid[0][0] == "Omsorg i Lunden AB – tid 2026-01"
    assert grid[1][1:7] == ["Anordnare", "Assistent", "Brukare", "Datum", "Från", "Till"]
    assert str(grid[2][4]) == "2026-01-01"


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a;b")
    with pytest.raises(FolderNotEmpty) as fault:
        make_town(tmp_path)
    assert str(fault.value) == f"{tmp_path}: the folder is not empty: give a new one"


def test_a_size_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownSize) as fault:
        make_town(tmp_path / "town", size="huge")
    assert str(fault.value) == "there is no town of size 'huge': known: small"
