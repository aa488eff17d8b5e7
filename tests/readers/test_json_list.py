"""JSON from outside: each value of a list with its line, and one clear message where it is broken."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.readers.json_list import BrokenJson, first_keys, json_items


@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=5), max_size=3), max_size=6))
def test_every_value_comes_with_the_line_on_which_it_begins(items: list[dict[str, int | str]]) -> None:
    text = "[\n" + ",\n\n".join(json.dumps(item) for item in items) + "\n]"
    assert list(json_items(text)) == [(2 + 2 * place, item) for place, item in enumerate(items)]


def test_the_list_may_be_the_one_value_of_an_object() -> None:
    assert list(json_items('{"value": [1.50, 2]}')) == [(1, Decimal("1.50")), (1, 2)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "the JSON is not a list: export the objects as a list"),
        (
            '[{"a": 1},\n{"a"',
            "line 2: the JSON is broken: Expecting ':' delimiter: ask the sender for the whole file again",
        ),
        ('[{"a": 1}\n', "line 2: the list breaks off: ask the sender for the whole file again"),
        ("[NaN]", "NaN is no number in JSON: ask the sender for another file"),
        ("[" + "[" * 100_000, "line 1: values lie too deep in each other: ask for another file"),
        ("[" + "9" * 5000 + "]", "line 1: a number is too long: ask for another file"),
    ],
)
def test_broken_json_is_one_clear_message(text: str, says: str) -> None:
    with pytest.raises(BrokenJson) as told:
        list(json_items(text))
    assert str(told.value) == says


def test_the_keys_of_an_object_that_is_cut_off_are_not_known() -> None:
    assert first_keys('[{"a": 1, "b"') == frozenset()
    assert first_keys("[1]") == frozenset()
