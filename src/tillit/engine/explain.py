"""Explains a control in plain text: what it asks, by which law, with which numbers of the day, in which SQL."""

import re
from collections.abc import Iterator
from datetime import date

import sqlglot

from tillit.catalogue import Catalogue, Control, Parameter, Prepared
from tillit.engine.parameters import filled_sql
from tillit.engine.prepare import needed, sources
from tillit.errors import TillitError

UNVERIFIED = "not verified in a primary source"


def explain(catalogue: Catalogue, control_id: str, day: date, *, dialect: str = "duckdb") -> str:
    """A control as a person reads it before trusting it.

    Takes: the day whose numbers are shown; `dialect`, that of the SQL, as SQLGlot names it.
    Raises: ContentError where there is no such control.
    """
    control = catalogue.control(control_id)
    parts = [catalogue.prepared[name] for name in needed(catalogue, sources(control))]
    whole: list[Control | Prepared] = [*parts, control]
    sections = [
        ("", [f"{control.id} {control.title} (revision {control.revision}, {control.status})", control.question]),
        ("Law", list(_law(catalogue, control))),
        ("May, and may not on a finding alone", [control.may, control.may_not, *_consent(control)]),
        ("Innocent explanations that it rules out", control.tried()),
        ("Innocent explanations to ask about", control.to_ask()),
        ("Next step", [control.next_step]),
        (f"Numbers on {day}", [line for one in whole for line in _numbers(catalogue, one, day)]),
        *((f"Prepared table {one.prepared}: {one.title}", [_sql(catalogue, one, day, dialect)]) for one in parts),
        (f"SQL with the numbers of {day}", [_sql(catalogue, control, day, dialect)]),
    ]
    return "\n\n".join(_section(heading, lines) for heading, lines in sections if lines) + "\n"


def _section(heading: str, lines: list[str]) -> str:
    told = [re.sub(r"[ \t]+$", "", line, flags=re.MULTILINE).rstrip("\n") for line in lines]
    return "\n".join(
        [f"{heading}:", *(f"  {line.replace(chr(10), chr(10) + '  ')}" for line in told)] if heading else told
    )


def _law(catalogue: Catalogue, control: Control) -> Iterator[str]:
    for law in control.law:
        act = catalogue.acts.get(law.sfs)
        said = f": {law.says}" if law.says else ""
        place = f"{law.at} " if law.at else ""
        yield f"{place}{act.short if act else law.sfs} ({law.sfs}){said}{'' if law.verified else f' [{UNVERIFIED}]'}"


def _consent(control: Control) -> list[str]:
    return [f"Consent: {control.consent}"] if control.consent else []


def _numbers(catalogue: Catalogue, content: Control | Prepared, day: date) -> Iterator[str]:
    for name, id in content.parameters.items():
        parameter = catalogue.parameters.get(id) or catalogue.parameters[id.rpartition(".")[0]]
        key = "" if id in catalogue.parameters else id.rpartition(".")[2]
        yield f"${name} = {_number(parameter, key, day)}"
    for name, use in content.dated.items():
        yield f"{name} (by {use.by}) = {_number(catalogue.parameters[use.parameter], '', day)}"


def _number(parameter: Parameter, key: str, day: date) -> str:
    try:
        value = parameter.on(day)
    except TillitError as fault:
        return f"unknown: {fault}"
    held = value.value
    if isinstance(held, dict):
        shown = str(held.get(key)) if key else ", ".join(f"{one} {number}" for one, number in held.items())
    else:
        shown = str(held)
    doubt = f" [{UNVERIFIED}]" if value.status == "unverified" else ""
    remark = f" {value.remark}" if value.remark else ""
    return f"{shown} {parameter.unit}: {parameter.title}. Source: {value.source}{doubt}.{remark}"


def _sql(catalogue: Catalogue, content: Control | Prepared, day: date, dialect: str) -> str:
    """The SQL as it runs; in another dialect it is written anew, without its comments' places."""
    try:
        filled = filled_sql(content, catalogue, day)
    except TillitError as fault:
        return f"-- {fault}\n{content.sql}"
    return filled if dialect == "duckdb" else sqlglot.transpile(filled, read="duckdb", write=dialect, pretty=True)[0]
