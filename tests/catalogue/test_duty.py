"""A decision aid that cannot lead anywhere is refused when it is read; one that can leads where it says."""

import pytest

from tillit.catalogue import ContentErrors, YamlFile, content_folder, load
from tillit.catalogue.duty import Duty

TEXT = (content_folder() / "duties" / "population_register.yaml").read_text(encoding="utf-8")
DUTIES = load().duties


@pytest.mark.parametrize("duty", DUTIES.values(), ids=lambda duty: duty.duty)
def test_three_to_five_questions_lead_to_send_do_not_send_or_ask_counsel(duty):
    """M102: each example of the file ends where it says, and so few questions are asked on the way."""
    for example in duty.examples:
        assert duty.outcome(example.replies).ends == example.ends
        assert len(example.replies) <= 5
    assert {example.ends for example in duty.examples} >= {"send", "do_not_send", "ask_counsel"}


@pytest.mark.parametrize("duty", DUTIES.values(), ids=lambda duty: duty.duty)
def test_the_threshold_is_the_word_of_the_act(duty):
    assert any(duty.threshold.word in law.says for law in duty.law)


def test_a_question_that_is_not_answered_is_named():
    said = DUTIES["wrong_benefit"].outcome({"decided_elsewhere": "yes"})
    assert (said.ends, said.unanswered, said.asked) == (None, "reason_to_assume", ("decided_elsewhere",))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{to: risk}", "{to: riks}", "questions.can_be_assumed: there is no later question 'riks'"),
        ("{to: risk}", "{to: can_be_assumed}", "there is no later question 'can_be_assumed'"),
        ("{to: risk}", "{ends: send, because: x}", "questions.risk: no answer leads to it"),
        ("{to: risk}", "{to: risk, ends: send, because: x}", "an answer leads 'to' a question, or 'ends'"),
        (", because: Tröskeln i lagen är inte nådd.", "", "an end says 'because'"),
        ('"no"}, ends: do_not_send', '"no"}, ends: send', "no example ends in do_not_send: add one"),
        ('"yes", risk: "no"}', '"no", risk: "no"}', "it ends in do_not_send, by can_be_assumed"),
    ],
)  # fmt: skip
def test_an_aid_that_cannot_work_is_refused(tmp_path, old, new, told):
    assert old in TEXT
    path = tmp_path / "population_register.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentErrors, match=told):
        YamlFile(path).read(Duty)
