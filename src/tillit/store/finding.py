"""Findings and the result of a run, as plain values that the command line, the web and a cluster all write alike."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

Value = str | int | bool | None
"""What a finding shows: text, a whole number (minutes, öre, counts), yes/no, or nothing. Dates are ISO text."""


@dataclass(frozen=True)
class Evidence:
    """A delivered row behind a finding, copied in so that it outlives the delivery. Persons are codes."""

    file: str
    sha256: str
    line: int
    table: str
    values: dict[str, Value]


@dataclass(frozen=True)
class Finding:
    """Rows that do not agree, for a reason, by an amount. It is a question, not a verdict.

    Amounts are hundredths of `currency`, and are added up only with those of the same currency.
    `id` depends on the control and on its `same_when` columns alone: the same deviation in
    tomorrow's run has the same id. Amounts are öre; `at_risk_ore` counts each minute and line
    once over all controls of the run, `gross_at_risk_ore` as if this control stood alone.
    """

    id: str
    control: str
    revision: int
    certainty: str
    severity: int
    type: str
    provider: str | None
    client: str | None
    worker: str | None
    period_from: str | None
    period_to: str | None
    measured: int | None
    limit: int | None
    unit: str
    minutes_at_risk: int
    at_risk_ore: int
    gross_minutes: int
    gross_at_risk_ore: int
    priced: bool
    currency: str
    details: dict[str, Value]
    tried: list[str]
    not_tried: list[str]
    evidence: list[Evidence]


@dataclass(frozen=True)
class ControlRun:
    """A control that ran: how many findings, and which explanations could not be tried for lack of a table."""

    control: str
    revision: int
    findings: int
    not_tried: list[str]


@dataclass(frozen=True)
class NotRun:
    """A control that did not run, and what it would need."""

    control: str
    why: str
    missing: list[str]


@dataclass(frozen=True)
class Message:
    """Something the reader must know about the run as a whole: where, what, what to do."""

    where: str
    what: str
    fix: str


@dataclass
class Result:
    """One run: what was read, what was asked, what was found. No clock in it: the same input gives the same bytes."""

    day: str
    tillit: str
    content: str
    engine: dict[str, str]
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    run: list[ControlRun] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    providers: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def to_json(self) -> str:
        """The result as JSON, byte for byte the same for the same result."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """The result that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        data["run"] = [ControlRun(**one) for one in data["run"]]
        data["not_run"] = [NotRun(**one) for one in data["not_run"]]
        data["messages"] = [Message(**one) for one in data["messages"]]
        for finding in data["findings"]:
            finding["evidence"] = [Evidence(**one) for one in finding["evidence"]]
        data["findings"] = [Finding(**one) for one in data["findings"]]
        return cls(**data)
