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
    missing: list[str]


def missing_tables(result: Result, names: Names) -> list[Missing]:
    """Each table that would let something be checked, the one that most controls wait for first."""
    controls: dict[str, list[str]] = defaultdict(list)
    explanations: dict[str, list[str]] = defaultdict(list)
    for one in result.not_run:
        for table in one.missing:
            controls[table].append(one.control)
    for run in result.run:
        control = names.catalogue.controls.get(run.control)
        for table, explanation in (control.helped_by if control else {}).items():
            if explanation in run.not_tried:
                explanations[table].append(f"{run.control}: {explanation}")
    tables = sorted(
        {*controls, *explanations},
        key=lambda table: (-len(controls.get(table, [])), -len(explanations.get(table, [])), table),
    )
    return [
        Missing(table, names.table(table), sorted(controls.get(table, [])), sorted(explanations.get(table, [])))
        for table in tables
    ]


def not_checked(result: Result, names: Names) -> list[NotChecked]:
    """Each control that did not run, by its id."""
    return [_not_checked(one, names) for one in sorted(result.not_run, key=lambda one: one.control)]


def _not_checked(one: NotRun, names: Names) -> NotChecked:
    control = names.catalogue.controls.get(one.control)
    tables = [names.table(table) for table in one.missing]
    why = f"Underlag saknas: {', '.join(tables)}." if tables else one.why
    return NotChecked(one.control, names.control(one.control), control.question if control else "", why, one.missing)
