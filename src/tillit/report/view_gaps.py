"""What the page says of all that was not checked, why, and what to deliver so that it can be."""

from collections import defaultdict
from dataclasses import dataclass

from tillit.report.names import Names
from tillit.store import NotRun, Result


@dataclass(frozen=True)
class Missing:
    """A table that was not delivered, and what waits for it."""

    table: str
    title: str
    controls: list[str]
    explanations: list[str]


@dataclass(frozen=True)
class NotChecked:
    """A control that did not run, and why."""

    id: str
    title: str
    question: str
    why: str
    is_swedish: bool
    missing: list[str]


def missing_tables(result: Result, names: Names) -> list[Missing]:
    """Each table that would let something be checked, the one that most controls wait for first."""
    controls: dict[str, list[str]] = defaultdict(list)
    explanations: dict[str, list[str]] = defaultdict(list)
    for one in result.not_run:
        for table in one.missing:
            controls[table].append(one.control)
    helped_by = _helped_by(names)
    for run in result.run:
        for explanation in run.not_tried:
            if explanation in helped_by:
                explanations[helped_by[explanation]].append(f"{run.control}: {explanation}")
    tables = sorted(
        {*controls, *explanations},
        key=lambda table: (-len(controls.get(table, [])), -len(explanations.get(table, [])), table),
    )
    return [
        Missing(table, names.table(table), sorted(controls.get(table, [])), sorted(explanations.get(table, [])))
        for table in tables
    ]


def _helped_by(names: Names) -> dict[str, str]:
    """Explanation -> the table that it cannot be tried without, for a control or what it is prepared from."""
    catalogue = names.catalogue
    helped = [one.helped_by for one in catalogue.prepared.values()]
    helped += [one.helped_by for one in catalogue.controls.values()]
    return {explanation: table for helped_by in helped for table, explanation in helped_by.items()}


def not_checked(result: Result, names: Names) -> list[NotChecked]:
    """Each control that did not run, by its id."""
    return [_not_checked(one, names) for one in sorted(result.not_run, key=lambda one: one.control)]


def _not_checked(one: NotRun, names: Names) -> NotChecked:
    control = names.catalogue.controls.get(one.control)
    said = names.said(one.why)
    why = ": ".join([said or one.why, *([", ".join(map(names.table, one.missing))] if one.missing else [])])
    return NotChecked(
        id=one.control,
        title=names.control(one.control),
        question=control.question if control else "",
        why=f"{why[:1].upper()}{why[1:]}.",
        is_swedish=said is not None,
        missing=one.missing,
    )
