"""tillit serve: what it is told, what it refuses, and that it starts, answers and stops."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tillit.cli.main import tillit
from tillit.cli.serve import PortTaken, _has_a_screen, environment_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_parts_are_told_where_everything_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILLIT_FOLDER", "/srv/tillit")
    monkeypatch.delenv("TILLIT_MADE_UP_CITY", raising=False)
    monkeypatch.setenv("TILLIT_DATABASE", "postgresql:///tillit")

    def told(folder: Path | None, *, city: bool) -> tuple[str | None, ...]:
        names = ("TILLIT_FOLDER", "TILLIT_MADE_UP_CITY", "TILLIT_DATABASE")
        return tuple(environment_of(folder, made_up_city=city).get(name) for name in names)

    assert told(None, city=False) == ("/srv/tillit", None, "postgresql:///tillit")
    assert told(Path("/srv/other"), city=False) == ("/srv/other", None, "postgresql:///tillit")
    assert told(None, city=True)[:2] == (str(Path("city").absolute()), "yes")


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            CliRunner().invoke(
                tillit, ["serve", "--port", str(port), "--folder", str(tmp_path / "x")], catch_exceptions=False
            )
    assert str(refused.value) == f"port {port} is taken: give another: --port {port + 1} (make run PORT={port + 1})"
    assert list(tmp_path.iterdir()) == []


ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DJANGO_", "MAKE", "MFLAGS"))
}
"""As of someone who has told Tillit nothing."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def comes_up_and_stops(words: list[str], port: int) -> tuple[str, str, int]:
    """What it said of itself, its first page, and how it ended when it was interrupted; nothing is left listening."""
    served = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=ROOT, start_new_session=True
    )
    try:
        assert served.stdout is not None
        assert served.stdout.readline() == f"Tillit is on http://127.0.0.1:{port}  (Ctrl-C stops it)\n"
        with urlopen(f"http://127.0.0.1:{port}/logga-in/") as page:
            assert page.status == 200
            shown = page.read().decode()
        os.killpg(served.pid, signal.SIGINT)
        said = served.stdout.read()
        ended = served.wait(40)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(served.pid, signal.SIGKILL)
        served.wait()
    time.sleep(0.2)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    return said, shown, ended


@pytest.mark.slow
def test_it_starts_answers_and_stops_with_all_its_parts(tmp_path: Path) -> None:
    port = free_port()
    words = ["-c", "from tillit.cli import main; main()", "serve", "--port", str(port), "--folder", str(tmp_path)]
    said, shown, ended = comes_up_and_stops([sys.executable, *words], port)
    assert (said, "påhittade" in shown, ended) == ("Stopping: the work in hand is ended first.\n", False, 0)


@pytest.mark.slow
def test_make_run_comes_up_with_the_made_up_city_in_an_empty_folder(tmp_path: Path) -> None:
    port, city = free_port(), tmp_path / "city"
    began = time.monotonic()
    said, shown, _ended = comes_up_and_stops(["make", "-s", "run", f"PORT={port}", f"CITY={city}"], port)
    assert said.splitlines()[:2] == [
        "Log in as klas (controls), cilla (manages the unit), asta (investigates), or anyone on the first page.",
        "Everyone has the password provstad-2026",
    ]
    assert ("Klas" in shown, (city / "made-up-city").exists()) == (True, True)
    assert time.monotonic() - began < 120


def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert _has_a_screen() is False
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert _has_a_screen() is True
