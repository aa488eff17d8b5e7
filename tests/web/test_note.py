"""Notes and contacts: written by who works on the matter, never changed."""

from datetime import timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.note import write_contact, write_note
from tillit.web.actions.refusal import NotForYouError
from tillit.web.models import Entry, Note
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

CALL = {
    "text": "Bad om schemat",
    "happened_at": NOW - timedelta(hours=1),
    "contact_with": "provider",
    "channel": "phone",
}


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1")
    give(made, city["Asta"], now=NOW)
    return made


def test_who_has_the_case_writes_a_note_and_the_log_says_that_and_not_what(city, case):
    note = write_note(case, by=as_viewer(city["Asta"]), now=NOW, text="Ringde assistenten")
    assert (note.kind, note.text, note.by) == ("note", "Ringde assistenten", city["Asta"])
    assert [(line.what, line.details) for line in Entry.objects.all()] == [("write note", {"note": note.pk})]


def test_a_correction_is_a_note_of_its_own(city, case):
    note = write_note(case, by=as_viewer(city["Asta"]), now=NOW, text="Den 3 mars")
    write_note(case, by=as_viewer(city["Cilla"]), now=NOW, text="Det var den 4 mars", corrects=note)
    assert [(one.text, one.corrects) for one in Note.objects.all()] == [
        ("Den 3 mars", None),
        ("Det var den 4 mars", note),
    ]


def test_a_contact_says_with_whom_how_and_when(city, case):
    contact = write_contact(case, by=as_viewer(city["Asta"]), now=NOW, **CALL)
    assert (contact.kind, contact.contact_with, contact.channel) == ("contact", "provider", "phone")


@pytest.mark.parametrize("name", ["Jonna", "Klas", "Elin", "Bo"])
def test_others_write_nothing(city, case, name):
    with pytest.raises(NotForYouError, match="inget sådant ärende"):
        write_note(case, by=as_viewer(city[name]), now=NOW, text="x")
    assert list(Note.objects.all()) == []


def test_a_reporter_who_sees_the_status_writes_nothing_on_it(city):
    finding = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-1", opened_by=city["Elin"])
    with pytest.raises(NotForYouError):
        write_note(finding, by=as_viewer(city["Elin"]), now=NOW, text="x")


def test_a_note_of_another_matter_is_not_corrected_here(city, case):
    other = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-2")
    note = Note.objects.create(matter=other, kind="note", at=NOW, by=city["Cilla"], text="x")
    with pytest.raises(NotForYouError, match="ingen sådan anteckning"):
        write_note(case, by=as_viewer(city["Asta"]), now=NOW, text="y", corrects=note)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": " "}, "Anteckningen är tom: skriv något"),
        ({"text": "x" * 20_001}, "Anteckningen kan inte tas emot: skriv högst 20000 tecken"),
        ({"contact_with": "neighbour"}, "Välj vem kontakten var med och hur den skedde"),
        ({"channel": "smoke"}, "Välj vem kontakten var med och hur den skedde"),
        ({"happened_at": NOW + timedelta(hours=1)}, "Kontakten kan inte ligga i framtiden: ändra tiden"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(city, case, more, told):
    with pytest.raises(WrongValueError) as refused:
        write_contact(case, by=as_viewer(city["Asta"]), now=NOW, **CALL | more)
    assert str(refused.value) == told
