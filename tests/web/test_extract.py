"""What is taken out of a case: packs that anyone can check, and copies for a party in which nothing leaks."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.web.made_up import finding
from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions import extract as action
from tillit.web.actions.exhibit import add_exhibit, exhibits_from_findings
from tillit.web.actions.extract import extract_file, extract_text, make_contact_log, make_pack, settle
from tillit.web.actions.note import write_contact, write_note
from tillit.web.actions.party_copy import LeakError, make_party_copy
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.models import Board, Case, Entry, Extract, Matter, Note
from tillit.web.queries.extract import GIVE, parts
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.packed import HASHES

PACK = {"purpose": "Åklagaren begär underlaget", "obtained": "Begärt enligt 11 a § LSS", "secrecy": "Allt om enskilda"}
SECRETS = {
    "a name": "Greta Granne",
    "a number": "18900101-9802",
    "a telephone": "070-174 06 05",
    "an address": "Storgatan 5",
    "a code": "0000-0000-0000B",
    "the police": "K-1234-26",
    "what a tip said": "Hon såg dem på macken",
}
"""What could leak: all of it lies in the case before the copy is made."""


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch, request):
    """A page is slow to lay out as a PDF: left to the slow test, which opens what was made."""
    if "paper" not in request.fixturenames:
        real = action.pages
        monkeypatch.setattr(action, "pages", lambda name, page, paper=True: real(name, page, paper=False))
        monkeypatch.setattr("tillit.web.actions.party_copy.pages", lambda name, page: real(name, page, paper=False))


@pytest.fixture
def paper():
    """The PDF is made too."""


@pytest.fixture
def case(city):
    made = make(
        catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", state="collecting",
        fields={"plan": "Scheman, och fråga på Storgatan 5", "police_number": SECRETS["the police"]},
    )  # fmt: skip
    case = Case.objects.get(pk=made.pk)
    found = finding(Board.objects.get(slug="norr"), 1)
    case.findings.set([found])
    exhibits_from_findings(case, by=city["Cilla"], now=NOW)
    give(made, city["Asta"], city["Jonna"], now=NOW)
    asta = as_viewer(city["Asta"])
    paper = {"origin": "Anordnaren", "dated_on": date(2026, 2, 1), "now": NOW, "by": asta}
    add_exhibit(case, title="Schema", way="provider", name="schema.txt", chunks=[b"0800-1200 A"], **paper)
    tip = "Hon såg dem på macken. Greta Granne, 070-174 06 05"
    add_exhibit(case, title="Vad som sades", way="tip", remark=tip, **paper)
    write_note(case, by=asta, now=NOW, text="Greta Granne ringde. Gäller även 18900101-9802 och 0000-0000-0000B.")
    write_contact(
        case, by=asta, now=NOW, text="Bad om schemat", happened_at=NOW - timedelta(hours=1), contact_with="provider",
        channel="phone",
    )  # fmt: skip
    return case


def files_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(city, case, by="Jonna", **more):
    return make_pack(case, by=as_viewer(city[by]), now=NOW, **PACK | more)


# Evidence packs and logs of contacts


def test_a_pack_holds_the_cover_the_files_the_timeline_the_contacts_and_the_chosen_notes(city, case):
    """M126: the evidence, the timeline and the contacts in one file, with a list of hashes."""
    note = Note.objects.get(kind="note")
    made = pack(city, case, notes=[note.pk])
    files = files_of(bytes(made.content))
    assert sorted(files) == [
        "LASMIG.txt", HASHES, "anteckningar.html", "bevisforteckning.html", "handlingar/02-schema.txt",
        "kontakter.html", "text.txt", "tidslinje.html",
    ]  # fmt: skip
    assert files["handlingar/02-schema.txt"] == b"0800-1200 A"
    assert "Bad om schemat" in files["kontakter.html"].decode()
    assert "går inte ihop med" in files["tidslinje.html"].decode()
    assert "Begärt enligt 11 a § LSS" in files["bevisforteckning.html"].decode()
    assert "anteckningar.html" not in files_of(bytes(pack(city, case).content))


def test_the_hashes_can_be_checked_by_anyone_and_the_bytes_are_the_same_when_made_again(city, case, tmp_path):
    one, again = pack(city, case), pack(city, case)
    assert (one.number, again.number) == (1, 2)
    assert (bytes(one.content), one.sha256) == (bytes(again.content), again.sha256)
    assert one.sha256 == hashlib.sha256(bytes(one.content)).hexdigest()
    with zipfile.ZipFile(io.BytesIO(bytes(one.content))) as packed:
        packed.extractall(tmp_path)
    if shutil.which("sha256sum"):
        check = ["sha256sum", "--strict", "-c", HASHES]
        assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
        (tmp_path / "handlingar/02-schema.txt").write_bytes(b"0800-1300 A")
        assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_a_log_of_contacts_holds_every_contact_and_no_note(city, case):
    """M252: contacts are documented for a court or an exclusion."""
    made = make_contact_log(case, by=as_viewer(city["Jonna"]), now=NOW, purpose="Förvaltningsrätten")
    text = files_of(bytes(made.content))["text.txt"].decode()
    assert "2026-03-02 09:00 | Anordnaren | Telefon | Bad om schemat | Asta" in text
    assert "Greta" not in text


def test_who_took_it_out_and_why_and_its_hash_are_in_the_log_before_it_is_given(city, case):
    made = pack(city, case)
    extract_file(made, by=as_viewer(city["Jonna"]), now=NOW)
    lines = [(line.what, line.purpose, line.details["sha256"]) for line in Entry.objects.filter(by=city["Jonna"])]
    assert lines == [(what, PACK["purpose"], made.sha256) for what in ("make pack", "extract file")]


@pytest.mark.parametrize(
    ("name", "error"),
    [("Asta", NotYourStepError), ("Cilla", NotYourStepError), ("Klas", NotForYouError), ("Bo", NotForYouError)],
)
def test_others_take_nothing_out(city, case, name, error):
    kept = pack(city, case)
    with pytest.raises(error):
        pack(city, case, by=name)
    with pytest.raises(error):
        extract_file(kept, by=as_viewer(city[name]), now=NOW) if name != "Cilla" else pack(city, case, by=name)
    assert Extract.objects.count() == 1


def test_a_pack_needs_a_purpose(city, case):
    with pytest.raises(WrongValueError) as refused:
        pack(city, case, purpose=" ")
    assert str(refused.value) == "Skriv vad utdraget ska användas till: skriv högst 300 tecken"


# Copies for a party


def answers(case):
    return {part.key: part.struck or GIVE for part in parts(case)}


def copy(city, case, by="Jonna", **more):
    viewer = as_viewer(city[by])
    given = {
        "purpose": "Anordnaren",
        "chosen": answers(case),
        "files": [2],
        "words": {"Greta Granne": "tipster"},
    }
    return make_party_copy(case, by=viewer, now=NOW, **given | more)


def everything_in(content):
    return content + b"".join(files_of(content).values())


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_nothing_of_another_person_a_tipster_or_the_police_is_in_any_byte_of_a_copy(city, case, secret):
    """M178: a party's copy with the informant's and the investigation's parts masked, with reasons."""
    told = "".join(str(vars(one)) for one in (*Note.objects.all(), *case.exhibits.all())) + str(case.fields)
    rows = str(case.findings.get().result)
    assert secret in told + rows  # it could leak
    content = everything_in(bytes(copy(city, case).content)).decode(errors="ignore").casefold()
    plain = re.sub(r"\W", "", content)
    assert (secret.casefold() in content, re.sub(r"\W", "", secret.casefold()) in plain) == (False, False)


