"""From which delivered columns a control's answer comes, through every prepared table between."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True)
class Lineage:
    """A control's query down to delivered tables, every column said in full, and what its names stand for."""

    catalogue: Catalogue
    query: exp.Query
    scopes: dict[int, Scope]


def lineage(catalogue: Catalogue, control: Control) -> Lineage:
    """Puts the queries of prepared tables in their place. Raises sqlglot's errors where a name leads nowhere."""
    parts = {name: catalogue.prepared[name] for name in needed(catalogue, sources(control))}
    queries = {name: _parsed(part.sql) for name, part in parts.items()}
    query = exp.expand(_parsed(control.sql).copy(), queries)  # type: ignore[arg-type]
    schema: dict[str, object] = {name: columns_sql(table.columns) for name, table in catalogue.tables.items()}
    dated = [*control.dated, *(name for part in parts.values() for name in part.dated)]
    schema |= dict.fromkeys(dated, DATED_COLUMNS)
    whole: exp.Query = qualify(query, schema=schema, dialect="duckdb")  # type: ignore[assignment]
    return Lineage(catalogue, whole, {id(scope.expression): scope for scope in traverse_scope(whole)})


def columns_read(catalogue: Catalogue, control: Control) -> set[Read]:
    """Every delivered column on which the answer rests: by selecting, choosing, joining or grouping.

    Columns that a prepared table has, and that this control does not use, are not among them.
    """
    query = pushdown_projections(lineage(catalogue, control).query)
    found = set()
    for scope in traverse_scope(query):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table) and source.name in catalogue.tables:
                found.add(Read(source.name, column.name))
    return found


def persons_in(whole: Lineage) -> set[str]:
    """The columns of the answer that hold a person, as told by where they come from."""
    return _answer_from(whole, lambda column: column.type is Kind.PERSON, _HANDED_ON)


def free_text_in(whole: Lineage) -> set[str]:
    """The columns of the answer that copy, or are made from, what people write as they like."""
    return _answer_from(whole, lambda column: column.free_text, (exp.Expr,))


def _answer_from(whole: Lineage, wanted: Wanted, through: Through) -> set[str]:
    names = enumerate(whole.query.named_selects)
    return {name for place, name in names if _is_column_from(place, whole.query, whole, wanted, through)}


def _is_column_from(place: int, query: exp.Expr, whole: Lineage, wanted: Wanted, through: Through) -> bool:
    """Whether the column at this place is wanted, in any of the queries that a UNION is of."""
    if isinstance(query, exp.SetOperation):
        parts = (query.left, query.right)
        return any(_is_column_from(place, part.unnest(), whole, wanted, through) for part in parts)
    scope = whole.scopes.get(id(query))
    return (
        scope is not None
        and isinstance(query, exp.Select)
        and _is_from(query.selects[place], scope, whole, wanted, through)
    )


def _is_from(node: exp.Expr, scope: Scope, whole: Lineage, wanted: Wanted, through: Through) -> bool:
    """Whether an expression gives a wanted column, handed on by nothing but the kinds of expression in `through`."""
    if isinstance(node, exp.Column):
        return _is_source_from(node, scope, whole, wanted, through)
    if isinstance(node, exp.Query):
        return any(_is_column_from(place, node, whole, wanted, through) for place in range(len(node.named_selects)))
    if isinstance(node, exp.Case) and exp.Expr not in through:
        handed = [node.args.get("default"), *(branch.args["true"] for branch in node.args["ifs"])]
    else:
        handed = list(node.iter_expressions()) if isinstance(node, through) else []
    return any(_is_from(one, scope, whole, wanted, through) for one in handed if isinstance(one, exp.Expr))


def _is_source_from(column: exp.Column, scope: Scope, whole: Lineage, wanted: Wanted, through: Through) -> bool:
    source = scope.sources.get(column.table)
    if isinstance(source, exp.Table):
        table = whole.catalogue.tables.get(source.name)
        return table is not None and column.name in table.columns and wanted(table.columns[column.name])
    if isinstance(source, Scope) and isinstance(source.expression, exp.Query):
        places = [place for place, name in enumerate(source.expression.named_selects) if name == column.name]
        return any(_is_column_from(place, source.expression, whole, wanted, through) for place in places)
    return False


@cache
def _parsed(sql: str) -> exp.Expr:
    """Parsed once, however many controls read a prepared table; whoever changes it takes a copy."""
    return sqlglot.parse_one(sql, read="duckdb")
