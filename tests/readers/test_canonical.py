"""Rows of documents as canonical rows: whole or refused with every fault, split at midnight, identified."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.delivered import content
from tillit.errors import BrokenError
from tillit.readers.canonical import Taken, identify, stored, take
from tillit.readers.parts import Row
from tillit.store import Persons, Refusal
from tillit.units import TOWN

ENTRY = {"provider_id": "5592440001", "worker_id": "12", "client_id": "K1", "kind": "active"}


def taken(table: str, **values: object) -> Taken:
    return take(Row(table, 7, values), content().tables[table])


def entry(start: object, end: object, **values: object) -> Taken:
    return taken("time_entry", **{**ENTRY, "starts_at": start, "ends_at": end, **values})


def test_a_row_is_refused_with_every_fault_in_it() -> None:
    invoice = taken("invoice", invoice_id="I1", number="1", issued_on="2025-02-30", currency="SEK")
    assert invoice.refusal() == Refusal(
        7, "issued_on: '2025-02-30' is no day; gross_ore: is missing", "a day is written YYYY-MM-DD"
    )


def test_a_column_that_no_table_has_is_our_own_fault() -> None:
    with pytest.raises(BrokenError) as told:
        taken("invoice", sum=1)
    assert str(told.value) == "a reader gave 'sum', which is no column of invoice"


def test_a_time_without_an_end_is_refused() -> None:
    assert entry(datetime(2025, 3, 3, 8), None).refusal() == Refusal(
        7, "the day, start or end of the time is missing", "ask the provider for it"
    )


def test_a_time_of_no_length_is_refused() -> None:
    at = datetime(2025, 3, 3, 8, 0, 10, tzinfo=UTC)
    assert entry(at, at + timedelta(seconds=30)).refusal() == Refusal(
        7, "the time ends where it starts, or before", "look at its two ends"
    )


def test_a_time_in_a_year_that_never_comes_is_refused() -> None:
    late = datetime(9999, 12, 31, 23)
    assert entry(late, late).refusal() == Refusal(7, "the year 9999 is out of reach", "see the file")


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31))
lengths = st.integers(1, 3 * 1440)


@given(moments, lengths)
def test_pieces_lie_within_a_day_and_add_up(start: datetime, length: int) -> None:
    begins = start.replace(second=0, microsecond=0, tzinfo=UTC)
    rows = stored(entry(begins, begins + timedelta(minutes=length)))
    assert sum(int(str(row["minutes"])) for row in rows) == length
    assert rows[0]["starts_at"] == begins
    assert rows[-1]["ends_at"] == begins + timedelta(minutes=length)
    for row, following in pairwise(rows):
        assert row["ends_at"] == following["starts_at"]
    for row in rows:
        first, last = row["starts_at"], row["ends_at"]
        assert isinstance(first, datetime)
        assert isinstance(last, datetime)
        assert first.astimezone(TOWN).date() == row["work_date"]
        assert (last - timedelta(minutes=1)).astimezone(TOWN).date() == row["work_date"]
        assert row["longest_minutes"] == row["minutes"]


def test_the_hour_that_comes_twice_is_stored_short_and_remembered_long() -> None:
    (row,) = stored(entry("00:00", "02:30", work_date=date(2025, 10, 26)))
    assert (row["minutes"], row["longest_minutes"], row["clock_uncertain"]) == (150, 210, True)


def test_only_the_piece_with_the_doubled_hour_is_uncertain() -> None:
    before, after = stored(entry(datetime(2025, 10, 25, 22), datetime(2025, 10, 26, 2, 30)))
    assert (before["clock_uncertain"], after["clock_uncertain"]) == (False, True)


def test_a_workers_local_number_is_the_providers_and_a_clients_is_not(tmp_path: Path) -> None:
    day = datetime(2025, 3, 3, 8, tzinfo=UTC)
    rows = [
        entry(day, day + timedelta(hours=1), provider_id=provider) for provider in ("5592440001", "559244-0001", "P2")
    ]
    identify(rows, Persons(tmp_path))
    first, same, other = (row.values for row in rows)
    assert first["worker_id"] == same["worker_id"]
    assert first["worker_id"] != other["worker_id"]
    assert first["client_id"] == same["client_id"] == other["client_id"]


def test_numbers_are_remarked_on_once_and_never_shown(tmp_path: Path) -> None:
    day = datetime(2025, 3, 3, 8, tzinfo=UTC)
    rows = [entry(day, day + timedelta(hours=1), client_id="19550307-1813") for _ in range(3)]
    assert [remark.what for remark in identify(rows, Persons(tmp_path))] == [
        "worker_id: 1 local number in place of identity numbers (line 7)",
        "client_id: 1 identity number with a wrong check digit (line 7)",
    ]
