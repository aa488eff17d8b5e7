from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.made_up import payments
from tillit.measure.draw import draw, draw_by_amount, read_twice, shuffled
from tillit.measure.frame import Unit, WrongFrameError, freeze
from tillit.measure.size import allocate, sample_size, size_to_rule_out


def test_the_sizes_of_the_text_are_the_sizes_that_are_told():
    rates, margins = (0.02, 0.05, 0.10, 0.20), (0.01, 0.02, 0.03, 0.05)
    assert [[sample_size(rate, within) for within in margins] for rate in rates] == [
        [753, 189, 84, 31],
        [1825, 457, 203, 73],
        [3458, 865, 385, 139],
        [6147, 1537, 683, 246],
    ]
    assert [size_to_rule_out(rate) for rate in (0.05, 0.02, 0.01, 0.005)] == [59, 149, 299, 598]


def test_the_same_frame_and_seed_draw_the_same_and_another_seed_draws_others():
    frame, _ = payments()
    sizes = allocate(frame, 300)
    first, again = draw(frame, sizes, seed="2026-03"), draw(frame, sizes, seed="2026-03")
    assert first == again
    other = {one.unit.id for one in draw(frame, sizes, seed="2026-04")}
    assert len(other & {one.unit.id for one in first}) < 60  # a tenth of each is shared by chance


def test_a_larger_draw_holds_the_smaller_one():
    frame, _ = payments()
    small = {one.unit.id for one in draw(frame, dict.fromkeys(frame.sizes(), 60), seed="s")}
    large = {one.unit.id for one in draw(frame, dict.fromkeys(frame.sizes(), 90), seed="s")}
    assert small < large


@pytest.mark.slow
def test_each_unit_of_a_stratum_is_as_likely_as_another():
    frame, _ = payments(90)
    times = Counter(one.unit.id for n in range(900) for one in draw(frame, {"assistance": 10}, seed=str(n)))
    assert set(times) == {unit.id for unit in frame.units if unit.stratum == "assistance"}
    # 300 are expected of each of 30; six standard deviations to either side
    assert all(300 - 6 * 14.2 < count < 300 + 6 * 14.2 for count in times.values())


@pytest.mark.slow
def test_a_krona_is_as_likely_as_another():
    frame = freeze([Unit("large", "s", 600), *(Unit(f"u{n}", "s", 100) for n in range(30))])
    times = Counter(one.unit.id for n in range(600) for one in draw_by_amount(frame, 4, seed=str(n)))
    drawn = draw_by_amount(frame, 4, seed="1")
    assert {one.chance for one in drawn if one.unit.id != "large"} <= {Fraction(4 * 100, 3600)}
    assert abs(times["large"] / 600 - 4 * 600 / 3600) < 0.12
    assert abs(sum(times[f"u{n}"] for n in range(30)) / 600 - 4 * 3000 / 3600) < 0.15


def test_what_is_larger_than_the_interval_is_drawn_for_certain_and_once():
    frame = freeze([Unit("huge", "s", 10_000), *(Unit(f"u{n}", "s", 100) for n in range(50))])
    drawn = draw_by_amount(frame, 6, seed="1")
    assert [one.unit.id for one in drawn if one.chance == 1] == ["huge"]
    assert len({one.unit.id for one in drawn}) == len(drawn) == 6
    assert {one.chance for one in drawn if one.unit.id != "huge"} == {Fraction(100, 1000)}


@given(st.lists(st.integers(1, 10**6), min_size=8, max_size=60), st.integers(1, 8), st.text(max_size=5))
def test_the_chances_of_a_draw_by_amount_add_up_to_its_size(amounts, size, seed):
    frame = freeze([Unit(str(n), "s", amount) for n, amount in enumerate(amounts)])
    drawn = draw_by_amount(frame, size, seed=seed)
    certain = sum(one.chance == 1 for one in drawn)
    assert len({one.unit.id for one in drawn}) == len(drawn)
    # A systematic draw gives its size, the certain ones among them.
    assert len(drawn) == max(size, certain)


def test_each_stratum_gets_its_least_or_all_it_has():
    frame = freeze(
        [*(Unit(f"a{n}", "small", 1) for n in range(20)), *(Unit(f"b{n}", "large", 100) for n in range(900))]
    )
    assert allocate(frame, 200) == {"large": 197, "small": 20}
    assert allocate(frame, 200, spread={"small": 9.0, "large": 0.1}) == {"large": 67, "small": 20}


def test_the_queue_does_not_tell_where_a_unit_is_from():
    queue = shuffled({"random": [f"r{n}" for n in range(50)], "rule": [f"c{n}" for n in range(50)]}, seed="s")
    firsts = sum(id.startswith("r") for id in queue[:50])
    assert sorted(queue) == sorted([*(f"r{n}" for n in range(50)), *(f"c{n}" for n in range(50))])
    assert 15 < firsts < 35
    assert len(read_twice(queue, seed="s")) == 10


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([], "there is nothing to draw from: deliver the payments of the period first"),
        ([Unit("a", "s", 1), Unit("a", "s", 2)], "a: 1 ids come twice: each unit has an id of its own"),
        (
            [Unit("a", "s", -1)],
            "a: 1 units were paid less than nothing: set credits against what they credit",
        ),
    ],
)
def test_a_frame_that_does_not_hold_together_is_refused(units, said):
    with pytest.raises(WrongFrameError) as error:
        freeze(units)
    assert str(error.value) == said


def test_more_than_there_are_is_refused():
    frame = freeze([Unit("a", "s", 1)])
    with pytest.raises(WrongFrameError, match=r"^s: 2 are asked for and 1 exist: draw fewer$"):
        draw(frame, {"s": 2}, seed="s")
