"""From which delivered columns a control's answer comes, through every prepared table between."""

from collections.abc import Callable
from typing import NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope

from tillit.catalogue import Catalogue, Column, Control, Kind
from tillit.engine.prepare import columns_sql, needed, sources

DATED_COLUMNS = {"valid_from": "DATE", "valid_to": "DATE", "key": "VARCHAR", "value": "DECIMAL(18,4)"}
_HANDED_ON = (
    exp.Alias, exp.Paren, exp.Min, exp.Max, exp.Coalesce, exp.Greatest, exp.Least, exp.Lead, exp.Lag, exp.Window,
    exp.ArrayAgg, exp.Distinct, exp.Filter,
)  # fmt: skip
"""What gives the person it was given. A count or a sum does not."""

Wanted = Callable[[Column], bool]
Through = tuple[type[exp.Expr], ...]


class Read(NamedTuple):
    """A column of a delivered table."""

    table: str
    column: str


def columns_read(catalogue: Catalogue, control: Control) -> set[Read]:
    """Every delivered column on which the answer rests: by selecting, choosing, joining or grouping.

    Columns that a prepared table has, and that this control does not use, are not among them.
    """
    query = pushdown_projections(whole_query(catalogue, control))
    found = set()
    for scope in traverse_scope(query):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table) and source.name in catalogue.tables:
                found.add(Read(source.name, column.name))
    return found


def persons_from(catalogue: Catalogue, control: Control) -> set[str]:
    """The columns of the answer that hold a person, as told by where they come from."""
    return _answer_from(catalogue, control, lambda column: column.type is Kind.PERSON, _HANDED_ON)


def free_text_columns(catalogue: Catalogue, control: Control) -> set[str]:
    """The columns of the answer that copy, or are made from, what people write as they like."""
    return _answer_from(catalogue, control, lambda column: column.free_text, (exp.Expr,))


def _answer_from(catalogue: Catalogue, control: Control, wanted: Wanted, through: Through) -> set[str]:
    whole = traverse_scope(whole_query(catalogue, control))[-1]
    names = whole.expression.named_selects if isinstance(whole.expression, exp.Query) else []
    return {name for index, name in enumerate(names) if _is_column_from(index, whole, catalogue, wanted, through)}


def _is_column_from(index: int, scope: Scope, catalogue: Catalogue, wanted: Wanted, through: Through) -> bool:
    """Whether the column at this place is wanted, in any of the queries that a UNION is of."""
    query = scope.expression
    if isinstance(query, exp.SetOperation):
        return any(_is_column_from(index, part, catalogue, wanted, through) for part in scope.set_operation_scopes)
    return isinstance(query, exp.Select) and _is_from(query.selects[index], scope, catalogue, wanted, through)


def whole_query(catalogue: Catalogue, control: Control) -> exp.Query:
    """The control's query down to delivered tables, with every column said in full."""
    parts = {name: catalogue.prepared[name] for name in needed(catalogue, sources(control))}
    queries = {name: sqlglot.parse_one(part.sql, read="duckdb") for name, part in parts.items()}
    query = exp.expand(sqlglot.parse_one(control.sql, read="duckdb"), queries)  # type: ignore[arg-type]
    schema: dict[str, object] = {name: columns_sql(table.columns) for name, table in catalogue.tables.items()}
    dated = [*control.dated, *(name for part in parts.values() for name in part.dated)]
    schema |= dict.fromkeys(dated, DATED_COLUMNS)
    return qualify(query, schema=schema, dialect="duckdb")  # type: ignore[return-value]


def _is_from(node: exp.Expr, scope: Scope, catalogue: Catalogue, wanted: Wanted, through: Through) -> bool:
    """Whether an expression gives a wanted column, handed on by nothing but the kinds of expression in `through`."""
    if isinstance(node, exp.Column):
        source = scope.sources.get(node.table)
        if isinstance(source, exp.Table):
            table = catalogue.tables.get(source.name)
            return table is not None and node.name in table.columns and wanted(table.columns[node.name])
        if isinstance(source, Scope) and isinstance(source.expression, exp.Query):
            places = [place for place, name in enumerate(source.expression.named_selects) if name == node.name]
            return any(_is_column_from(place, source, catalogue, wanted, through) for place in places)
        return False
    handed: list[object] = []
    if isinstance(node, exp.Case):
        handed = [node.args.get("default"), *(branch.args["true"] for branch in node.args["ifs"])]
    elif isinstance(node, through):
        handed = [node.this, node.args.get("default"), *node.expressions]
    return any(_is_from(one, scope, catalogue, wanted, through) for one in handed if isinstance(one, exp.Expr))
