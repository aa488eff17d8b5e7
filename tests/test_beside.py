from pathlib import Path

import pytest
from benchmarks._year import year
from benchmarks.beside.ways import CLIENTS, ENTRIES, WAYS, digest

from tillit.catalogue import load


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    store, delivery = year(folder, load(), 20_000)
    for table, name in (("time_entry", ENTRIES), ("client", CLIENTS)):
        (folder / name).symlink_to(*store.parquet(table, [delivery.sha256]))
    return folder


@pytest.mark.parametrize("way", [way for way in WAYS if way != "Tillit"])
def test_every_way_gives_the_pairs_that_tillit_gives(way: str, town: Path) -> None:
    if way.lower() in ("pandas", "polars"):
        pytest.importorskip(way.lower(), reason="installed by `make bench-beside` only")
    ours = digest(WAYS["Tillit"]()(town))
    assert ours[0] > 0
    assert digest(WAYS[way]()(town)) == ours
