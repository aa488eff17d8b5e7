"""What a process file cannot say: it is refused when it is read, with the place."""

import pytest

from tillit.catalogue import ContentErrors, YamlFile
from tillit.catalogue.process import Process

WHOLE = """
process: tiny
code: P99
revision: 1
series: T
title: Litet
about: En process i ett prov
zone: internal
opened_by: [R19]
readers: [{role: R02, reach: unit}]
fields:
  why: {type: text, sv: Varför}
  when: {type: date, sv: När}
states:
  begun: {sv: Påbörjat, start: true, why_no_due: Ingen väntar på det}
  heard: {sv: Hört, needs_hearing: true, due: {parameter: casework.assess_days}}
  done: {sv: Klart, final: true}
steps:
  hear: {sv: Hör, from: [begun], to: heard, who: [R02], asks: [why], guards: [some_guard]}
  finish: {sv: Avsluta, from: [heard], to: done, who: [R02]}
walks:
  - name: hela vägen
    steps: [{do: hear, by: Cilla, with: {why: x}}, {do: finish, by: Cilla}]
    ends: done
  - name: nekad
    steps: [{do: hear, by: Cilla}]
    refuses: {step: hear, because: x}
"""

SPOILT = [
    ("start: true, ", "", "one state, and only one, has 'start: true'"),
    ("start: true, ", "start: true, needs_hearing: true, ", "states.begun: nobody can have been heard at the start"),
    (
        "{type: text, sv: Varför}",
        "{type: choice, sv: Varför}",
        "fields.why: 'one_of' or 'codes' belongs to choice and choices, and to them alone",
    ),
    (
        "{type: text, sv: Varför}",
        "{type: choice, sv: Varför, one_of: {a: A}, one_of_en: {b: B}}",
        "fields.why: 'one_of_en' has other choices than 'one_of': name the same",
    ),
    ("asks: [why]", "asks: [what]", "steps.hear: there is no field 'what'"),
    ("to: heard", "to: hoard", "steps.hear: there is no state 'hoard'"),
    ("from: [heard]", "from: [hoard]", "steps.finish: there is no state 'hoard'"),
    ("to: done, who: [R02]", "to: done, who: []", "steps.finish: nobody takes it: name a role, or 'system'"),
    ("from: [begun], to: heard", "from: [begun], to: done", "states.heard: no step leads to it"),
    (
        "done: {sv: Klart, final: true}",
        "done: {sv: Klart, why_no_due: x}",
        "states.done: there is no way out, and it is not final",
    ),
    (", why_no_due: Ingen väntar på det", "", "states.begun: no deadline: give 'due', or 'why_no_due'"),
    ("casework.assess_days}", "casework.assess_days, field: why}", "states.heard.due: there is no date field 'why'"),
    ("    ends: done", "    refuses: {step: finish, because: x}", "no walk ends well: add one"),
    ("{do: finish, by: Cilla}]", "{do: end, by: Cilla}]", "walk 'hela vägen': there is no step 'end'"),
    (", {do: finish, by: Cilla}]\n    ends: done", "]\n    ends: heard", "steps.finish: no walk takes it"),
    (
        "to: done, who: [R02]",
        "to: done, who: [R02], second_person: [R24]",
        "steps.finish: it is guarded, and no walk is refused: add one",
    ),
    ("revision: 1", "revision: 1\nopening: {asks: [what]}", "opening: there is no field 'what'"),
]


def read(tmp_path, text):
    path = tmp_path / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return YamlFile(path).read(Process)


def test_the_whole_one_is_read(tmp_path):
    assert read(tmp_path, WHOLE).start == "begun"


@pytest.mark.parametrize(("old", "new", "told"), SPOILT, ids=[told for _, _, told in SPOILT])
def test_what_cannot_work_is_refused(tmp_path, old, new, told):
    assert old in WHOLE
    with pytest.raises(ContentErrors) as refused:
        read(tmp_path, WHOLE.replace(old, new, 1))
    assert [error.what for error in refused.value.errors] == [f"'the file': {told}"]


def test_numbers_begin_with_letters(tmp_path):
    with pytest.raises(ContentErrors):
        read(tmp_path, WHOLE.replace("series: T", "series: t1"))