def test_where_something_is_struck_the_reason_and_the_law_stand(city, case):
    text = files_of(bytes(copy(city, case).content))["text.txt"].decode()
    assert "[Struket: uppgift som kan röja vem som har lämnat en uppgift] ringde. Gäller även" in text
    assert "[Struket: uppgift som hör till en förundersökning (OSL 18 kap. 1 §, OSL 10 kap. 3 §)]" in text
    assert "Scheman, och fråga på [Struket: uppgift om en annan enskild]" in text
    assert "En del är struket" not in text  # the heading says it in a sentence
    assert "Du kan begära ett skriftligt beslut om det som är struket." in text


def test_the_partys_own_stays_where_it_is_named(city, case):
    text = files_of(bytes(copy(city, case, own=["storgatan 5"]).content))["text.txt"].decode()
    assert "Scheman, och fråga på Storgatan 5" in text


def test_a_file_with_what_is_struck_out_is_not_given_also_when_it_is_packed(city, case):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<t>GRETA GRANNE var där</t>")
    add_exhibit(
        case, by=as_viewer(city["Asta"]), now=NOW, title="Protokoll", origin="Vi", dated_on=date(2026, 2, 1), way="own",
        name="greta granne.docx", chunks=[book.getvalue()],
    )  # fmt: skip
    with pytest.raises(HeldBackError, match="Filen till handling 4 innehåller det som stryks"):
        copy(city, case, files=[2, 4])
    assert sorted(files_of(bytes(copy(city, case, files=[2]).content))) == [
        "LASMIG.txt", HASHES, "handlingar/02-handling.txt", "partskopia.html", "text.txt",
    ]  # fmt: skip


