"""A frame to draw from: which payments of a period there are, each with its stratum, its amount and its rows."""

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from tillit.catalogue.control import Rows
from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part


class FrameExample(Part):
    """A small case: the rows given, the period, and the units that it has then, without their evidence."""

    name: str
    first: date = date(2025, 3, 1)
    last: date = date(2025, 3, 31)
    given: Rows
    units: list[dict[str, Any]]


class SampleFrame(Part):
    """What can be drawn at random to see how much is paid wrong. SQL gives one row a unit, in the columns below.

    unit_id (text, its own in the period), stratum (a key of `strata`), amount_ore (paid, above nothing), cluster
    (text: units that were paid together, or NULL), provider_id, client_id (or NULL), from_date, to_date, own_unit
    (whether the municipality itself performs it), evidence (list of row_id: every delivered row that the unit
    consists of; by these a finding is known to be about it). `$first` and `$last` are the days of the period.
    """

    frame: str
    revision: int = Field(ge=1)
    title: str
    en: str = ""
    unit: str = Field(description="what one unit is, in Swedish and in the singular")
    unit_en: str = ""
    about: str
    law: list[Law]
    method: str = Field("simple", pattern="^(simple|by_amount)$", description="how it is usually drawn")
    reads: list[str]
    helped_by: dict[str, str] = Field(default={}, description="tables read as empty where they are missing, and why")
    strata: dict[str, str] = Field(description="stratum -> what it is called, in Swedish")
    strata_en: dict[str, str] = {}
    ask: list[str] = Field(description="what the reviewer holds the unit against, in Swedish")
    sql: str
    examples: list[FrameExample]

    @model_validator(mode="after")
    def _is_whole(self) -> "SampleFrame":
        if not self.law or not self.ask or not self.strata:
            raise ValueError("a frame needs its law, its strata and what the reviewer asks")
        if not any(example.units for example in self.examples):
            raise ValueError("no example has a unit: add one that does")
        if all(example.units for example in self.examples):
            raise ValueError("every example has units: add a period or rows that have none")
        return self


FRAME_COLUMNS = (
    "unit_id", "stratum", "amount_ore", "cluster", "provider_id", "client_id", "from_date", "to_date", "own_unit",
    "evidence",
)  # fmt: skip
"""What the SQL of a frame gives, in any order."""
