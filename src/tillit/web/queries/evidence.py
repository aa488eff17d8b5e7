"""Why a finding was made: its rows side by side, its law, and the innocent explanations with how far each is tried."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tillit.catalogue import Column, Control
from tillit.web.models import Finding
from tillit.web.rules.content import catalogue


@dataclass(frozen=True)
class Cell:
    """A value as delivered; `differs` where the rows do not say the same."""

    value: Any
    kind: str
    differs: bool


FEW = 4
"""So many rows stand side by side, a column each; more stand under each other."""


@dataclass(frozen=True)
class Rows:
    """Delivered rows of one table: side by side, a line a column, where they are few; else a line a row.

    `same` is what all of many rows say, told once.
    """

    title: str
    origins: list[dict[str, Any]]
    lines: list[tuple[str, list[Cell]]]
    same: list[tuple[str, Cell]]

    @property
    def side_by_side(self) -> bool:
        """Whether each row is a column."""
        return len(self.origins) <= FEW

    def by_row(self) -> list[tuple[dict[str, Any], list[Cell]]]:
        """Each row with where it comes from."""
        return [(origin, [cells[place] for _label, cells in self.lines]) for place, origin in enumerate(self.origins)]


@dataclass(frozen=True)
class Explanation:
    """An innocent explanation, and how far it is tried: by the control itself, or by people."""

    reason: str
    by_control: str
    outcome: str
    told: dict[str, Any]


def side_by_side(finding: Finding) -> list[Rows]:
    """The rows behind a finding, a table at a time."""
    return tables_of(finding.result.get("evidence", []))


def tables_of(delivered: Iterable[dict[str, Any]]) -> list[Rows]:
    """Delivered rows, a table at a time."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in delivered:
        tables.setdefault(row["table"], []).append(row)
    return [_rows(name, rows) for name, rows in tables.items()]


def organisations(finding: Finding) -> set[str]:
    """The organisation numbers in the rows behind a finding: whom its time reports, invoices and payments are from."""
    values = (value for row in finding.result.get("evidence", []) for value in row["values"].values())
    return {value for value in values if isinstance(value, str) and len(value) == 10 and value.isdecimal()}


def control_of(finding: Finding) -> Control | None:
    """The control as the catalogue has it today; none where it has been taken out, or there never was one."""
    return catalogue().controls.get(finding.control)


def facts(finding: Finding) -> list[tuple[str, Cell]]:
    """What the control says of the finding beside its rows, under the labels of the control file, codes in words."""
    control = control_of(finding)
    details = finding.result.get("details", {})
    if control is None:
        return [(name, _said(name, value)) for name, value in details.items() if value is not None]
    tables = catalogue().tables.values()
    found = []
    for name, label in control.shows.items():
        value = details.get(name)
        if value is not None:
            words = next((one.columns[name].one_of for one in tables if name in one.columns), {})
            found.append((label, _said(name, words.get(str(value), value))))
    return found


def _said(name: str, value: Any) -> Cell:
    # A detail of a control has no type: its name ends in its unit, as every column of ours does.
    kinds = {"minutes": "minutes", "ore": "ore", "on": "date", "from": "date", "to": "date", "until": "date"}
    kind = kinds.get(name.rpartition("_")[2], "text")
    if kind == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        kind = "text"
    if kind in {"minutes", "ore"} and not isinstance(value, int):
        kind = "text"
    return Cell(value, kind, differs=False)


def explanations(finding: Finding) -> list[Explanation]:
    """Every innocent explanation of a finding, in the order of the control file.

    Those that the control has tried are tried; those that it could not try for lack of a table, and those that
    only people can try, are for people to ask about.
    """
    control = control_of(finding)
    tried, not_tried = finding.result.get("tried", []), finding.result.get("not_tried", [])
    reasons = [one.reason for one in control.legitimate] if control else []
    told: dict[str, dict[str, Any]] = finding.fields.get("explanations", {})
    found = []
    for reason in dict.fromkeys([*reasons, *tried, *not_tried]):
        by_control = "tried" if reason in tried else "no_data" if reason in not_tried else ""
        found.append(Explanation(reason, by_control, told.get(reason, {}).get("outcome", "left"), told.get(reason, {})))
    return found


def _rows(name: str, rows: list[dict[str, Any]]) -> Rows:
    table = catalogue().tables.get(name)
    columns: dict[str, Column] = table.columns if table else {}
    lines: list[tuple[str, list[Cell]]] = []
    same: list[tuple[str, Cell]] = []
    for column in dict.fromkeys(column for row in rows for column in row["values"]):
        values = [row["values"].get(column) for row in rows]
        if all(value is None for value in values):
            continue
        known = columns.get(column)
        differs = len({str(value) for value in values}) > 1
        words = known.one_of if known else {}
        cells = [Cell(words.get(str(value), value), known.type if known else "text", differs) for value in values]
        label = known.sv if known else column
        if differs or len(rows) <= FEW:
            lines.append((label, cells))
        else:
            same.append((label, cells[0]))
    origins = [{"file": row["file"], "line": row["line"], "sha256": row["sha256"]} for row in rows]
    return Rows(table.title if table else name, origins, lines, same)
