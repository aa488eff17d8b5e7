"""What a field of each type takes, and what it says of the rest."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillit.catalogue import Process, ProcessField
from tillit.web.rules.fields import WrongValueError, values

PROCESS = Process.model_construct(
    fields={
        name: ProcessField(
            type=name, sv=name.capitalize(), one_of={"a": "A", "b": "B"} if name.startswith("choice") else {}
        )
        for name in ("text", "long_text", "choice", "choices", "date", "money", "boolean", "provider")
    }
)


def kept(name, value):
    return values(PROCESS, asks=[name], may_give=[], given={name: value})[name]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("text", "Åsa ”Ö” 🙂 <b>", "Åsa ”Ö” 🙂 <b>"),
        ("choice", "a", "a"),
        ("choices", ["a", "b"], ["a", "b"]),
        ("choices", "a", ["a"]),
        ("date", date(2026, 3, 2), "2026-03-02"),
        ("date", "2026-03-02", "2026-03-02"),
        ("money", 0, 0),
        ("money", 128_400, 128_400),
        ("boolean", False, False),
        ("provider", "5560000001", "5560000001"),
    ],
)
def test_what_fits_is_kept(name, value, expected):
    assert kept(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", "x" * 201, "”Text” kan inte tas emot: skriv högst 200 tecken"),
        ("text", "x\0", "”Text” kan inte tas emot: skriv högst 200 tecken"),
        ("text", 7, "”Text” kan inte tas emot: skriv högst 200 tecken"),
        ("choice", "c", "”Choice” kan inte tas emot: välj A, B"),
        ("choice", ["a", "b"], "”Choice” kan inte tas emot: välj A, B"),
        ("choices", ["a", "c"], "”Choices” kan inte tas emot: välj A, B"),
        ("choices", [["a"]], "”Choices” kan inte tas emot: välj A, B"),
        ("date", "2026-02-30", "”Date” är inget datum: skriv år-månad-dag"),
        ("date", 20260302, "”Date” är inget datum: skriv år-månad-dag"),
        ("money", 1.5, "”Money” kan inte tas emot: skriv ett belopp"),
        ("money", True, "”Money” kan inte tas emot: skriv ett belopp"),
        ("boolean", "ja", "”Boolean” kan inte tas emot: svara ja eller nej"),
        ("boolean", None, "”Boolean” behöver fyllas i"),
    ],
)
def test_what_does_not_fit_is_told_in_the_words_of_the_screen(name, value, told):
    with pytest.raises(WrongValueError) as refused:
        kept(name, value)
    assert str(refused.value) == told


def test_what_was_not_asked_for_is_not_taken():
    with pytest.raises(WrongValueError, match="Fältet 'date' hör inte till steget: ta bort det"):
        values(PROCESS, asks=[], may_give=["text"], given={"date": "2026-03-02"})


def test_what_may_be_given_and_is_empty_is_left_out():
    assert values(PROCESS, asks=[], may_give=["text", "choices"], given={"text": " ", "choices": []}) == {}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(PROCESS.fields)), ANYTHING)
def test_nothing_whatever_is_taken_for_something_else(name, value):
    """Anything at all is kept as JSON can keep it, or refused in words; it never breaks."""
    try:
        found = kept(name, value)
    except WrongValueError:
        return
    assert json.loads(json.dumps(found)) == found
