"""Grounds for claiming money back: which act governs, who owes, and who alone goes to court."""

from datetime import date

import pytest

from tillit.catalogue import ContentErrors, YamlFile, content_folder, load
from tillit.catalogue.claim_ground import ClaimGround

GROUNDS = load().grounds
TEXT = (content_folder() / "grounds" / "sol_33_caused.yaml").read_text(encoding="utf-8")


def test_the_day_of_the_grant_says_which_act_governs():
    """M123: what was granted before 1 July 2025 is claimed under the old act, and nothing under both."""
    for day, governs in (
        (date(2025, 6, 30), {"sol_9_2001"}),
        (date(2025, 7, 1), {"sol_33_caused", "sol_33_advance", "sol_33_condition"}),
    ):
        court = {name for name, one in GROUNDS.items() if one.way == "court" and one.fits("client", day)}
        assert court == governs


def test_no_company_owes_under_lss():
    assert [
        one.ground for one in GROUNDS.values() if one.way == "decision" and one.fits("provider", date(2025, 1, 1))
    ] == []


def test_only_the_board_or_its_committee_sues_for_support():
    assert {role for one in GROUNDS.values() if one.way == "court" for role in one.court_by} == {"R15"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("court_by: [R15]", "court_by: [R02]", "decided by the board or its committee alone"),
        ("fits: true", "fits: false", "no example fits: add one"),
        ("fits: false", "fits: true", "is answered otherwise"),
    ],
)
def test_a_ground_that_breaks_the_law_is_refused_in_an_overlay_too(tmp_path, old, new, told):
    path = tmp_path / "sol_33_caused.yaml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentErrors, match=told):
        YamlFile(path).read(ClaimGround)
