"""Why a finding was made: its rows side by side, its law, and the innocent explanations with how far each is tried."""

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


@dataclass(frozen=True)
class Rows:
    """Delivered rows of one table, side by side: a line a column, a column a row."""

    table: str
    origins: list[dict[str, Any]]
    lines: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class Explanation:
    """An innocent explanation, and how far it is tried: by the control itself, or by people."""

    reason: str
    by_control: str
    outcome: str
    told: dict[str, Any]


def side_by_side(finding: Finding) -> list[Rows]:
    """The rows behind a finding, a table at a time."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in finding.result.get("evidence", []):
        tables.setdefault(row["table"], []).append(row)
    return [_rows(name, rows) for name, rows in tables.items()]


def control_of(finding: Finding) -> Control | None:
    """The control as the catalogue has it today; none where it has been taken out, or there never was one."""
    return catalogue().controls.get(finding.control)


def facts(finding: Finding) -> list[tuple[str, Any]]:
    """What the control says of the finding beside its rows, under the labels of the control file."""
    control = control_of(finding)
    labels = control.shows if control else {}
    details = finding.result.get("details", {})
    return [(labels.get(name, name), value) for name, value in details.items() if value is not None]


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
    names = list(dict.fromkeys(column for row in rows for column in row["values"]))
    lines = []
    for column in names:
        values = [row["values"].get(column) for row in rows]
        if all(value is None for value in values):
            continue
        known = columns.get(column)
        differs = len({str(value) for value in values}) > 1
        words = known.one_of if known and isinstance(known.one_of, dict) else {}
        kind = known.type if known else "text"
        cells = [Cell(words.get(str(value), value), kind, differs) for value in values]
        lines.append((known.sv if known else column, cells))
    origins = [{"file": row["file"], "line": row["line"], "sha256": row["sha256"]} for row in rows]
    return Rows(table.title if table else name, origins, lines)
