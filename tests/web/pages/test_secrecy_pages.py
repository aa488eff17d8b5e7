"""No address shows what it should not: random cities, every person, every thing, every address there is.

The addresses are those of the table that a new address must have a row in (test_addresses.py), so that none is
forgotten. A check is one person, one thing and one address: its number is on the answer only where it may be known
of, and its title only where it may be read. What is not there for someone is answered 404, at every address and
press that holds its number. Who may is said by the plain reading of oracle.py.
"""

import random
import re
from collections import Counter
from html import escape

import pytest
from django.db import transaction
from django.test import Client

from tests.web.oracle import contents
from tests.web.pages.test_addresses import LOG_IN, LOGGED_OUT, TABLE
from tests.web.people import NOW
from tests.web.random_city import City, draw
from tillit.catalogue import content_folder

NUMBER = re.compile(r"NORR-[A-Z]+-2026-\d+")
NAMED = re.compile(r"\bN-(\d+)\b")
TITLED = re.compile(r"hemlighet (\d+)\b")
MORE = [
    "/fynd/?state=all", "/fynd/?group=control&state=all", "/fynd/?group=provider&state=all", "/fynd/?state=all&page=2",
    "/arenden/?state=all", "/arenden/?state=all&page=2", "/sok/?text=hemlighet",
    "/logg/?kind=change", "/logg/?kind=read", "/finns-inte/",
    *(f"/statistik/{path.stem}/rader/" for path in (content_folder() / "statistics").glob("st*.yaml")),
]  # fmt: skip
"""Other ways to ask for the lists, and what is not there at all."""

WITHOUT = {"account_logout"}
"""After it nothing more is shown to the person."""

NUMBERS_TOLD = re.compile(r"^/statistik/")
"""Behind a figure of a city stand numbers and nothing else of what may not be read (test_statistic.py)."""


def lists() -> list[str]:
    """Every page that holds no number of a matter."""
    rows = [path for name, (path, post, _told) in TABLE.items() if post is None and name not in WITHOUT]
    return [re.sub(r"{\w+}", "1", path) for path in rows if not NUMBER.search(path)] + MORE


def doors(number: str) -> list[tuple[str, dict | None]]:
    """Every address that holds the number of a matter, and how it is asked."""
    rows = [(path, post) for path, post, _told in TABLE.values() if NUMBER.search(path)]
    return [(re.sub(r"{\w+}", "1", NUMBER.sub(number, path)), post) for path, post in rows]


def not_there(person, path: str, post: dict | None) -> int:
    """What is answered where a thing is not there for someone. An account that has ended is nobody's.

    The door of a system answers before it looks for anything: no log-in is a token (test_api.py).
    """
    if path.startswith("/api/"):
        return 401
    if not person.active:
        return LOG_IN if post is None else LOGGED_OUT
    return 404


class Walk:
    """One city seen by one person after the other; counts what was looked at, and what was rightly shown."""

    def __init__(self, city: City, chance: random.Random) -> None:
        self.city, self.chance, self.checks = city, chance, 0
        self.shown: Counter[str] = Counter()
        self.leaks: list[str] = []

    def everyone(self, *, asked: int) -> None:
        for person in self.city.people:
            with transaction.atomic():
                self.person(person, asked=asked)
                transaction.set_rollback(True)

    def person(self, person, *, asked: int) -> None:
        oracle, things = self.city.oracle, self.city.oracle.things
        knows = {one.number for one in things if oracle.sees(person, one, whole=False)}
        reads = {one.number for one in things if oracle.sees(person, one, whole=True)}
        # Whoever left an observation wrote its title, and finds it again by that among what was left.
        wrote = {one.number for one in things if one.process == "finding" and one.opened_by == person.name} & knows
        logged = {one.number for one in things if oracle.reads_log(person, one)}
        browser = Client()
        browser.force_login(self.city.users[person.name])

        def look(path: str, answer) -> None:
            text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="ignore")
            text = text.replace(escape(path), "")  # an address that was asked for is not told by the answer
            named = {f"N-{found}" for found in NAMED.findall(text)}
            titled = {f"N-{found}" for found in TITLED.findall(text)}
            may_name = knows | (logged if path.startswith("/logg/") else set())
            hidden = titled - reads - wrote
            if not NUMBERS_TOLD.match(path):
                hidden |= named - may_name
            self.leaks += [f"{person.name} {path}: {one}" for one in sorted(hidden)]
            self.shown[path] += len(named | titled)
            self.checks += len(things)

        for path in lists():
            look(path, browser.get(path))
        for thing in self.chance.sample(things, asked):
            for path, post in doors(thing.number):
                if thing.number in knows:
                    if post is None:
                        look(path, browser.get(path))
                    continue
                answer = browser.get(path) if post is None else browser.post(path, post)
                self.checks += 1
                if answer.status_code != not_there(person, path, post):
                    self.leaks.append(f"{person.name} {path}: {answer.status_code}")
                look(path, answer)


@pytest.fixture
def walk(db, monkeypatch):
    """Gives a walk through the city of a seed, on the day of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    def through(seed: int, *, people: int, things: int, asked: int) -> Walk:
        city = draw(contents(content_folder()), seed, people=people, things=things)
        found = Walk(city, random.Random(seed))
        found.everyone(asked=asked)
        return found

    return through


def test_no_address_tells_anyone_of_what_is_not_theirs(walk):
    """M150, M253: default deny at every address: page, part, list, file, count, press and error."""
    found = walk(9, people=3, things=60, asked=1)
    assert found.leaks == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2004))
def test_a_million_checks_at_every_address(walk, record_property, seed):
    """4 cities of 150 things and 6 people; that something is shown says that there is something to leak."""
    found = walk(seed, people=6, things=150, asked=4)
    record_property("checks", found.checks)
    assert found.leaks == []
    assert [path for path in SHOW if not found.shown[path]] == []


SHOW = [
    "/",
    "/fynd/?state=all",
    "/arenden/?state=all",
    "/sok/?text=hemlighet",
    "/fakturor/",
    "/tidrapporter/",
    "/logg/",
]
"""Where a city this large always has something for someone."""
