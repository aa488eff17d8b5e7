"""Every code that a settlement can give has its words and its law in the content."""

from typing import get_args

from tests.settlement.test_month import random_case, settled
from tillit.catalogue import load
from tillit.settlement import OPEN, Action

CODES = load().codes


def test_each_line_code_and_action_has_its_words_and_its_law():
    lines, whys = set(), set(OPEN)
    for seed in range(300, 360):
        found = settled(*random_case(seed)).lines
        lines |= {line.code for line in found}
        whys |= {line.of for line in found if line.code == "not_approved"}
    for name, given in {
        "settlement_lines": lines,
        "not_approved": whys,
        "settlement_actions": set(get_args(Action)),
    }.items():
        known = CODES[name].codes
        assert given - known.keys() == set()
        assert [code for code in known if not known[code].law] == []
    examined = set(OPEN) | {"report_missing", "clock_uncertain"}
    assert CODES["settlement_examines"].codes.keys() == examined
    assert {code for code, one in CODES["not_approved"].codes.items() if "open" in one.goes_with} == OPEN
