"""Check lists as content: what their examples prove, and what the catalogue refuses."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.catalogue import Checklist, ContentErrors, content_folder, deviation, load

FILE = "cl20-decision-documented.yaml"


@pytest.fixture
def content_of(tmp_path):
    """A copy of one check list and what it names, to be spoiled."""
    for name in ("roles.yaml", "acts.yaml", "parameters/checklists", f"checklists/{FILE}"):
        source, target = content_folder() / name, tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)

    def spoil(old: str, new: str):
        path = tmp_path / "content" / "checklists" / FILE
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentErrors) as refused:
            load(base=tmp_path / "content")
        return [str(error) for error in refused.value.errors]

    return spoil


def test_the_lists_of_the_analysis_are_there_each_with_law_and_for_every_question_a_source(content):
    """M266: check lists per function and step: CL1-CL17 and our own, each with who fills it in and when."""
    assert {f"CL{number}" for number in range(1, 18)} <= set(content.checklists)
    for one in content.checklists.values():
        assert one.law
        assert one.who
        assert [name for name, question in one.questions.items() if not (question.source and question.if_no)] == []


def test_every_phase_of_support_has_its_control_points(content):
    """M165: control points belong to the five phases, for every kind of decision."""
    known = content.processes["support"].fields
    for kind in known["decision_kind"].one_of:
        lists = [content.checklists[id] for id in content.processes["support"].checklists]
        fitting = [one for one in lists if one.fits({"decision_kind": kind}, known)]
        wanted = {"investigation", "documentation", "execution", "follow_up"}
        assert {phase for one in fitting for phase in one.phases} >= wanted, kind


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "who: [R01]",
            "who: [R99]",
            "content/checklists/cl20-decision-documented.yaml:9: there is no role 'R99': did you mean 'R29'?",
        ),
        (
            "weighs: serious",
            "weighs: much",
            "content/checklists/cl20-decision-documented.yaml:22: 'questions.content.weighs': "
            "Input should be 'none', 'minor' or 'serious': mend the value",
        ),
        (
            "rest: yes, deviation: serious}",
            "rest: yes, deviation: minor}",
            "content/checklists/cl20-decision-documented.yaml:1: 'the file': example 'ett nej som väger tungt': "
            "it comes to 'serious', and nothing is left",
        ),
        (
            "id: CL20",
            "id: CL22",
            "content/checklists/cl20-decision-documented.yaml:1: the file does not begin with 'cl22-': "
            "name it after its id",
        ),
        (
            "- {sfs: '2025:400'",
            "- {sfs: '2025:4000'",
            "content/checklists/cl20-decision-documented.yaml:14: act '2025:4000' is not known: "
            "add it to content/acts.yaml, with its title and short name",
        ),
    ],
)
def test_what_cannot_work_is_told_with_its_line(content_of, old, new, told):
    assert content_of(old, new) == [told]


@given(
    st.lists(st.tuples(st.sampled_from(["none", "minor", "serious"]), st.sampled_from(["yes", "no", "not_applicable"])))
)
def test_answers_come_to_the_heaviest_no_and_to_nothing_without_one(answers):
    weighs = {str(number): weight for number, (weight, _reply) in enumerate(answers)}
    replies = {str(number): reply for number, (_weight, reply) in enumerate(answers)}
    noes = [weight for weight, reply in answers if reply == "no"]
    heaviest = next((weight for weight in ("serious", "minor") if weight in noes), "none")
    assert deviation(weighs, replies) == heaviest


def test_a_list_fits_only_where_the_field_it_asks_for_says_so(content):
    one: Checklist = content.checklists["CL4"]
    assert one.fits({"decision_kind": "assistance"}, ["decision_kind"])
    assert not one.fits({"decision_kind": "home_care"}, ["decision_kind"])
    assert not one.fits({}, ["decision_kind"])
    assert one.fits({"control_kind": "decision"}, ["control_kind"])
    assert one.fits({}, [])
