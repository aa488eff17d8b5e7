"""A claim to the öre: against an independent plain recalculation, and parts that always add up to the whole."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillit.catalogue import ContentError, load
from tillit.recovery import Hours, NoPlanError, Paid, instalments, interest, last_day, lines, rate_in, total

RATES = load().parameters["assistance.hourly_rate"]
REFERENCE, MARGIN = (load().parameters[f"economy.{name}"] for name in ("reference_rate", "late_margin"))
MONTHS = st.lists(
    st.builds(
        Hours,
        month=st.dates(date(2018, 1, 1), date(2026, 12, 1)).map(lambda day: day.replace(day=1)),
        paid_minutes=st.integers(0, 60_000),
        right_minutes=st.integers(0, 60_000),
        rate=st.integers(1, 60_000).map(Fraction),
    ),
    max_size=40,
    unique_by=lambda one: one.month,
)


@settings(max_examples=150, deadline=None)
@given(MONTHS)
def test_the_months_add_up_to_the_sum_that_is_rounded_once(months):
    paid = sum(Decimal(one.paid_minutes) * int(one.rate) for one in months) / 60 if months else Decimal(0)
    right = sum(Decimal(one.right_minutes) * int(one.rate) for one in months) / 60 if months else Decimal(0)
    plain = [int(exact.quantize(Decimal(1), ROUND_HALF_UP)) for exact in (paid, right)]
    found = lines(months)
    assert [sum(line.paid for line in found), sum(line.right for line in found)] == plain
    assert total(months) == plain[0] - plain[1]
    exact = {one.month: one for one in months}
    assert all(abs(line.paid - exact[line.month].paid) < 1 for line in found)
    assert all(abs(line.right - exact[line.month].right) < 1 for line in found)


@settings(max_examples=60, deadline=None)
@given(MONTHS)
def test_the_order_in_which_months_are_given_changes_nothing(months):
    assert lines(reversed(months)) == lines(months)


def test_each_month_has_the_rate_that_held_in_it():
    """M123: by hand: 160 hours paid, 120 right; 319.70 kr in December 2022 and the next year's rate after it."""
    december, january = (rate_in(RATES, date(*month, 1)) for month in ((2022, 12), (2023, 1)))
    assert (december, january) == (31970, Fraction(RATES.on(date(2023, 1, 1)).value) * 100)
    months = [Hours(date(2022, 12, 1), 9600, 7200, december), Hours(date(2023, 1, 1), 9600, 7200, january)]
    assert total(months) == 40 * 31970 + 40 * january


def test_a_month_without_a_known_rate_is_not_guessed():
    with pytest.raises(ContentError, match="no value is known for 2031-01-01"):
        rate_in(RATES, date(2031, 1, 1))


def test_what_was_paid_too_little_in_a_month_is_set_off():
    assert total([Paid(date(2026, 1, 1), 1000, 400), Paid(date(2026, 2, 1), 0, 100)]) == 500


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_plan_adds_up_to_what_is_owed_with_equal_parts_and_a_rest(owed, monthly, first):
    if -(-owed // monthly) > 240:
        with pytest.raises(NoPlanError):
            instalments(owed, monthly, first)
        return
    plan = instalments(owed, monthly, first)
    assert sum(one.ore for one in plan) == owed
    assert {one.ore for one in plan[:-1]} <= {monthly}
    assert 0 < plan[-1].ore <= monthly
    assert len({(one.due_on.year, one.due_on.month) for one in plan}) == len(plan)


def test_the_last_day_is_three_years_after_the_oldest_payment():
    """M104: each payment has its own clock, and the oldest is lost first."""
    assert last_day([date(2025, 9, 25), date(2025, 7, 25)], 3) == date(2028, 7, 25)
    assert last_day([date(2024, 2, 29)], 3) == date(2027, 2, 28)
    assert last_day([], 3) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 100_000_000), st.dates(date(2023, 7, 1), date(2024, 6, 30)), st.integers(0, 300))
def test_interest_counted_day_by_day_is_the_plain_sum(principal, first, days):
    last = min(first + timedelta(days=days), date(2024, 6, 30))
    plain = Fraction(0)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        percent = Fraction("11.5") if day.year == 2023 else Fraction(12)
        plain += Fraction(principal) * percent / 100 / (365 if day.year == 2023 else 366)
    counted = interest(principal, first, last, REFERENCE, MARGIN)
    assert counted.ore == int(plain + Fraction(1, 2))


def test_interest_is_not_counted_with_a_rate_that_nobody_knows():
    with pytest.raises(ContentError) as told:
        interest(100, date(2024, 6, 30), date(2024, 7, 1), REFERENCE, MARGIN)
    assert str(told.value) == (
        "content/parameters/economy/reference_rate.yaml: no value is known for 2024-07-01 (known until 2024-06-30): "
        "add the line for 2024, with its source (Riksbanken fastställer den den 1 januari och den 1 juli "
        "(9 § räntelagen) och publicerar den på riksbank.se.)"
    )
