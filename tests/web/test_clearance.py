"""What may lead to a person does not leave its zone before a named person has cleared each place, text by text."""

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.clearance import PersonalDataError, may_leave
from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Clearance, Entry, Hearing, Matter
from tillit.web.rules.content import catalogue

LETTER = {
    "heard_party": "provider",
    "hearing_channel": "letter",
    "hearing_subject": "Timmar den 3 mars.\nRing Asta på 070-174 06 05.",
    "answer_by": "2026-03-20",
}


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", state="collecting")
    give(made, city["Asta"], city["Jonna"], now=NOW)
    return Matter.objects.get(pk=made.pk)


def hear(city, case, *, clears=None, **more):
    asta = as_viewer(city["Asta"])
    return take_step(case, "hear", by=asta, now=NOW, version=case.version, given=LETTER | more, clears=clears)


def stopped(city, case, **more):
    with pytest.raises(PersonalDataError) as refused:
        hear(city, case, **more)
    return refused.value


def test_a_step_is_stopped_and_the_one_who_wrote_is_told_where_and_the_log_how_many(city, case):
    error = stopped(city, case)
    assert [(one.text, one.hit.kind, one.hit.line, one.quoted) for one in error.open] == [
        ("hearing_subject", "name", 2, "Asta"),
        ("hearing_subject", "phone", 2, "070-174 06 05"),
    ]
    assert str(error) == (
        "NORR-U-2026-1: Texten lämnar ärendet, och något i den kan leda till en person: "
        "ta bort det, eller skriv för varje ställe varför det får stå kvar"
    )
    assert Matter.objects.get().state == "collecting"
    assert list(Hearing.objects.all()) == []
    assert [(line.kind, line.what, line.details) for line in Entry.objects.all()] == [
        ("refused", "step hear", {"why": "PersonalDataError", "name": 1, "phone": 1})
    ]


def test_every_place_is_cleared_with_a_reason_or_none_is(city, case):
    name, phone = stopped(city, case).open
    assert [
        one.hit for one in stopped(city, case, clears={name.hit.key: "Jag är handläggare", phone.hit.key: " "}).open
    ] == [phone.hit]
    assert list(Clearance.objects.all()) == []
    hear(city, case, clears={name.hit.key: "Jag är handläggare", phone.hit.key: "Enhetens växel"})
    assert Matter.objects.get().state == "hearing"
    assert [(one.text, one.kind, one.reason, one.by) for one in Clearance.objects.order_by("pk")] == [
        ("hearing_subject", "name", "Jag är handläggare", city["Asta"]),
        ("hearing_subject", "phone", "Enhetens växel", city["Asta"]),
    ]
    line = Entry.objects.get(what="clear personal data")
    assert (line.details, line.matter) == ({"name": 1, "phone": 1}, "NORR-U-2026-1")


def test_a_changed_text_is_asked_about_again_and_the_same_is_not(city, case):
    asta = as_viewer(city["Asta"])
    text = "Enhetens växel är 031-390 06 00"
    with pytest.raises(PersonalDataError) as refused:
        may_leave(case, {"letter": text}, by=asta, now=NOW)
    clears = {one.hit.key: "Växeln" for one in refused.value.open}
    may_leave(case, {"letter": text}, by=asta, now=NOW, clears=clears)
    may_leave(case, {"letter": text}, by=asta, now=NOW)
    assert Clearance.objects.count() == 1
    with pytest.raises(PersonalDataError):
        may_leave(case, {"letter": text + "."}, by=asta, now=NOW, clears=clears)


def test_what_is_cleared_in_one_matter_is_not_cleared_in_another(city, case):
    other = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-2")
    asta, text = as_viewer(city["Asta"]), {"letter": "Ring 031-390 06 00"}
    with pytest.raises(PersonalDataError) as refused:
        may_leave(case, text, by=asta, now=NOW)
    may_leave(case, text, by=asta, now=NOW, clears={refused.value.open[0].hit.key: "Växeln"})
    with pytest.raises(PersonalDataError):
        may_leave(other, text, by=asta, now=NOW)


def test_what_the_first_has_cleared_the_second_person_is_not_asked(city, overlay):
    file = catalogue().files["processes/investigation"].path.read_text(encoding="utf-8")
    overlay(
        processes__investigation=file.replace("sv: Rättslig grund, en", "leaves_zone: true, sv: Rättslig grund, en")
    )
    case = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", state="preliminary")
    give(case, city["Asta"], now=NOW)
    asta, cilla = as_viewer(city["Asta"]), as_viewer(city["Cilla"])
    given = {"legal_basis": "Enligt Asta", "reason": "x", "case_type": "hours", "bias_checked": True}
    with pytest.raises(PersonalDataError) as refused:
        take_step(case, "open", by=asta, now=NOW, version=1, given=given)
    clears = {refused.value.open[0].hit.key: "Hon skrev det"}
    proposal = take_step(case, "open", by=asta, now=NOW, version=1, given=given, clears=clears)
    agree(proposal, by=cilla, now=NOW)
    assert Matter.objects.get().state == "opened"


def test_no_reason_lets_a_persons_number_into_what_all_boards_read_of_a_provider(city):
    """M256: facts about the operation, not the person."""
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", state="assessed")
    given = {
        "operation_facts": "Gäller 18 90 01 01 98 02",
        "deviation_area": "home_care",
        "deviation_kind": "reporting",
    }
    cilla = as_viewer(city["Cilla"])
    with pytest.raises(HeldBackError, match="personnummer"):
        take_step(finding, "to_supplier", by=cilla, now=NOW, version=1, given=given, clears={"x": "y"})


@pytest.mark.parametrize("press", ["change", "remove"])
def test_a_clearance_is_never_changed_or_removed(city, case, press):
    Clearance.objects.create(matter=case, text="letter", kind="phone", key="k", reason="r", by=city["Asta"], at=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Clearance.objects.update(reason="x") if press == "change" else Clearance.objects.all().delete()


def test_the_page_asks_for_each_place_and_the_step_is_taken_when_it_is_answered(client, city, case):
    client.force_login(city["Asta"])
    sent = {f"hear-{name}": value for name, value in LETTER.items()}
    sent |= {"hear-version": 1, "hear-answer_by": "2099-01-01"}  # by the clock on the wall
    page = client.post("/steg/NORR-U-2026-1/hear/", sent)
    keys = [one.hit.key for one in stopped(city, case).open]
    assert page.status_code == 422
    assert [f'name="clear-{key}"' in page.content.decode() for key in keys] == [True, True]
    assert "Rad 2, telefonnummer:" in page.content.decode()
    answer = client.post("/steg/NORR-U-2026-1/hear/", sent | {f"clear-{key}": "Växeln" for key in keys})
    assert (answer.status_code, Matter.objects.get().state) == (302, "hearing")
