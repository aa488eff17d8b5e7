"""Holds every figure to the rest of the catalogue: its process, fields, states and roles."""

from collections.abc import Iterator

from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.process import Process
from tillit.catalogue.statistic import PLACES, ROWS, Rows, Statistic
from tillit.errors import TillitError


def check_statistics(catalogue: Catalogue) -> list[TillitError]:
    """Every fault of the figures that one file alone cannot show, each with its file and line."""
    faults = [fault for statistic in catalogue.statistics.values() for fault in _faults(catalogue, statistic)]
    return [*faults, *_wheel(catalogue)]


def _faults(catalogue: Catalogue, statistic: Statistic) -> Iterator[TillitError]:
    file = catalogue.files[key_of("statistics", statistic.statistic)]
    for index, law in enumerate(statistic.law):
        if law.sfs not in catalogue.acts:
            yield file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)
    for index, role in enumerate(statistic.shown_to):
        if role not in catalogue.roles:
            yield file.error(f"there is no role '{role}'", "see roles.yaml", "shown_to", index)
    counts = statistic.counts
    process = catalogue.processes.get(counts.process)
    if process is None and not counts.process and counts.rows in ROWS and not ROWS[counts.rows].process:
        yield from (
            file.error(f"{counts.rows} have no {kind} '{what}'", "see ROWS in catalogue/statistic.py", *place)
            for place, what, kind in _wrong_beside(statistic, ROWS[counts.rows])
        )
        return
    if process is None:
        yield file.error(f"there is no process '{counts.process}'", "see processes/", "counts", "process")
        return
    for place, what, kind in _wrong(statistic, process):
        yield file.error(f"{process.process} has no {kind} '{what}'", "see its file", *place)


def _wrong_beside(statistic: Statistic, rows: Rows) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a figure asks of rows that belong to no matter, and that they do not have."""
    if statistic.counts.day.field not in rows.days:
        yield ("counts", "day"), statistic.counts.day.key, "day"
    if statistic.number_of not in rows.numbers:
        yield ("number_of",), statistic.number_of, "number"
    for cut in statistic.cuts:
        if cut not in ("board", "month", "year", *rows.cuts):
            yield ("cuts",), cut, "cut"


def _wheel(catalogue: Catalogue) -> Iterator[TillitError]:
    for index, task in enumerate(catalogue.annual_wheel.tasks):
        file = catalogue.files["plans/annual_wheel"]
        for role in task.who:
            if role not in catalogue.roles:
                yield file.error(f"there is no role '{role}'", "see roles.yaml", "tasks", index, "who")
        if task.opens is None:
            continue
        process = catalogue.processes.get(task.opens.process)
        known = [*process.opening.asks, *process.opening.may_give] if process else []
        if process is None or "system" not in process.opened_by:
            told = f"'{task.opens.process}' is no process that the system opens"
            yield file.error(told, "see processes/", "tasks", index, "opens")
        for name in sorted({*task.opens.days_before, "meeting_on"} - {"opens", *known}):
            yield file.error(f"'{name}' is not given when it is opened", "see its 'opening'", "tasks", index, "opens")


def _wrong(statistic: Statistic, process: Process) -> Iterator[tuple[tuple[str, ...], str, str]]:
    counts = statistic.counts
    days = {name for name, field in process.fields.items() if field.type == "date"}
    money = {name for name, field in process.fields.items() if field.type == "money"}
    choices = {name: field.one_of for name, field in process.fields.items() if field.type.startswith("choice")}
    rows = ROWS.get(counts.rows) if counts.rows else Rows(process.process, ())
    if rows is None or rows.process != process.process:
        yield ("counts", "rows"), counts.rows, "rows"
        return
    days, money = days | {*rows.days}, money | {*rows.money}
    if counts.day.field and counts.day.field not in days:
        yield ("counts", "day"), counts.day.field, "date field"
    if statistic.median_days_to and statistic.median_days_to not in days:
        yield ("median_days_to",), statistic.median_days_to, "date field"
    if statistic.sum_of and statistic.sum_of not in money:
        yield ("sum_of",), statistic.sum_of, "field with money"
    if statistic.number_of and statistic.number_of not in rows.numbers:
        yield ("number_of",), statistic.number_of, "number"
    for step in (*counts.day.steps, *counts.but_steps, *statistic.per_thousand_with):
        if step not in process.steps:
            yield ("counts", "day"), step, "step"
    for state in (*counts.states, *counts.but_states):
        if state not in process.states:
            yield ("counts",), state, "state"
    for name, answers in counts.where.items():
        for answer in answers:
            if answer not in choices.get(name, {}):
                yield ("counts", "where"), f"{name}: {answer}", "choice"
    for cut in statistic.cuts:
        if cut not in (*PLACES, *rows.cuts) and cut not in choices:
            yield ("cuts",), cut, "choice"
