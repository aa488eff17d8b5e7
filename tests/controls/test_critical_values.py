from fractions import Fraction
from math import comb

from tillit.catalogue import Catalogue


def chance(edits: int, upward: int) -> Fraction:
    """How likely so many upward edits, or more, are when each goes up or down with the same chance."""
    return Fraction(sum(comb(edits, number) for number in range(upward, edits + 1)), 2**edits)


def test_each_critical_value_is_the_least_that_chance_gives_once_in_a_thousand(content: Catalogue) -> None:
    spans = content.parameters["controls.edits_critical"].spans()
    limit = Fraction(1, 1000)
    wrong = [
        (span.key, span.value)
        for span in spans
        if not chance(int(span.key), int(span.value)) < limit <= chance(int(span.key), int(span.value) - 1)
    ]
    assert wrong == []
    assert [span.key for span in spans] == [str(number) for number in range(10, 201)]


def test_beyond_the_table_its_last_share_is_stricter_than_the_test(content: Catalogue) -> None:
    last = int(content.parameters["controls.edits_critical"].spans()[-1].value)
    beyond = [201, 250, 333, 500, 1000, 2500]
    assert [edits for edits in beyond if chance(edits, -(-last * edits // 200)) >= Fraction(1, 1000)] == []
