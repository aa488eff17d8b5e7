"""What the process files promise, whatever else a municipality changes in them."""

import pytest

from tillit.web.rules.content import catalogue

PROCESSES = catalogue().processes
INVESTIGATION, FINDING, DISCLOSURE = (PROCESSES[name] for name in ("investigation", "finding", "disclosure"))


def ways_out(process, state):
    return {name for name, step in process.steps.items() if state in step.from_ and step.to not in (None, state)}


ENDS_BY_ITSELF = {
    "signal": {"prepare_clearing", "expire", "withdraw"},
    # A board that is not connected takes its stand by its link: a person there, who has no account here.
    "stand": {"remind", "escalate", "end", "do_not_use", "look_deeper", "not_deeper"},
    "invoice": {"match", "not_match", "read_credit", "pay"},
    # What a person registered is brought to the boards; time makes a check due; a hold is never laid by a machine.
    "permit_check": {"remind", "revoked", "banned", "lists", "not_used"},
    "permit_inquiry": {"close"},
    "permit_measure": {"lift", "end"},
    # A person hands the file to the bank or takes back what the bank refused: the reports behind it follow.
    "time_report": {"all_signed", "all_approved", "run_late", "pass", "deviate", "confirm", "transfer", "come_back"},
    "payment_batch": {"differ", "clear", "complete"},
}
"""What no person has to press: it ends what stands about a provider, asks a board again, says how far a report has
come, or reads what a file says of an invoice. It decides about nobody, and holds no payment."""


@pytest.mark.parametrize("process", PROCESSES.values(), ids=lambda process: process.process)
def test_no_rule_moves_anything_by_itself(process):
    """M288: every step is taken by a person; a run brings findings, and brings them back for a person to look at."""
    by_itself = {
        name for name, step in process.steps.items() if "system" in step.who and step.to not in (None, process.start)
    }
    assert by_itself <= ENDS_BY_ITSELF.get(process.process, set())


@pytest.mark.parametrize("process", PROCESSES.values(), ids=lambda process: process.process)
def test_every_step_and_state_has_a_name_in_both_languages(process):
    named = [*process.states.values(), *process.steps.values(), *process.fields.values()]
    assert [one.sv for one in named if not one.en] == []


def test_what_is_to_be_reported_is_left_by_a_report_or_by_a_reason_that_a_lawyer_shares():
    """M105: a case that is to be reported to the police cannot be closed or concluded before that is settled."""
    assert ways_out(INVESTIGATION, "to_report") == {"reported", "not_reported"}
    assert INVESTIGATION.steps["reported"].asks == ["police_reported_on", "police_number"]
    assert INVESTIGATION.steps["not_reported"].asks == ["no_report_reason"]
    assert INVESTIGATION.steps["not_reported"].second_person == ["R12"]


def test_a_deeper_control_begins_with_why_it_is_needed_and_the_questions_about_the_child():
    """M171, M172: the legal basis, the proportionality and the child questions are asked before, and by a manager."""
    only = [step for step in FINDING.steps.values() if step.to == "deeper" and "deeper" not in step.from_]
    assert [step.asks for step in only] == [["legal_basis", "proportionality", "child_best", "child_heard"]]
    assert [step.who for step in only] == [["R02"]]


def test_where_it_is_documented_is_asked_of_every_finding_that_is_assessed():
    """M173: the person's file, the control file or the provider's file, before anything else."""
    assert "placement" in FINDING.steps["assess"].asks
    assert set(FINDING.fields["placement"].one_of) == {"person_file", "control_file", "provider_file"}
    assert ways_out(FINDING, "new") == {"explain", "merge", "assess", "correct", "hand_over"}


def test_a_disclosure_is_tested_before_anything_is_given():
    """M177: what, to whom, on what ground, what harm: asked and kept, and nothing is given before."""
    assert DISCLOSURE.opening.asks == ["direction", "counterpart", "question", "purpose", "gateway"]
    assert ways_out(DISCLOSURE, "asked") == {"test", "withdraw"}
    assert DISCLOSURE.steps["test"].asks == ["subject", "interest", "harm"]


def test_a_case_says_what_it_is_about_before_it_is_opened():
    """M125: the type of a case is asked at the opening, in words that accuse nobody."""
    assert "case_type" in INVESTIGATION.steps["open"].asks
    assert {"needs", "exploitation"} <= set(INVESTIGATION.fields["case_type"].one_of)


def test_a_report_in_another_system_is_referred_to_and_not_copied():
    """M263: the number of a report under lex Sarah, and no more of it."""
    assert (FINDING.steps["refer"].asks, FINDING.fields["lex_sarah"].type) == (["lex_sarah"], "text")


@pytest.mark.parametrize("process", PROCESSES.values(), ids=lambda process: process.process)
def test_what_ends_against_someone_is_never_decided_by_one_alone(process):
    """Four eyes: every step into a state that needs a hearing has a second person."""
    gated = {name for name, state in process.states.items() if state.needs_hearing}
    against = [step for step in process.steps.values() if step.to in gated and not set(step.from_) <= gated]
    assert [step for step in against if not step.second_person] == []
