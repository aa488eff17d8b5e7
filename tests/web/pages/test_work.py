"""The work itself, as the pages let it be done: assess, answer alike, open, agree, note, and what is refused."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from tests.web.made_up import known
from tillit.store import chain
from tillit.web.actions.run import run_failed
from tillit.web.models import Board, Case, Entry, Finding, Grant, Matter, Note, Proposal, SavedFilter, Upload, User

F = "NORR-F-2026-1"
EXPLAIN = {"explain-version": 1, "explain-explanation": "innocent", "explain-reason": "Dubbelbemanning enligt beslutet"}


def stands(number):
    with scopes_disabled():
        return Matter.objects.get(number=number).state


def test_a_finding_is_closed_as_explained_and_the_next_one_is_shown(browse):
    client = browse("Klas")
    answer = client.post(f"/steg/{F}/explain/", EXPLAIN | {"explain-until": "2027-12-31"})
    assert (answer.status_code, answer.url) == (302, f"/fynd/{F}/")
    assert stands(F) == "explained"
    page = client.get(f"/fynd/{F}/")
    assert page.context["next"].number != F
    with scopes_disabled():
        assert Finding.objects.get(number=F).fields["until"] == "2027-12-31"


def test_a_form_without_what_is_asked_says_what_and_keeps_the_rest(browse):
    answer = browse("Klas").post(f"/steg/{F}/explain/", EXPLAIN | {"explain-explanation": ""})
    assert answer.status_code == 422
    assert "Detta fält måste fyllas i." in answer.text
    assert "Dubbelbemanning enligt beslutet" in answer.text
    assert stands(F) == "new"


def test_a_form_sent_twice_is_told_that_it_has_changed(browse):
    client = browse("Klas")
    assert client.post(f"/steg/{F}/explain/", EXPLAIN).status_code == 302
    again = client.post(f"/steg/{F}/explain/", EXPLAIN)
    assert again.status_code == 409
    assert "Någon annan ändrade nyss" in again.text


def test_the_slower_of_two_tabs_is_told_and_gets_back_what_was_written(browse):
    browse("Cilla").post(
        f"/steg/{F}/assess/",
        {"assess-version": 1, "assess-risk": "low", "assess-cause": "unclear", "assess-placement": "control_file"},
    )
    slower = browse("Klas").post(f"/steg/{F}/explain/", EXPLAIN)
    assert slower.status_code == 409
    assert "Någon annan ändrade nyss" in slower.text
    assert "Dubbelbemanning enligt beslutet" in slower.text
    assert stands(F) == "assessed"


def test_one_who_reads_and_may_not_take_the_step_is_told_so(browse):
    answer = browse("Klas").post(
        "/steg/NORR-F-2026-8/investigate/", {"investigate-reason": "x", "investigate-version": 1}
    )
    assert answer.status_code == 403
    assert "Din roll kan inte ta det här steget" in answer.text


def test_what_a_guard_holds_back_is_told_at_the_form(browse):
    with scopes_disabled():
        Matter.objects.filter(number="NORR-F-2026-8").update(fields={})
    asked = ["legal_basis", "proportionality", "child_best", "child_heard"]
    sent = {f"look_deeper-{name}": "Så här är det" for name in asked} | {"look_deeper-version": 1}
    answer = browse("Cilla").post("/steg/NORR-F-2026-8/look_deeper/", sent)
    assert answer.status_code == 422
    assert "Välj först var det ska dokumenteras" in answer.text


def test_a_form_without_its_token_is_refused_in_words(month, db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(month["Klas"])
    answer = client.post(f"/steg/{F}/explain/", EXPLAIN)
    assert answer.status_code == 403
    assert "Formuläret gick inte att ta emot" in answer.text
    assert stands(F) == "new"


# Explanations


def test_an_explanation_is_ticked_and_taken_back(browse):
    client = browse("Klas")
    reason = next(one.reason for one in client.get(f"/fynd/{F}/").context["explanations"] if not one.by_control)
    client.post(f"/fynd/{F}/forklaring/", {"reason": reason, "outcome": "rejected", "version": 1})
    told = {one.reason: (one.outcome, one.told.get("by")) for one in client.get(f"/fynd/{F}/").context["explanations"]}
    assert told[reason] == ("rejected", "Klas")
    client.post(f"/fynd/{F}/forklaring/", {"reason": reason, "outcome": "left", "version": 2})
    told = {one.reason: one.outcome for one in client.get(f"/fynd/{F}/").context["explanations"]}
    assert told[reason] == "left"


def test_a_tick_without_leaving_the_page_tells_the_other_forms_its_version(browse):
    client = browse("Klas")
    reason = next(one.reason for one in client.get(f"/fynd/{F}/").context["explanations"] if not one.by_control)
    answer = client.post(
        f"/fynd/{F}/forklaring/",
        {"reason": reason, "outcome": "explains", "version": 1},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == '{"version": 2}'


def test_an_explanation_that_the_finding_does_not_have_is_refused(browse):
    answer = browse("Klas").post(f"/fynd/{F}/forklaring/", {"reason": "påhittad", "outcome": "explains", "version": 1})
    assert answer.status_code == 422


# Many at once


ALIKE = ["NORR-F-2026-5:1", "NORR-F-2026-6:1", "NORR-F-2026-7:1"]
ANSWER = {"explain-version": 0, "explain-explanation": "source", "explain-reason": "Klockan gick fel"}


def test_equal_findings_get_the_same_answer(browse):
    client = browse("Klas")
    assert client.get("/fynd/?control=HEM-03&provider=5599991014&state=new").context["alike"] != []
    sent = {
        "finding": ALIKE,
        "explain-version": 0,
        "explain-explanation": "source",
        "explain-reason": "Klockan gick fel",
    }
    assert client.post("/fynd/samma-svar/explain/", sent).status_code == 302
    assert [stands(one.partition(":")[0]) for one in ALIKE] == ["explained"] * 3


def test_if_one_of_them_has_changed_none_is_answered(browse):
    browse("Cilla").post("/steg/NORR-F-2026-6/correct/", {"correct-version": 1, "correct-reason": "Ny fil kommer"})
    sent = {
        "finding": ALIKE,
        "explain-version": 0,
        "explain-explanation": "source",
        "explain-reason": "Klockan gick fel",
    }
    assert browse("Klas").post("/fynd/samma-svar/explain/", sent).status_code in {409, 422}
    assert [stands(one.partition(":")[0]) for one in ALIKE] == ["new", "correcting", "new"]


def test_unequal_findings_are_answered_one_by_one(browse):
    sent = {
        "finding": [f"{F}:1", "NORR-F-2026-2:1"],
        "explain-version": 0,
        "explain-explanation": "source",
        "explain-reason": "Fel",
    }
    answer = browse("Klas").post("/fynd/samma-svar/explain/", sent)
    assert answer.status_code == 422
    assert "Bara fynd från samma kontroll hos samma anordnare" in answer.text
    assert stands(F) == "new"


def test_a_finding_of_another_board_is_not_answered_with_the_others(browse):
    sent = {"finding": ALIKE} | ANSWER
    assert browse("Bo").post("/fynd/samma-svar/explain/", sent).status_code == 404


# Filters


def test_a_filter_is_saved_used_and_forgotten_by_its_owner_alone(browse):
    client = browse("Klas")
    client.post("/fynd/filter/", {"name": "Brådskande", "query": "severity=4"})
    saved = SavedFilter.objects.get()
    assert "Brådskande" in client.get("/fynd/?severity=4").text
    browse("Cilla").post(f"/fynd/filter/{saved.pk}/glom/")
    assert SavedFilter.objects.count() == 1
    client.post(f"/fynd/filter/{saved.pk}/glom/")
    assert SavedFilter.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["severity=x", "days=-1", "kronor=9e99", "state=%00", "page=999", "group=<b>", "provider='"]
)
def test_an_address_that_makes_no_sense_shows_a_list_all_the_same(browse, query):
    assert browse("Klas").get(f"/fynd/?{query}").status_code == 200


# Search


def test_search_finds_what_one_may_read_and_leads_to_access_for_what_one_could_be_given(browse):
    """M264: one search over everything that is one's own to read."""
    for text in ("NORR-F-2026-1", "f-2026-1"):
        mine = browse("Klas").get(f"/sok/?text={text}").context
        assert [one.number for one in mine["shown"]] == [F]
    counsel = browse("Jonna").get("/sok/?text=NORR-U-2026-1").context
    assert (counsel["shown"], counsel["can_ask"]) == ([], True)
    stranger = browse("Bo").get("/sok/?text=NORR-U-2026-1").context
    assert (stranger["shown"], stranger["can_ask"]) == ([], False)