def test_who_approves_is_told_of_files_that_no_search_sees_into(client, city, case):
    asta = as_viewer(city["Asta"])
    for name, content in (("läkarintyg.pdf", b"%PDF-1.7 ..."), ("last.zip", b"PK\x03\x04 broken")):
        add_exhibit(
            case, by=asta, now=NOW, title="Intyg", origin="Vården", dated_on=date(2026, 2, 1), way="own", name=name,
            chunks=[content],
        )  # fmt: skip
    made = copy(city, case, files=[2, 4, 5])
    assert (made.chosen["files"], made.chosen["unsearched"]) == ([2, 4, 5], [4, 5])
    client.force_login(city["Cilla"])
    page = client.get(f"/utdrag/{case.number}/{made.number}/").text
    assert [f'href="/handlingar/{case.number}/{number}/fil/"' in page for number in (2, 4, 5)] == [False, True, True]
    assert copy(city, case, files=[2]).chosen["unsearched"] == []


def test_what_nobody_has_answered_is_asked_for_and_no_file_follows_by_itself(city, case):
    with pytest.raises(WrongValueError, match="Välj om ”Handling 2: Schema” lämnas eller stryks"):
        copy(city, case, chosen={})
    assert [name for name in files_of(bytes(copy(city, case, files=[]).content)) if "handling" in name] == []


def test_a_protected_persons_case_is_struck_part_by_part_until_someone_decides(city, case):
    Matter.objects.filter(pk=case.pk).update(protected=True)
    give(case, city["Jonna"], now=NOW, special=True)
    case.refresh_from_db()
    assert {part.struck for part in parts(case)} == {"protected"}


def test_a_copy_is_given_out_when_another_person_has_approved_it_and_not_before(city, case):
    made, jonna, cilla = copy(city, case), as_viewer(city["Jonna"]), as_viewer(city["Cilla"])
    with pytest.raises(HeldBackError, match="inte godkänd"):
        extract_file(made, by=jonna, now=NOW)
    with pytest.raises(NotYourStepError, match="annan person"):
        settle(made, by=jonna, now=NOW, approved=True)
    with pytest.raises(NotForYouError):
        settle(made, by=as_viewer(city["Bo"]), now=NOW, approved=True)
    assert "[Struket" in extract_text(made, by=cilla, now=NOW)
    settle(made, by=cilla, now=NOW, approved=True)
    made.refresh_from_db()
    assert extract_file(made, by=jonna, now=NOW) == bytes(made.content)
    assert made.settled_by == city["Cilla"]


def test_a_copy_that_is_not_approved_is_never_given_out(city, case):
    made = copy(city, case)
    settle(made, by=as_viewer(city["Cilla"]), now=NOW, approved=False)
    made.refresh_from_db()
    with pytest.raises(HeldBackError, match="inte godkänd"):
        extract_file(made, by=as_viewer(city["Jonna"]), now=NOW)


