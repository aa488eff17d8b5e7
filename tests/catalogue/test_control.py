from pathlib import Path

import pytest

from tests.catalogue.small import changed, write
from tillit.catalogue import ContentErrors, load

FILE = "controls/process/pro-99-long-visits.yaml"
LAW = 'law:\n  - {sfs: "1993:387", at: 9 §}\n'
LEGITIMATE = "  - {reason: Besöket är två, example: på gränsen}\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LAW, "law: []\n", "a control needs at least one law"),
        (
            f"legitimate:\n{LEGITIMATE}",
            "legitimate: []\n",
            "a control needs at least one innocent explanation ('legitimate')",
        ),
        ("finds: [{evidence: [b1]}]", "finds: []", "no example finds anything: add one that does"),
        ("    finds: []", "    finds: [{}]", "every example finds something: add one that does not"),
        ("    edge_of: [longest]\n", "", "no example at the edge of 'longest': add one with edge_of: [longest]"),
        (
            "example: på gränsen",
            "example: inget sådant",
            "explanation names example 'inget sådant', which is not there",
        ),
        ("name: över gränsen", "name: på gränsen", "two examples have the same name"),
        (
            "finds: [{evidence: [b1]}]",
            "finds: [{evidence: [b1]}]\n    vector: V0",
            "'V0' is no test vector: write V and its number",
        ),
    ],
)
def test_a_control_is_refused_as_a_whole(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in _told(tmp_path, old, new)


def test_a_control_that_does_not_ask_is_refused(tmp_path: Path) -> None:
    assert _told(tmp_path, "än gränsen?", "än gränsen.") == (
        f"content/{FILE}:5: 'question': a control asks: end the question with '?'"
    )


@pytest.mark.parametrize("part", ["law", "legitimate", "examples", "may_not", "same_when", "follow_up"])
def test_a_part_that_is_not_there_is_told(tmp_path: Path, part: str) -> None:
    assert _told(tmp_path, f"\n{part}:", f"\nnot_{part}:").split("\n")[0] == (
        f"content/{FILE}:1: '{part}' is missing: add it"
    )


def test_an_explanation_is_tried_where_its_example_finds_nothing_and_left_to_people_where_it_finds(
    tmp_path: Path,
) -> None:
    both = changed(FILE, LEGITIMATE, LEGITIMATE + "  - {reason: Klockan stannade, example: över gränsen}\n")
    control = load(base=write(tmp_path, both)).control("PRO-99")
    assert (control.tried(), control.to_ask()) == (["Besöket är två"], ["Klockan stannade"])


def _told(folder: Path, old: str, new: str) -> str:
    with pytest.raises(ContentErrors) as told:
        load(base=write(folder, changed(FILE, old, new)))
    return str(told.value)
