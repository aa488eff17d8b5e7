"""The drawn town as files: each provider's own export, in its own manner, and what the municipality's systems hold.

What was poured straight into a store is written out again as templates would be filled in, so that reading it is tried
on as many rows as a city has. Every person has a number whose check digit is wrong: it is nobody's.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from tillit.catalogue import Catalogue, Column
from tillit.demo.drawn.town import DrawnTown
from tillit.demo.files.cells import Manner, organisation
from tillit.demo.files.tabular import write_csv, write_xlsx
from tillit.demo.people import Person
from tillit.identifiers import Verdict, parse_person
from tillit.store import Store

FROM_PROVIDERS = ("time_entry", "time_report", "invoice", "invoice_line")
"""What each provider sends in a file of its own; the rest is the municipality's."""

_HERE = ZoneInfo("Europe/Stockholm")
_MANNERS = (
    ("csv", "utf-8-sig", Manner()),
    ("csv", "cp1252", Manner(hour_sign=".", person="{0}{1}")),
    ("xlsx", "", Manner(person="{2}-{1}")),
    ("csv", "utf-8-sig", Manner(hyphen=False, labels=False, decimal=".")),
    ("csv", "cp1252", Manner(person="{0}-{1}", yes="J", no="N")),
)
_BORN, _DAYS, _SERIALS = date(1960, 1, 1), 16_000, 998


class Numbers:
    """A number for each pseudonym: twelve digits of which the last is wrong."""

    def __init__(self) -> None:
        self.given: dict[int, str] = {}

    def of(self, pseudonym: int) -> Person:
        """The person, who has the same number every time."""
        if pseudonym not in self.given:
            self.given[pseudonym] = _wrong(len(self.given))
        return Person(self.given[pseudonym], "", "")


def _wrong(place: int) -> str:
    day = _BORN + timedelta(days=place % _DAYS)
    body = f"{day:%Y%m%d}{1 + place // _DAYS % _SERIALS:03}"
    right = next(
        n for n in range(10) if parse_person(f"{body}{n}", on=date(2026, 1, 1)).verdict is not Verdict.CHECKSUM_ERROR
    )
    return f"{body}{(right + 1) % 10}"


def write_exports(store: Store, catalogue: Catalogue, town: DrawnTown, folder: Path) -> Numbers:
    """Writes the files of a town that was drawn into a store.

    Gives: which number each person has in them.
    """
    numbers = Numbers()
    for name in catalogue.tables:
        paths = [str(path) for path in store.parquet(name, [one.sha256 for one in town.deliveries])]
        if not paths:
            continue
        sent = name in FROM_PROVIDERS
        with duckdb.connect() as connection:
            order = "provider_id, row_id" if sent else "row_id"
            given = connection.execute(f"SELECT * FROM read_parquet($paths) ORDER BY {order}", {"paths": paths})
            names = [column[0] for column in given.description or ()]
            rows = (dict(zip(names, row, strict=True)) for row in _each(given))
            groups = groupby(rows, key=lambda row: row["provider_id"] if sent else "")
            for place, (provider, own) in enumerate(groups):
                _write(catalogue, folder, name, str(provider or ""), list(own), place, numbers)
    return numbers


def _each(given: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := given.fetchmany(5000):
        yield from rows


def _write(
    catalogue: Catalogue,
    folder: Path,
    name: str,
    provider: str,
    rows: Sequence[dict[str, Any]],
    place: int,
    numbers: Numbers,
) -> None:
    ending, encoding, manner = _MANNERS[place % len(_MANNERS)]
    columns = catalogue.tables[name].columns
    told = [{key: _value(column, row[key], row, manner, numbers) for key, column in columns.items()} for row in rows]
    if name in FROM_PROVIDERS:
        path = folder / "utforare" / provider / f"{name}.{ending}"
        title = [f"Export {provider}", ""] if place % 2 else []
    else:
        path, title = folder / "kommunen" / f"{name}.{ending}", []
    if ending == "xlsx":
        write_xlsx(path, name, told, manner, title=title)
    else:
        write_csv(path, name, told, manner, encoding=encoding, title=title)


def _value(column: Column, value: Any, row: dict[str, Any], manner: Manner, numbers: Numbers) -> Any:
    if value is None:
        return None
    if column.type == "person":
        return numbers.of(value)
    if column.type == "organisation":
        return organisation(value, manner) if len(value) == 10 and value.isdigit() else value
    if column.type == "account":
        return value.removeprefix("BG:")
    if isinstance(value, datetime):
        local = value.replace(tzinfo=UTC).astimezone(_HERE)
        if column.entered_as in ("start", "end"):
            return "24:00" if local.date() > row["work_date"] else f"{local:%H:%M}"
        return f"{local:%Y-%m-%d %H:%M}"
    if column.type == "decimal":
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", manner.decimal)
    return value
