"""Documents: made by the step that names them, read by whoever reads the matter, closed when sent or settled."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import give, hear, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.document import draft, file_of, fill_in, make_document, read_document, settle
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError
from tillit.web.actions.step import agree, decline, take_step
from tillit.web.models import Document, DocumentFile, Entry, Matter, Proposal
from tillit.web.queries.document import paper, papers
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

HEARING = {
    "heard_party": "provider",
    "hearing_channel": "letter",
    "hearing_subject": "Timmar den 3 mars – “samma” & <b>lika</b> 🙂",
    "answer_by": "2026-03-20",
}
OPENING = {"legal_basis": "12 § LSS", "reason": "Beloppet", "case_type": "hours", "bias_checked": True}
ASKED = {
    "enclosures": "Inga",
    "may_lead_to": ["nothing"],
    "has_representative": "not_a_person",
    "contact": "08-000 00 00",
}


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", state="collecting")
    give(made, city["Asta"], now=NOW)
    return made


def take(case, name, by, given):
    now = Matter.objects.get(pk=case.pk)
    return take_step(now, name, by=as_viewer(by), now=NOW, version=now.version, given=given)


@pytest.fixture
def letter(city, case):
    take(case, "hear", city["Asta"], HEARING)
    return Document.objects.get()


def text(row):
    return str(paper(row).filled.blocks)


def test_a_step_makes_its_document_with_what_was_given_in_it(city, case, letter):
    assert (letter.document, letter.number, letter.step, letter.by) == ("hearing_letter", 1, "hear", city["Asta"])
    made = paper(letter)
    assert (made.state, [one.sv for one in made.missing]) == (
        "draft",
        ["Vilka handlingar skickas med?", "Vad kan det leda till?", "Finns ställföreträdare?",
         "Telefon och e-post för frågor"],
    )  # fmt: skip
    assert "Timmar den 3 mars – “samma” & <b>lika</b> 🙂" in text(letter)
    assert (made.filled.head.board, made.filled.head.number, made.filled.head.handler) == (
        "Norra stadsdelsnämnden", "NORR-U-2026-1", "Asta",
    )  # fmt: skip
    assert [line.what for line in Entry.objects.order_by("count")] == ["make hearing_letter", "hear"]


def test_a_step_that_fails_leaves_no_document(city, case):
    with pytest.raises(HeldBackError):
        take(case, "hear", city["Asta"], HEARING | {"answer_by": "2026-03-05"})
    assert list(Document.objects.all()) == []


def test_what_changes_in_the_matter_later_does_not_change_a_letter(city, case, letter):
    Matter.objects.filter(pk=case.pk).update(fields={"hearing_subject": "Något annat"})
    assert "Något annat" not in text(Document.objects.get())


def test_who_fills_in_makes_it_ready_and_the_log_says_that_and_not_what(city, letter):
    fill_in(
        letter, by=as_viewer(city["Cilla"]), now=NOW, times=1, given=ASKED, recipient="Norrviks Assistans AB\nBox 1"
    )
    made = paper(Document.objects.get())
    assert (made.state, made.row.times, made.filled.head.recipient) == ("ready", 2, "Norrviks Assistans AB\nBox 1")
    assert Entry.objects.order_by("-count")[0].details == {"document": 1}


def test_two_who_fill_in_at_once_do_not_write_over_each_other(city, letter):
    fill_in(letter, by=as_viewer(city["Cilla"]), now=NOW, times=1, given=ASKED)
    with pytest.raises(SomeoneWasFasterError, match="Någon annan ändrade dokumentet nyss"):
        fill_in(letter, by=as_viewer(city["Asta"]), now=NOW, times=1, given={})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"has_representative": "perhaps"}, "”Finns ställföreträdare\\?” kan inte tas emot"),
        ({"subject": "x"}, "Fältet 'subject' hör inte till steget"),
        ({"contact": "x" * 201}, "”Telefon och e-post för frågor” kan inte tas emot: skriv högst 200 tecken"),
        ({"contact": "a\0b"}, "”Telefon och e-post för frågor” kan inte tas emot"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(city, letter, given, told):
    with pytest.raises(WrongValueError, match=told):
        fill_in(letter, by=as_viewer(city["Asta"]), now=NOW, times=1, given=given)


def test_both_read_the_draft_before_the_second_agrees_and_it_then_says_who_decided(city):
    made = make(
        catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-2", state="preliminary",
        fields={"preliminary": "Två rapporter"},
    )  # fmt: skip
    give(made, city["Asta"], now=NOW)
    proposal = take(made, "open", city["Asta"], OPENING)
    for name in ("Asta", "Cilla"):
        read = read_document(made.number, 1, by=as_viewer(city[name]), now=NOW)
        assert (read.state, [one.sv for one in read.missing]) == ("proposed", ["Beslutat av"])
    agree(proposal, by=as_viewer(city["Cilla"]), now=NOW)
    row = Document.objects.get()
    assert (paper(row).state, row.values["decided_by"], row.values["proposed_by"]) == ("ready", "Cilla", "Asta")


def test_a_document_of_a_step_that_was_declined_is_not_valid(city, case):
    Matter.objects.filter(pk=case.pk).update(state="answered")
    hear(case, city["Asta"], day=DAY, answer_by=DAY, settled=True)
    given = {"hold_reason": "Underlag saknas", "answer_weighed": "Inget nytt", "review_on": "2026-03-12"}
    take(case, "hold_after_hearing", city["Cilla"], given)
    decline(Proposal.objects.get(), by=as_viewer(city["Asta"]), now=NOW, why="Vänta")
    held = Document.objects.get(step="hold_after_hearing")
    assert paper(held).state == "withdrawn"
    with pytest.raises(HeldBackError, match="klart och kan inte ändras"):
        fill_in(held, by=as_viewer(city["Asta"]), now=NOW, times=1, given={})


@pytest.mark.parametrize("name", ["Jonna", "Klas", "Elin", "Sara", "Doris", "Bo"])
def test_for_others_there_is_no_document(city, letter, name):
    viewer = as_viewer(city[name])
    with pytest.raises(NotForYouError, match="inget sådant dokument"):
        read_document("NORR-U-2026-1", 1, by=viewer, now=NOW)
    with pytest.raises(NotForYouError, match="inget sådant dokument"):
        fill_in(letter, by=viewer, now=NOW, times=1, given=ASKED)
    with pytest.raises(NotForYouError, match="inget sådant ärende"):
        make_document("NORR-U-2026-1", "evidence_list", by=viewer, now=NOW)
    assert Document.objects.get().times == 1


def test_a_protected_matter_gives_its_documents_to_the_one_with_a_special_assignment_alone(city, case, letter):
    Matter.objects.filter(pk=case.pk).update(protected=True)
    with pytest.raises(NotForYouError):
        read_document(case.number, 1, by=as_viewer(city["Asta"]), now=NOW)
    give(case, city["Asta"], now=NOW, special=True)
    assert read_document(case.number, 1, by=as_viewer(city["Asta"]), now=NOW).row == letter


def test_a_read_and_a_file_given_out_are_in_the_log(city, letter):
    read_document("NORR-U-2026-1", 1, by=as_viewer(city["Asta"]), now=NOW)
    read_document("NORR-U-2026-1", 1, by=as_viewer(city["Asta"]), now=NOW, kind="pdf")
    lines = Entry.objects.filter(kind="read").order_by("count")
    assert [(line.what, line.matter, line.details) for line in lines] == [
        ("document", "NORR-U-2026-1", {"document": 1}),
        ("document pdf", "NORR-U-2026-1", {"document": 1}),
    ]


def test_a_document_that_stays_is_settled_once_it_is_agreed_to_and_its_files_are_kept(city):
    made = make(
        catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-2", state="preliminary",
        fields={"preliminary": "Två rapporter"},
    )  # fmt: skip
    give(made, city["Asta"], now=NOW)
    asta = as_viewer(city["Asta"])
    proposal = take(made, "open", city["Asta"], OPENING)
    with pytest.raises(HeldBackError, match="En andra person ska först godkänna"):
        settle(Document.objects.get(), by=asta, now=NOW, times=1)
    agree(proposal, by=as_viewer(city["Cilla"]), now=NOW)
    settle(Document.objects.get(), by=asta, now=NOW, times=2)
    kept = Document.objects.get()
    files = {one.kind: bytes(one.content) for one in DocumentFile.objects.all()}
    assert (paper(kept).state, sorted(files), file_of(paper(kept), "word")) == (
        "settled",
        ["pdf", "word"],
        files["word"],
    )
    assert "Två rapporter" in text(kept)
    with pytest.raises(HeldBackError, match="klart och kan inte ändras"):
        fill_in(kept, by=asta, now=NOW, times=3, given={})
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        Document.objects.filter(pk=kept.pk).update(values={})
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        DocumentFile.objects.update(content=b"")


def test_a_document_with_a_gap_is_not_settled(city):
    made = make(catalogue().processes["disclosure"], now=NOW, number="NORR-S-2026-1", fields={"direction": "in"})
    jonna = as_viewer(city["Jonna"])
    row = draft(made, "secrecy_test", step="test", by=jonna, second=None, now=NOW, given={"harm": "Ringa"})
    with pytest.raises(HeldBackError, match="Fyll först i: Den andra parten, Vilka uppgifter gäller det, exakt"):
        settle(row, by=jonna, now=NOW, times=1)


def test_a_letter_is_not_settled_but_sent(city, letter):
    with pytest.raises(HeldBackError, match="blir klart när det skickas"):
        settle(letter, by=as_viewer(city["Asta"]), now=NOW, times=1)


def test_only_what_the_process_offers_is_made_by_hand(city, case):
    with pytest.raises(NotForYouError):
        make_document(case.number, "police_report", by=as_viewer(city["Asta"]), now=NOW)
    assert make_document(case.number, "evidence_list", by=as_viewer(city["Asta"]), now=NOW).number == 1
    assert make_document(case.number, "evidence_list", by=as_viewer(city["Asta"]), now=NOW).number == 2


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_documents_asks_the_database_as_often_for_three_as_for_one(
    city, case, number, django_assert_num_queries
):
    for minute in range(number):
        at = NOW + timedelta(minutes=minute)
        make_document(case.number, "evidence_list", by=as_viewer(city["Asta"]), now=at)
    with django_assert_num_queries(1):
        assert [one.row.number for one in papers(case)] == list(range(number, 0, -1))