# Observations, cases, notes, access, bias


def test_an_observation_is_left_in_three_fields_and_its_writer_sees_where_it_stands(browse):
    client = browse("Elin")
    answer = client.post("/iakttagelse/", {"title": "Ingen kom", "observation": "Två gånger i veckan", "board": "norr"})
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert (page.status_code, page.templates[0].name) == (200, "matter/status.html")
    assert browse("Hanna").get(answer.url).status_code == 404
    assert browse("Bo").get(answer.url).status_code == 404


def test_a_manager_opens_a_case_from_a_finding_and_gives_it_to_someone(browse, month):
    client = browse("Cilla")
    answer = client.post(
        "/steg/NORR-F-2026-8/investigate/", {"investigate-version": 1, "investigate-reason": "Beloppet är stort"}
    )
    assert answer.status_code == 302
    with scopes_disabled():
        opened = Case.objects.get(findings__number="NORR-F-2026-8")
    assert browse("Asta").get(f"/arenden/{opened.number}/").status_code == 404
    client.post(f"/steg/{opened.number}/fordela/ge/", {"to": month["Asta"].pk, "why": "Du är ledig"})
    assert browse("Asta").get(f"/arenden/{opened.number}/").status_code == 200


def test_a_second_person_agrees_and_never_the_first(browse):
    with scopes_disabled():
        waiting = Proposal.objects.get(settled_at=None)
    address = f"/steg/NORR-U-2026-1/forslag/{waiting.pk}/godkann/"
    first = browse("Asta").post(address)
    assert (first.status_code, stands("NORR-U-2026-1")) == (422, "preliminary")
    browse("Cilla").post(address)
    assert stands("NORR-U-2026-1") == "opened"
    assert browse("Mats").post(address).status_code == 409


