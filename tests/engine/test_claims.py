from hypothesis import given
from hypothesis import strategies as st

from tillit.engine.claims import Claim, Part, Settled, Stretch, settle

HOUR = {1: Stretch(0, 60, 28, 30000), 2: Stretch(30, 90, 28, 24000)}


def test_an_overlap_costs_the_lower_price_of_its_rows() -> None:
    assert settle([Claim((1, 2), minutes=30, start=30, end=60)], HOUR) == [Settled(30, 12000, 30, 12000)]


def test_a_minute_is_claimed_once_and_the_second_finding_shows_what_it_would_be_alone() -> None:
    overlap = Claim((1, 2), minutes=30, start=30, end=60)
    absent = Claim((1,), minutes=60, start=0, end=60)
    assert settle([overlap, absent], HOUR)[1] == Settled(30, 15000, 60, 30000)


def test_minutes_claimed_before_count_towards_a_sum_over_the_month() -> None:
    rows = {row: Stretch(row * 1000, row * 1000 + 60, 28, 30000) for row in range(1, 4)}
    first = Claim((1,), minutes=60, start=1000, end=1060)
    month = Claim((1, 2, 3), minutes=80)
    assert settle([first, month], rows)[1] == Settled(20, 10000, 80, 40000)


def test_a_sum_takes_the_last_minutes() -> None:
    rows = {1: Stretch(0, 60, 28, 10000), 2: Stretch(100, 160, 28, 20000)}
    settled = settle([Claim((1, 2), minutes=70), Claim((1,), minutes=60, start=0, end=60)], rows)
    assert settled == [
        Settled(70, 20000 + 1667, 70, 21667),
        Settled(50, 8333, 60, 10000),
    ]


def test_waiting_time_is_priced_by_its_weight() -> None:
    assert settle([Claim((1,), minutes=480)], {1: Stretch(0, 480, 7, 30000)}) == [Settled(480, 60000, 480, 60000)]


def test_payable_time_is_taken_in_weighted_minutes() -> None:
    rows = {1: Stretch(0, 480, 7, 30000)}
    assert settle([Claim((1,), payable28=20 * 28)], rows) == [Settled(80, 10000, 80, 10000)]


def test_minutes_without_a_price_are_shown_and_not_priced() -> None:
    assert settle([Claim((1,), minutes=30)], {1: Stretch(0, 60, 28, None)}) == [Settled(30, 0, 30, 0, priced=False)]


def test_an_amount_is_rounded_once() -> None:
    rows = {row: Stretch(row * 10, row * 10 + 1, 28, 32450) for row in range(3)}
    assert settle([Claim((0, 1, 2), minutes=3)], rows)[0].ore == 1623  # three times 540.83 is not 3 x 541


def test_two_who_work_at_once_are_two_minutes_in_a_sum_and_one_in_an_overlap() -> None:
    rows = {1: Stretch(0, 60, 28, 30000, worker=1), 2: Stretch(0, 60, 28, 30000, worker=2)}
    assert settle([Claim((1, 2), minutes=120)], rows) == [Settled(120, 60000, 120, 60000)]
    assert settle([Claim((1, 2), minutes=60, start=0, end=60)], rows) == [Settled(60, 30000, 60, 30000)]


def test_what_a_line_carries_counts_towards_several_lines() -> None:
    documents = {7: Part("I1", False), 8: Part("I1", False)}
    settled = settle([Claim((7,), ore=500), Claim((7, 8), ore=800)], {}, documents)
    assert [one.ore for one in settled] == [500, 300]


def test_minutes_told_beside_an_amount_follow_it() -> None:
    settled = settle([Claim((7,), minutes=90, ore=900), Claim((7, 8), minutes=100, ore=1200)], {})
    assert settled == [Settled(90, 900, 90, 900), Settled(25, 300, 100, 1200)]


def test_a_line_carries_one_amount() -> None:
    assert settle([Claim((7,), ore=500), Claim((7,), ore=800)], {}) == [
        Settled(0, 500, 0, 500),
        Settled(0, 0, 0, 800),
    ]


def test_what_lines_carry_counts_towards_their_invoice() -> None:
    documents = {7: Part("I1", False), 8: Part("I1", False), 1: Part("I1", True)}
    settled = settle([Claim((7,), ore=500), Claim((8,), ore=100), Claim((1,), ore=800)], {}, documents)
    assert [one.ore for one in settled] == [500, 100, 200]


def test_an_invoice_that_is_claimed_leaves_nothing_to_its_lines() -> None:
    settled = settle([Claim((1,), ore=800), Claim((7,), ore=500)], {}, {7: Part("I1", False), 1: Part("I1", True)})
    assert [one.ore for one in settled] == [800, 0]


stretches = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60), st.sampled_from([4, 7, 28]), st.none() | st.integers(1, 50000)),
    min_size=1,
    max_size=6,
).map(lambda rows: {number: Stretch(row[0], row[0] + row[1], *row[2:]) for number, row in enumerate(rows)})
claims = st.lists(
    st.tuples(st.sets(st.integers(0, 5), min_size=1), st.integers(1, 300), st.booleans(), st.integers(0, 200)),
    max_size=8,
).map(
    lambda made: [
        Claim(tuple(rows), minutes=size, start=at, end=at + size) if exact else Claim(tuple(rows), minutes=size)
        for rows, size, exact, at in made
    ]
)


@given(stretches, claims)
def test_claims_never_exceed_the_union_of_minutes_nor_what_they_would_be_alone(
    rows: dict[int, Stretch], made: list[Claim]
) -> None:
    settled = settle(made, rows)
    union = {minute for row in rows.values() for minute in range(row.start, row.end)}
    assert sum(one.minutes for one in settled) <= sum(row.end - row.start for row in rows.values())
    for claim, one in zip(made, settled, strict=True):
        mine = {minute for row in claim.rows if row in rows for minute in range(rows[row].start, rows[row].end)}
        assert one.gross_minutes == min(claim.minutes, len(_within(mine, claim)))
        assert 0 <= one.minutes <= one.gross_minutes <= len(union)
        assert one.priced or one.ore <= one.gross_ore


@given(stretches, claims)
def test_all_rows_together_hold_at_most_their_own_minutes(rows: dict[int, Stretch], made: list[Claim]) -> None:
    one_row = {0: rows[0]}
    assert sum(one.minutes for one in settle(made, one_row)) <= rows[0].end - rows[0].start


def _within(minutes: set[int], claim: Claim) -> set[int]:
    if claim.start is None or claim.end is None:
        return minutes
    return {minute for minute in minutes if claim.start <= minute < claim.end}
