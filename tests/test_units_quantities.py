"""Amounts, hours and weights: read exactly, rounded once, written so that they can be read again."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.units import (
    AmbiguousNumber,
    NotANumber,
    Sign,
    UnknownKind,
    format_minutes,
    format_money,
    minutes_from28,
    month_minutes,
    nearest,
    parse_amount,
    parse_decimal,
    parse_hours,
    price_of,
    weighted28,
)

WEIGHTS = {"active": 28, "waiting": 7, "standby": 4}
whole_ore = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1234,56", 123456),
        ("1234.56", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1 234,56", 123456),
        ("1\u00a0234\u202f567,8", 123456780),
        ("1.234.567", 123456700),
        ("1234", 123400),
        ("1234,567", 123457),  # four digits in front: no thousands
        ("0,125", 13),  # nor a leading zero
        ("-0.005", -1),
        (",5", 50),
        ("12.00 ", 1200),
        ("12,00-", -1200),
        ("\u221212,00", -1200),
        ("(1,234.56)", -123456),
        ("(£1,234.56)", -123456),
        ("-£12", -1200),
        ("12,50 kr", 1250),
        ("12,50- kr", -1250),
        ("kr 12,50", 1250),
        ("SEK 1 000", 100000),
        ("1 000 kr.", 100000),
        ("12:-", 1200),
        ("€ 12.50", 1250),
        ("+5", 500),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, ore: int) -> None:
    assert parse_amount(text) == ore


@pytest.mark.parametrize(
    "text",
    ["", "kr", "-", "12,-", "1e3", "5.56E+09", "12kr50", "(5", "-5-", "(-5)", "1,23,456.00", "1.2,3.4", "٣", "9" * 41],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234", ",", Decimal("1.234")),
        ("1,234", ".", Decimal(1234)),
        ("1.234", ".", Decimal("1.234")),
        ("1.234", ",", Decimal(1234)),
        ("1.234,5", ",", Decimal("1234.5")),
    ],
)
def test_the_source_says_which_sign_is_the_decimal_sign(text: str, decimal: Sign, value: Decimal) -> None:
    assert parse_decimal(text, decimal=decimal) == value
    if len(text) == 5:
        with pytest.raises(AmbiguousNumber):
            parse_decimal(text)


def test_a_declared_decimal_sign_is_held_to() -> None:
    with pytest.raises(NotANumber):
        parse_amount("1234.56", decimal=",")


@given(whole_ore)
def test_an_amount_that_was_written_is_read_back(ore: int) -> None:
    assert parse_amount(format_money(ore)) == ore
    assert parse_amount(f"{ore / Decimal(100):,.2f}") == ore


def test_amounts_are_written_as_swedes_read_them() -> None:
    assert format_money(1_235_600) == "12\u00a0356,00\u00a0kr"
    assert format_money(-1_235_605) == "\u221212\u00a0356,05\u00a0kr"


@given(st.fractions(-(10**6), 10**6))
def test_rounding_is_to_the_nearest_and_the_same_on_both_sides_of_zero(value: Fraction) -> None:
    assert abs(nearest(value) - value) <= Fraction(1, 2)
    assert nearest(-value) == -nearest(value)


def test_v15_waiting_and_standby_weigh_their_part() -> None:
    assert weighted28({"waiting": 8 * 60}, WEIGHTS) == 120 * 28
    assert weighted28({"standby": 7 * 60}, WEIGHTS) == 60 * 28


@given(st.lists(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(0, 10**6)), max_size=9))
def test_weighted_parts_add_up_to_the_weighted_whole(parts: list[dict[str, int]]) -> None:
    whole = {kind: sum(part.get(kind, 0) for part in parts) for kind in WEIGHTS}
    assert sum(weighted28(part, WEIGHTS) for part in parts) == weighted28(whole, WEIGHTS)


def test_weighted_time_is_rounded_when_it_is_shown() -> None:
    assert [minutes_from28(weighted) for weighted in (0, 13, 14, 28, 42)] == [0, 0, 1, 1, 2]


def test_v16_a_weekly_grant_in_a_month() -> None:
    assert format_minutes(month_minutes(40 * 60, 2026, 4)) == "171 h 26 min"
    assert month_minutes(40 * 60, 2026, 2) == 4 * 40 * 60
    assert month_minutes(40 * 60, 2026, 4, Decimal("4.345")) == 10_428


@given(st.integers(0, 168 * 60), st.integers(2000, 2040), st.integers(1, 12))
def test_a_month_of_a_grant_is_exact_to_half_a_minute(week: int, year: int, month: int) -> None:
    assert 28 * week <= 7 * month_minutes(week, year, month) + 3
    assert 7 * month_minutes(week, year, month) - 3 <= 31 * week


@pytest.mark.parametrize(
    ("text", "minutes"), [("0,5", 30), ("7.75", 465), ("0,45", 27), ("8", 480), ("-1,25", -75), ("1.125", 68)]
)
def test_hours_with_decimals_are_whole_minutes(text: str, minutes: int) -> None:
    assert parse_hours(text) == minutes


def test_a_price_is_rounded_once() -> None:
    assert price_of(60, 32_450) == 32_450
    assert price_of(1, 30) == 1  # half an öre, away from zero
    assert price_of(-1, 30) == -1
    assert 3 * price_of(20, 32_450) != price_of(60, 32_450)
    assert price_of(Fraction(weighted28({"waiting": 240}, WEIGHTS), 28), 32_450) == 32_450


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (10_286, "171 h 26 min"), (-90, "\u22121 h 30 min")],
)
def test_lengths_are_written_as_people_say_them(minutes: int, text: str) -> None:
    assert format_minutes(minutes) == text


def test_what_the_errors_say() -> None:
    said = [
        (NotANumber, lambda: parse_amount("12,-"), "'12,-' is not a number: write it as 1234,56"),
        (
            NotANumber,
            lambda: parse_amount("20000229-2399"),
            "a text of 13 characters is not a number: write it as 1234,56",
        ),
        (
            AmbiguousNumber,
            lambda: parse_amount("1,234"),
            "'1,234' may be in thousands or in thousandths: say in the source which sign is the decimal sign",
        ),
        (
            UnknownKind,
            lambda: weighted28({"travel": 5}, WEIGHTS),
            "no weight for the kind of time 'travel': known: active, waiting, standby",
        ),
    ]
    for error, act, sentence in said:
        with pytest.raises(error) as caught:
            act()
        assert str(caught.value) == sentence
