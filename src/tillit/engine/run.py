"""One run: every control that has its tables, over the delivered rows of a day, and what each of them found."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tillit.catalogue import Catalogue, ContentError, Control
from tillit.engine.asked import Asked, NotAnswered, OnDuckDB
from tillit.engine.delivered import Delivered, keep_left_out, lay_out, parquet_files
from tillit.engine.duckdb import VERSION, Connection, TookTooLong, connect
from tillit.engine.finding import Answer
from tillit.engine.findings import findings_of
from tillit.engine.prepare import alternatives, delivered, helpers, needed, sources
from tillit.engine.spark import OnSpark, spark_session
from tillit.store import ControlRun, Delivery, NotRun, Result, Store

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


@dataclass
class Answers:
    """What the controls answered, and those that could not be asked."""

    given: dict[str, list[Answer]] = field(default_factory=dict)
    not_run: list[NotRun] = field(default_factory=list)


def run(
    store: Store,
    catalogue: Catalogue,
    deliveries: Sequence[Delivery],
    *,
    day: date,
    progress: Progress | None = None,
    memory: str = "3GB",
    threads: int | None = None,
    seconds: float = 3600,
    spark: str = "",
) -> Result:
    """Runs every control over these deliveries. The same deliveries, day and content give the same result.

    Takes: the day it is; how much memory and how many threads the engine may use, and how long one control may take;
    `spark`, the address of a cluster that is to answer the controls.
    """
    tell = progress or (lambda what, done, of: None)
    deliveries = sorted(deliveries, key=lambda delivery: delivery.sha256)
    files = parquet_files(store, catalogue, deliveries)
    with tempfile.TemporaryDirectory(dir=store.folder, prefix=".run-") as scratch:
        readable = [path for paths in files.values() for path in paths]
        cores = threads or os.cpu_count() or 2
        with connect(readable, scratch=Path(scratch), memory=memory, threads=cores) as connection:
            tell("laying out the rows", 0, 1)
            laid = lay_out(connection, catalogue, files, deliveries)
            versions = {"duckdb": VERSION}
            if spark:
                with spark_session(spark) as session:
                    asked = OnSpark(session, catalogue)
                    asked.lay_out(files, keep_left_out(connection, laid, Path(scratch)))
                    answers = ask(asked, catalogue, laid, day=day, tell=tell, seconds=seconds)
                    versions |= asked.versions
            else:
                answers = ask(OnDuckDB(connection, catalogue), catalogue, laid, day=day, tell=tell, seconds=seconds)
            tell("putting the findings together", 0, 1)
            return _result(connection, catalogue, deliveries, laid, answers, day, versions)


def ask(asked: Asked, catalogue: Catalogue, laid: Delivered, *, day: date, tell: Progress, seconds: float) -> Answers:
    """Asks every control that has its tables.

    A prepared table is made before its first user, and dropped after its last.
    """
    answers = Answers()
    ready = _ready(catalogue, laid, answers)
    left = Counter(name for control in ready for name in _prepared(catalogue, control))
    made: set[str] = set()
    for number, control in enumerate(ready):
        tell(f"asking {control.id}", number, len(ready))
        try:
            with asked.limit(seconds):
                answers.given[control.id] = _answers(asked, catalogue, control, made, day)
        except (ContentError, TookTooLong, NotAnswered) as fault:
            answers.not_run.append(NotRun(control.id, str(fault), []))
        left.subtract(_prepared(catalogue, control))
        for name in sorted(name for name in made if not left[name]):
            asked.drop(name)
            made.remove(name)
    answers.not_run.sort(key=lambda one: one.control)
    return answers


def _ready(catalogue: Catalogue, laid: Delivered, answers: Answers) -> list[Control]:
    """The controls that have their tables, those that share prepared tables after one another; notes the others."""
    ready = []
    for control in catalogue.controls.values():
        missing = [table for table in delivered(catalogue, control) if table not in laid.rows]
        others = [group for group in alternatives(catalogue, control) if laid.rows.keys().isdisjoint(group)]
        if control.status in ("draft", "retired"):
            continue
        if missing:
            answers.not_run.append(NotRun(control.id, "not delivered", missing))
        elif others:
            answers.not_run.append(NotRun(control.id, "none of these delivered, and one is enough", others[0]))
        else:
            ready.append(control)
    return sorted(ready, key=lambda control: (_prepared(catalogue, control), control.id))


def _prepared(catalogue: Catalogue, control: Control) -> list[str]:
    return needed(catalogue, sources(control))


def _answers(asked: Asked, catalogue: Catalogue, control: Control, made: set[str], day: date) -> list[Answer]:
    for name in _prepared(catalogue, control):
        if name not in made:
            _known_to_the_end(asked, catalogue, name)
            asked.make(name, day)
            made.add(name)
    _known_to_the_end(asked, catalogue, control.id)
    return asked.answers(control, day)


def _known_to_the_end(asked: Asked, catalogue: Catalogue, id: str) -> None:
    """Raises ContentError where a dated quantity is not known for the latest day of the rows it is chosen by."""
    content = catalogue.controls.get(id) or catalogue.prepared[id]
    for use in content.dated.values():
        table, _, column = use.by.partition(".")
        latest = asked.latest(table, column)
        if latest is not None:
            catalogue.parameters[use.parameter].on(latest)


def _result(
    connection: Connection,
    catalogue: Catalogue,
    deliveries: Sequence[Delivery],
    laid: Delivered,
    answers: Answers,
    day: date,
    versions: dict[str, str],
) -> Result:
    not_tried = {
        id: [why for table, why in helpers(catalogue, catalogue.controls[id]).items() if why and table not in laid.rows]
        for id in answers.given
    }
    findings = findings_of(connection, catalogue, answers.given, laid.contradicted, not_tried, deliveries)
    return Result(
        day=day.isoformat(),
        tillit=version("tillit"),
        content=catalogue.digest,
        engine=versions,
        deliveries=[asdict(delivery) for delivery in deliveries],
        tables=dict(sorted(laid.rows.items())),
        run=[
            ControlRun(id, catalogue.controls[id].revision, len(given), not_tried[id])
            for id, given in sorted(answers.given.items())
        ],
        not_run=answers.not_run,
        messages=laid.messages,
        providers=_names(connection, {one.provider for one in findings if one.provider}),
        findings=findings,
    )


def _names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """What providers are called: by the register, else as their invoices and the ledger say.

    A sole trader (E- and a code) is a person, and has no name here.
    """
    wanted = sorted({id for id in ids if not id.startswith("E-")})
    rows = connection.execute(
        """WITH called AS (
          SELECT 1 AS place, provider_id AS id, name FROM provider
          UNION ALL SELECT 2, provider_id, supplier_name FROM invoice
          UNION ALL SELECT 3, supplier_id, supplier_name FROM supplier_ledger)
        SELECT id, ARG_MIN(name, (place, name)) FROM called
        WHERE name IS NOT NULL AND id IN (SELECT UNNEST(?)) GROUP BY id ORDER BY id""",
        [wanted],
    ).fetchall()
    return {str(id): str(name) for id, name in rows}
