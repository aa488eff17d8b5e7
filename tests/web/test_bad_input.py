"""Every kind of bad input in docs/bad-input.md has its sentence, and a test that does it and looks for the sentence."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHAT = [
    "Wrong role", "Wrong board", "Guessed address", "Replayed form", "Two tabs", "Expired session",
    "An upload of 300 MB", "A file with macros", "A template with code in it", "A name with quotes and emoji",
    "A killed worker", "A full disk, when a file is delivered", "A full disk, in the database",
    "A database that goes away",
]  # fmt: skip
LINE = re.compile(r"^\| (.+?) \| (.+?) \| (tests/\S+\.py)::(test_\w+) \|$", re.M)
ROWS = LINE.findall((ROOT / "docs/bad-input.md").read_text(encoding="utf-8"))


def test_every_kind_of_bad_input_has_its_row():
    assert [what for what, _sentence, _file, _test in ROWS] == WHAT


@pytest.mark.parametrize(("what", "sentence", "file", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_the_test_is_there_and_looks_for_the_sentence(what, sentence, file, test):
    # The database that is taken away is asked in a process of its own, by gone.py.
    asked = [file, "tests/web/pages/gone.py"] if file.endswith("test_database_gone.py") else [file]
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in asked)
    assert (f"def {test}(" in text, sentence in text) == (True, True)
