"""The drawn town as files: what is read of them is what was poured."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tillit.catalogue import Catalogue, load
from tillit.demo.drawn import draw_town
from tillit.demo.drawn.exports import FROM_PROVIDERS, Numbers, write_exports
from tillit.identifiers import Verdict, parse_person
from tillit.readers import read_file
from tillit.readers.identity import Identities
from tillit.store import Store

DAY = date(2026, 4, 30)


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load()


def rows_of(store: Store, content: Catalogue, table: str, deliveries: list[str]) -> Counter[tuple[Any, ...]]:
    paths = [str(path) for path in store.parquet(table, deliveries)]
    if not paths:
        return Counter()
    with duckdb.connect() as connection:
        given = connection.execute("SELECT * FROM read_parquet($paths, union_by_name=true)", {"paths": paths})
        there = [column[0] for column in given.description or ()]
        places = [there.index(name) if name in there else None for name in content.tables[table].columns]
        usual = [column.default for column in content.tables[table].columns.values()]
        rows = (tuple(None if at is None else row[at] for at in places) for row in given.fetchall())
        # what a file leaves out is what is usual
        return Counter(tuple(of if it is None else it for it, of in zip(row, usual, strict=True)) for row in rows)


def reads_the_same(content: Catalogue, folder: Path, *, size: str, seed: int) -> int:
    """Draws, writes, reads and compares every table, row by row; gives how many rows there were."""
    poured = Store(folder / "store", folder / "protected")
    town = draw_town(poured, content, size=size, seed=seed)
    numbers = write_exports(poured, content, town, folder / "files")
    read = Store(folder / "read", folder / "read-protected")
    deliveries = [read_file(path, read, content) for path in sorted((folder / "files").rglob("*.*"))]
    refused = [(one.name, one.refusals[:2]) for one in deliveries if one.refusals]
    assert refused == []
    known = Identities(read.persons, town.day).persons(list(numbers.given.values()))
    pseudonyms = dict(zip(known, numbers.given, strict=True))
    count = 0
    for name, table in content.tables.items():
        wanted = rows_of(poured, content, name, [one.sha256 for one in town.deliveries])
        persons = [place for place, column in enumerate(table.columns.values()) if column.type == "person"]
        found: Counter[tuple[Any, ...]] = Counter()
        for row, times in rows_of(read, content, name, [one.sha256 for one in deliveries]).items():
            found[tuple(pseudonyms.get(value, value) if at in persons else value for at, value in enumerate(row))] += (
                times
            )
        assert (name, list((wanted - found).items())[:2], list((found - wanted).items())[:2]) == (name, [], [])
        count += wanted.total()
    return count


def test_a_person_has_one_number_which_is_nobodys() -> None:
    numbers = Numbers()
    first = numbers.of(7).number
    assert (numbers.of(7).number, len(first)) == (first, 12)
    every = {numbers.of(place).number for place in range(17_000)}
    assert len(every) == 17_000
    assert {parse_person(one, on=DAY).verdict for one in sorted(every)[::500]} == {Verdict.CHECKSUM_ERROR}


@pytest.mark.slow
def test_a_hamlet_is_read_from_its_files_row_by_row(content: Catalogue, tmp_path: Path) -> None:
    assert reads_the_same(content, tmp_path, size="hamlet", seed=2) > 20_000
    written = {path.parent.name: path.suffix for path in (tmp_path / "files" / "utforare").rglob("time_entry.*")}
    assert len(written) > 5
    assert set(written.values()) == {".csv", ".xlsx"}
    assert {path.stem for path in (tmp_path / "files" / "utforare").rglob("*.*")} == set(FROM_PROVIDERS)


@pytest.mark.slow
def test_a_medium_town_is_read_from_its_files_row_by_row(content: Catalogue, tmp_path: Path) -> None:
    assert reads_the_same(content, tmp_path, size="medium", seed=2) > 200_000
