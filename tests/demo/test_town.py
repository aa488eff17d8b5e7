"""The whole of it: each wrong gives exactly its finding, to the öre, and all that is honest gives none.

All that is honest in the town without wrongs is also in the one with them: "and nothing else" is asked there.
"""

from collections.abc import Sequence
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
def truth_and_result(world: World) -> tuple[Truth, Result]:
    return _of_town(world, "wrong", wrongs=True)


def _of_town(world: World, name: str, *, wrongs: bool, seed: int = 1) -> tuple[Truth, Result]:
    folder = world.folder / name
    truth = make_town(folder, seed=seed, wrongs=wrongs)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "tillit"]
    deliveries = [read_file(path, world.store, world.catalogue) for path in files]
    return truth, run(world.store, world.catalogue, deliveries, day=truth.day)


def test_every_line_is_read_but_those_that_are_there_to_be_refused(truth_and_result: tuple[Truth, Result]) -> None:
    truth, result = truth_and_result
    refused = [(one["name"], line["line"]) for one in result.deliveries for line in one["refusals"]]
    assert sorted(refused) == sorted((one.file, one.line) for one in truth.refused)


def test_every_control_is_run_and_no_file_contradicts_another(truth_and_result: tuple[Truth, Result]) -> None:
    _, result = truth_and_result
    assert (result.not_run, result.messages) == ([], [])


def test_each_wrong_gives_its_finding_and_nothing_else(world: World, truth_and_result: tuple[Truth, Result]) -> None:
    assert _compared(world, *truth_and_result) == ([], [])


def test_every_control_has_a_wrong_to_find(world: World, truth_and_result: tuple[Truth, Result]) -> None:
    truth, _ = truth_and_result
    without = {
        "ASS-34",  # the hour that comes twice, in October; the town's months are January to April
        "NAT-11",  # two hundred rows at once of one key: a fault of a delivery, not of a town
    }
    assert set(world.catalogue.controls) - {one.control for one in truth.wrongs} == without


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_town_with_nothing_wrong_gives_no_finding_and_each_wrong_its_own(world: World, seed: int) -> None:
    _, clean = _of_town(world, f"clean-{seed}", wrongs=False, seed=seed)
    truth, result = _of_town(world, f"wrongs-{seed}", wrongs=True, seed=seed)
    assert _told(clean.findings) == []
    assert _compared(world, truth, result) == ([], [])


def _compared(world: World, truth: Truth, result: Result) -> tuple[list[tuple[str, str]], list[tuple[object, ...]]]:
    """The wrongs that were not found, and the findings of what is not wrong."""
    left = list(result.findings)
    missed = []
    for one in truth.wrongs:
        found = next((finding for finding in left if _is_found(world, one, finding)), None)
        if found is None:
            missed.append((one.control, one.what))
        else:
            left.remove(found)
    return missed, _told(left)


def _told(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    return [(one.control, one.provider, one.period_from, one.minutes_at_risk, one.at_risk_ore) for one in findings]


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