def test_a_second_person_declines_with_a_reason(browse):
    with scopes_disabled():
        waiting = Proposal.objects.get(settled_at=None)
    browse("Cilla").post(f"/steg/NORR-U-2026-1/forslag/{waiting.pk}/avboj/", {"why": "Skälen räcker inte"})
    assert "Skälen räcker inte" in browse("Asta").get("/arenden/NORR-U-2026-1/").text
    assert stands("NORR-U-2026-1") == "preliminary"


def test_a_case_is_opened_from_nothing(browse):
    given = {
        "direction": "in",
        "counterpart": "tax",
        "question": "Vilka uppgifter?",
        "purpose": "Deras kontroll",
        "gateway": "notification",
    }
    answer = browse("Jonna").post("/arenden/oppna/disclosure/", given)
    assert (answer.status_code, answer.url) == (302, "/arenden/NORR-S-2026-2/")


def test_notes_and_contacts_are_written(browse):
    client = browse("Asta")
    client.post("/steg/NORR-U-2026-1/anteckning/skriv/", {"text": "Ringer i morgon"})
    contact = {"contact_with": "provider", "channel": "phone", "happened_at": "2026-01-02T10:00"}
    client.post("/steg/NORR-U-2026-1/kontakt/skriv/", contact | {"text": "De skickar scheman"})
    with scopes_disabled():
        assert list(Note.objects.order_by("pk").values_list("kind", flat=True))[-2:] == ["note", "contact"]
    page = client.get("/arenden/NORR-U-2026-1/").text
    assert ("Ringer i morgon" in page, "De skickar scheman" in page) == (True, True)


def test_who_declares_bias_is_shut_out_at_once(browse):
    client = browse("Asta")
    given = {"source": "self", "ground": ["party"], "description": "Min syster arbetar där"}
    assert client.post("/jav/NORR-U-2026-1/", given).status_code == 302
    assert client.get("/arenden/NORR-U-2026-1/").status_code == 404


