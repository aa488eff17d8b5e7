"""The pages of permits, as people press them: an inquiry, answers typed and as a list, and a notice from IVO."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.test_permit import LUNDEN, NORRVIK, check, used  # noqa: F401  # a fixture
from tillit.web.models import Case, PermitAnswer, PermitNotice

NOTICE = {
    "provider": "559999-0008", "service": "personal_assistance", "unit": "", "kind": "revoked",
    "decided_on": "2026-03-02", "applies_from": "2026-03-02", "received_on": "2026-03-02", "medium": "letter",
    "board": "norr",
}  # fmt: skip


@pytest.fixture
def klas(used, client, settings):  # noqa: F811  # the fixture of test_permit
    client.force_login(used["Klas"])
    client.cast = used
    return client


@pytest.fixture(autouse=True)
def _that_day(monkeypatch):
    from tests.web.people import NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def asked(client):
    return client.post(reverse("permit_ask"), {"all": "1"})


def typed(number=NORRVIK, **more):
    given = {"came-answered_on": "2026-03-02", "came-medium": "mail"}
    return given | {f"{check(number).number}-{name}": value for name, value in more.items()}


def test_all_that_are_due_are_asked_about_in_one_inquiry(klas):
    answer = asked(klas)
    inquiry = Case.objects.get(process="permit_inquiry")
    assert (answer.status_code, answer.url) == (302, reverse("case", args=[inquiry.number]))
    assert {check().state, check(LUNDEN).state} == {"asked"}
    assert "Det finns inget att fråga om" in klas.post(
        reverse("permit_ask"), {"check": check().number}, follow=True
    ).content.decode()  # fmt: skip


def test_one_who_chooses_nothing_is_told_so(klas):
    page = klas.post(reverse("permit_ask"), {}, follow=True).content.decode()
    assert ("Välj minst en kontroll" in page, Case.objects.filter(process="permit_inquiry").count()) == (True, 0)


def test_an_answer_is_typed_and_the_row_that_is_left_waits(klas):
    asked(klas)
    page = klas.post(reverse("permit_answers"), typed(answer="valid", valid_to="2027-01-01"), follow=True)
    assert "1 svar är registrerat." in page.content.decode()
    assert (check().state, str(check().valid_to), check(LUNDEN).state) == ("valid", "2027-01-01", "asked")


def test_an_answer_that_cannot_be_is_told_beside_what_was_typed(klas):
    asked(klas)
    page = klas.post(reverse("permit_answers"), typed(answer="valid", valid_to="2026-02-01"))
    assert (page.status_code, "Tillståndet gäller inte den dagen" in page.content.decode()) == (422, True)
    assert 'value="2026-02-01"' in page.content.decode()
    wrong = klas.post(reverse("permit_answers"), typed(answer="valid", valid_to="i morgon"))
    assert (wrong.status_code, PermitAnswer.objects.count()) == (422, 0)
    nothing = klas.post(reverse("permit_answers"), typed(answer=""), follow=True)
    assert "Välj minst ett svar" in nothing.content.decode()


def test_a_list_is_pasted_or_sent_as_a_file_and_a_wrong_one_stores_nothing(klas):
    asked(klas)
    text = "Organisationsnummer;Svar\n559999-0008;Giltigt\n"
    wrong = klas.post(reverse("permit_answer_list"), {"medium": "mail", "text": text + "559999-1014;kanske\n"})
    assert (wrong.status_code, PermitAnswer.objects.count()) == (422, 0)
    both = {"medium": "mail", "text": text, "file": SimpleUploadedFile("svar.csv", text.encode())}
    assert klas.post(reverse("permit_answer_list"), both).status_code == 422
    broken = {"medium": "mail", "file": SimpleUploadedFile("svar.xlsx", b"PK\x03\x04nonsense")}
    assert klas.post(reverse("permit_answer_list"), broken).status_code == 422
    file = {"medium": "mail", "file": SimpleUploadedFile("svar.csv", text.encode("utf-8-sig"))}
    assert "1 svar är registrerat." in klas.post(reverse("permit_answer_list"), file, follow=True).content.decode()
    assert check().state == "valid"


@pytest.mark.parametrize("written", ["559999-0008", "5599990008", "559999 0008", "16559999-0008"])
def test_a_notice_is_registered_however_the_number_is_written(klas, written):
    """Before, a number with a space or with its century in front was no provider of any board."""
    klas.force_login(klas.cast["Nils"])
    answer = klas.post(reverse("permit_notice"), NOTICE | {"provider": written})
    assert (answer.status_code, PermitNotice.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"provider": "559999-9999"}, "Ingen nämnd har den anordnaren"),
        ({"decided_on": "2026-03-03"}, "Beslutet kan inte ha kommit"),
        ({"unit": "Huset"}, "Skriv enheten där"),
        ({"kind": ""}, "Vad har IVO beslutat"),
        ({"board": "syd"}, "syd"),
    ],
)
def test_a_notice_that_cannot_be_is_told_and_not_stored(klas, changed, said):
    klas.force_login(klas.cast["Nils"])
    answer = klas.post(reverse("permit_notice"), NOTICE | changed)
    assert (answer.status_code, said in answer.content.decode(), PermitNotice.objects.count()) == (422, True, 0)


def test_a_colleague_reads_the_register_and_changes_nothing_and_elin_has_no_such_page(klas):
    asked(klas)
    klas.force_login(klas.cast["Hanna"])
    page = klas.get(reverse("permit_list") + "?text=norrvik").content.decode()
    assert ("Norrviks Assistans AB" in page, "Lunden AB" in page) == (True, False)
    for name in ("permit_ask", "permit_answers", "permit_answer_list", "permit_notice"):
        assert klas.post(reverse(name), {}).status_code == 404
    klas.force_login(klas.cast["Elin"])
    assert klas.get(reverse("permit_list")).status_code == 404


def test_another_boards_coordinator_answers_what_is_not_his_to_move_with_nothing(klas):
    asked(klas)
    number = check().number
    klas.force_login(klas.cast["Bo"])
    given = {"came-answered_on": "2026-03-02", "came-medium": "mail", f"{number}-answer": "revoked"}
    klas.post(reverse("permit_answers"), given)
    assert (check().state, PermitAnswer.objects.count()) == ("asked", 0)
