"""Sums are the same whichever way they are added, and no finding falls out of the picture."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_up import result

from tillit.report.figures import by_control, by_provider, largest_first, over_time, total
from tillit.report.values import kronor, length, local, period, rounded_kronor
from tillit.store import Finding


def findings_on(days: list[date]) -> list[Finding]:
    some = result().findings
    return [replace(some[n % len(some)], period_from=f"{day}T22:30:00+01:00") for n, day in enumerate(days)]


def test_controls_and_providers_add_up_to_the_same():
    whole = total(result().findings)
    for sums in (by_control(result()), by_provider(result())):
        assert sum(one.findings for one in sums.values()) == whole.findings
        assert sum(one.ore for one in sums.values()) == whole.ore == sum(whole.ore_of.values())
        assert sum(one.minutes for one in sums.values()) == whole.minutes


def test_a_control_without_findings_is_there_and_comes_last():
    assert list(by_control(result()))[-1] == "ASS-06"
    assert by_control(result())["ASS-06"].findings == 0


def test_the_largest_amount_comes_first_and_the_order_is_always_the_same():
    ordered = largest_first(result().findings)
    assert [one.at_risk_ore for one in ordered] == sorted((one.at_risk_ore for one in ordered), reverse=True)
    assert ordered == largest_first(reversed(result().findings))


@given(st.lists(st.dates(date(2019, 1, 1), date(2026, 12, 31)), max_size=30))
def test_every_finding_is_in_one_stretch_of_time(days):
    buckets = over_time(findings_on(days))
    counted = sum(sum(bucket.number_of.values()) for bucket in buckets)
    assert counted == (len(days) if buckets else 0)
    firsts = [bucket.first for bucket in buckets]
    assert firsts == sorted(set(firsts))


@given(st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(1, 2000))
def test_stretches_grow_with_the_time_they_are_over(first, days):
    kinds = {bucket.about.split()[0] == "vecka" for bucket in over_time(findings_on([first, first + timedelta(days)]))}
    assert kinds <= {days <= 70}


def test_the_day_is_that_of_the_town():
    late = replace(result().findings[0], period_from="2025-01-31T23:30:00", certainty="sure")
    early = replace(late, period_from="2025-06-01")
    assert [(one.label, one.number_of["sure"]) for one in over_time([late, early])] == [
        ("feb 2025", 1), ("mar", 0), ("apr", 0), ("maj", 0), ("jun", 1),
    ]  # fmt: skip


@given(st.integers(-(10**12), 10**12))
def test_whole_kronor_are_never_more_than_half_a_krona_away(ore):
    assert abs(rounded_kronor(ore) * 100 - ore) <= 50
    assert kronor(ore).replace("\u00a0", "").replace("\u2212", "-") == f"{rounded_kronor(ore)}kr"


@given(st.integers(-(10**7), 10**7))
def test_a_length_can_be_read_back(minutes):
    parts = length(minutes).replace("\u2212", "").split("\u00a0")
    units = [place for place, part in enumerate(parts) if part in ("h", "min")]
    numbers = [int("".join(parts[start:end])) for start, end in zip([0, *[u + 1 for u in units]], units, strict=False)]
    read = sum(number * (60 if parts[unit] == "h" else 1) for number, unit in zip(numbers, units, strict=True))
    assert read == abs(minutes)
    assert length(minutes).startswith("\u2212") == (minutes < 0)


def test_the_hour_that_comes_twice_is_shown_as_the_clock_showed_it():
    assert [local(f"2026-10-25T0{hour}:30:00") for hour in (0, 1)] == ["2026-10-25 02:30"] * 2


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_a_period_of_days_says_both_unless_they_are_a_day_or_a_month(first, days):
    last = first + timedelta(days)
    is_month = (
        first.day == 1 and (last + timedelta(1)).day == 1 and (last.year, last.month) == (first.year, first.month)
    )
    expected = f"{first:%Y-%m}" if is_month else f"{first}" if first == last else f"{first} – {last}"
    assert period(f"{first}", f"{last}") == expected


def test_an_amount_in_another_currency_is_never_added_to_kronor() -> None:
    one = result().findings[0]
    added = total([replace(one, at_risk_ore=12300), replace(one, at_risk_ore=4500, currency="GBP")])
    assert (added.ore, added.foreign) == (12300, {"GBP": 4500})
    assert added.amounts().replace("\u00a0", " ") == "123,00 kr + 45,00 GBP"
