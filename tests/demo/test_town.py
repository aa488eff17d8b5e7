"""The whole of it: the clean town gives nothing, and each wrong gives exactly its finding, to the öre."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tillit.catalogue import Catalogue, load
from tillit.demo import Truth, Wrong, make_town
from tillit.demo.people import Person
from tillit.engine import run
from tillit.readers import read_file
from tillit.store import Finding, Result, Store, code


@dataclass
class World:
    """Content, and one store for both towns: a file that is the same in both is read once."""

    catalogue: Catalogue
    store: Store
    folder: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    return World(load(), Store(folder / "store", folder / "protected"), folder)


@pytest.fixture(scope="module")
def clean(world: World) -> Result:
    return _run(world, world.folder / "clean", make_town(world.folder / "clean", wrongs=False))


@pytest.fixture(scope="module")
def truth(world: World) -> Truth:
    return make_town(world.folder / "wrong")


@pytest.fixture(scope="module")
def wrong(world: World, truth: Truth) -> Result:
    return _run(world, world.folder / "wrong", truth)


def _run(world: World, folder: Path, truth: Truth) -> Result:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "tillit"]
    deliveries = [read_file(path, world.store, world.catalogue) for path in files]
    return run(world.store, world.catalogue, deliveries, day=truth.day)


def test_the_clean_town_gives_no_finding(clean: Result) -> None:
    assert [(one.control, one.details, one.evidence[0]) for one in clean.findings] == []


def test_every_file_is_read_but_for_the_lines_that_are_there_to_be_refused(wrong: Result, truth: Truth) -> None:
    refused = [(one["name"], line["line"]) for one in wrong.deliveries for line in one["refusals"]]
    assert refused == [(one.file, one.line) for one in truth.refused]


def test_every_control_is_run(wrong: Result) -> None:
    assert [one.control for one in wrong.not_run] == []


def test_no_two_files_contradict_each_other(wrong: Result) -> None:
    assert wrong.messages == []


def test_each_wrong_gives_its_finding_and_nothing_else(world: World, wrong: Result, truth: Truth) -> None:
    left = list(wrong.findings)
    missed = []
    for one in (wrong_one for wrong_one in truth.wrongs if wrong_one.control in world.catalogue.controls):
        found = next((finding for finding in left if _is_found(world, one, finding)), None)
        if found is None:
            missed.append((one.control, one.what))
        else:
            left.remove(found)
    assert missed == []
    assert [(one.control, one.provider, one.period_from, one.minutes_at_risk, one.at_risk_ore) for one in left] == []


def _is_found(world: World, wrong: Wrong, finding: Finding) -> bool:
    """Whether the finding says what is wrong; where the truth names no one, anyone may stand there."""

    def same(who: Person | None, shown: str | None) -> bool:
        return who is None or shown == code(world.store.persons.pseudonym(who.number))

    return (
        (finding.control, finding.minutes_at_risk, finding.at_risk_ore) == (wrong.control, wrong.minutes, wrong.ore)
        and (wrong.provider is None or finding.provider == wrong.provider.number)
        and same(wrong.client, finding.client)
        and same(wrong.worker, finding.worker)
        and (str(wrong.first), str(wrong.last)) == (str(finding.period_from)[:10], str(finding.period_to)[:10])
    )
