"""Makes findings of what controls answer: a stable identity, values as people read them, certainty."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tillit.catalogue import Control
from tillit.engine.claims import Settled
from tillit.store import Evidence, Finding, Value, code
from tillit.units import TOWN

Answer = Mapping[str, Any]
"""One row of what a control answers."""


def identity(control: Control, answer: Answer, *, again: int = 1) -> str:
    """What tomorrow's finding is known by: the control and its `same_when` values, whatever delivery they came in.

    Takes: `again`, which one it is of those with the same values.
    """
    values = [_plain(answer[name]) for name in control.same_when]
    number = [again] if again > 1 else []
    return hashlib.sha256(json.dumps([control.id, *values, *number], ensure_ascii=False).encode()).hexdigest()


def shown(value: Any, *, person: bool = False) -> Value:
    """A value of a finding: an instant on the town's clock, with its distance from UTC; a person by code.

    >>> shown(datetime(2026, 10, 25, 1, 30)), shown([2, 1], person=True)
    ('2026-10-25T02:30+01:00', '0000-0000-00001, 0000-0000-00002')
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(shown(one, person=person)) for one in value))
    if person:
        return _code(int(value))
    if isinstance(value, datetime):
        return _local(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return int(value) if value == int(value) else format(Decimal(str(value)).normalize(), "f")
    return value if isinstance(value, int) else str(value)


_code = lru_cache(maxsize=1 << 16)(code)


@lru_cache(maxsize=1 << 16)
def _local(instant: datetime) -> str:
    return instant.replace(tzinfo=UTC).astimezone(TOWN).isoformat(timespec="minutes")


def certainty(control: Control, answer: Answer, *, contradicted: bool) -> str:
    """How sure the control is; never sure of rows that two deliveries give in different ways."""
    usual = "indication" if control.type == "indicator" else "sure"
    given = str(answer.get("certainty") or usual)
    return "possible" if contradicted and given == "sure" else given


def make_finding(
    control: Control,
    answer: Answer,
    *,
    persons: Collection[str],
    id: str,
    sure: str,
    settled: Settled,
    not_tried: list[str],
    evidence: list[Evidence],
) -> Finding:
    """The finding of one answer.

    Takes: `persons`, the columns of the answer that hold a person.
    """

    def one(name: str) -> Value:
        return shown(answer.get(name), person=name in persons)

    def whole(name: str) -> int | None:
        return None if answer.get(name) is None else int(answer[name])

    def text(*names: str) -> str | None:
        return next((str(one(name)) for name in names if answer.get(name) is not None), None)

    return Finding(
        id=id,
        control=control.id,
        revision=control.revision,
        certainty=sure,
        severity=whole("severity") or control.severity,
        type=control.type,
        provider=text("provider_id"),
        client=text("client_id"),
        worker=text("worker_id"),
        period_from=text("from_at", "from_date"),
        period_to=text("to_at", "to_date"),
        measured=whole("measured"),
        limit=whole("limit_value"),
        unit=control.measures,
        minutes_at_risk=settled.minutes,
        at_risk_ore=settled.ore,
        gross_minutes=settled.gross_minutes,
        gross_at_risk_ore=settled.gross_ore,
        priced=settled.priced,
        currency=_currency(answer, evidence),
        details={name: one(name) for name in control.shows},
        tried=[reason for reason in control.tried() if reason not in not_tried],
        not_tried=not_tried,
        evidence=evidence,
    )


def _currency(answer: Answer, evidence: Sequence[Evidence]) -> str:
    """The currency of an amount: as the control says, else as the rows behind it do; time is paid in kronor."""
    said = answer.get("currency") or next(
        (row.values["currency"] for row in evidence if row.values.get("currency")), None
    )
    return str(said or "SEK")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return sorted(map(_plain, value), key=str)
    return str(value) if isinstance(value, float | Decimal) else value