def test_no_hand_approves_its_own_copy_or_changes_what_was_given(city, case):
    made = copy(city, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extract.objects.filter(pk=made.pk).update(approved=True, settled_by=city["Jonna"], settled_at=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Extract.objects.filter(pk=made.pk).update(content=b"x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Extract.objects.all().delete()


def test_an_ordinary_export_never_makes_a_copy(city, case):
    """IS10: the party's insight goes through the copy; a list that is taken out holds numbers and codes alone."""
    from tillit.web.queries.export import rows

    told = str(list(rows(as_viewer(city["Jonna"]), "investigation")))
    assert [secret for secret in SECRETS.values() if secret in told] == []


# The pages


def test_the_copy_is_made_on_the_page_and_approved_on_its_own(client, city, case):
    client.force_login(city["Jonna"])
    page = client.get("/utdrag/NORR-U-2026-1/partskopia/").content.decode()
    assert "Ord som stryks överallt: Den som har lämnat en uppgift" in page
    sent = {f"part-{key}": answer for key, answer in answers(case).items()}
    assert client.post("/utdrag/NORR-U-2026-1/partskopia/", {"purpose": "Anordnaren"}).status_code == 422
    more = {"purpose": "Anordnaren", "words-tipster": "Greta Granne"}
    assert client.post("/utdrag/NORR-U-2026-1/partskopia/", sent | more).status_code == 302
    assert client.get("/utdrag/NORR-U-2026-1/1/fil/").status_code == 422
    client.force_login(city["Cilla"])
    assert "Greta" not in client.get("/utdrag/NORR-U-2026-1/1/").content.decode()
    assert client.post("/utdrag/NORR-U-2026-1/1/avgor/", {"answer": "approve"}).status_code == 302
    client.force_login(city["Jonna"])
    answer = client.get("/utdrag/NORR-U-2026-1/1/fil/")
    assert answer["Content-Disposition"] == 'attachment; filename="NORR-U-2026-1-party-copy-1.zip"'
    assert hashlib.sha256(answer.content).hexdigest() == Extract.objects.get().sha256
    client.force_login(city["Bo"])
    paths = ("", "partskopia/", "1/", "1/fil/")
    assert [client.get(f"/utdrag/NORR-U-2026-1/{path}").status_code for path in paths] == [404] * 4


def test_a_pack_and_a_log_are_made_on_the_page(client, city, case):
    client.force_login(city["Jonna"])
    assert client.post("/utdrag/NORR-U-2026-1/underlag/", PACK).status_code == 302
    assert client.post("/utdrag/NORR-U-2026-1/kontakter/", {"purpose": "Domstol"}).status_code == 302
    assert client.post("/utdrag/NORR-U-2026-1/underlag/", {}).status_code == 422
    page = client.get("/utdrag/NORR-U-2026-1/").content.decode()
    assert [word in page for word in ("Bevispaket 1", "Kontaktlogg 2")] == [True, True]
    client.force_login(city["Asta"])
    assert client.post("/utdrag/NORR-U-2026-1/underlag/", PACK).status_code == 403
    assert "Gör en partskopia" in client.get("/utdrag/NORR-U-2026-1/").content.decode()


def test_a_word_that_the_fixed_text_says_too_is_told_and_no_copy_is_made(city, case):
    with pytest.raises(LeakError) as refused:
        copy(city, case, files=[], words={"schemat": "third_person", "a": "third_person"})
    assert str(refused.value) == (
        "NORR-U-2026-1: Något som stryks står kvar i kopian: "
        "skriv orden som ska strykas längre, till exempel hela namnet"
    )
    assert list(Extract.objects.all()) == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (apt-get install poppler-utils)")
def test_nothing_leaks_into_the_pdf_of_a_copy_either(city, case, paper, tmp_path):
    page = tmp_path / "copy.pdf"
    page.write_bytes(files_of(bytes(copy(city, case).content))["partskopia.pdf"])
    text = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True).stdout.decode()
    assert "Struket" in text
    assert [secret for secret in SECRETS.values() if secret.casefold() in text.casefold()] == []
