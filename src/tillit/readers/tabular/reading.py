"""How a field is read: the SQL of its value, and of what is wrong with it where something is."""

from dataclasses import dataclass

import duckdb

from tillit.catalogue import Kind
from tillit.readers.identity import Identities
from tillit.readers.tabular.dictionary import Dictionary
from tillit.readers.tabular.field import Field
from tillit.readers.tabular.plain import BLANKS, quoted
from tillit.store import Remark
from tillit.units import Sign

IDENTITY_KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "account": Kind.ACCOUNT}


@dataclass(frozen=True)
class Reading:
    """One field as SQL over the lines: its value, the joins it needs, and its fault where it can have one.

    `codes` is the ENUM that the value is of, where it is of one.
    `days` is a query for the days that `town_day` must have, where it is a point in time.
    `missing` tells, over the lines alone, that there is no value; it is empty where the value itself must be seen.
    """

    field: Field
    value: str
    joins: tuple[str, ...] = ()
    what: str = ""
    fix: str = ""
    days: str = ""
    missing: str = ""
    codes: str = ""
    dictionary: Dictionary | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Means:
    """What fields are read with: the connection that has the lines, the keeper of identities, the decimal sign."""

    con: duckdb.DuckDBPyConnection
    identities: Identities
    sign: Sign | None


def constant_sql(field: Field, means: Means) -> str:
    """What the source says of every line, or what a missing value means."""
    if field.value is None:
        return "NULL"
    text = str(field.value)
    if field.kind == "person":
        return str(means.identities.persons([text])[0])
    if field.kind == "organisation":
        return quoted(means.identities.organisations([text])[0])
    if field.kind == "account":
        return quoted(means.identities.accounts([text])[0])
    return text if isinstance(field.value, bool | int) else quoted(text)


def or_default(value: str, field: Field, means: Means) -> str:
    """A value, or what stands in its place where there is none."""
    return value if field.value is None else f"coalesce({value}, {constant_sql(field, means)})"


def missing_sql(dictionary: Dictionary, field: Field) -> str:
    """Where every text that is there stands for something, only the empty cells are missing."""
    if dictionary.has_faults or dictionary.has_gaps or field.value is not None:
        return ""
    return " AND ".join(f"c{cell} IS NULL" for cell in field.cells)


def is_nothing(text: str | None, field: Field) -> bool:
    """Whether a text stands for nothing."""
    bare = (text or "").strip(BLANKS)
    return not bare or bare in field.empty
