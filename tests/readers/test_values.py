"""One value by its column's kind: what documents write, and why a value cannot be taken."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tillit.catalogue import Column, Kind
from tillit.errors import RefusedError
from tillit.readers.values import value_of


def column(kind: Kind, **more: object) -> Column:
    personal = {"personal": "person"} if kind is Kind.PERSON else {}
    return Column.model_validate({"type": kind, "sv": "Kolumn", **personal, **more})


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (Kind.ORE, "100.5", 10050),
        (Kind.ORE, "1.234", 123),  # XML has the point as its decimal sign, always
        (Kind.ORE, Decimal("-0.125"), -13),
        (Kind.ORE, -5, -5),
        (Kind.DATE, "2025-03-01", date(2025, 3, 1)),
        (Kind.DATE, "2025-03-01+01:00", date(2025, 3, 1)),
        (Kind.DATE, "2025-03-01Z", date(2025, 3, 1)),
        (Kind.TIMESTAMP, "2025-03-01T08:00:59+01:00", datetime(2025, 3, 1, 7, tzinfo=UTC)),
        (Kind.TIMESTAMP, "2025-07-01T08:00", datetime(2025, 7, 1, 6, tzinfo=UTC)),
        (Kind.TIMESTAMP, date(2025, 7, 1), datetime(2025, 6, 30, 22, tzinfo=UTC)),
        (
            Kind.TIMESTAMP,
            datetime(2025, 7, 1, 8, tzinfo=timezone(timedelta(hours=5))),
            datetime(2025, 7, 1, 3, tzinfo=UTC),
        ),
        (Kind.BOOLEAN, "TRUE", True),
        (Kind.BOOLEAN, "0", False),
        (Kind.INTEGER, "7.0", 7),
        (Kind.DECIMAL, "3.33335", Decimal("3.3334")),
        (Kind.TEXT, "  x ", "x"),
        (Kind.ACCOUNT, "BG:1", "BG:1"),
    ],
)
def test_a_value_is_read_as_its_column_holds_it(kind: Kind, given: object, value: object) -> None:
    assert value_of(column(kind), given) == value


@pytest.mark.parametrize("given", [None, "", "  "])
def test_nothing_is_the_default(given: object) -> None:
    assert value_of(column(Kind.TEXT, default="SEK"), given) == "SEK"
    assert value_of(column(Kind.ORE), given) is None


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (Kind.ORE, "12x", "'12x' is not a number: write it as 1234,56"),
        (Kind.ORE, "9" * 30, "the number is larger than any amount: see the file"),
        (Kind.INTEGER, "1.5", "'1.5' is not a whole number: see the file"),
        (Kind.DECIMAL, "1" * 15, "the number has more than 14 digits: see the file"),
        (Kind.ORE, Decimal("1E999999999"), "the number is larger or smaller than any amount: see the file"),
        (Kind.TIMESTAMP, "0001-01-01T00:00:00+05:00", "the year 1 is out of reach: see the file"),
        (Kind.DATE, "2025-02-30", "'2025-02-30' is no day: a day is written YYYY-MM-DD"),
        (Kind.DATE, "20250301", "'20250301' is no day: a day is written YYYY-MM-DD"),
        (Kind.DATE, "19550307-1812", "a text of 13 characters is no day: a day is written YYYY-MM-DD"),
        (Kind.TIMESTAMP, "25:00", "'25:00' is no point in time: it is written YYYY-MM-DDTHH:MM"),
        (
            Kind.TIMESTAMP,
            "2025-03-30T02:30",
            "2025-03-30 02:30 never came: the clocks were put forward that night: ask the provider when it was",
        ),
        (Kind.BOOLEAN, "ja", "'ja' is neither true nor false: known: true, false, 1, 0"),
    ],
)
def test_what_cannot_be_taken_says_why(kind: Kind, given: object, says: str) -> None:
    with pytest.raises(RefusedError) as told:
        value_of(column(kind), given)
    assert str(told.value) == says


def test_a_code_that_is_not_known_tells_those_that_are() -> None:
    with pytest.raises(RefusedError) as told:
        value_of(column(Kind.TEXT, one_of={"a": "A", "b": "B"}), "c")
    assert str(told.value) == "'c' is not known: known: a, b"
