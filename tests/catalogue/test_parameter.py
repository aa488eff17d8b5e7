from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.catalogue import Catalogue, ContentError, Parameter

RATE = {
    "id": "assistance.hourly_rate",
    "title": "Belopp",
    "unit": "SEK/hour",
    "set_by": "law",
    "law": [{"sfs": "1993:1091", "at": "5 §"}],
    "known_until": date(2026, 12, 31),
    "values": {
        date(2025, 1, 1): {"value": 342.60, "source": "SFS 2024:999"},
        date(2026, 1, 1): {"value": 347.70, "source": "SFS 2025:1045"},
    },
}


def parameter(**changes: object) -> Parameter:
    return Parameter.model_validate(RATE | changes)


def test_what_holds_on_a_day_is_the_last_value_that_has_begun() -> None:
    days = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)
    assert [parameter().on(day).value for day in days] == [
        Decimal("342.6"),
        Decimal("342.6"),
        Decimal("347.7"),
        Decimal("347.7"),
    ]


def test_a_day_past_what_is_known_is_an_error_that_says_what_to_add() -> None:
    with pytest.raises(ContentError) as told:
        parameter().on(date(2027, 1, 1))
    assert str(told.value) == (
        "content/parameters/assistance/hourly_rate.yaml: no value is known for 2027-01-01 (known until 2026-12-31): "
        "add the line for 2027, with its source"
    )


def test_a_day_before_what_is_known_is_an_error_that_says_what_to_add() -> None:
    with pytest.raises(ContentError) as told:
        parameter().on(date(2024, 12, 31))
    assert str(told.value) == (
        "content/parameters/assistance/hourly_rate.yaml: no value is known for 2024-12-31 (known from 2025-01-01): "
        "add the line for 2024, with its source"
    )


def test_an_amount_is_exact_and_whole_ore_in_sql() -> None:
    value = parameter().on(date(2026, 5, 1)).value
    assert isinstance(value, Decimal)
    assert parameter().in_sql(value) == 34770


def test_a_fraction_is_kept_and_a_share_stays_a_share_in_sql() -> None:
    share = parameter(unit="share", values={date(2025, 1, 1): {"value": "1/4", "source": "x"}})
    value = share.on(date(2025, 1, 1)).value
    assert isinstance(value, Decimal)
    assert share.in_sql(value) == Decimal("0.25")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"law": []}, "it is set by law, and names none"),
        ({"known_until": date(2025, 6, 1)}, "known_until is before the last value"),
        ({"values": dict(reversed(RATE["values"].items()))}, "the days do not come in order"),  # type: ignore[attr-defined]
        ({"values": {}}, "it has no value"),
    ],
)
def test_a_quantity_that_does_not_hold_together_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parameter(**changes)


@given(
    starts=st.lists(st.dates(date(2012, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True),
    open_end=st.booleans(),
    distance=st.integers(0, 8000),
)
def test_every_known_day_lies_in_exactly_one_span_and_it_holds_that_value(
    starts: list[date], open_end: bool, distance: int
) -> None:
    values = {day: {"value": place, "source": "x"} for place, day in enumerate(sorted(starts))}
    one = parameter(unit="days", values=values, known_until=None if open_end else date(2033, 1, 1))
    day = min(starts) + timedelta(days=distance)
    held = [span.value for span in one.spans() if span.valid_from <= day <= span.valid_to]
    known = open_end or day <= date(2033, 1, 1)
    assert held == ([one.on(day).value] if known else [])


def test_a_quantity_with_keys_gives_a_span_for_each_key(content: Catalogue) -> None:
    weights = content.parameters["assistance.activity_weights"]
    assert [(span.key, int(span.value)) for span in weights.spans()] == [
        ("active", 28),
        ("waiting", 7),
        ("standby", 4),
        ("visit", 28),
    ]


def test_what_is_not_read_in_a_source_says_so(content: Catalogue) -> None:
    rate = content.parameters["assistance.hourly_rate"]
    assert {day.year for day, value in rate.values.items() if value.status == "unverified"} == {2016, 2022, 2025}
    assert content.parameters["assistance.activity_weights"].on(date(2026, 1, 1)).status == "unverified"


def test_every_default_of_ours_is_the_municipalitys_to_change(content: Catalogue) -> None:
    defaults = [
        one for one in content.parameters.values() if any(value.status == "default" for value in one.values.values())
    ]
    assert {one.set_by for one in defaults} == {"municipality"}


def test_the_amount_of_2026_follows_from_that_of_2025_as_the_ordinance_reckons(content: Catalogue) -> None:
    """5 § förordning (1993:1091): up by 1,5 percent, then to the nearest ten öre."""
    values = content.parameters["assistance.hourly_rate"].values
    before, after = values[date(2025, 1, 1)].value, values[date(2026, 1, 1)].value
    assert isinstance(before, Decimal)
    assert (before * Decimal("1.015")).quantize(Decimal("0.1")) == after
