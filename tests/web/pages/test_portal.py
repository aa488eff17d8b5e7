"""The portal as those outside meet it: their own pages, and none of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from tests.web.made_up import known
from tests.web.pages.test_addresses import TABLE
from tillit.web.models import Board, Entry, Grant, Provider, ReportedTime, TimeReport, User, WorkerReport
from tillit.web.rules.made_up_city import PASSWORD

OUTSIDE = ["Lova", "Amir", "Vera", "Karl", "Gun", "Ove"]
OPEN = {"account_login", "account_logout", "signed_out", "choice"}
REPORT = "/portal/NORR-T-2026-1/"


@pytest.fixture
def part(month):
    with scopes_disabled():
        return WorkerReport.objects.get(matter__number="NORR-T-2026-1")


def test_no_page_of_ours_is_there_for_those_outside(browse):
    found, keys = {}, known()
    for name, (path, post, _told) in TABLE.items():
        if name.startswith("portal") or name in OPEN:
            continue
        for person in ("Lova", "Karl"):
            address = path.format(**keys)
            answer = browse(person).get(address) if post is None else browse(person).post(address, post)
            found[name, person] = answer.status_code
    assert {place: status for place, status in found.items() if status != 404} == {}


def test_each_portal_page_is_there_for_whom_it_belongs_to(browse, part):
    own = f"{REPORT}tid/{part.pk}/"
    answers = {name: [browse(name).get(path).status_code for path in ("/portal/", REPORT, own)] for name in OUTSIDE}
    all_, none = [200, 200, 200], [200, 404, 404]
    assert answers == {"Lova": all_, "Amir": [200, 302, 200], "Vera": none, "Karl": all_, "Gun": all_, "Ove": none}


PRESSES = [
    "assistent/",
    "lamna-in/",
    *(f"tid/{{part}}/{one}/" for one in ("kopiera", "skriv-under", "godkann", "ratta", "ta-bort", "rad/{row}/ta-bort")),
]


@pytest.mark.parametrize("path", PRESSES)
def test_what_is_not_ones_own_is_not_there_to_press(browse, part, path):
    with scopes_disabled():
        row = ReportedTime.objects.filter(part=part).first()
    address = REPORT + path.format(part=part.pk, row=row.pk)
    assert [browse(name).post(address).status_code for name in ("Ove", "Vera", "Bo")] == [404, 404, 404]


def test_an_assistant_writes_a_time_and_signs(browse, part):
    own = f"{REPORT}tid/{part.pk}/"
    with scopes_disabled():
        day = f"{TimeReport.objects.get(number='NORR-T-2026-1').month:%Y-%m}-02"
    browser = browse("Amir")
    page = browser.post(own, {"day": day, "start": "08:00", "end": "08:00", "kind": "active"})
    assert (page.status_code, "Passet har ingen längd" in page.content.decode()) == (422, True)
    assert browser.post(own, {"day": day, "start": "08:00", "end": "12:00", "kind": "active"}).status_code == 302
    assert browser.post(f"{own}skriv-under/").status_code == 302
    page = browse("Karl").get(REPORT).content.decode()
    assert page.count("Godkänn</button>") == 1
    assert browse("Karl").post(f"{own}godkann/").status_code == 302
    answer = browse("Lova").post(f"{REPORT}lamna-in/")
    receipt = browse("Lova").get(answer["Location"]).content.decode()
    assert "NORR-T-2026-1-K1" in receipt


def test_a_provider_fetches_the_template_and_gives_a_file(browse, part):
    with scopes_disabled():
        report = TimeReport.objects.get(number="NORR-T-2026-1")
        rows = ReportedTime.objects.filter(matter=report).count()
    key = f"norr-{report.provider_number}-{report.month:%Y-%m}"
    browser = browse("Lova")
    assert browser.get(f"/portal/fil/mall/{key}/").content[:2] == b"PK"
    line = f"{report.number};{part.worker_code};{report.month:%Y-%m}-05;{{}};10:00"
    text = "Rapport;Assistent;Datum;Från;Till\n" + line

    def give(start):
        file = SimpleUploadedFile("tider.csv", text.format(start).encode())
        return browser.post("/portal/fil/", {"month": key, "file": file})

    wrong = give("halv nio")
    assert (wrong.status_code, "Rad 2: Klockslaget går inte att läsa" in wrong.content.decode()) == (422, True)
    assert give("08:30").status_code == 302
    with scopes_disabled():
        assert ReportedTime.objects.filter(matter=report).count() == rows + 1
    answers = {name: browse(name).get("/portal/fil/").status_code for name in (*OUTSIDE, "Bo")}
    assert answers == {"Lova": 200, "Ove": 200, "Amir": 404, "Vera": 404, "Karl": 404, "Gun": 404, "Bo": 404}
    assert [browse(name).get(f"/portal/fil/mall/{key}/").status_code for name in ("Ove", "Karl", "Bo")] == [404] * 3


def test_easy_words_are_chosen(browse):
    browser = browse("Karl")
    usual = browser.get("/portal/").content.decode()
    browser.post("/portal/latt/", {"easy": "1"})
    easy = browser.get("/portal/").content.decode()
    assert ("Här är dina rapporter" in usual, "Här är dina månader." in easy) == (True, True)


def test_reading_is_in_the_log(browse, part):
    before = Entry.objects.filter(what="own report", by__username="karl").count()
    browse("Karl").get(REPORT)
    assert Entry.objects.filter(what="own report", by__username="karl").count() == before + 1


def test_those_outside_come_to_the_portal_when_they_log_in(browse, month):
    answer = Client().post("/logga-in/", {"login": "amir", "password": PASSWORD})
    assert answer["Location"] == "/portal/"


def test_the_access_administrator_opens_the_portal_and_sees_who_reaches_it(month):
    with scopes_disabled():
        norr = Board.objects.get(slug="norr")
        berit = User.objects.create(username="berit2", name="Berit")
        Grant.objects.create(user=berit, role="R27", board=norr, valid_from="2025-01-01")
        provider = Provider.objects.first().number
    browser = Client()
    browser.force_login(berit)
    page = browser.get("/behorigheter/portalen/").content.decode()
    assert [name in page for name in ("Lova", "Amir", "Karl", "Ove")] == [True] * 4
    sent = {
        "username": "lisa", "name": "Lisa", "role": "R29", "board": norr.pk, "provider_number": "1", "called": "Lisa",
        "ordered_by": month["Cilla"].pk,
    }  # fmt: skip
    wrong = browser.post("/behorigheter/portalen/ge/", sent)
    assert (wrong.status_code, "ingen anordnare med det" in wrong.content.decode()) == (422, True)
    assert browser.post("/behorigheter/portalen/ge/", sent | {"provider_number": provider}).status_code == 302
    assert "Lisa" in browser.get("/behorigheter/portalen/").content.decode()
