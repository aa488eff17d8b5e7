"""All the gates that content with SQL in it must pass before it may run on anybody's data."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import duckdb
import sqlglot
from sqlglot.errors import SqlglotError

from tillit.catalogue import STORED, Catalogue, ContentError, Control, Prepared
from tillit.engine.duckdb import Connection, connect
from tillit.engine.lineage import DATED_COLUMNS, Read, columns_read, free_text_in, lineage, persons_in
from tillit.engine.parameters import filled_sql
from tillit.engine.prepare import columns_sql, make_empty, person_columns, sources
from tillit.engine.sql import check_sql
from tillit.errors import TillitError

WHOLE = ("measured", "limit_value", "minutes_at_risk", "payable28_at_risk", "amount_at_risk_ore", "severity")
AMOUNTS = ("minutes_at_risk", "payable28_at_risk", "amount_at_risk_ore")
_WHOLE_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
_CHECK_DAY = date(2025, 4, 1)  # any day on which every parameter is known: only the shape of the answer matters


def check(catalogue: Catalogue) -> list[TillitError]:
    """Everything that is wrong with the SQL of the content, each with its file and line."""
    errors: list[TillitError] = []
    with connect() as connection:
        for table in catalogue.tables:
            make_empty(connection, catalogue, table)
        for prepared in catalogue.prepared.values():
            listed = ", ".join(f'"{name}" {STORED[column.type]}' for name, column in prepared.columns.items())
            connection.execute(f'CREATE TABLE "{prepared.prepared}" ({listed})')
        for prepared in catalogue.prepared.values():
            errors += _of_prepared(connection, catalogue, prepared)
        for control in sorted(catalogue.controls.values(), key=lambda control: control.id):
            errors += _of_control(connection, catalogue, control)
    return errors


def _of_prepared(connection: Connection, catalogue: Catalogue, prepared: Prepared) -> Iterator[TillitError]:
    id = prepared.prepared
    if _reads_itself(catalogue, id, sources(prepared)):
        yield ContentError(f"'{id}' is made from itself", where=catalogue.where(id, "reads"), fix="break the circle")
        return
    for part, sql in (("sql", prepared.sql), ("duckdb", prepared.duckdb)):
        if sql is None:
            continue
        faults = _gate(catalogue, prepared, id, part, sql, portably=part == "sql")
        yield from faults
        if faults:
            continue
        try:
            given = _answer(connection, filled_sql(prepared, catalogue, _CHECK_DAY, sql=sql))
        except (TillitError, duckdb.Error) as fault:
            yield _broken(catalogue, id, part, fault)
            continue
        for name in sorted(given.keys() ^ prepared.columns.keys()):
            what = "is given and not declared" if name in given else "is declared and not given"
            yield ContentError(
                f"column '{name}' {what}", where=catalogue.where(id, "columns"), fix="say the same in both places"
            )


def _reads_itself(catalogue: Catalogue, id: str, reads: list[str], seen: frozenset[str] = frozenset()) -> bool:
    return any(
        name == id
        or (name not in seen and _reads_itself(catalogue, id, sources(catalogue.prepared[name]), seen | {name}))
        for name in reads
        if name in catalogue.prepared
    )


def _of_control(connection: Connection, catalogue: Catalogue, control: Control) -> Iterator[TillitError]:
    faults = _gate(catalogue, control, control.id, "sql", control.sql)
    yield from faults
    if faults:
        return
    day = control.examples[0].day
    try:
        given = _answer(connection, filled_sql(control, catalogue, day))
    except (TillitError, duckdb.Error) as fault:
        yield _broken(catalogue, control.id, "sql", fault)
        return
    yield from _wrong_columns(catalogue, control, given)
    yield from _not_for_spark(catalogue, control, day)
    try:
        whole = lineage(catalogue, control)
        read = columns_read(catalogue, control) if control.reach == "city" else set()
    except SqlglotError as fault:
        yield _broken(catalogue, control.id, "sql", fault)
        return
    yield from _personal(catalogue, control, read)
    yield from _badly_named(catalogue, control, given, persons_in(whole))
    for name in sorted(free_text_in(whole)):
        what = f"'{name}' is taken from a column where people write what they like"
        yield ContentError(what, where=catalogue.where(control.id, "sql"), fix="compare by it, but do not show it")


def _gate(
    catalogue: Catalogue, content: Control | Prepared, id: str, part: str, sql: str, *, portably: bool = True
) -> list[ContentError]:
    tables: dict[str, list[str]] = {}
    for name in sources(content):
        if name in catalogue.tables:
            tables[name] = list(columns_sql(catalogue.tables[name].columns))
        elif name in catalogue.prepared:
            tables[name] = list(catalogue.prepared[name].columns)
    tables |= {name: list(DATED_COLUMNS) for name in content.dated}
    where = _line_in(catalogue, id, part)
    names = set(content.parameters)
    return check_sql(sql, tables=tables, names=names, where=where, portably=portably)


def _line_in(catalogue: Catalogue, id: str, part: str) -> Callable[[int], str]:
    """Leads from a line of the SQL to a line of the file; the text starts on the line below its name."""
    file, _, line = catalogue.where(id, part).rpartition(":")
    return lambda number: f"{file}:{int(line or 0) + number}"


def _broken(catalogue: Catalogue, id: str, part: str, fault: Exception) -> ContentError:
    if isinstance(fault, ContentError):
        return ContentError(fault.what, where=fault.where or catalogue.where(id, part), fix=fault.fix)
    what = str(fault).split("\n")[0].removesuffix("!")
    return ContentError(f"the SQL does not run: {what}", where=catalogue.where(id, part), fix="mend it")


def _answer(connection: Connection, sql: str) -> dict[str, str]:
    """Column -> type of what a query gives."""
    cursor = connection.execute(f"SELECT * FROM (\n{sql}\n) LIMIT 0")
    return {str(column[0]): str(column[1]) for column in cursor.description or ()}


def _wrong_columns(catalogue: Catalogue, control: Control, given: Mapping[str, str]) -> Iterator[ContentError]:
    def fault(what: str, fix: str, *place: str | int) -> ContentError:
        return ContentError(what, where=catalogue.where(control.id, *place), fix=fix)

    for name in ("evidence", "risk_rows"):
        if given.get(name, "BIGINT[]") != "BIGINT[]":
            yield fault(f"'{name}' is {given[name]}", "give a list of row_id", "sql")
    if "evidence" not in given:
        yield fault("no column 'evidence'", "give the row_id of every row behind the finding, as a list", "sql")
    for name in WHOLE:
        if given.get(name, "BIGINT") not in _WHOLE_TYPES:
            yield fault(f"'{name}' is {given[name]}", "give a whole number", "sql")
    if control.type == "indicator":
        for name in AMOUNTS:
            if name in given:
                yield fault(f"an indicator gives '{name}'", "an indicator carries no amount: take it away", "sql")
    for part, names in (("same_when", control.same_when), ("shows", list(control.shows))):
        for name in names:
            if name not in given:
                yield fault(f"'{name}' is not a column of the answer", f"given: {', '.join(given)}", part)
    for index, example in enumerate(control.examples):
        known = {*given, "certainty", "severity"}
        for name in sorted({column for row in example.finds for column in row} - known):
            yield fault(f"'{name}' is not a column of the answer", f"given: {', '.join(given)}", "examples", index)
    if len(control.engines) < 2 and not control.why_engines:
        yield fault("it runs on one engine only, and does not say why", "add 'why_engines'", "engines")


def _not_for_spark(catalogue: Catalogue, control: Control, day: date) -> Iterator[ContentError]:
    if "spark" not in control.engines:
        return
    try:
        sqlglot.transpile(filled_sql(control, catalogue, day), read="duckdb", write="spark", unsupported_level=_RAISE)
    except SqlglotError as fault:
        yield _broken(catalogue, control.id, "sql", fault)


_RAISE = sqlglot.ErrorLevel.RAISE


def _personal(catalogue: Catalogue, control: Control, read: set[Read]) -> Iterator[ContentError]:
    """What a control may not read where it reaches the whole city: anything that tells about a person."""
    for table, name in sorted(read):
        column = catalogue.tables[table].columns.get(name)
        if column is not None and column.personal != "none":
            yield ContentError(
                f"it reaches the whole city and reads {table}.{name}, which tells about a person",
                where=catalogue.where(control.id, "reach"),
                fix="say 'reach: board', or leave the column out",
            )


def _badly_named(
    catalogue: Catalogue, control: Control, given: Mapping[str, str], persons: set[str]
) -> Iterator[ContentError]:
    """A person must be seen by the column's name, because names are what tells how a value is shown."""
    named = person_columns(catalogue, given)
    for name in sorted(persons ^ named):
        if name in ("evidence", "risk_rows"):
            continue
        what = "holds a person, and its name does not say so" if name in persons else "is named as a person"
        yield ContentError(
            f"column '{name}' {what}",
            where=catalogue.where(control.id, "sql"),
            fix="end its name with that of a column of type person, as in other_client_id",
        )
