"""tillit serve: what it is told, what it refuses, and that it starts, answers and stops."""

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
from tillit.cli.serve import PortTaken, environment_of


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
    assert str(refused.value) == f"port {port} is taken: give another: --port {port + 1}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_it_starts_answers_and_stops_with_all_its_parts(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-c", "from tillit.cli import main; main()", "serve", "--port", str(port), "--folder", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DJANGO_"))}
    served = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert served.stdout is not None
        assert served.stdout.readline() == f"Tillit is on http://127.0.0.1:{port}  (Ctrl-C stops it)\n"
        with urlopen(f"http://127.0.0.1:{port}/logga-in/") as page:
            assert page.status == 200
            assert "påhittade" not in page.read().decode()
        served.send_signal(signal.SIGINT)
        assert served.wait(40) == 0
    finally:
        served.kill()
        served.wait()
    time.sleep(0.2)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
