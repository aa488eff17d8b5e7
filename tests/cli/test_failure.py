"""How faults are told on the command line."""

from pathlib import Path

import pytest

from tillit.cli.failure import tell
from tillit.errors import BrokenError, RefusedError


def test_a_refusal_is_one_clean_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell(RefusedError("the file is empty", where="march.csv", fix="ask for it again"))
    assert capsys.readouterr().err == "march.csv: the file is empty: ask for it again\n"


def test_no_identity_number_leaves_with_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell(RefusedError("'20000229-2399' is odd, as 0002292399 and 200002292399 are"))
    assert capsys.readouterr().err == "'[number]' is odd, as [number] and [number] are\n"


@pytest.mark.parametrize("fault", [BrokenError("row 20000229-2399 was lost"), KeyError("20000229-2399")])
def test_what_is_our_fault_is_written_without_numbers(fault: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise fault
    except Exception as raised:
        tell(raised)
    first, second = capsys.readouterr().err.splitlines()
    place = Path(second.removeprefix("What happened is written in ").removesuffix("; please send it to us."))
    written = place.read_text(encoding="utf-8")
    place.unlink()
    assert first == f"Tillit broke, and this is our fault, not yours: {type(fault).__name__}"
    assert ("20000229" in written, "[number]" in written, "raise fault" in written) == (False, True, True)


def test_a_fault_of_the_disk_is_one_line_with_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    try:
        (tmp_path / "gone.csv").read_text()
    except OSError as raised:
        tell(raised)
    assert capsys.readouterr().err == f"{tmp_path / 'gone.csv'}: No such file or directory\n"
