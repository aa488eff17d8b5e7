"""The town drawn at random: the same every time, honest where nothing is wrong, and wrongs that never meet."""

from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tillit import engine
from tillit.catalogue import Catalogue, load
from tillit.demo.drawn import DrawnTown, draw_town
from tillit.demo.drawn.town import UnknownTown
from tillit.demo.drawn.wrongs import IN_DOCUMENTS, IN_TIME
from tillit.store import Result, Store


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def drawn(content: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, DrawnTown]:
    return _draw(content, tmp_path_factory.mktemp("town"))


def _draw(content: Catalogue, folder: Path, *, seed: int = 1, wrongs: bool = True) -> tuple[Store, DrawnTown]:
    store = Store(folder / "store", folder / "protected")
    return store, draw_town(store, content, size="hamlet", seed=seed, wrongs=wrongs)


def _bytes(content: Catalogue, store: Store, town: DrawnTown) -> dict[str, str]:
    (delivery,) = town.deliveries
    return {
        table: sha256(path.read_bytes()).hexdigest()
        for table in content.tables
        for path in store.parquet(table, [delivery.sha256])
    }


def _run(content: Catalogue, folder: Path, *, seed: int) -> tuple[DrawnTown, Result]:
    store, town = _draw(content, folder, seed=seed, wrongs=False)
    return town, engine.run(store, content, town.deliveries, day=town.day)


def test_the_same_seed_gives_the_same_bytes(content: Catalogue, drawn: tuple[Store, DrawnTown], tmp_path: Path) -> None:
    store, again = _draw(content, tmp_path)
    assert _bytes(content, store, again) == _bytes(content, *drawn)
    assert again.truths == drawn[1].truths


@pytest.mark.slow
def test_two_processes_draw_the_same_bytes_as_one(content: Catalogue, tmp_path: Path) -> None:
    plan = content.town_plan.model_copy(update={"district_inhabitants": 1000})
    parted = replace(content, town_plan=plan)
    drawn = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        store = Store(folder / "store", folder / "protected")
        town = draw_town(store, parted, size="hamlet", processes=processes)
        files = sorted((folder / "store" / "deliveries").glob("*/*"))
        drawn.append(([(file.name, sha256(file.read_bytes()).hexdigest()) for file in files], town))
    assert len(drawn[0][1].deliveries) > 2
    assert drawn[0] == drawn[1]


def test_rows_can_be_led_back_to_their_delivery(drawn: tuple[Store, DrawnTown]) -> None:
    store, town = drawn
    (delivery,) = town.deliveries
    assert store.find(delivery.sha256) == delivery
    assert delivery.rows["time_entry"] > 15_000


def test_a_clean_town_gives_no_finding_but_what_is_known(content: Catalogue, tmp_path: Path) -> None:
    town, result = _run(content, tmp_path, seed=1)
    assert {truth.kind for truth in town.truths} <= {"known"}
    known = Counter(truth.control for truth in town.truths)
    assert Counter(finding.control for finding in result.findings) == known


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_it_is_clean_in_every_month(content: Catalogue, tmp_path: Path, seed: int) -> None:
    town, result = _run(content, tmp_path, seed=seed)
    assert Counter(one.control for one in result.findings) == Counter(one.control for one in town.truths)


def test_two_wrongs_never_share_a_unit(drawn: tuple[Store, DrawnTown]) -> None:
    _, town = drawn
    owners: dict[str, set[str]] = {}
    for truth in town.truths:
        for unit in truth.units:
            owners.setdefault(unit, set()).add(f"{truth.kind} {truth.what.partition(' ')[2]}")
    shared = {unit: of for unit, of in owners.items() if len(of) > 1}
    assert shared == {}


def test_the_month_follows_from_the_seed(drawn: tuple[Store, DrawnTown]) -> None:
    assert drawn[1].day == date(2026, 5, 31)


def test_a_wrong_is_named_after_a_control_that_is_there(content: Catalogue) -> None:
    assert {plant.control for plant in (*IN_TIME, *IN_DOCUMENTS)} - set(content.controls) == set()


def test_a_size_that_is_not_there_is_refused(content: Catalogue, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", tmp_path / "protected")
    with pytest.raises(UnknownTown, match="hamlet, medium, stockholm, national"):
        draw_town(store, content, size="huge")
