"""From the answers of all controls to findings in order, with evidence copied in and amounts counted once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from tillit.catalogue import Catalogue, Control
from tillit.engine.claims import Claim, Part, Settled, settle
from tillit.engine.duckdb import Connection
from tillit.engine.evidence import copy_rows, in_order, want, without_persons
from tillit.engine.finding import Answer, certainty, identity, make_finding
from tillit.engine.prepare import delivered, helpers, person_columns
from tillit.engine.price import stretches
from tillit.store import Delivery, Evidence, Finding

_SURE_FIRST = {"sure": 0, "possible": 1, "indication": 2}
_RULES_FIRST = {"rule": 0, "deviation": 1}


class Hit(NamedTuple):
    """An answer on its way to be a finding."""

    control: Control
    answer: Answer
    id: str
    sure: str


def findings_of(
    connection: Connection,
    catalogue: Catalogue,
    answers: Mapping[str, Sequence[Answer]],
    contradicted: set[int],
    not_tried: Mapping[str, list[str]],
    deliveries: Sequence[Delivery],
) -> list[Finding]:
    """Every answer as a finding, by control, period and identity."""
    hits = [hit for id, given in answers.items() for hit in _hits(catalogue.controls[id], given, contradicted)]
    hits.sort(key=lambda hit: (_SURE_FIRST[hit.sure], _RULES_FIRST.get(hit.control.type, 2), hit.control.id, hit.id))
    want(connection, (row for hit in hits for row in (*hit.answer["evidence"], *_risk_rows(hit.answer))))
    read = {table for id, given in answers.items() if given for table in _tables(catalogue, catalogue.controls[id])}
    copied = copy_rows(connection, catalogue, read, deliveries)
    persons = {id: person_columns(catalogue, given[0]) for id, given in answers.items() if given}
    findings = [
        make_finding(
            hit.control,
            hit.answer,
            persons=persons[hit.control.id],
            id=hit.id,
            sure=hit.sure,
            settled=settled,
            not_tried=not_tried[hit.control.id],
            evidence=_evidence(catalogue, hit, copied),
        )
        for hit, settled in zip(hits, _settled(connection, catalogue, hits, copied), strict=True)
    ]
    return sorted(findings, key=lambda one: (one.control, one.period_from or "", one.id))


def _tables(catalogue: Catalogue, control: Control) -> list[str]:
    return [*delivered(catalogue, control), *helpers(catalogue, control)]


def _hits(control: Control, answers: Sequence[Answer], contradicted: set[int]) -> list[Hit]:
    """Answers with their identity; one that is the same again, which `same_when` should not let be, is numbered."""
    seen: dict[str, int] = {}
    hits = []
    for answer in sorted(answers, key=lambda answer: answer["evidence"]):
        id = identity(control, answer)
        seen[id] = seen.get(id, 0) + 1
        if seen[id] > 1:
            id = identity(control, answer, again=seen[id])
        rested = contradicted and not contradicted.isdisjoint(answer["evidence"])
        hits.append(Hit(control, answer, id, certainty(control, answer, contradicted=bool(rested))))
    return hits


def _risk_rows(answer: Answer) -> list[int]:
    # A list of nothing is NULL on one engine and empty on another: both mean the evidence.
    return list(answer.get("risk_rows") or answer["evidence"])


def _evidence(catalogue: Catalogue, hit: Hit, copied: Mapping[int, Evidence]) -> list[Evidence]:
    evidence = in_order(hit.answer["evidence"], copied)
    return evidence if hit.control.reach == "board" else [without_persons(catalogue, one) for one in evidence]


def _settled(
    connection: Connection, catalogue: Catalogue, hits: Sequence[Hit], copied: Mapping[int, Evidence]
) -> list[Settled]:
    claims = [_claim(hit) for hit in hits]
    of_time = any(claim.minutes or claim.payable28 for claim in claims)
    documents = {
        row: Part(f"invoice {copied[row].values['invoice_id']}", is_whole=copied[row].table == "invoice")
        for claim in claims
        for row in claim.rows
        if claim.ore and "invoice_id" in copied[row].values
    }
    return settle(claims, stretches(connection, catalogue) if of_time else {}, documents)


def _claim(hit: Hit) -> Claim:
    answer = hit.answer
    if hit.control.type == "indicator":
        return Claim(())
    return Claim(
        tuple(_risk_rows(answer)),
        minutes=int(answer.get("minutes_at_risk") or 0),
        payable28=int(answer.get("payable28_at_risk") or 0),
        ore=int(answer.get("amount_at_risk_ore") or 0),
        start=_minute(answer.get("risk_from")),
        end=_minute(answer.get("risk_to")),
    )


def _minute(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.replace(tzinfo=UTC).timestamp()) // 60
