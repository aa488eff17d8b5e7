"""A part of the town while it is drawn: its tables in a database in memory, what is wrong in it, and what is free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

import duckdb
import pyarrow

from tillit.catalogue import STORED, Catalogue
from tillit.identifiers import parse_organisation
from tillit.units import day_minutes

Kind = Literal["honest", "careless", "organised", "known"]
"""How a wrong came about: by mistake, by carelessness, as a scheme; or rightly asked about, though nothing is wrong."""

PROVIDERS = 400
"""As many numbers of providers has each district."""

SHIFT = {
    "id": "BIGINT", "worker": "BIGINT", "client": "BIGINT", "provider": "VARCHAR", "day": "DATE",
    "from_minute": "INTEGER", "to_minute": "INTEGER", "kind": "VARCHAR", "area": "VARCHAR", "status": "VARCHAR",
    "capture": "VARCHAR", "receipt_from": "INTEGER", "receipt_to": "INTEGER", "reason": "VARCHAR",
    "same_visit": "VARCHAR", "double_staffing": "BOOLEAN",
}  # fmt: skip
"""A row of reported time before it is written: local minutes of its day, which it never leaves."""


@dataclass(frozen=True)
class Truth:
    """One thing that is wrong, and what the control should find. Units are what it touches: `client 12`, `invoice I7`.

    Where it names no provider,
      client or worker the finding may name any. `kind`, and `control` where
    it is that which the wrong is named after, are put in by who plants.
    """

    what: str
    units: tuple[str, ...]
    provider: str | None = None
    client: int | None = None
    worker: int | None = None
    first: date | None = None
    last: date | None = None
    minutes: int = 0
    ore: int = 0
    control: str = ""
    kind: Kind = "honest"


class NothingFree(Exception):
    """There is nothing left to put this wrong in."""


@dataclass
class District:
    """A database in memory with the canonical tables and `shift`; what is wrong; which units a wrong has taken."""

    catalogue: Catalogue
    connection: duckdb.DuckDBPyConnection
    seed: int
    number: int
    size: str
    inhabitants: int
    month: date
    random: Random
    truths: list[Truth] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _next: int = 0

    @property
    def last(self) -> date:
        """The last day of the month."""
        return (self.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return self.last + timedelta(days=1)

    @property
    def today(self) -> date:
        """The day on which the town lies ready to be controlled."""
        return self.after + timedelta(days=60)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.last.day

    def day(self, number: int) -> date:
        """A day of the month."""
        return self.month.replace(day=number)

    def is_plain(self, day: date) -> bool:
        """Whether no clock is changed on the day."""
        return day_minutes(day) == 1440

    def plan(self, name: str) -> float:
        """A number of content/plans/town.yaml."""
        return self.catalogue.town_plan.number(name, size=self.size)

    def rate(self) -> int:
        """Öre an hour of assistance, by law."""
        parameter = self.catalogue.parameters["assistance.hourly_rate"]
        return int(parameter.in_sql(parameter.on(self.month).value))  # type: ignore[arg-type]

    def count(self, name: str) -> int:
        """How many there are of what the plan gives a share of the inhabitants."""
        return round(self.inhabitants * self.plan(name))

    def run(self, sql: str, **values: Any) -> None:
        """Runs a statement; `$seed` is the district's own."""
        self.rows(sql, **values)

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        given = {"seed": self.seed * 1_000_003 + self.number, **values}
        return self.connection.execute(sql, {name: given[name] for name in given if f"${name}" in sql}).fetchall()

    def add(self, table: str, **values: Any) -> None:
        """Adds one row to a table."""
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))

    def add_many(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Adds rows to a table."""
        if rows:
            given = pyarrow.table(
                {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
            )
            self.connection.register("given_rows", given)
            self.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given_rows")
            self.connection.unregister("given_rows")

    def next_id(self) -> int:
        """A number that no row of time has; what is drawn at once stays below it."""
        self._next += 1
        return 1_000_000_000 + self._next

    def take(self, *units: str) -> tuple[str, ...]:
        """Takes units for a wrong. Two wrongs never share one."""
        self.taken.update(units)
        return units

    def is_free(self, *units: str) -> bool:
        """Whether no wrong has any of them."""
        return self.taken.isdisjoint(units)


def open_district(
    catalogue: Catalogue, *, seed: int, number: int, size: str, inhabitants: int, month: date
) -> District:
    """An empty district."""
    connection = duckdb.connect(config={"threads": "2", "memory_limit": "2GB"})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"CREATE TABLE shift ({', '.join(f'{name} {kind}' for name, kind in SHIFT.items())})")
    for name, table in catalogue.tables.items():
        columns = ", ".join(f'"{column}" {STORED[held.type]}' for column, held in table.columns.items())
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
    random = Random(f"{seed} {number}")
    return District(catalogue, connection, seed, number, size, inhabitants, month, random)


def organisation(district: int, place: int) -> str:
    """An organisation number right in form, of a series that is not given out.

    >>> organisation(0, 1)
    '5599000014'
    """
    body = f"5599{district * PROVIDERS + place:05}"
    return next(
        number for number in (f"{body}{digit}" for digit in range(10)) if parse_organisation(number).verdict.is_valid
    )


def account(district: int, place: int, *, series: int = 99) -> str:
    """A bankgiro number as the store holds it."""
    return f"BG:{series}{district * PROVIDERS + place:06}"
