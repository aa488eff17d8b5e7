"""Controls asked of a Spark cluster: the one file that names Spark.

The cluster reads the stored Parquet itself, makes the prepared tables and answers the controls; what it answers is
collected here, and becomes findings as any other answer does. So every worker of the cluster must see the store's
folder at the same path.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlglot

from tillit.catalogue import Catalogue, Control, Table
from tillit.engine.asked import NotAnswered, tidy
from tillit.engine.duckdb import TookTooLong, as_sql
from tillit.engine.example_rows import Row
from tillit.engine.finding import Answer
from tillit.engine.parameters import filled_sql
from tillit.engine.prepare import columns_sql
from tillit.errors import RefusedError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    # Times in the store are UTC without saying so, and must not be moved to where a worker stands.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # Too large a number stops the control; it is not cut.
    "spark.sql.ansi.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
"""What a session must have for a control to mean the same as on DuckDB; all else is the cluster's own."""


class NoSpark(RefusedError):
    """Spark was asked for, and is not here."""


@contextmanager
def spark_session(master: str, settings: Mapping[str, str] | None = None) -> "Iterator[SparkSession]":
    """A session on a cluster.

    Takes: its address as Spark writes it (`local[2]`, `spark://host:7077`, `yarn`); `settings`, more of Spark's own.
    Raises: NoSpark.
    """
    try:
        from pyspark.errors import PySparkException  # optional extra
        from pyspark.sql import SparkSession  # optional extra
    except ImportError as fault:
        fix = "install requirements/spark.txt, or leave out --engine"
        raise NoSpark("PySpark is not installed", fix=fix) from fault
    builder = SparkSession.builder.appName("tillit").master(master)
    for name, value in {**(settings or {}), **SETTINGS}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as fault:
        told = str(fault).split("\n")[0]
        raise NoSpark(f"Spark did not start: {told}", fix="see that Java is there, and that the master is") from fault
    try:
        yield session
    finally:
        session.stop()


def in_spark(sql: str) -> str:
    """Portable SQL as Spark writes it.

    >>> in_spark("SELECT [row_id] AS evidence FROM time_entry")
    'SELECT ARRAY(row_id) AS evidence FROM time_entry'
    """
    return sqlglot.transpile(sql, read="duckdb", write="spark")[0]


@dataclass
class OnSpark:
    """Spark as what a run asks. Prepared tables are kept in the cluster's memory from first use to last."""

    session: "SparkSession"
    catalogue: Catalogue
    _made: "dict[str, DataFrame]" = field(default_factory=dict)

    @property
    def versions(self) -> dict[str, str]:
        """Spark and its version."""
        return {"spark": self.session.version}

    def lay_out(self, files: Mapping[str, Sequence[Path]], left_out: Mapping[str, Path]) -> None:
        """Makes every delivered table, empty where nothing was delivered.

        Takes: the files of each table; for some, a file of the row_ids to leave out of it.
        """
        for name, table in self.catalogue.tables.items():
            if name not in files:
                self.lay_rows(table, [])
                continue
            rows = self.session.read.option("mergeSchema", "true").parquet(*map(_address, files[name]))
            kinds = columns_sql(table.columns).items()
            rows.createOrReplaceTempView(f"{name}_delivered")
            listed = ", ".join(f'CAST({n if n in rows.columns else "NULL"} AS {kind}) AS "{n}"' for n, kind in kinds)
            laid = self.session.sql(in_spark(f'SELECT {listed} FROM "{name}_delivered"'))
            if name in left_out:
                laid = laid.join(self.session.read.parquet(_address(left_out[name])), "row_id", "left_anti")
            laid.createOrReplaceTempView(name)

    def lay_rows(self, table: Table, rows: Iterable[Row]) -> None:
        """Makes a delivered table of rows that are given."""
        kinds = columns_sql(table.columns)
        given = [", ".join(as_sql(row.get(name)) for name in kinds) for row in rows]
        listed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in kinds.items())
        names = ", ".join(f'"{name}"' for name in kinds)
        values = ", ".join(f"({row})" for row in given) or f"({', '.join('NULL' for _ in kinds)})"
        without = "" if given else " WHERE FALSE"
        sql = in_spark(f"SELECT {listed} FROM (VALUES {values}) AS given({names}){without}")
        self.session.sql(sql).createOrReplaceTempView(table.table)

    def latest(self, table: str, column: str) -> date | None:
        """The last day in a column."""
        found = self._rows(f'SELECT CAST(MAX("{column}") AS DATE) AS day FROM "{table}"')[0]["day"]
        return found.date() if isinstance(found, datetime) else found

    def make(self, name: str, day: date) -> None:
        """Makes a prepared table, in the form that runs anywhere."""
        prepared = self.catalogue.prepared[name]
        filled = filled_sql(prepared, self.catalogue, day)
        with _told():
            made = self.session.sql(in_spark(filled)).select(*prepared.columns).cache()
        made.createOrReplaceTempView(name)
        self._made[name] = made

    def drop(self, name: str) -> None:
        """Drops a prepared table."""
        self._made.pop(name).unpersist()
        self.session.catalog.dropTempView(name)

    def answers(self, control: Control, day: date) -> list[Answer]:
        """What a control answers, a row each. Raises: NotAnswered."""
        return [tidy(row) for row in self._rows(filled_sql(control, self.catalogue, day))]

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """What runs in the block is stopped after so many seconds. Raises: TookTooLong."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            with suppress(Exception):  # the work may end at that very moment, and the session with it
                self.session.sparkContext.cancelAllJobs()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            yield
        except NotAnswered as fault:
            if not late.is_set():
                raise
            raise TookTooLong(f"stopped after {seconds:g} seconds", fix="give it more time") from fault
        finally:
            timer.cancel()

    def _rows(self, sql: str) -> list[Row]:
        with _told():
            return [row.asDict() for row in self.session.sql(in_spark(sql)).collect()]


@contextmanager
def _told() -> Iterator[None]:
    # What Spark says is told as ours: the control did not run, and the others go on.
    from py4j.protocol import Py4JError  # optional extra
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as fault:  # the second where work was stopped, or a worker died
        told = str(getattr(fault, "java_exception", fault)).split("\n")[0]
        raise NotAnswered(f"Spark did not answer: {told}", fix="see the log of the cluster") from fault


def _address(path: Path) -> str:
    return path.resolve().as_uri()
