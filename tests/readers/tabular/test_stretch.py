"""Stretches of time in SQL give what units gives, on every night there is."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.delivered import content, csv_text, read, refused, rows
from tillit.catalogue import Catalogue, Source
from tillit.errors import TillitError
from tillit.units import Interval, interval, minutes_between, split_at_midnight

HEADINGS = ["Rad", "Anordnare", "Assistent", "Brukare", "Datum", "Från", "Till", "Typ"]
SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)
NIGHTS = [SPRING, AUTUMN, date(2024, 3, 31), date(2020, 10, 25)]
COLUMNS = (
    "line, work_date, starts_at, ends_at, minutes, earliest_starts_at, latest_ends_at, longest_minutes, clock_uncertain"
)

near_a_change = st.builds(lambda night, days: night + timedelta(days), st.sampled_from(NIGHTS), st.integers(-2, 2))
days = near_a_change | st.dates(date(2015, 1, 1), date(2034, 12, 31))
clocks = st.integers(0, 24 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
small_hours = st.integers(60, 4 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
shifts = st.tuples(days, clocks | small_hours, clocks | small_hours)


def entry(day: str, start: str, end: str, number: int = 1) -> list[str]:
    return [f"R{number}", "5560160680", "A", "K1", day, start, end, "active"]


def told_by_units(line: int, stretch: Interval) -> list[tuple[object, ...]]:
    """The rows that a stretch of time becomes."""
    pieces = split_at_midnight(stretch.start, stretch.end)
    found = []
    for place, piece in enumerate(pieces):
        earliest = stretch.earliest_start if place == 0 else piece.start
        latest = stretch.latest_end if place == len(pieces) - 1 else piece.end
        instants = [at.replace(tzinfo=None) for at in (piece.start, piece.end, earliest, latest)]
        found.append(
            (
                line,
                piece.work_date,
                *instants[:2],
                minutes_between(piece.start, piece.end),
                *instants[2:],
                minutes_between(earliest, latest),
                (earliest, latest) != (piece.start, piece.end),
            )
        )
    return found


@settings(max_examples=4)
@given(st.lists(shifts, min_size=1, max_size=120))
def test_clock_times_on_a_day_become_what_units_makes_of_them(given_shifts: list[tuple[date, str, str]]) -> None:
    expected: list[tuple[object, ...]] = []
    wrong: list[tuple[int, str]] = []
    for line, (day, start, end) in enumerate(given_shifts, start=2):
        try:
            expected += told_by_units(line, interval(day, start, end))
        except TillitError as fault:
            wrong.append((line, fault.what))
    text = csv_text(HEADINGS, [entry(day.isoformat(), start, end) for day, start, end in given_shifts])
    with TemporaryDirectory() as folder:
        delivery, store = read(Path(folder), text)
        found = rows(store, delivery, "time_entry", COLUMNS)
    assert [(line, what) for line, what in refused(delivery) if line] == wrong
    assert sorted(found) == sorted(expected)


def stamped(**interval: object) -> Catalogue:
    """The tables, and a source whose stretches are two points in time, or what is given."""
    known = content()
    source = Source.model_validate(
        {
            "id": "stamped",
            "title": "Stamped",
            "format": "table",
            "writes": ["time_entry"],
            "columns": {
                "provider_id": {"from": "provider"},
                "worker_id": {"from": "worker"},
                "client_id": {"from": "client"},
                "kind": {"value": "visit"},
            },
            "interval": {"start": "begins", "end": "ends", "formats": ["%d/%m/%Y %H.%M"], **interval},
        }
    )
    return Catalogue(tables=known.tables, sources={"stamped": source})


STAMPED = ["provider", "worker", "client", "begins", "ends"]


@settings(max_examples=4)
@given(st.lists(st.tuples(days, clocks, st.integers(0, 2), clocks), min_size=1, max_size=120))
def test_two_points_in_time_become_what_units_makes_of_them(given_pairs: list[tuple[date, str, int, str]]) -> None:
    expected: list[tuple[object, ...]] = []
    wrong: list[int] = []
    lines = []
    for line, (day, start, later, end) in enumerate(given_pairs, start=2):
        start, end = start.replace("24:00", "23:59"), end.replace("24:00", "00:00")
        end_day = day + timedelta(later)
        lines.append(["5560160680", "A", "K1", f"{day}T{start}:30", f"{end_day} {end}"])
        try:
            expected += told_by_units(line, interval(day, start, end, end_day))
        except TillitError:
            wrong.append(line)
    with TemporaryDirectory() as folder:
        delivery, store = read(Path(folder), csv_text(STAMPED, lines), catalogue=stamped())
        found = rows(store, delivery, "time_entry", COLUMNS)
    assert [line for line, _ in refused(delivery) if line] == wrong
    assert sorted(found) == sorted(expected)


@settings(max_examples=4)
@given(
    st.lists(st.tuples(days, clocks | small_hours, st.integers(0, 2), clocks | small_hours), min_size=1, max_size=120)
)
def test_clock_times_on_two_days_become_what_units_makes_of_them(
    given_shifts: list[tuple[date, str, int, str]],
) -> None:
    expected: list[tuple[object, ...]] = []
    wrong: list[tuple[int, str]] = []
    lines = []
    for line, (day, start, later, end) in enumerate(given_shifts, start=2):
        end_day = day + timedelta(later)
        lines.append(["5560160680", "A", "K1", day.isoformat(), start, end_day.isoformat(), end])
        try:
            expected += told_by_units(line, interval(day, start, end, end_day))
        except TillitError as fault:
            wrong.append((line, fault.what))
    headings = ["provider", "worker", "client", "day", "begins", "end day", "ends"]
    catalogue = stamped(day="day", end_day="end day", formats=[])
    with TemporaryDirectory() as folder:
        delivery, store = read(Path(folder), csv_text(headings, lines), catalogue=catalogue)
        found = rows(store, delivery, "time_entry", COLUMNS)
    assert [(line, what) for line, what in refused(delivery) if line] == wrong
    assert sorted(found) == sorted(expected)


@settings(max_examples=4)
@given(
    st.lists(st.tuples(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), st.integers(1, 3000)), max_size=100)
)
def test_instants_with_a_zone_are_what_they_say(given_starts: list[tuple[datetime, int]]) -> None:
    expected: list[tuple[object, ...]] = []
    lines = []
    for line, (naive, length) in enumerate(given_starts, start=2):
        start = naive.replace(second=0, microsecond=0, tzinfo=UTC)
        end = start + timedelta(minutes=length)
        lines.append(["5560160680", "A", "K1", f"{start:%Y-%m-%dT%H:%M:%SZ}", end.isoformat()])
        expected += told_by_units(line, Interval(start, end, start, end, False))
    with TemporaryDirectory() as folder:
        delivery, store = read(Path(folder), csv_text(STAMPED, lines), catalogue=stamped())
        found = rows(store, delivery, "time_entry", COLUMNS)
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (entry("2025-02-30", "08:00", "09:00"), "Datum: '2025-02-30' is no day"),
        (entry("2025-03-03", "08:00", "25:00"), "Till: '25:00' is not a clock time"),
        (entry("2025-03-03", "08:00", ""), "Till is empty"),
        (
            entry("2025-03-30", "02:30", "04:00"),
            "2025-03-30 02:30 never came: the clocks were put forward that night",
        ),
        (
            entry("2025-03-29", "22:00", "02:30"),
            "2025-03-30 02:30 never came: the clocks were put forward that night",
        ),
        (
            entry("2025-03-03", "08:00", "08:00"),
            "2025-03-03 08:00 to 2025-03-03 08:00 could mean nothing, or a whole day",
        ),
        (entry("2205-03-03", "08:00", "09:00"), "Datum: no one worked in the year 2205"),
        (entry("2025-02-30", "25:00", "xx"), "Datum: '2025-02-30' is no day; Från: '25:00' is not a clock time; "
            "Till: 'xx' is not a clock time"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_placed_in_time_says_why(tmp_path: Path, line: list[str], what: str) -> None:
    delivery, store = read(tmp_path, csv_text(HEADINGS, [entry("2025-03-03", "08:00", "09:00"), line]))
    assert refused(delivery) == [(3, what)]
    assert (delivery.lines_read, delivery.lines_stored, delivery.lines_refused) == (2, 1, 1)
    assert rows(store, delivery, "time_entry", "line") == [(2,)]


def test_the_hour_that_comes_twice_is_read_both_ways(tmp_path: Path) -> None:
    delivery, store = read(tmp_path, csv_text(HEADINGS, [entry("2025-10-26", "02:30", "03:00")]))
    assert rows(store, delivery, "time_entry", "minutes, longest_minutes, clock_uncertain") == [(30, 90, True)]
    assert [(total.of, total.read, total.stored) for total in delivery.totals] == [
        ("time_entry.minutes", 30, 30),
        ("time_entry.longest_minutes", 90, 90),
    ]


def test_a_night_becomes_two_rows_of_one_entry(tmp_path: Path) -> None:
    delivery, store = read(tmp_path, csv_text(HEADINGS, [entry("2025-03-03", "22:00", "06:00")]))
    found = rows(store, delivery, "time_entry", "entry_id, work_date, minutes, line, row_id")
    assert found == [
        ("R1", date(2025, 3, 3), 120, 2, delivery.row_id(1)),
        ("R1", date(2025, 3, 4), 360, 2, delivery.row_id(2)),
    ]
    assert (delivery.lines_stored, delivery.rows) == (1, {"time_entry": 2})


def test_time_that_goes_on_for_a_month_is_refused(tmp_path: Path) -> None:
    line = ["5560160680", "A", "K1", "2025-01-01 08:00", "2026-01-01 08:00"]
    delivery, _ = read(tmp_path, csv_text(STAMPED, [line]), catalogue=stamped())
    assert refused(delivery)[1] == (2, "the time goes on for 366 days")


def test_points_in_time_in_a_form_of_their_own_are_read(tmp_path: Path) -> None:
    line = ["5560160680", "A", "K1", "3/3/2025 08.00", "3/3/2025 09.30"]
    delivery, store = read(tmp_path, csv_text(STAMPED, [line]), catalogue=stamped())
    assert rows(store, delivery, "time_entry", "starts_at, minutes") == [(datetime(2025, 3, 3, 7), 90)]


def test_points_in_time_without_a_zone_are_in_utc_where_the_source_says_so(tmp_path: Path) -> None:
    line = ["5560160680", "A", "K1", "2025-10-26 00:30", "2025-10-26 01:30"]
    delivery, store = read(tmp_path, csv_text(STAMPED, [line]), catalogue=stamped(zone="utc"))
    assert rows(store, delivery, "time_entry", "starts_at, minutes, clock_uncertain") == [
        (datetime(2025, 10, 26, 0, 30), 60, False)
    ]


def test_an_end_day_that_is_empty_is_the_day_of_the_start_or_the_next(tmp_path: Path) -> None:
    headings = ["provider", "worker", "client", "day", "begins", "end day", "ends"]
    lines = [["5560160680", "A", "K1", "2025-03-03", "22:00", "", "06:00"]]
    delivery, store = read(
        tmp_path, csv_text(headings, lines), catalogue=stamped(day="day", end_day="end day", formats=[])
    )
    assert rows(store, delivery, "time_entry", "work_date, minutes") == [
        (date(2025, 3, 3), 120), (date(2025, 3, 4), 360),
    ]  # fmt: skip
