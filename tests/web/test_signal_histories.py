"""Random histories of reports, boards and people: no person reaches another board, and no mark outlives its reason."""

import pytest

from tests.web.histories import beginning, run


def test_no_person_reaches_another_board_and_no_mark_outlives_its_reason(cast):
    """M009, M015, M019, M020: whatever is pressed, by whom, in whatever order, and whatever time goes by."""
    with beginning(cast, board="norr") as people:
        found = [run(people, seed, begins=2, presses=10, channels=seed % 5 == 0) for seed in range(15)]
    assert (sum(one.shared for one in found) > 0, sum(one.ended for one in found) > 0) == (True, True)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(100))
def test_no_mark_outlives_its_reason_in_ten_thousand_histories(cast, hundred):
    """M009, M019, M020: 10 000 histories of eight presses upon a signal that stands, looked at after each press.

    About 0.13 s of processor a history, 22 minutes for them all. They begin from random numbers that never change.
    Every fiftieth is looked at through every channel as well: search, lists taken out, notices, statistics, files.
    """
    with beginning(cast, board=["norr", "syd"][hundred % 2]) as people:
        seeds = range(1000 + 100 * hundred, 1100 + 100 * hundred)
        found = [run(people, seed, begins=1, presses=8, channels=seed % 50 == 0) for seed in seeds]
    assert sum(one.ended for one in found) > 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_no_mark_outlives_its_reason_in_long_histories(cast, seed):
    """M019: twenty histories of a hundred and fifty presses, looked at through every channel."""
    with beginning(cast, board="norr") as people:
        run(people, seed, begins=6, presses=150, channels=True)
