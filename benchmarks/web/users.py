"""Twenty people at their pages: how long each answer takes, alone and all at once, and what is written at once."""

import http.client
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

Person = Mapping[str, Any]
Times = dict[str, list[float]]
TOKEN = "t" * 32
TEXT = "Skrivet samtidigt"
KIND_S = 5.0


def alone(
    port: int, people: Sequence[Person], used: Callable[[], float], *, rounds: int
) -> tuple[Times, dict[str, float]]:
    """Every kind of page, one after another by one person at a time, `rounds` of each.

    Gives: milliseconds by kind of page; milliseconds of processor for a page of each kind.
    """
    times: Times = {}
    processor: dict[str, float] = {}
    for kind in sorted({kind for one in people for kind in one["pages"]}):
        addresses = [(one, path) for one in people for path in one["pages"].get(kind, [])]
        random.Random(kind).shuffle(addresses)
        chosen = [addresses[k % len(addresses)] for k in range(rounds)]
        browser = Browser(port)
        for one, path in chosen[:4]:
            browser.open(one, path)  # what is read for the first time is another matter
        before, taken, end = used(), [], time.monotonic() + KIND_S
        for one, path in chosen:
            taken.append(browser.open(one, path))
            if time.monotonic() > end and len(taken) >= 10:
                break
        times[kind], processor[kind] = taken, 1000 * (used() - before) / len(taken)
    return times, processor


def together(port: int, people: Sequence[Person], *, seconds: float, pause_s: float) -> Times:
    """Everyone at once, each opening pages of every kind in turn, with a pause for reading in between."""
    times: Times = defaultdict(list)
    lock, begin = threading.Lock(), threading.Barrier(len(people))

    def work(number: int) -> None:
        draw, browser, person = random.Random(number), Browser(port), people[number]
        begin.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            kind = draw.choice(sorted(person["pages"]))
            took = browser.open(person, draw.choice(person["pages"][kind]))
            with lock:
                times[kind].append(took)
            time.sleep(draw.uniform(0.5, 1.5) * pause_s)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, range(len(people))))
    return dict(times)


def written(port: int, people: Sequence[Person], *, each: int) -> tuple[int, list[float]]:
    """Everyone writes notes at once, without a pause. Gives: how many were answered as written, and milliseconds."""
    writers = [one for one in people if one["matter"]]
    begin = threading.Barrier(20)

    def work(number: int) -> list[float]:
        browser, person = Browser(port), writers[number % len(writers)]
        begin.wait()
        return [browser.note(person, f"{TEXT} {number}-{turn}") for turn in range(each)]

    with ThreadPoolExecutor(20) as pool:
        took = [one for rows in pool.map(work, range(20)) for one in rows]
    return len(took), took


class Browser:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def open(self, person: Person, path: str) -> float:
        """Milliseconds until a page was here, whole."""
        return self._asked("GET", person, path, 200)

    def note(self, person: Person, text: str) -> float:
        """Milliseconds until a note was written."""
        body = urlencode({"text": text, "csrfmiddlewaretoken": TOKEN})
        return self._asked("POST", person, f"/steg/{person['matter']}/anteckning/skriv/", 302, body)

    def _asked(self, method: str, person: Person, path: str, expected: int, body: str | None = None) -> float:
        headers = {"Cookie": f"sessionid={person['cookie']}; csrftoken={TOKEN}", "Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                # The server lets go of a connection that has rested; a browser asks again, and so do we.
                self.connection.close()
                if attempt == 2:
                    raise
        if answer.status != expected:
            raise RuntimeError(f"{method} {path} was answered {answer.status}")
        return 1000 * (time.perf_counter() - start)
