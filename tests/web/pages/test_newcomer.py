"""The newcomer: from `make run` to the most urgent finding closed as explained, within three minutes.

Told first: somebody starts the made-up city, chooses a person on the first page, follows "Börja här", reads why the
finding is there, ticks an explanation, says what explains it, and is shown the next. Nobody has explained anything.
Presses and the words on the way are counted in a real browser; a reading pace makes minutes of them.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.web.screenshots import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium (apt-get install chromium)"),
]

SECONDS_A_PRESS = 5
"""To find the next button among what has just been read, and to press it (as in test_portal_journey.py)."""

WORDS_A_SECOND = 3
"""A slow reader of official Swedish: 180 words a minute."""

LETTERS_A_SECOND = 2
REASON = "Dubbelbemanning enligt beslutet"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | CHROMIUM


@pytest.fixture
def address(tmp_path):
    """The made-up city, started as `make run` starts it, in a folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DJANGO_"))}
    serve = ["serve", "--made-up-city", "--folder", str(tmp_path / "city"), "--port", str(port)]
    with open(tmp_path / "log", "w") as log:
        served = subprocess.Popen([Path(sys.executable).with_name("tillit"), *serve], env=kept, stdout=log, stderr=log)
        found = f"http://127.0.0.1:{port}"
        try:
            for _second in range(400):
                assert served.poll() is None, (tmp_path / "log").read_text()
                with suppress(OSError):
                    urllib.request.urlopen(f"{found}/logga-in/", timeout=5)
                    break
                time.sleep(1)
            yield found
        finally:
            served.terminate()
            served.wait(60)


class Reader:
    """Someone at a screen, whose presses and words to read are counted."""

    def __init__(self, page) -> None:
        self.page, self.presses, self.words = page, 0, 0

    def reads(self, what) -> None:
        self.words += len(what.inner_text().split())

    def presses_on(self, what) -> None:
        self.presses += 1
        what.click()

    @property
    def seconds(self) -> float:
        return self.presses * SECONDS_A_PRESS + self.words / WORDS_A_SECOND + len(REASON) / LETTERS_A_SECOND


def test_a_newcomer_closes_the_most_urgent_finding_within_three_minutes(page, address):
    begun, reader = time.monotonic(), Reader(page)
    page.goto(f"{address}/logga-in/")
    klas = page.get_by_role("button", name="Klas").first
    reader.reads(klas)
    reader.presses_on(klas)
    reader.reads(page.locator(".first"))
    reader.presses_on(page.locator(".first a"))
    page.get_by_role("heading", name="Varför syns det?").wait_for()
    number = page.url
    reader.reads(page.locator("section", has=page.get_by_role("heading", name="Varför syns det?")).first)
    explains = page.get_by_role("button", name="Förklarar", exact=True).first
    reader.presses_on(explains)
    page.locator('.pick[aria-pressed="true"]').wait_for()
    reader.presses_on(page.locator("summary", has_text="Förklarat"))
    reader.presses_on(page.get_by_label("Det har en förklaring"))
    page.locator("#id_explain-reason").fill(REASON)
    reader.presses_on(page.get_by_role("button", name="Förklarat"))
    page.get_by_text("Det här fyndet är klart. Nästa att ta:").wait_for()
    machine = time.monotonic() - begun
    page.goto(number)
    page.get_by_text("Förklarat").first.wait_for()
    assert reader.presses == 6
    assert reader.seconds + machine < 180, (reader.words, machine)
    print(f"{reader.presses} presses, {reader.words} words, {reader.seconds:.0f} s and the machine's {machine:.0f} s")
