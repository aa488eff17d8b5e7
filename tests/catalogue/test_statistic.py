"""Figures as content: what is counted, small numbers of persons, and what the check refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tillit.catalogue import Catalogue, Statistic, check_statistics, tally

FIRST, LAST = date(2024, 7, 1), date(2025, 1, 31)


def test_the_content_that_comes_with_tillit_has_no_fault(content: Catalogue):
    assert check_statistics(content) == []


def test_an_example_that_does_not_hold_is_refused(content: Catalogue):
    one = content.statistics["st1_ivo_reports"].model_dump(by_alias=True)
    one["examples"][0]["total"] = 2
    with pytest.raises(ValidationError, match="it counts 1"):
        Statistic.model_validate(one)


def test_a_choice_that_is_not_there_is_told_with_its_file_and_line(content: Catalogue):
    one = content.statistics["st1_ivo_reports"]
    where = {"reported_to": ["ivo", "skolverket"]}
    wrong = one.model_copy(update={"counts": one.counts.model_copy(update={"where": where})})
    other = Catalogue(acts=content.acts, roles=content.roles, processes=content.processes, files=content.files)
    other.statistics = {one.statistic: wrong}
    assert [str(fault).partition(": ")[2] for fault in check_statistics(other)] == [
        "signal has no choice 'reported_to: skolverket': see its file"
    ]


def row(on, board="norr", target="provider", **more):
    return {"reported_on": on, "board": board, "state": "shared", "reported_to": "ivo", "target": target, **more}


DAYS = st.dates(date(2024, 6, 1), date(2025, 3, 1))
ROWS = st.lists(st.builds(row, DAYS, st.sampled_from(["norr", "syd", "jarva"])), max_size=40)


@given(ROWS, DAYS)
def test_a_period_split_in_two_adds_up_and_so_do_the_boards(content: Catalogue, rows, middle):
    """M004: counts always equal the rows, whatever the period."""
    one = content.statistics["st1_ivo_reports"]
    before = tally(one, rows, date(2024, 6, 1), middle, limit=5)
    after = tally(one, rows, middle.fromordinal(middle.toordinal() + 1), date(2025, 3, 2), limit=5)
    assert before.total + after.total == len(rows)
    assert sum(before.cells["board"].values()) == sum(before.cells["month"].values()) == before.total


PERSONS = st.lists(
    st.builds(row, DAYS, st.sampled_from(["norr", "syd", "jarva"]), st.sampled_from(["individual", "representative"])),
    max_size=30,
)


@given(PERSONS, st.integers(2, 8))
def test_no_small_number_of_persons_is_shown_or_can_be_counted_out(content: Catalogue, rows, limit):
    """IS4: neither a small cell, nor a hidden one as the whole less the rest."""
    found = tally(content.statistics["st2_persons"], rows, date(2024, 1, 1), date(2026, 1, 1), limit=limit)
    for cells in found.cells.values():
        assert all(number is None or number >= limit for number in cells.values())
        hidden = [key for key, number in cells.items() if number is None]
        assert len(hidden) != 1 or found.total is None
