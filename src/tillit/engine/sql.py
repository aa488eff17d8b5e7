"""The gate that every control's SQL passes: one question over known columns, in SQL that means the same everywhere."""

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, traverse_scope

from tillit.catalogue import ContentError
from tillit.engine import portable

Where = Callable[[int], str]
"""Line of the SQL, counted from 1 -> the place that an error names."""


def check_sql(
    sql: str, *, tables: Mapping[str, Collection[str]], names: Collection[str], where: Where, portably: bool = True
) -> list[ContentError]:
    """Everything that is wrong with a query.

    Takes: the tables that it may read and their columns; the $names it may use, besides $day;
    `portably`, false for what is written for one engine alone.
    """
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except SqlglotError as fault:
        return [_unreadable(fault, where)]
    query = statements[0] if statements else None
    if len(statements) != 1 or not isinstance(query, exp.Select | exp.SetOperation):
        return [ContentError("the SQL is not one SELECT", where=where(1), fix="write one SELECT, or WITH ... SELECT")]
    errors = list(_unknown_names(query, names, where))
    if portably:
        errors += _not_portable(query, where)
    else:
        errors += _reads_outside(query, where)
    return errors + list(_unknown_columns(query, tables, where))


def _unreadable(fault: SqlglotError, where: Where) -> ContentError:
    told = (getattr(fault, "errors", None) or [{}])[0]
    what = str(told.get("description") or fault).split("\n")[0].rstrip(".")
    return ContentError(f"the SQL cannot be read: {what}", where=where(told.get("line") or 1), fix="mend the line")


def _line(node: exp.Expr) -> int:
    """The line of a part; only names and functions know theirs, so one inside or around it may answer."""
    for near in (*node.walk(), node.parent):
        if near is not None and "line" in near.meta:
            return int(near.meta["line"])
    return 1


def _unknown_names(query: exp.Expr, names: Collection[str], where: Where) -> Iterator[ContentError]:
    used = list(query.find_all(exp.Placeholder))
    for node in used:
        if node.name not in {*names, "day"}:
            yield ContentError(
                f"${node.name} is not among the parameters", where=where(_line(node)), fix="name it under 'parameters'"
            )
    for name in sorted(set(names) - {node.name for node in used}):
        yield ContentError(f"${name} is never used in the SQL", where=where(1), fix="take it away from 'parameters'")


def _not_portable(query: exp.Expr, where: Where) -> Iterator[ContentError]:
    for node in query.walk():
        fault = _fault(node)
        if fault:
            yield ContentError(fault[0], where=where(_line(node)), fix=fault[1])


def _fault(node: exp.Expr) -> tuple[str, str] | None:
    """Why a part is not allowed, and what to write instead."""
    kind = type(node)
    if isinstance(node, exp.CurrentDate | exp.CurrentTimestamp | exp.CurrentTime):
        return "the SQL asks what day it is", "use $day, so that a run can be repeated"
    if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count) and not _of_values(node):
        return "'*' takes columns without naming them", "name the columns"
    if isinstance(node, exp.Func) and kind not in portable.FUNCTIONS:
        return f"function {_called(node)} is not on the list of portable ones", "see engine/portable.py"
    if not isinstance(node, exp.Func) and kind not in portable.STRUCTURE:
        return f"{kind.__name__.upper()} is not among what controls are written with", "see engine/portable.py"
    return _wrong_use(node)


def _of_values(node: exp.Star) -> bool:
    """Whether it is not written: SQLGlot reads `AS (VALUES ...)` as a SELECT of all its columns."""
    source = node.parent.args.get("from_") if isinstance(node.parent, exp.Select) else None
    return isinstance(source, exp.From) and isinstance(source.this, exp.Values)


def _wrong_use(node: exp.Expr) -> tuple[str, str] | None:
    """Parts that are portable in some uses and not in others."""
    if isinstance(node, exp.DateDiff) and _unit(node) not in portable.DIFFERENCES:
        return f"DATE_DIFF in {_unit(node)} counts differently on other engines", "count in 'minute' or 'day'"
    if isinstance(node, exp.Extract) and node.name.upper() not in portable.PARTS:
        return f"EXTRACT {node.name.upper()} is numbered differently on other engines", "reckon from a known Monday"
    if isinstance(node, exp.TimestampTrunc):
        if _unit(node) not in portable.TRUNCATIONS:
            return f"DATE_TRUNC to {_unit(node)} differs between engines", "truncate to month, quarter or year"
        if not isinstance(node.parent, exp.Cast):
            return "DATE_TRUNC gives a date or a time, depending on the engine", "write CAST(DATE_TRUNC(...) AS DATE)"
    if isinstance(node, exp.Interval) and _unit(node) not in portable.INTERVALS:
        return f"an interval in {_unit(node)} is not portable", "use minutes, days or months"
    if isinstance(node, exp.Cast) and node.to.this.name not in portable.CAST_TO:
        return (
            f"CAST to {node.to.this.name} is not portable",
            f"cast to one of {', '.join(sorted(portable.CAST_TO.values()))}",
        )
    if isinstance(node, exp.Cast) and node.to.this.name in {"BIGINT", "INT"} and isinstance(node.this, exp.Div):
        return "a cast to a whole number rounds on one engine and cuts on another", "say ROUND, FLOOR or CEIL"
    if isinstance(node, exp.Join) and (node.args.get("method") or node.args.get("kind") == "ASOF"):
        return "NATURAL and ASOF joins hide what is joined on", "write JOIN ... ON"
    return None


