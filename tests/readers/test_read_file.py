"""One file from its bytes to its rows: what is kept, what is told, and what is never seen."""

import sqlite3
from pathlib import Path

import duckdb
import pytest

from tests.readers.delivered import content, csv_text, new_store, read, refused, rows, written
from tests.readers.test_bad_input import GOOD, HEADINGS, LINE, nothing_lies_about
from tillit.catalogue import Catalogue
from tillit.readers import read_file
from tillit.readers.read import reader_digest
from tillit.readers.tabular import read as tabular_read

PERSON, OTHER = "199001012385", "19550307-1812"


def test_a_delivery_tells_how_the_file_was_understood(tmp_path: Path) -> None:
    delivery, _ = read(tmp_path, csv_text(HEADINGS, [[*LINE[:-1], "Aktiv tid"]]))
    assert (delivery.source, delivery.encoding, delivery.delimiter, delivery.header_line) == (
        "template_time_entry", "utf-8", ";", 1,
    )  # fmt: skip
    assert [(one.heading, one.column) for one in delivery.mapped] == [
        ("Rad", "entry_id"), ("Anordnare", "provider_id"), ("Assistent", "worker_id"), ("Brukare", "client_id"),
        ("Datum", "work_date"), ("Från", "starts_at"), ("Till", "ends_at"), ("Typ", "kind"),
    ]  # fmt: skip


def test_read_lines_are_stored_or_refused_and_blank_ones_are_counted_apart(tmp_path: Path) -> None:
    text = GOOD + ";;;;;;;\n\n" + csv_text(LINE, [[*LINE[:5], "8", "9", "active"]])
    delivery, store = read(tmp_path, text)
    counted = delivery.lines_read, delivery.lines_stored, delivery.lines_refused, delivery.lines_blank
    assert counted == (3, 2, 1, 2)
    assert [line for line, _ in refused(delivery)] == [6]
    assert rows(store, delivery, "time_entry", "line") == [(2,), (5,)]


def test_no_identity_number_lies_in_the_data_folder_or_in_what_is_told(tmp_path: Path) -> None:
    lines = [
        ["R1", "5560160680", PERSON, OTHER, "2025-03-03", "08:00", "09:00", "active"],
        [f"pass {PERSON[:8]}-{PERSON[8:]}", OTHER, PERSON, OTHER, "2025-03-03", "10:00", "11:00", "active"],
        ["R3", "5560160680", PERSON, OTHER, PERSON, OTHER, "11:00", PERSON],
    ]
    delivery, store = read(tmp_path, csv_text(HEADINGS, lines))
    assert delivery.lines_stored == 2
    everything = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    files = store.parquet("time_entry", [delivery.sha256])
    everything += str(duckdb.sql(f"SELECT * FROM read_parquet('{files[0]}')").fetchall()).encode()
    forms = [PERSON, PERSON[2:], PERSON[2:8] + "-" + PERSON[8:], OTHER, OTHER.replace("-", ""), OTHER[2:]]
    assert [form for form in forms if form.encode() in everything] == []
    assert nothing_lies_about(store)


def test_one_person_has_one_pseudonym_however_the_number_is_written(tmp_path: Path) -> None:
    lines = [
        [*LINE[:2], person, "K1", *LINE[4:]]
        for person in ("199001012385", "19900101-2385", "900101-2385", "9001012385")
    ]
    delivery, store = read(tmp_path, csv_text(HEADINGS, lines))
    assert len(set(rows(store, delivery, "time_entry", "worker_id"))) == 1


def test_a_local_number_of_a_worker_is_the_providers_own_and_that_of_a_client_is_not(tmp_path: Path) -> None:
    lines = [["R", provider, "12", "12", *LINE[4:]] for provider in ("5560160680", "5561034249", "556016-0680")]
    delivery, store = read(tmp_path, csv_text(HEADINGS, lines))
    workers = [row[0] for row in rows(store, delivery, "time_entry", "worker_id")]
    clients = {row[0] for row in rows(store, delivery, "time_entry", "client_id")}
    assert (workers[0] == workers[2], workers[0] == workers[1], len(clients)) == (True, False, 1)


def test_the_way_back_to_a_person_lies_in_the_protected_folder_alone(tmp_path: Path) -> None:
    _, store = read(tmp_path, csv_text(HEADINGS, [[*LINE[:2], PERSON, "K1", *LINE[4:]]]))
    with sqlite3.connect(tmp_path / "protected" / "identities.sqlite") as known:
        assert (PERSON,) in known.execute("select identity from identity").fetchall()
    assert list(store.folder.rglob("*.sqlite")) == []


def test_a_file_is_read_again_when_its_source_is_changed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = read_file(written(tmp_path, GOOD), store, content())
    source = content().sources["template_time_entry"]
    changed = source.model_copy(update={"lookups": {**source.lookups, "kind": {"active": "standby"}}})
    other = Catalogue(tables=content().tables, sources={source.id: changed})
    second = read_file(written(tmp_path, GOOD), store, other)
    assert first.reader_digest != second.reader_digest == reader_digest(changed, other)
    assert rows(store, second, "time_entry", "kind") == [("standby",)]


def test_a_file_that_no_source_knew_is_read_when_one_comes_that_does(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    nothing = read_file(written(tmp_path, GOOD), store, Catalogue(tables=content().tables))
    assert (nothing.status, nothing.source) == ("rejected", "")
    assert read_file(written(tmp_path, GOOD), store, content()).lines_stored == 1


def test_more_refusals_than_are_listed_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular_read, "REFUSALS_LISTED", 3)
    bad = [[*LINE[:5], "25:00", "26:00", "active"]] * 5
    delivery, _ = read(tmp_path, csv_text(HEADINGS, [LINE, *bad]))
    assert (delivery.lines_refused, len(delivery.refusals)) == (5, 3)
    assert delivery.remarks[-1].what == "2 more lines were refused; only the first 3 are listed"


def test_progress_only_goes_forward_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    read_file(written(tmp_path, GOOD), new_store(tmp_path), content(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_same_file_gives_the_same_rows_on_two_machines_but_for_the_pseudonyms(tmp_path: Path) -> None:
    found = []
    for machine in ("one", "other"):
        folder = tmp_path / machine
        folder.mkdir()
        delivery, store = read(folder, GOOD)
        found.append(rows(store, delivery, "time_entry", "* EXCLUDE (worker_id, client_id)"))
    assert found[0] == found[1]
