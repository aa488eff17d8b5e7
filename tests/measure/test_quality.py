import random

import pytest

from tests.measure.made_up import payments, reviewed
from tillit.measure.draw import draw
from tillit.measure.estimate import Reviewed
from tillit.measure.frame import Unit, freeze
from tillit.measure.quality import expected_precision, kappa, lift, precision, recall


@pytest.mark.slow
def test_recall_is_estimated_from_chance_alone_and_holds_the_truth():
    frame, errors = payments(6000)
    dice = random.Random(3)
    found = {id for id in errors if dice.random() < 0.7} | {unit.id for unit in frame.units if dice.random() < 0.01}
    truth = sum(abs(errors[id]) for id in errors if id in found) / sum(map(abs, errors.values()))
    held = 0
    for number in range(60):
        sample = reviewed(draw(frame, dict.fromkeys(frame.sizes(), 200), seed=str(number)), errors)
        estimate = recall(sample, found)
        held += estimate.low <= truth <= estimate.high
    assert held >= 50


def test_a_control_that_finds_nothing_has_a_recall_of_nought_and_no_lift():
    frame, errors = payments(3000)
    sample = reviewed(draw(frame, dict.fromkeys(frame.sizes(), 100), seed="1"), errors)
    assert recall(sample, set()).value == 0
    assert lift(0, 50, sample) is None
    assert precision(0, 0).high == 1.0


def test_lift_is_how_much_likelier_than_by_chance():
    frame, errors = payments(3000, rate=0.05)
    sample = reviewed(draw(frame, dict.fromkeys(frame.sizes(), 200), seed="1"), errors)
    times, low, high = lift(46, 100, sample)
    share = sum(one.outcome == "wrong" for one in sample) / len(sample)
    assert times == pytest.approx(0.46 / share, rel=1e-6)
    assert low < times < high


def test_rare_errors_drown_in_alarms():
    assert expected_precision(0.001, 0.95, 0.01) == pytest.approx(0.0868, abs=1e-4)
    assert expected_precision(0, 0.95, 0) == 0


def test_reviewers_who_always_say_the_same_agree_wholly():
    assert kappa([("right", "right")] * 10) == 1.0
    assert kappa([]) == 0.0
    assert kappa([("right", "wrong"), ("wrong", "right")]) == -1.0


def test_where_all_there_is_was_drawn_only_what_the_control_found_has_a_spread():
    frame = freeze([Unit(f"{place}", "a", 100) for place in range(10)])
    drawn = draw(frame, {"a": 10}, seed="s")
    sample = [Reviewed(one, "wrong" if place < 2 else "right") for place, one in enumerate(drawn)]
    assert lift(2, 2, sample) == pytest.approx((5.0, 5.0, 5.0))
    assert lift(1, 2, sample)[0] == pytest.approx(2.5)
