"""The town's clock: the two nights when it is changed, and every midnight in between."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.errors import BrokenError
from tillit.units import (
    TOWN,
    ClockGap,
    NoLength,
    NotAClockTime,
    Piece,
    clock_minute,
    day_minutes,
    interval,
    local_date,
    local_instants,
    midnight,
    minutes_between,
    split_at_midnight,
)

SPRING, AUTUMN, SUMMER = date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1)
NEXT_DAY = timedelta(days=1)

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
clocks = st.integers(0, 1440).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
instants = st.datetimes(datetime(2000, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))


def lengths(day: date, start: str, end: str) -> tuple[int, int]:
    """The minutes of the shortest reading, and of the widest."""
    read = interval(day, start, end)
    return minutes_between(read.start, read.end), minutes_between(read.earliest_start, read.latest_end)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_v8_a_night_over_the_spring_change_is_an_hour_shorter() -> None:
    assert lengths(SPRING, "00:00", "04:00") == (180, 180)
    assert day_minutes(SPRING) == 1_380


@pytest.mark.parametrize(("start", "end"), [("02:30", "05:00"), ("01:00", "02:59"), ("01:00", "02:00")])
def test_v9_a_time_that_never_came_is_refused(start: str, end: str) -> None:
    with pytest.raises(ClockGap):
        interval(SPRING, start, end)


def test_v10_a_time_that_came_twice_is_read_both_ways() -> None:
    shift = interval(AUTUMN, "02:30", "03:00")
    assert lengths(AUTUMN, "02:30", "03:00") == (30, 90)
    assert (shift.start, shift.end) == (utc("2026-10-25 01:30"), utc("2026-10-25 02:00"))
    assert (shift.earliest_start, shift.latest_end) == (utc("2026-10-25 00:30"), utc("2026-10-25 02:00"))
    assert shift.clock_uncertain
    assert lengths(AUTUMN, "00:00", "02:30") == (150, 210)
    assert lengths(AUTUMN, "02:10", "02:40") == (30, 90)


def test_v11_a_night_over_the_autumn_change_is_an_hour_longer_and_certain() -> None:
    assert lengths(AUTUMN, "00:00", "06:00") == (420, 420)
    assert not interval(AUTUMN, "00:00", "06:00").clock_uncertain
    assert day_minutes(AUTUMN) == 1_500


def test_the_three_kinds_of_clock_time() -> None:
    assert local_instants(SPRING, "02:30") == ()
    assert local_instants(SUMMER, "02:30") == (utc("2026-06-01 00:30"),)
    assert local_instants(AUTUMN, "02:30") == (utc("2026-10-25 00:30"), utc("2026-10-25 01:30"))
    assert local_instants(SUMMER, "24:00") == local_instants(SUMMER + NEXT_DAY, "00:00")


@pytest.mark.parametrize(
    ("text", "minute"),
    [("8:05", 485), ("08.05", 485), ("0805", 485), (" 08:05 ", 485), ("08:05:59", 485), ("2400", 1440)],
)
def test_the_ways_to_write_a_clock_time(text: str, minute: int) -> None:
    assert clock_minute(text) == minute


@pytest.mark.parametrize("text", ["25:00", "24:01", "24:00:01", "8", "800", "8:5", "08:60", "8,00", "", "٠٨:٠٠"])
def test_what_is_no_clock_time_is_refused(text: str) -> None:
    with pytest.raises(NotAClockTime):
        clock_minute(text)


@given(days, clocks, clocks)
def test_an_end_at_or_before_its_start_is_on_the_day_after(day: date, start: str, end: str) -> None:
    try:
        shift = interval(day, start, end)
    except ClockGap:
        return
    except NoLength:
        assert clock_minute(start) % 1440 == clock_minute(end) % 1440
        return
    assert shift.inferred_next_day is (end < start)
    assert shift.earliest_start <= shift.start < shift.end <= shift.latest_end
    assert timedelta() < shift.latest_end - shift.earliest_start <= timedelta(hours=25)


def test_a_whole_day_is_written_from_midnight_to_midnight() -> None:
    assert lengths(SUMMER, "00:00", "24:00") == (1440, 1440)


def test_given_days_are_believed() -> None:
    shift = interval(SUMMER, "08:00", "08:00", SUMMER + NEXT_DAY)
    assert (minutes_between(shift.start, shift.end), shift.inferred_next_day) == (1440, False)


@given(instants, st.integers(1, 60 * 24 * 9))
def test_the_pieces_between_midnights_add_up_and_none_crosses_one(start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    pieces = split_at_midnight(start, end)
    assert sum((piece.end - piece.start for piece in pieces), timedelta()) == end - start
    assert [piece.start for piece in pieces] == [start, *(piece.end for piece in pieces[:-1])]
    for piece in pieces:
        assert midnight(piece.work_date) <= piece.start < piece.end
        assert piece.end <= midnight(piece.work_date + NEXT_DAY)


def test_a_night_is_two_pieces_and_a_shift_until_midnight_is_one() -> None:
    assert split_at_midnight(utc("2026-06-01 20:00"), utc("2026-06-02 04:00")) == (
        Piece(SUMMER, utc("2026-06-01 20:00"), utc("2026-06-01 22:00")),
        Piece(SUMMER + NEXT_DAY, utc("2026-06-01 22:00"), utc("2026-06-02 04:00")),
    )
    assert len(split_at_midnight(utc("2026-06-01 20:00"), utc("2026-06-01 22:00"))) == 1


def test_local_instants_are_measured_by_what_passed_not_by_the_clock() -> None:
    start, end = (datetime(2026, 10, 25, hour, tzinfo=TOWN) for hour in (0, 6))
    assert minutes_between(start, end) == 420
    assert sum(minutes_between(piece.start, piece.end) for piece in split_at_midnight(start, end)) == 420


@given(days)
def test_only_two_nights_a_year_have_another_length(day: date) -> None:
    changes = {3: 1380, 10: 1500}
    last_sunday = day.month in changes and day.weekday() == 6 and (day + timedelta(days=7)).month != day.month
    assert day_minutes(day) == (changes[day.month] if last_sunday else 1440)


def test_an_instant_without_its_zone_is_not_read_on_the_clock_of_the_machine() -> None:
    with pytest.raises(BrokenError, match="an instant came without its time zone"):
        local_date(datetime(2026, 6, 1))


def test_what_the_errors_say() -> None:
    said = [
        (
            NotAClockTime,
            lambda: clock_minute("25:00"),
            "'25:00' is not a clock time: write HH:MM from 00:00 to 24:00",
        ),
        (
            NotAClockTime,
            lambda: clock_minute("20000229-2399"),
            "a text of 13 characters is not a clock time: write HH:MM from 00:00 to 24:00",
        ),
        (
            NoLength,
            lambda: interval(SUMMER, "08:00", "08:00"),
            "2026-06-01 08:00 to 2026-06-01 08:00 could mean nothing, or a whole day: give the day it ends",
        ),
        (
            NoLength,
            lambda: interval(SUMMER, "08:00", "07:00", SUMMER),
            "2026-06-01 08:00 to 2026-06-01 07:00 ends before it starts: look at the two days",
        ),
        (
            NoLength,
            lambda: split_at_midnight(utc("2026-06-01 20:00"), utc("2026-06-01 20:00")),
            "a stretch of time ends where it starts, or before: look at its two ends",
        ),
        (
            ClockGap,
            lambda: interval(SPRING, "02:30", "05:00"),
            "2026-03-29 02:30 never came: the clocks were put forward that night: ask the provider when it was",
        ),
    ]
    for error, act, sentence in said:
        with pytest.raises(error) as caught:
            act()
        assert str(caught.value) == sentence