def test_access_is_taken_in_an_emergency_and_refused_in_the_same_words(browse, month):
    sent = {"number": "NORR-U-2026-1", "why": "Asta är sjuk och fristen är i dag", "hours": 2}
    stranger, nowhere = (
        browse("Bo").post("/atkomst/", sent),
        browse("Bo").post("/atkomst/", sent | {"number": "NORR-U-1"}),
    )
    assert (stranger.status_code, stranger.context["form"].errors) == (422, nowhere.context["form"].errors)
    assert browse("Jonna").get("/arenden/NORR-U-2026-1/").status_code == 404
    taken = browse("Jonna").post("/atkomst/", sent)
    assert (taken.status_code, taken.url) == (302, "/arenden/NORR-U-2026-1/")
    assert browse("Jonna").get("/arenden/NORR-U-2026-1/").status_code == 200


# The log


def test_every_read_of_a_page_stands_in_the_log_and_so_does_reading_it(browse):
    before = Entry.objects.count()
    browse("Klas").get(f"/fynd/{F}/")
    assert [(one.kind, one.matter) for one in Entry.objects.order_by("count")[before:]] == [("read", F)]
    page = browse("Cilla").get(f"/logg/?matter={F}")
    assert page.context["page"].object_list[0].by.name == "Klas"
    assert Entry.objects.order_by("-count").first().by.name == "Cilla"


def test_a_refused_read_is_logged_with_the_number_asked_for(browse):
    before = Entry.objects.count()
    browse("Bo").get(f"/fynd/{F}/")
    assert [(one.kind, one.matter) for one in Entry.objects.order_by("count")[before:]] == [("refused", F)]


def test_the_data_protection_officer_takes_out_a_log_that_is_proved_without_us(month, db):
    with scopes_disabled():
        officer = User.objects.create_user("dso", "Dana")
        Grant.objects.create(user=officer, role="R26", valid_from=date(2024, 1, 1))
    client = Client()
    client.force_login(officer)
    assert client.get("/fynd/").status_code == 404
    client.get("/logg/?kind=read&purpose=stickprov")
    lines = client.post("/logg/ta-ut/").text.splitlines()
    assert len(lines) == Entry.objects.count()
    assert list(chain.faults(map(json.loads, lines))) == []


def test_the_access_administrator_sees_roles_and_no_case(month, db):
    with scopes_disabled():
        person = User.objects.create_user("beh", "Beata")
        board = Board.objects.get(slug="norr")
        Grant.objects.create(user=person, role="R27", board=board, valid_from=date(2024, 1, 1))
    client = Client()
    client.force_login(person)
    pages = ["/behorigheter/", "/fynd/", "/arenden/", "/logg/", f"/fynd/{F}/", "/leveranser/"]
    assert [client.get(path).status_code for path in pages] == [200, 404, 404, 404, 404, 404]
    assert "Klas" in client.get("/behorigheter/?role=R05").text


# Files


def test_a_file_is_delivered(browse):
    file = SimpleUploadedFile("mars.csv", b"a;b\n1;2\n")
    answer = browse("Klas").post("/leveranser/", {"board": "norr", "file": file})
    assert answer.status_code == 302
    with scopes_disabled():
        assert Upload.objects.order_by("-pk").first().name == "mars.csv"


def test_an_empty_file_is_refused_in_words(browse):
    answer = browse("Klas").post("/leveranser/", {"board": "norr", "file": SimpleUploadedFile("mars.csv", b"")})
    assert answer.status_code == 422
    assert "Filen är tom" in answer.text


def test_three_hundred_megabytes_are_refused_before_they_are_read(browse):
    answer = browse("Klas").generic("POST", "/leveranser/", b"x", CONTENT_LENGTH=str(300 * 2**20))
    assert answer.status_code == 413
    assert "Den största som tas emot är 200 MB" in answer.text


def test_a_run_whose_worker_was_killed_for_good_says_so_and_what_to_do(browse):
    going = known()["run_going"]
    run_failed(going, "WorkerKilled", board=Board.objects.get(slug="norr").pk)
    page = browse("Klas").get(f"/korningar/{going}/").text
    assert "Körningen kom inte till slut. Inget har ändrats. Försök igen" in page
    assert "(WorkerKilled)" in page


def test_a_form_that_is_sent_twice_is_saved_once_and_the_reader_is_told(browse):
    client, sent = browse("Asta"), {"text": "Ringde, inget svar."}
    with scopes_disabled():
        before = Note.objects.count()
        answers = [client.post("/steg/NORR-U-2026-1/anteckning/skriv/", sent) for _ in range(2)]
        assert Note.objects.count() == before + 1
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Det här har du redan skickat, och det är sparat en gång" in answers[1].text
