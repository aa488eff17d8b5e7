"""The SQL that controls may use: what means the same on every engine, each with an example that shows it.

The list is closed. A function gets in with an example that gives the same value on DuckDB and on
Spark; many that look alike do not (a week, a day of the week, a difference in months, a cast that
rounds), and a wrong amount is worse than a query that is refused.
"""

from typing import NamedTuple

from sqlglot import exp


class Shown(NamedTuple):
    """An expression that uses the function, and what it gives."""

    expression: str
    gives: str


FUNCTIONS: dict[type[exp.Expr], Shown] = {
    exp.Abs: Shown("ABS(-2)", "2"),
    exp.And: Shown("TRUE AND FALSE", "false"),
    exp.Array: Shown("[3, 4][1]", "3"),
    exp.ArrayAgg: Shown("(SELECT LIST(n) FROM (VALUES (7)) AS t(n))[1]", "7"),
    exp.Avg: Shown("(SELECT AVG(n) FROM (VALUES (1), (2)) AS t(n))", "1.5"),
    exp.Case: Shown("CASE WHEN 1 < 2 THEN 'a' ELSE 'b' END", "a"),
    exp.Cast: Shown("CAST('2025-03-01' AS DATE)", "2025-03-01"),
    exp.Ceil: Shown("CEIL(1.2)", "2"),
    exp.Coalesce: Shown("COALESCE(NULL, 'b')", "b"),
    exp.Count: Shown("(SELECT COUNT(*) FROM (VALUES (1), (2)) AS t(n))", "2"),
    exp.DateDiff: Shown("DATE_DIFF('minute', TIMESTAMP '2025-03-01 08:00', TIMESTAMP '2025-03-01 09:30')", "90"),
    exp.Exists: Shown("EXISTS (SELECT 1 FROM (VALUES (1)) AS t(n) WHERE n = 2)", "false"),
    exp.Extract: Shown("EXTRACT(YEAR FROM DATE '2025-03-01')", "2025"),
    exp.Floor: Shown("FLOOR(-1.2)", "-2"),
    exp.Greatest: Shown("GREATEST(1, NULL, 3)", "3"),
    exp.If: Shown("CASE WHEN FALSE THEN 1 END IS NULL", "true"),
    exp.Lag: Shown(
        "(SELECT MAX(b) FROM (SELECT LAG(n) OVER (ORDER BY n) AS b FROM (VALUES (1), (2)) AS t(n)) AS u)", "1"
    ),
    exp.Lead: Shown(
        "(SELECT MAX(b) FROM (SELECT LEAD(n) OVER (ORDER BY n) AS b FROM (VALUES (1), (2)) AS t(n)) AS u)", "2"
    ),
    exp.Least: Shown("LEAST(1, NULL, 3)", "1"),
    exp.Length: Shown("LENGTH('åäö')", "3"),
    exp.Lower: Shown("LOWER('ÅÄÖ')", "åäö"),
    exp.Max: Shown("(SELECT MAX(n) FROM (VALUES (1), (2)) AS t(n))", "2"),
    exp.Min: Shown("(SELECT MIN(n) FROM (VALUES (1), (2)) AS t(n))", "1"),
    exp.Nullif: Shown("NULLIF(1, 1) IS NULL", "true"),
    exp.Or: Shown("TRUE OR FALSE", "true"),
    exp.Round: Shown("ROUND(2.5)", "3"),
    exp.RowNumber: Shown(
        "(SELECT MAX(b) FROM (SELECT ROW_NUMBER() OVER (ORDER BY n) AS b FROM (VALUES (5), (6)) AS t(n)) AS u)", "2"
    ),
    exp.Sum: Shown("(SELECT SUM(n) FROM (VALUES (1), (2)) AS t(n))", "3"),
    exp.TimestampTrunc: Shown("CAST(DATE_TRUNC('month', DATE '2025-03-17') AS DATE)", "2025-03-01"),
    exp.Trim: Shown("TRIM(' a ')", "a"),
    exp.Upper: Shown("UPPER('åäö')", "ÅÄÖ"),
}

STRUCTURE: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Add, exp.Alias, exp.Between, exp.Boolean, exp.Bracket, exp.CTE, exp.Column, exp.DPipe, exp.DataType,
        exp.Distinct, exp.Div, exp.EQ, exp.Except, exp.Filter, exp.From, exp.GT, exp.GTE, exp.Group, exp.Having,
        exp.Identifier, exp.In, exp.Intersect, exp.Interval, exp.Is, exp.Join, exp.LT, exp.LTE, exp.Like,
        exp.Literal, exp.Mod, exp.Mul, exp.NEQ, exp.Neg, exp.Not, exp.Null, exp.NullSafeEQ, exp.NullSafeNEQ,
        exp.Order, exp.Ordered, exp.Paren, exp.Placeholder, exp.Select, exp.Star, exp.Sub, exp.Subquery,
        exp.Table, exp.TableAlias, exp.Tuple, exp.Union, exp.Values, exp.Var, exp.Where, exp.Window,
        exp.WindowSpec, exp.With,
    }
)  # fmt: skip
"""Everything else that a query may be built of; a kind of statement that is not here cannot be written."""

CAST_TO = {
    **{name: name for name in ("BIGINT", "INT", "DATE", "VARCHAR", "TEXT", "DECIMAL", "DOUBLE", "BOOLEAN")},
    "TIMESTAMPNTZ": "TIMESTAMP",
}
"""A type as SQLGlot calls it -> as it is written."""

DIFFERENCES = frozenset({"MINUTE", "DAY"})
PARTS = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE"})
TRUNCATIONS = frozenset({"MONTH", "YEAR", "QUARTER"})
INTERVALS = frozenset({"MINUTE", "HOUR", "DAY", "MONTH", "YEAR"})
