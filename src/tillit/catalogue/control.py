"""A control: a question about payments, its law, its SQL, its innocent explanations and its examples."""

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part

Certainty = Literal["sure", "possible", "indication"]
Unit = Literal["minutes", "ore", "days", "rows", "share", "count"]

Rows = dict[str, list[dict[str, Any]]]
"""Table -> rows, as an example gives them; left-out columns take the table's example.

`row:` names a row, and `times: 30` makes it thirty, each a day later than the one before.
"""


class DatedUse(Part):
    """A dated parameter as a table (valid_from, valid_to, key, value), and the day it is chosen by."""

    parameter: str
    by: str = Field(description="table.column whose latest day must be known, as in time_entry.work_date")


class Example(Part):
    """A small case: the rows given, and what the control finds in them."""

    name: str
    day: date = date(2025, 4, 1)
    given: Rows
    finds: list[dict[str, Any]] = Field(description="the columns that matter of each finding; [] is none")
    edge_of: list[str] = Field(default=[], description="parameters at whose very limit this case lies")
    vector: str = Field("", description="the test vector of the control catalogue that it is, as in V3")

    @field_validator("vector")
    @classmethod
    def _is_numbered(cls, vector: str) -> str:
        if vector and not re.fullmatch(r"V[1-9][0-9]?", vector):
            raise ValueError(f"'{vector}' is no test vector: write V and its number")
        return vector


class Innocent(Part):
    """An innocent explanation, and the example that shows what the control does with it.

    Where the example finds nothing the control itself has tried the explanation; where it finds
    something, the explanation is left for people to ask about.
    """

    reason: str
    example: str


class Control(Part):
    """One control. SQL gives one row a finding; the columns below have a meaning, others are details.

    evidence (list of row_id, required), certainty, provider_id, client_id, worker_id,
    from_at/to_at or from_date/to_date, measured, limit_value, minutes_at_risk with risk_from and
    risk_to where they are known, amount_at_risk_ore, risk_rows (list of row_id, default: evidence).
    """

    id: str
    revision: int = Field(ge=1)
    status: Literal["draft", "trial", "stable", "retired"]
    title: str
    en: str = Field("", description="the title in English")
    question: str
    question_en: str = ""
    area: Literal[
        "assistance", "home_care", "placement", "invoice", "supplier", "procurement",
        "grant", "economic", "network", "process",
    ]  # fmt: skip
    type: Literal["rule", "deviation", "indicator", "control_not_done", "data_quality"]
    severity: int = Field(ge=1, le=4)
    when: list[Literal["before_payment", "after_payment", "continuously"]]
    reach: Literal["board", "city"] = Field("board", description="city: may read no personal column")
    law: list[Law]
    may: str = Field(description="what the municipality may do on a finding, in Swedish")
    may_not: str = Field(description="what it may not do on a finding alone, in Swedish")
    consent: str = Field("", description="whose consent is needed, where any is")
    follow_up: list[str] = Field(description="codes U1-U15, as in plans/follow_up.yaml")
    reads: list[str]
    helped_by: dict[str, str] = Field(
        default={}, description="table -> the explanation that cannot be tried where it is missing"
    )
    parameters: dict[str, str] = Field(default={}, description="$name in the SQL -> parameter id")
    dated: dict[str, DatedUse] = Field(default={}, description="table name in the SQL -> dated parameter")
    measures: Unit
    shows: dict[str, str] = Field(default={}, description="detail column -> its Swedish label")
    same_when: list[str] = Field(description="columns by which tomorrow's finding is today's")
    sql: str
    engines: list[Literal["duckdb", "spark"]] = ["duckdb", "spark"]
    why_engines: str = ""
    legitimate: list[Innocent]
    next_step: str
    examples: list[Example]

    @field_validator("question")
    @classmethod
    def _asks(cls, question: str) -> str:
        if not question.rstrip().endswith("?"):
            raise ValueError("a control asks: end the question with '?'")
        return question

    @model_validator(mode="after")
    def _is_whole(self) -> "Control":
        names = {example.name: example for example in self.examples}
        for part, why in ((self.law, "law"), (self.legitimate, "innocent explanation ('legitimate')")):
            if not part:
                raise ValueError(f"a control needs at least one {why}")
        if not any(example.finds for example in self.examples):
            raise ValueError("no example finds anything: add one that does")
        if all(example.finds for example in self.examples):
            raise ValueError("every example finds something: add one that does not")
        for innocent in self.legitimate:
            if innocent.example not in names:
                raise ValueError(f"explanation names example '{innocent.example}', which is not there")
        for name in {*self.parameters, *self.dated}:
            if not any(name in example.edge_of for example in self.examples):
                raise ValueError(f"no example at the edge of '{name}': add one with edge_of: [{name}]")
        if len(names) != len(self.examples):
            raise ValueError("two examples have the same name")
        return self

    def tried(self) -> list[str]:
        """The innocent explanations that the SQL itself rules out."""
        finds = {example.name: example.finds for example in self.examples}
        return [innocent.reason for innocent in self.legitimate if not finds[innocent.example]]

    def to_ask(self) -> list[str]:
        """The innocent explanations that only people can try."""
        finds = {example.name: example.finds for example in self.examples}
        return [innocent.reason for innocent in self.legitimate if finds[innocent.example]]
