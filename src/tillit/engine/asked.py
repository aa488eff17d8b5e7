"""What a run asks its questions of: an engine that makes prepared tables, and answers controls."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import duckdb

from tillit.catalogue import Catalogue, Control
from tillit.engine.duckdb import VERSION, Connection, time_limit
from tillit.engine.finding import Answer
from tillit.engine.parameters import filled_sql
from tillit.engine.prepare import make_prepared
from tillit.errors import RefusedError


class NotAnswered(RefusedError):
    """The engine could not answer a control, though nothing is wrong with the control."""


class Asked(Protocol):
    """An engine that has the delivered rows as tables, each row once."""

    @property
    def versions(self) -> dict[str, str]:
        """The engine's name, and which version of it: a new one may change what is found."""

    def latest(self, table: str, column: str) -> date | None:
        """The last day in a column."""

    def make(self, name: str, day: date) -> None:
        """Makes a prepared table."""

    def drop(self, name: str) -> None:
        """Drops a prepared table."""

    def answers(self, control: Control, day: date) -> list[Answer]:
        """What a control answers, a row each. Raises: NotAnswered."""

    def limit(self, seconds: float) -> AbstractContextManager[None]:
        """What runs in the block is stopped after so many seconds. Raises: TookTooLong."""


@dataclass(frozen=True)
class OnDuckDB:
    """The engine of every installation, in this process."""

    connection: Connection
    catalogue: Catalogue
    versions: dict[str, str] = field(default_factory=lambda: {"duckdb": VERSION})

    def latest(self, table: str, column: str) -> date | None:
        """The last day in a column."""
        found = self.connection.execute(f'SELECT CAST(MAX("{column}") AS DATE) FROM "{table}"').fetchall()[0][0]
        return found if isinstance(found, date) else None

    def make(self, name: str, day: date) -> None:
        """Makes a prepared table, in DuckDB's own form where it has one."""
        make_prepared(self.connection, self.catalogue, name, day)

    def drop(self, name: str) -> None:
        """Drops a prepared table."""
        self.connection.execute(f'DROP TABLE "{name}"')

    def answers(self, control: Control, day: date) -> list[Answer]:
        """What a control answers, a row each. Raises: NotAnswered."""
        try:
            cursor = self.connection.execute(filled_sql(control, self.catalogue, day))
            columns = [str(column[0]) for column in cursor.description or ()]
            return [tidy(dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]
        except duckdb.OutOfMemoryException as fault:
            raise NotAnswered("the memory given was not enough", fix="give it more") from fault

    def limit(self, seconds: float) -> AbstractContextManager[None]:
        """What runs in the block is stopped after so many seconds. Raises: TookTooLong."""
        return time_limit(self.connection, seconds)


def tidy(answer: dict[str, Any]) -> Answer:
    """Lists of rows without the blanks that outer joins leave in them, each row once."""
    lists = {name: sorted(set(answer[name]) - {None}) for name in ("evidence", "risk_rows") if answer.get(name)}
    return answer | lists
