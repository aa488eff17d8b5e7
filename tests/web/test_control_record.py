"""Control records, follow-ups and home visits: what they must hold, and that nothing in them changes once signed."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given as drawn_from
from hypothesis import strategies as st

from tests.web.matters import answer_all, give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.matter import open_case, report_observation
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Matter, Proposal, StepTaken
from tillit.web.queries.course import corrections
from tillit.web.rules.content import catalogue
from tillit.web.rules.record_guards import drawn

WRITTEN = {
    "object_kind": "company", "object": "Faktura 4711", "done_on": "2026-03-02", "method": ["documents"],
    "sources": "Fakturan och loggen", "found": "Fyra timmar saknas i loggen", "deviation": "minor",
    "deviation_kind": "overbilled", "amount": 185000,
}  # fmt: skip


@pytest.fixture
def record(city):
    board = Board.objects.get(slug="norr")
    given = {"why": "rule", "control_kind": "invoice"}
    return open_case("control_record", by=as_viewer(city["Klas"]), now=NOW, board=board, given=given)


def take(city, matter, step, who, second=None, **given):
    now = Matter.objects.get(pk=matter.pk)
    done = take_step(now, step, by=as_viewer(city[who]), now=NOW, version=now.version, given=given)
    return agree(done, by=as_viewer(city[second]), now=NOW) if isinstance(done, Proposal) else done


@pytest.fixture
def signed(city, record):
    take(city, record, "write", "Klas", **WRITTEN)
    take(city, record, "sign", "Klas", placement="provider_file", measure=["correct"])
    return Matter.objects.get(pk=record.pk)


def test_a_record_says_what_when_who_why_and_where_it_is_kept(signed):
    """M261: every control ends in a record. M181: it says why the control was made."""
    assert signed.state == "signed"
    kept = ("why", "control_kind", "object", "done_on", "sources", "found", "deviation", "placement")
    assert [name for name in kept if not signed.fields.get(name)] == []


def test_what_is_signed_is_never_changed_also_by_hand(signed):
    """M261: the record is locked: the database refuses a change of it, of its steps, and its removal."""
    for change in (
        lambda: Matter.objects.filter(pk=signed.pk).update(fields={**signed.fields, "found": "Inget"}),
        lambda: Matter.objects.filter(pk=signed.pk).update(state="started"),
        lambda: Matter.objects.filter(pk=signed.pk).update(title="Annat"),
        lambda: StepTaken.objects.filter(matter=signed).update(given={}),
        lambda: StepTaken.objects.filter(matter=signed).delete(),
        lambda: Matter.objects.filter(pk=signed.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="it is signed: what stands is never changed"), transaction.atomic():
            change()
    assert Matter.objects.get(pk=signed.pk).fields == signed.fields


def test_corrections_are_added_beside_what_was_signed_and_each_stays(city, signed):
    """M261: a correction is an addition, and the next one does not take its place."""
    take(city, signed, "correct", "Klas", correction="Fakturan är 4712")
    take(city, signed, "correct", "Klas", correction="Loggen är för mars")
    after = Matter.objects.get(pk=signed.pk)
    assert after.fields == signed.fields
    told = corrections(after, list(StepTaken.objects.filter(matter=after).select_related("by")))
    assert [[value for _field, value in one.given] for one in told] == [["Fakturan är 4712"], ["Loggen är för mars"]]


def test_overbilling_goes_to_the_providers_file_unless_someone_says_why_not(city, record):
    """M262: what concerns an invoice is kept with the provider; another place takes a reason."""
    take(city, record, "write", "Klas", **WRITTEN)
    with pytest.raises(HeldBackError, match="I leverantörsakten"):
        take(city, record, "sign", "Klas", placement="person_file")
    take(city, record, "sign", "Klas", placement="control_file", placement_reason="Beloppet gäller ett enda beslut")
    assert Matter.objects.get(pk=record.pk).fields["placement"] == "control_file"


def test_a_deviation_is_not_made_smaller_than_the_answers_without_a_reason(city, record):
    answer_all(record, "CL5", by=as_viewer(city["Klas"]), now=NOW, price="no")
    with pytest.raises(HeldBackError, match="pekar på en allvarlig avvikelse"):
        take(city, record, "write", "Klas", **WRITTEN)
    take(city, record, "write", "Klas", **WRITTEN, deviation_reason="Priset ändrades den dagen")
    assert Matter.objects.get(pk=record.pk).state == "written"


def test_a_colleague_without_the_record_and_a_stranger_do_not_see_it(city, record):
    for name in ("Hanna", "Asta", "Elin", "Bo"):
        with pytest.raises(NotForYouError, match="Det finns inget sådant ärende för dig"):
            take(city, record, "write", name, **WRITTEN)


@drawn_from(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=100))
def test_a_record_that_is_drawn_at_a_share_is_drawn_at_every_larger_one(number, percent):
    name = f"NORR-KP-2026-{number}"
    assert not drawn(name, 0)
    assert drawn(name, 100)
    assert not drawn(name, percent) or drawn(name, min(100, percent + 1))


def test_about_a_tenth_of_the_records_without_fault_are_drawn():
    assert 80 <= sum(drawn(f"NORR-KP-2026-{number}", 10) for number in range(1, 1001)) <= 120


def test_the_record_of_a_deeper_control_knows_why_it_was_made_and_nothing_ends_without_it(city):
    finding = make(
        catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", state="deeper",
        fields={"legal_basis": "12 § LSS", "proportionality": "Rapporterna räcker inte", "child_best": "Inget barn",
                "child_heard": "Inget barn", "placement": "control_file", "observation": "Stannar i fyndet"},
    )  # fmt: skip
    take(city, finding, "record", "Klas", control_why="rule")
    opened = Case.objects.get(process="control_record")
    assert opened.fields == {
        "control_kind": "deeper", "why": "rule", "legal_basis": "12 § LSS", "child_best": "Inget barn",
        "proportionality": "Rapporterna räcker inte", "child_heard": "Inget barn", "placement": "control_file",
    }  # fmt: skip
    with pytest.raises(HeldBackError, match="Skriv först under kontrollprotokollet"):
        take(city, finding, "close_deeper", "Klas", reason="Passen var rätt")


def test_a_follow_up_passes_on_what_concerns_the_operation_and_nothing_else(city):
    """M242: the follow-up has fixed questions, and what is passed on is written anew without the person."""
    given = {"service": "home_care", "planned_on": "2026-03-10"}
    board = Board.objects.get(slug="norr")
    follow_up = open_case("individual_follow_up", by=as_viewer(city["Hanna"]), now=NOW, board=board, given=given)
    answer_all(follow_up, "CL7", by=as_viewer(city["Hanna"]), now=NOW, contact="no")
    seen = {
        "done_on": "2026-03-02", "how": ["call"], "present": "Den enskilde", "alone": "alone",
        "own_view": "Det kommer nya hela tiden", "found": "Ingen kontaktperson",
    }  # fmt: skip
    take(city, follow_up, "carry_out", "Hanna", **seen)
    with pytest.raises(HeldBackError, match="personnummer"):
        take(city, follow_up, "raise_deviation", "Hanna", operation_facts="Gäller 189001019802")
    told = take(city, follow_up, "raise_deviation", "Hanna", operation_facts="Utser inte kontaktpersoner")
    assert told.given == {"operation_facts": "Utser inte kontaktpersoner"}


def test_a_home_visit_is_not_made_without_consent(city):
    """M174: purpose, consent (who, how, when) and participants; without consent it cannot be marked done."""
    process = catalogue().processes["home_visit"]
    visit = make(process, now=NOW, number="NORR-HB-2026-1")
    give(visit, city["Hanna"], now=NOW)
    made = {
        "visited_on": "2026-03-02", "from_time": "10.00", "to_time": "10.45", "participants": "Två handläggare",
        "observations": "Liften används", "said": "Bra", "children": "none", "placement": "person_file",
    }  # fmt: skip
    with pytest.raises(HeldBackError, match="Utan samtycke har inget hembesök gjorts"):
        take(city, visit, "carry_out", "Hanna", second="Cilla", **made)
    consent = {"consent_by": "person", "consent_how": "spoken", "consent_on": "2026-03-02", "consent_told": True}
    take(city, visit, "agree_to_visit", "Hanna", **consent)
    take(city, visit, "carry_out", "Hanna", second="Cilla", **made)
    assert Matter.objects.get(pk=visit.pk).state == "done"
    assert process.opening.asks == ["purpose", "legal_basis"]


def test_an_observation_is_given_an_area_a_target_and_a_cause_before_it_is_assessed(city):
    """M033: every finding that is assessed carries area, target and cause, also where no control found it."""
    board = Board.objects.get(slug="norr")
    seen = report_observation(by=as_viewer(city["Elin"]), now=NOW, board=board, title="x", given={"observation": "x"})
    with pytest.raises(HeldBackError, match="Välj först område"):
        take(city, seen, "assess", "Klas", risk="low", cause="unclear", placement="control_file")
    take(city, seen, "classify", "Klas", area="assistance", target="company", cause="mistake")
    take(city, seen, "assess", "Klas", risk="low", cause="unclear", placement="control_file")
    fields = Matter.objects.get(pk=seen.pk).fields
    assert [fields[name] for name in ("area", "target", "cause")] == ["assistance", "company", "unclear"]


def test_an_observation_is_a_finding_with_its_priority_the_same_day(city):
    """M176: what someone has seen is in line at once, with its urgency and the day by which it is assessed."""
    board = Board.objects.get(slug="norr")
    seen = report_observation(by=as_viewer(city["Elin"]), now=NOW, board=board, title="x", given={"observation": "x"})
    assert (seen.opened_at, seen.state, seen.urgency, str(seen.due_on)) == (NOW, "new", 9, "2026-03-09")
