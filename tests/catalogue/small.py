"""A small content folder of one act, one table, one parameter and one control, and changes to its text."""

from pathlib import Path

ACTS = '"1993:387": {title: Lag (1993:387) om stöd och service, short: LSS}\n'

FOLLOW_UP = "U1: {sv: Fråga, about: Be om underlag.}\n"

TABLE = """\
table: visit
title: Besök
about: Ett besök.
key: [visit_id]
columns:
  visit_id: {type: text, sv: Besök, example: B1}
  visited_on: {type: date, sv: Dag, example: 2025-03-03}
  minutes: {type: minutes, sv: Minuter, example: 60}
"""

PARAMETER = """\
id: controls.longest
title: Längsta besök
unit: minutes
set_by: law
law:
  - {sfs: "1993:387", at: 9 §}
known_until: 2026-12-31
values:
  2025-01-01: {value: 90, source: lagtexten}
  2026-01-01: {value: 120, source: lagtexten}
"""

CONTROL = """\
id: PRO-99
revision: 1
status: trial
title: Långa besök
question: Är något besök längre än gränsen?
area: process
type: rule
severity: 2
when: [after_payment]
law:
  - {sfs: "1993:387", at: 9 §}
may: Fråga.
may_not: Dra slutsatser.
follow_up: [U1]
reads: [visit]
parameters: {longest: controls.longest}
measures: minutes
same_when: [visit_id]
sql: |
  SELECT visit_id, minutes AS measured, array_agg(row_id) AS evidence
  FROM visit WHERE minutes > $longest GROUP BY visit_id, minutes
legitimate:
  - {reason: Besöket är två, example: på gränsen}
next_step: Fråga utföraren.
examples:
  - name: över gränsen
    given: {visit: [{row: b1, minutes: 91}]}
    finds: [{evidence: [b1]}]
  - name: på gränsen
    edge_of: [longest]
    given: {visit: [{minutes: 90}]}
    finds: []
"""

FILES = {
    "acts.yaml": ACTS,
    "plans/follow_up.yaml": FOLLOW_UP,
    "tables/visit.yaml": TABLE,
    "parameters/controls/longest.yaml": PARAMETER,
    "controls/process/pro-99-long-visits.yaml": CONTROL,
}


def write(folder: Path, files: dict[str, str] = FILES, *, name: str = "content") -> Path:
    """Writes files of content, and gives their folder."""
    for place, text in files.items():
        path = folder / name / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / name


def changed(place: str, old: str, new: str) -> dict[str, str]:
    """The small content with one text in one of its files replaced by another."""
    assert old in FILES[place], f"{old!r} is not in {place}"
    return FILES | {place: FILES[place].replace(old, new)}
