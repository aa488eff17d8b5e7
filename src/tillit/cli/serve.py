"""tillit serve: Tillit in the browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError
from urllib.request import urlopen

import click

from tillit.errors import RefusedError

_HOST = "127.0.0.1"
_PATIENCE_S = 60
_GRACE_S = 30


class NoWeb(RefusedError):
    """What the web needs is not installed."""


class PortTaken(RefusedError):
    """Something else listens on the port."""


class NotStarted(RefusedError):
    """A part of the web did not start, or ended; it has said why itself."""


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where it all lies.")
@click.option("--made-up-city", is_flag=True, help="A city in which everything is made up, to try everything on.")
@click.option("--open", "open_", is_flag=True, help="Open it in a browser too, where there is one.")
def serve(port: int, folder: Path | None, made_up_city: bool, open_: bool) -> None:
    """Start Tillit in the browser, until Ctrl-C.

    The database is made ready first. FOLDER is tillit-data, or city for the made-up city, when it is left out.
    """
    _needs(port)
    environment = environment_of(folder, made_up_city=made_up_city)
    ready = subprocess.run(
        [sys.executable, "-m", "tillit.web.prepare"], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if ready.returncode:
        raise NotStarted("the database could not be made ready", fix="mend what is said above")
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    parts = [subprocess.Popen(words, env=environment, start_new_session=True) for words in _parts(port)]
    try:
        _wait_until_it_answers(port, parts)
        click.echo(f"Tillit is on http://{_HOST}:{port}  (Ctrl-C stops it)")
        click.echo(ready.stdout, nl=False)
        if open_ and _has_a_screen():
            webbrowser.open(f"http://{_HOST}:{port}/")
        while all(part.poll() is None for part in parts):
            time.sleep(0.5)
        raise NotStarted("a part of Tillit has ended, and the rest with it", fix="start again; see what is said above")
    except KeyboardInterrupt:
        click.echo("Stopping: the work in hand is ended first.")
    finally:
        _stop(parts)


def environment_of(folder: Path | None, *, made_up_city: bool) -> dict[str, str]:
    """The environment of the parts: what is set already, and what the options say."""
    given = {"DJANGO_SETTINGS_MODULE": "tillit.web.settings", "PYTHONUNBUFFERED": "1"}
    if made_up_city:
        given |= {"TILLIT_MADE_UP_CITY": "yes"}
    if folder or made_up_city:
        given |= {"TILLIT_FOLDER": str((folder or Path("city")).absolute())}
    return dict(os.environ) | given


def _needs(port: int) -> None:
    if not find_spec("django") or not find_spec("gunicorn"):
        raise NoWeb("what the web needs is not installed", fix="pip install 'tillit[web]'")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            raise PortTaken(
                f"port {port} is taken", fix=f"give another: --port {port + 1} (make run PORT={port + 1})"
            ) from None


def _has_a_screen() -> bool:
    # Without one, a browser for the terminal would take it over.
    on_a_desktop = sys.platform in {"darwin", "win32"}
    return on_a_desktop or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _parts(port: int) -> list[list[str]]:
    web = ["gunicorn", "tillit.web.wsgi", "--workers", "2", "--threads", "4", "--bind", f"{_HOST}:{port}"]
    return [
        [sys.executable, "-m", *web, "--timeout", "120", "--log-level", "warning"],
        [sys.executable, "-m", "tillit.web.jobs"],
    ]


def _wait_until_it_answers(port: int, parts: Sequence[subprocess.Popen[bytes]]) -> None:
    # A page is asked for, and not only the port: the workers load after it is opened.
    page = f"http://{_HOST}:{port}/logga-in/"
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and all(part.poll() is None for part in parts):
        try:
            urlopen(page, timeout=_PATIENCE_S).close()
        except HTTPError:
            return  # it answers, and the log says what is wrong
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotStarted("the web does not answer", fix="see what is said above")


def _stop(parts: Sequence[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(_GRACE_S)
        except subprocess.TimeoutExpired:  # a job that takes long is taken again at the next start
            part.kill()


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
