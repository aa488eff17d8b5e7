"""What the catalogue refuses of a process, each fault with its file and line."""

import shutil

import pytest

from tillit.catalogue import check_processes, content_folder, load


@pytest.fixture
def content(tmp_path):
    """A copy of the content's roles, parameters and the process of disclosure, to be spoiled."""
    for name in ("roles.yaml", "cast.yaml", "acts.yaml", "parameters/casework", "processes/disclosure.yaml"):
        source, target = content_folder() / name, tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return tmp_path / "content"


def faults(content, old, new):
    path = content / "processes" / "disclosure.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(fault) for fault in check_processes(load(base=content))]


def test_the_content_that_comes_with_tillit_has_no_fault():
    assert check_processes(load()) == []


SPOILT = [
    (
        '{sfs: "2009:400", at: 10 kap. och',
        '{sfs: "2009:4000", at: 10 kap. och',
        "content/processes/disclosure.yaml:17: act '2009:4000' is not known: add it to acts.yaml",
    ),
    (
        "opened_by: [R01,",
        "opened_by: [R99,",
        "content/processes/disclosure.yaml:19: there is no role 'R99': see roles.yaml",
    ),
    (
        "{role: R12, reach: board}",
        "{role: R12, reach: municipality}",
        "content/processes/disclosure.yaml:24: R12 reaches municipality, and zone individual goes no farther "
        "than board: see less far, or change the zone",
    ),
    (
        "  - {role: R12, reach: board}\n",
        "  - {role: R12, reach: board}\n  - {role: R10, reach: own}\n",
        "content/processes/disclosure.yaml:25: R10 never sees zone individual: see less far, or change the zone",
    ),
    (
        "  - {role: R12, reach: board}\n",
        "  - {role: R12, reach: board}\n  - {role: R29, reach: assigned}\n",
        "content/processes/disclosure.yaml:25: R29 is outside the municipality and sees no more than its own: "
        "see less far, or change the zone",
    ),
    (
        "parameter: casework.disclosure_answer_days",
        "parameter: casework.no_such_days",
        "content/processes/disclosure.yaml:50: there is no parameter 'casework.no_such_days': add its file",
    ),
    (
        "parameter: casework.disclosure_answer_days",
        "parameter: casework.emergency_hours",
        "content/processes/disclosure.yaml:50: 'casework.emergency_hours' is in hours: a deadline is in days "
        "or months: choose another",
    ),
    (
        "who: [R12, R02], asks: [subject, interest, harm]",
        "who: [R12, R02, R16], asks: [subject, interest, harm]",
        "content/processes/disclosure.yaml:57: R16 takes the step and cannot read the matter: add it to readers",
    ),
    (
        "guards: [balance_is_weighed], document",
        "guards: [balance_is_weighed], opens: nothing, document",
        "content/processes/disclosure.yaml:57: there is no process 'nothing': add its file, or open none",
    ),
    (
        "do: withdraw, by: Asta",
        "do: withdraw, by: Anna",
        "content/processes/disclosure.yaml:90: there is no 'Anna': see cast.yaml",
    ),
    (
        "start: {by: Asta, fields: {direction: in",
        "start: {by: Asta, fields: {way: in",
        "content/processes/disclosure.yaml:65: the walk starts with what is not there: way: see fields and states",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), SPOILT, ids=[new.strip()[:40] for _, new, _ in SPOILT])
def test_a_fault_is_told_with_its_line(content, old, new, told):
    assert faults(content, old, new) == [told]


@pytest.mark.parametrize(
    ("zone", "reader", "told"),
    [
        ("whistleblowing", "R12", "zone whistleblowing is for R22 alone, not R12"),
        ("tipster", "R12", "zone tipster is for R21 alone, not R12"),
    ],
)
def test_a_zone_of_one_function_is_for_that_function_alone(content, zone, reader, told):
    found = faults(content, "zone: individual", f"zone: {zone}")
    assert f"content/processes/disclosure.yaml:24: {told}: see less far, or change the zone" in found


def test_two_processes_cannot_give_the_same_numbers(content):
    path = content / "processes" / "disclosure.yaml"
    text = path.read_text(encoding="utf-8")
    (content / "processes" / "other.yaml").write_text(text.replace("process: disclosure", "process: other"), "utf-8")
    assert [str(fault) for fault in check_processes(load(base=content))] == [
        "content/processes/other.yaml:4: 'S' also begins the numbers of disclosure: choose other letters"
    ]


def test_a_document_that_is_not_there_is_told_only_where_documents_are(content):
    shutil.copytree(content_folder() / "documents" / "secrecy_test", content / "documents" / "secrecy_test")
    assert [str(fault) for fault in check_processes(load(base=content))] == [
        "content/processes/disclosure.yaml:61: there is no document 'information_request': "
        "add its folder under documents/"
    ]
