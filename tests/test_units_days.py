"""Periods and working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.errors import BrokenError
from tillit.units import (
    NotAPeriod,
    Period,
    add_working_days,
    day_minutes,
    easter_day,
    holidays,
    is_working_day,
    minutes_between,
    working_days_between,
)

ONE = timedelta(days=1)
days = st.dates(date(2005, 1, 1), date(2045, 12, 31))
counts = st.integers(0, 60)
periods = st.tuples(days, days).map(lambda two: Period(min(two), max(two)))
short_periods = st.tuples(days, st.integers(0, 120)).map(lambda it: Period(it[0], it[0] + it[1] * ONE))


def test_the_days_off_of_2026() -> None:
    assert {f"{day:%m-%d}": name for day, name in holidays(2026).items()} == {
        "01-01": "nyårsdagen",
        "01-06": "trettondedag jul",
        "04-03": "långfredagen",
        "04-05": "påskdagen",
        "04-06": "annandag påsk",
        "05-01": "första maj",
        "05-14": "Kristi himmelsfärdsdag",
        "05-24": "pingstdagen",
        "06-06": "nationaldagen",
        "06-19": "midsommarafton",
        "06-20": "midsommardagen",
        "10-31": "alla helgons dag",
        "12-24": "julafton",
        "12-25": "juldagen",
        "12-26": "annandag jul",
        "12-31": "nyårsafton",
    }


@pytest.mark.parametrize(
    "day",
    [
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2016, 3, 27),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2049, 4, 18),
    ],
)
def test_easter_falls_where_the_calendar_has_it(day: date) -> None:
    assert easter_day(day.year) == day


@given(st.integers(1990, 2100))
def test_moving_holidays_keep_their_weekday_and_their_window(year: int) -> None:
    assert easter_day(year).weekday() == 6
    assert date(year, 3, 22) <= easter_day(year) <= date(year, 4, 25)
    weekday = {name: day.weekday() for day, name in holidays(year).items()}
    assert (weekday["midsommarafton"], weekday["alla helgons dag"]) == (4, 5)


@given(days, days, counts, counts)
def test_a_later_day_or_a_longer_deadline_never_ends_earlier(one: date, two: date, few: int, more: int) -> None:
    assert add_working_days(min(one, two), few) <= add_working_days(max(one, two), few)
    assert add_working_days(one, min(few, more)) <= add_working_days(one, max(few, more))


@given(days, counts)
def test_a_deadline_ends_on_a_working_day_and_counts_back(day: date, count: int) -> None:
    last = add_working_days(day, count)
    assert is_working_day(last)
    assert last == day or working_days_between(day, last) == max(count, 1)


def test_a_deadline_over_a_long_weekend() -> None:
    assert add_working_days(date(2026, 4, 2), 2) == date(2026, 4, 8)  # Maundy Thursday, to Wednesday
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_working_days_are_counted_forwards() -> None:
    with pytest.raises(BrokenError, match="working days are counted forwards"):
        add_working_days(date(2026, 4, 2), -1)


@given(periods)
def test_a_period_that_was_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(short_periods)
def test_the_months_of_a_period_add_up_to_it(period: Period) -> None:
    parts = period.months()
    assert sum(part.days for part in parts) == period.days
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert all((part.first.year, part.first.month) == (part.last.year, part.last.month) for part in parts)


@given(short_periods)
def test_the_instants_of_a_period_hold_its_days(period: Period) -> None:
    every_day = sum(day_minutes(period.first + n * ONE) for n in range(period.days))
    assert minutes_between(period.starts_at, period.ends_at) == every_day


@given(periods, periods, days)
def test_a_day_is_in_the_overlap_when_it_is_in_both(one: Period, other: Period, day: date) -> None:
    both = one.overlap(other)
    assert both == other.overlap(one)
    assert (both is not None and day in both) is (day in one and day in other)


def test_a_month_begins_when_the_town_says_so() -> None:
    april = Period.parse("2026-04")
    assert april == Period.month(2026, 4)
    assert april.starts_at == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert april.ends_at == datetime(2026, 4, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-13", "'2026-13' is not a period: write 2026-04, or 2026-04-01/2026-04-30"),
        ("20000229-2399", "a text of 13 characters is not a period: write 2026-04, or 2026-04-01/2026-04-30"),
        (
            "2026-04-30/2026-04-01",
            "a period from 2026-04-30 to 2026-04-01 has no days: give the earlier day first",
        ),
    ],
)
def test_what_is_no_period_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(NotAPeriod) as caught:
        Period.parse(text)
    assert str(caught.value) == sentence
