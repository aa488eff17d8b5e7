"""The thirty test vectors of the control catalogue: each is an example of a control, or is held elsewhere."""

from tillit.catalogue import Catalogue

ELSEWHERE = {
    "V9": "an hour that does not exist is refused when the file is read",
    "V26": "what is shared between boards is casework",
    "V28": "rows read = stored + refused is kept by the readers",
}
OURS = {
    "ASS-08": {"V24"},
    "ASS-10": {"V19", "V29"},
    "ASS-12": {"V18", "V29"},
    "ASS-22": {"V17"},
    "ASS-34": {"V10", "V11", "V29"},
    "ASS-35": {"V10", "V15"},
    "FAK-01": {"V20", "V22"},
    "FOR-04": {"V27"},
    "LEV-17": {"V25"},
}


def test_every_vector_is_an_example_or_is_held_elsewhere(content: Catalogue) -> None:
    there = {example.vector for control in content.controls.values() for example in control.examples} - {""}
    assert there | ELSEWHERE.keys() == {f"V{number}" for number in range(1, 31)}
    assert there & ELSEWHERE.keys() == set()


def test_a_control_has_the_vectors_that_concern_it(content: Catalogue) -> None:
    found = {id: {example.vector for example in content.control(id).examples} - {""} for id in OURS}
    assert found == OURS
