"""Dispatches: to whom, how, when, and the fingerprint of the very file; nothing of it is changed afterwards."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.web.matters import give
from tests.web.people import NOW, as_viewer
from tests.web.test_document import ASKED, HEARING, OPENING, case, letter, take  # noqa: F401 - fixtures
from tillit.web.actions.clearance import PersonalDataError
from tillit.web.actions.dispatch import register_dispatch
from tillit.web.actions.document import file_of, fill_in, read_document
from tillit.web.actions.refusal import HeldBackError, NotForYouError, SomeoneWasFasterError
from tillit.web.actions.step import take_step
from tillit.web.models import Dispatch, Document, DocumentFile, Entry, Matter
from tillit.web.queries.document import dispatches, paper, sent_words
from tillit.web.rules.fields import WrongValueError

SENT = {"recipient": "provider", "channel": "registered", "sent_at": NOW, "kind": "pdf"}


@pytest.fixture
def ready(city, letter):  # noqa: F811
    fill_in(letter, by=as_viewer(city["Asta"]), now=NOW, times=1, given=ASKED)
    return Document.objects.get()


def send(city, row, name="Asta", times=2, **more):
    return register_dispatch(row, by=as_viewer(city[name]), now=NOW, times=times, **SENT | more)


def test_what_is_sent_is_kept_with_its_fingerprint_and_the_log_says_to_whom(city, ready):
    """M284."""
    sent = send(city, ready, to="Norrviks Assistans AB", registry_number="SDN 2026/17")
    file = bytes(DocumentFile.objects.get(kind="pdf").content)
    assert (sent.sha256, sent.registry_number) == (hashlib.sha256(file).hexdigest(), "SDN 2026/17")
    line = Entry.objects.order_by("-count")[0]
    assert (line.kind, line.what, line.matter, line.details) == (
        "change", "dispatch", "NORR-U-2026-1",
        {"document": 1, "dispatch": sent.pk, "to": "provider", "sha256": sent.sha256},
    )  # fmt: skip
    kept = Document.objects.get()
    assert paper(kept).state == "sent"
    assert file_of(paper(kept), "pdf") == file
    assert [sent_words(one) for one in dispatches(kept)] == [
        ("Anordnare, Norrviks Assistans AB", "Rekommenderat brev"),
    ]


def test_sent_to_one_more_it_is_the_same_file(city, ready):
    first = send(city, ready)
    second = send(city, Document.objects.get(), name="Cilla", channel="secure")
    assert (first.sha256, Dispatch.objects.count(), DocumentFile.objects.count()) == (second.sha256, 2, 2)


def test_the_page_of_what_was_sent_says_what_the_file_says_whatever_the_content_says_now(city, ready):
    send(city, ready)
    Document.objects.get()
    before = [
        str(block) for block in read_document("NORR-U-2026-1", 1, by=as_viewer(city["Asta"]), now=NOW).filled.blocks
    ]
    assert [line for line in before if HEARING["hearing_subject"] in line] != []


def test_silence_about_a_letter_that_was_never_sent_is_no_answer(city, ready):
    late = NOW + timedelta(days=40)
    case_now = Matter.objects.get(process="investigation")
    with pytest.raises(HeldBackError, match="Registrera först att brevet till parten är skickat"):
        take_step(case_now, "no_answer", by=as_viewer(city["Asta"], late), now=late, version=case_now.version, given={})
    send(city, ready)
    case_now.refresh_from_db()
    take_step(case_now, "no_answer", by=as_viewer(city["Asta"], late), now=late, version=case_now.version, given={})
    assert Matter.objects.get(process="investigation").state == "answered"


def test_silence_where_no_letter_was_ever_made_is_no_answer(city, ready):
    late = NOW + timedelta(days=40)
    case_now = Matter.objects.get(process="investigation")
    Document.objects.update(step="")  # another document than the letter of the hearing
    with pytest.raises(HeldBackError, match="Skapa först brevet till parten"):
        take_step(case_now, "no_answer", by=as_viewer(city["Asta"], late), now=late, version=case_now.version, given={})


def test_a_letter_that_lay_about_takes_no_time_to_answer_from_the_party(city, ready):
    """The time runs from the day that the letter is registered as sent."""
    sent, out = NOW + timedelta(days=30), NOW + timedelta(days=44)
    register_dispatch(ready, by=as_viewer(city["Asta"], sent), now=sent, times=2, **SENT | {"sent_at": sent})
    case_now = Matter.objects.get(process="investigation")

    def silent(now):
        by = as_viewer(city["Asta"], now)
        take_step(case_now, "no_answer", by=by, now=now, version=case_now.version, given={})

    with pytest.raises(HeldBackError, match=f"tiden att svara går ut den {out.date()}"):
        silent(out - timedelta(days=1))
    silent(out)
    assert Matter.objects.get(process="investigation").state == "answered"


def test_nothing_of_a_dispatch_is_changed_or_removed(city, ready):
    send(city, ready)
    for change in (
        lambda: Dispatch.objects.update(channel="mail"),
        lambda: Dispatch.objects.all().delete(),
        lambda: DocumentFile.objects.all().delete(),
        lambda: Document.objects.update(recipient="x"),
    ):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"recipient": "police"}, "skickas inte till den mottagaren"),
        ({"channel": "mail"}, "inte med vanlig e-post"),
    ],
)
def test_to_the_wrong_one_or_in_the_wrong_way_it_is_not_sent(city, ready, more, told):
    with pytest.raises(HeldBackError, match=told):
        send(city, ready, **more)
    assert (Dispatch.objects.count(), Document.objects.get().frozen_at) == (0, None)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"channel": "pigeon"}, "Välj hur dokumentet har skickats"),
        ({"sent_at": NOW + timedelta(minutes=1)}, "kan inte ligga i framtiden"),
        ({"sent_at": NOW - timedelta(minutes=2)}, "Dokumentet ändrades efter den tiden"),
        ({"to": "x" * 201}, "för långt"),
        ({"kind": "odt"}, "finns inte som sådan fil"),
    ],
)
def test_a_dispatch_that_cannot_be_is_told(city, ready, more, told):
    with pytest.raises(WrongValueError, match=told):
        send(city, ready, **more)
    assert Document.objects.get().frozen_at is None


def test_with_a_gap_in_it_a_letter_is_not_sent(city, letter):  # noqa: F811
    with pytest.raises(HeldBackError, match=r"Fyll först i: Vilka handlingar skickas med\?, Vad kan det leda till\?"):
        send(city, letter, times=1)


@pytest.mark.parametrize(
    ("answer", "recipient", "told"),
    [
        ("unknown", "party", "Ta först reda på om det finns en ställföreträdare"),
        ("unknown", "representative", "Ta först reda på om det finns en ställföreträdare"),
        ("exists", "party", "Det finns en ställföreträdare. Brevet ska skickas dit"),
        ("exists", "representative", ""),
        ("none", "party", ""),
    ],
)
def test_where_there_is_a_representative_the_letter_goes_there(city, letter, answer, recipient, told):  # noqa: F811
    fill_in(letter, by=as_viewer(city["Asta"]), now=NOW, times=1, given=ASKED | {"has_representative": answer})
    row = Document.objects.get()
    if told:
        with pytest.raises(HeldBackError, match=told):
            send(city, row, recipient=recipient)
    else:
        assert send(city, row, recipient=recipient).recipient == recipient


def test_of_someone_protected_nothing_goes_by_ordinary_post(city, case, ready):  # noqa: F811
    Matter.objects.filter(pk=case.pk).update(protected=True)
    give(case, city["Asta"], now=NOW, special=True)
    with pytest.raises(HeldBackError, match="skyddade uppgifter"):
        send(city, ready)
    assert send(city, ready, channel="mediated").channel == "mediated"


def test_a_draft_that_was_changed_since_it_was_read_is_not_sent(city, ready):
    with pytest.raises(SomeoneWasFasterError):
        send(city, ready, times=1)


@pytest.mark.parametrize("name", ["Jonna", "Klas", "Elin", "Sara", "Doris", "Bo"])
def test_others_send_nothing(city, ready, name):
    with pytest.raises(NotForYouError, match="inget sådant dokument"):
        send(city, ready, name=name)


def test_what_stays_in_the_matter_is_not_sent(city, case):  # noqa: F811
    Matter.objects.filter(pk=case.pk).update(state="preliminary", fields={"preliminary": "x"})
    take(case, "open", city["Asta"], OPENING)
    with pytest.raises(HeldBackError, match="En andra person ska först godkänna"):
        send(city, Document.objects.get(), times=1)


def test_a_text_that_may_lead_to_a_person_is_not_sent_until_someone_says_why_it_may_stand(city, letter):  # noqa: F811
    given = ASKED | {"enclosures": "Mejl från 070-174 06 05"}
    fill_in(letter, by=as_viewer(city["Asta"]), now=NOW, times=1, given=given)
    row = Document.objects.get()
    with pytest.raises(PersonalDataError) as told:
        send(city, row)
    (open_,) = told.value.open
    assert (open_.text, open_.quoted, Document.objects.get().frozen_at) == ("enclosures", "070-174 06 05", None)
    sent = send(city, row, clears={open_.hit.key: "Anordnarens eget nummer"})
    assert Dispatch.objects.get() == sent
    assert send(city, Document.objects.get(), name="Cilla").sha256 == sent.sha256
