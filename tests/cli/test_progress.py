"""Progress is shown when work is long, and only then."""

from collections.abc import Iterator

import pytest

from tillit.cli.progress import Progress


def clock(*times: float) -> Iterator[float]:
    yield from times


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    at = clock(0.0, 0.5, 1.4)
    told = Progress(clock=lambda: next(at), screen=True).of("reading")
    told(0.5)
    told(1.0)
    assert capsys.readouterr().err == ""


def test_long_work_on_a_screen_is_one_line_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    at = clock(0.0, 2.0, 2.1, 3.0)
    progress = Progress(clock=lambda: next(at), screen=True)
    told = progress.of("reading")
    for share in (0.25, 0.3, 1.0):
        told(share)
    progress.done()
    assert capsys.readouterr().err == "reading  25%\rreading 100%\r            \r"


def test_long_work_in_a_log_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    at = clock(0.0, 2.0, 5.0, 13.0)
    progress = Progress(clock=lambda: next(at), screen=False)
    told = progress.of("reading")
    for share in (0.1, 0.2, 0.9):
        told(share)
    progress.done()
    assert capsys.readouterr().err == "reading  10%\nreading  90%\n"