def _unit(node: exp.Expr) -> str:
    unit = node.args.get("unit")
    return str(unit.name).upper().rstrip("S") if unit is not None else "DAY"


def _called(node: exp.Func) -> str:
    return str(node.name if isinstance(node, exp.Anonymous) else node.sql_name()).upper()


def _reads_outside(query: exp.Expr, where: Where) -> Iterator[ContentError]:
    """What no query may do, whatever engine it is written for: read files, or take its rows from a function."""
    for table in query.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            yield ContentError("rows are taken from a function", where=where(_line(table)), fix="read delivered tables")
    for node in query.find_all(exp.Func):
        if isinstance(node, exp.CurrentDate | exp.CurrentTimestamp | exp.CurrentTime | exp.Rand):
            yield ContentError(f"{_called(node)} differs from run to run", where=where(_line(node)), fix="use $day")


def _unknown_columns(query: exp.Expr, tables: Mapping[str, Collection[str]], where: Where) -> Iterator[ContentError]:
    told: set[str] = set()
    for scope in traverse_scope(query):
        for name, source in scope.sources.items():
            if isinstance(source, exp.Table) and not _is_values(source):
                fault = _unknown_table(source, tables)
                if fault and name not in told:
                    told.add(name)
                    yield ContentError(fault[0], where=where(_line(source)), fix=fault[1])
        if told or not isinstance(scope.expression, exp.Select):
            continue
        for column in scope.columns:
            if column.find_ancestor(exp.Select) is not scope.expression:
                continue  # a subquery's own: judged there, where what it reads is known
            unknown = _unknown_column(column, scope, tables)
            if unknown and unknown[0] not in told:
                told.add(unknown[0])
                yield ContentError(unknown[0], where=where(_line(column)), fix=unknown[1])


def _is_values(source: exp.Table) -> bool:
    return isinstance(source.this, exp.Values)


def _unknown_table(source: exp.Table, tables: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    if source.db or not isinstance(source.this, exp.Identifier):
        return f"'{source.sql()}' is not a table of ours", "read a table that stands in 'reads' or 'helped_by'"
    if source.name not in tables:
        known = ", ".join(sorted(tables)) or "none"
        return f"table '{source.name}' is not among what the SQL may read", f"add it to 'reads'; there now: {known}"
    return None


def _unknown_column(column: exp.Column, scope: Scope, tables: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    """What is wrong with a column's name, as it is seen from where it stands."""
    around: list[Scope] = []
    at: Scope | None = scope
    while at is not None:
        around.append(at)
        at = at.parent
    if column.table:
        holder = next((each.sources[column.table] for each in around if column.table in each.sources), None)
        if holder is None:
            return f"'{column.table}' is not a table or alias here", "name a table that stands in FROM or JOIN"
        return _missing(column.name, [holder], tables)
    if column.name in _aliases(scope):
        return None
    return _missing(column.name, [source for each in around for source in each.sources.values()], tables)


def _aliases(scope: Scope) -> set[str]:
    """The names that a SELECT gives to its own expressions, by which it may group."""
    selects = scope.expression.selects if isinstance(scope.expression, exp.Query) else []
    return {one.alias for one in selects if isinstance(one, exp.Alias)}


def _missing(
    name: str, sources: list[exp.Expr | Scope], tables: Mapping[str, Collection[str]]
) -> tuple[str, str] | None:
    known: list[str] = []
    for source in sources:
        names = _given(source) if isinstance(source, Scope) else tables.get(source.name)
        if names is None or name in names:
            return None
        known += names
    tables_named = sorted({source.name for source in sources if isinstance(source, exp.Table)})
    place = f"table {tables_named[0]}" if len(tables_named) == 1 and len(sources) == 1 else "any table read here"
    near = difflib.get_close_matches(name, known, 1)
    return f"column '{name}' is not in {place}", f"did you mean '{near[0]}'?" if near else "see content/tables"


def _given(scope: Scope) -> Collection[str] | None:
    """The columns that a subquery gives; none where they cannot be told from its text."""
    query = scope.expression
    around = query.parent
    if isinstance(around, exp.CTE | exp.Subquery) and around.alias_column_names:
        return list(around.alias_column_names)
    if isinstance(query, exp.Values):
        return list(query.alias_column_names) or None
    return list(query.named_selects) if isinstance(query, exp.Query) else None
