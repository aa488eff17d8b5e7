"""A prepared table: made once a run from canonical tables, and shared by the controls that read it."""

from pydantic import Field

from tillit.catalogue.control import DatedUse
from tillit.catalogue.table import Column
from tillit.catalogue.yaml_file import Part


class PreparedColumn(Column):
    """A column of a prepared table."""

    sv: str = ""


class Prepared(Part):
    """How a prepared table is made, in portable SQL, and in a faster form for DuckDB where one is needed."""

    prepared: str
    title: str
    about: str
    reads: list[str] = Field(description="canonical tables and prepared tables that it is made from")
    helped_by: dict[str, str] = Field(default={}, description="tables read as empty where they are missing")
    either: list[str] = Field(default=[], description="one of these must be there; the others are read as empty")
    parameters: dict[str, str] = {}
    dated: dict[str, DatedUse] = {}
    columns: dict[str, PreparedColumn]
    sql: str
    duckdb: str | None = Field(None, description="the same rows, made in a way that only DuckDB has")
