"""The API as a supplier's system meets it: its token, its own rows alone, and refusals that say what to do."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_scopes import scopes_disabled

from tillit.units import local_date
from tillit.web.models import Entry, PortalGrant, ProviderSystem, ReportedTime, Sending, TimeReport, WorkerReport
from tillit.web.rules.portal import outsider_of

NUMBER = "NORR-T-2026-1"


def token_of(browse, name):
    with scopes_disabled():
        portal = PortalGrant.objects.get(grant__user__username=name.lower()).pk
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    page = browse(name).post("/portal/system/", {"called": "Tidsystemet", "until": until, "portal": portal})
    return re.search(r"[a-z]+\.[0-9a-f]{64}", page.content.decode()).group()


class System:
    """A system with a token, that speaks JSON."""

    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path):
        return Client().get(f"/api/v1/{path}", headers=self.headers)

    def send(self, month, rows, key="key-00001"):
        return self.post(month, json.dumps({"rows": rows}), key)

    def post(self, month, body, key="key-00001"):
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return Client().post(f"/api/v1/months/{month}/rows", body, content_type="application/json", headers=headers)


@pytest.fixture
def report(month):
    with scopes_disabled():
        return TimeReport.objects.get(number=NUMBER)


@pytest.fixture
def lova(browse, report):
    return System(token_of(browse, "Lova"))


@pytest.fixture
def ove(browse, report):
    return System(token_of(browse, "Ove"))


def row(report, day=5, **more):
    with scopes_disabled():
        worker = WorkerReport.objects.get(matter=report).worker_code
    on = report.month.replace(day=day).isoformat()
    return {"report": NUMBER, "assistant": worker, "day": on, "start": "08:00", "end": "12:00"} | more


def stored():
    with scopes_disabled():
        return ReportedTime.objects.count(), WorkerReport.objects.count(), Sending.objects.count()


def test_a_system_finds_its_months_sends_rows_and_reads_where_it_stands(lova, report):
    """M122: hours reported by form, file or API, in one format."""
    month = f"{report.month:%Y-%m}"
    found = lova.get("months").json()
    assert [one["month"] for one in found["months"]] == [month]
    assert [(one["number"], one["client"]) for one in found["months"][0]["reports"]] == [(NUMBER, "Karl")]
    assert {one["name"] for one in found["assistants"]} == {"Amir", "Vera"}
    before = lova.get(f"reports/{NUMBER}").json()
    answer = lova.send(month, [row(report), row(report, 6, start="22:00", end="06:00", kind="waiting")])
    assert (answer.status_code, answer.json()) == (200, {"new": 3, "there": 0, "reports": 1})
    after = lova.get(f"reports/{NUMBER}").json()
    assert after["minutes"] == before["minutes"] + 240 + 480
    assert [one["signed_at"] for one in after["parts"]] == [None]
    assert {one["start"] for one in after["parts"][0]["rows"]} >= {"08:00", "22:00", "00:00"}


def test_the_same_key_is_answered_the_same_and_with_other_rows_refused(lova, report):
    month = f"{report.month:%Y-%m}"
    first, again = lova.send(month, [row(report)]), lova.send(month, [row(report)])
    assert (first.json(), again.json()) == ({"new": 1, "there": 0, "reports": 1},) * 2
    other = lova.send(month, [row(report, 6)])
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert other.json()["fix"] == "använd en ny Idempotency-Key"


def test_every_wrong_row_is_told_by_its_line_and_nothing_is_stored(lova, report):
    before, month = stored(), f"{report.month:%Y-%m}"
    wrong = lova.send(month, [row(report), row(report, start="25:00"), row(report, kind="fika")])
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [
        {"line": 2, "what": "Klockslaget går inte att läsa: skriv till exempel 08:00"},
        {"line": 3, "what": "Välj vad det var för slags tid, och var"},
    ]
    form = lova.send(month, [row(report), row(report, day=5) | {"day": "i går", "name": "Karl"}])
    assert form.json()["errors"] == [
        {"line": 2, "what": "day går inte att läsa: skriv till exempel 2026-02-28"},
        {"line": 2, "what": "name är okänt: ta bort det"},
    ]
    assert stored() == before


@pytest.mark.parametrize("body", ["", "x", "[]", "{}", '{"rows": []}', '{"rows": {}}', '{"rows": [1]}', "\ud800"])
def test_what_is_not_rows_is_refused_in_words(lova, report, body):
    before = stored()
    answer = lova.post("2026-01", body.encode("utf-8", "surrogatepass"))
    assert (answer.status_code in (400, 422), answer["Content-Type"]) == (True, "application/problem+json")
    assert stored() == before


def test_too_much_at_once_is_refused_before_it_is_read(lova):
    answer = lova.post("2026-01", b'{"rows": [' + b" " * (5 * 2**20) + b"]}")
    assert (answer.status_code, answer.json()["title"]) == (413, "Det som skickades är för stort")


def test_without_a_key_nothing_is_sent(lova, report):
    answer = lova.post(f"{report.month:%Y-%m}", json.dumps({"rows": [row(report)]}), key="")
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"line": 0, "what": "Idempotency-Key saknas"}])


def test_another_provider_finds_nothing_of_it(ove, report):
    before = stored()
    assert ove.get("months").json()["months"] == []
    answers = [ove.get(f"reports/{NUMBER}"), ove.send(f"{report.month:%Y-%m}", [row(report)])]
    assert [one.status_code for one in answers] == [404, 404]
    assert stored() == before


def test_without_a_token_that_holds_there_is_no_way_in_also_for_who_is_logged_in(lova, browse, report):
    answers = [
        System("norr." + "0" * 64).get("months"),
        browse("Lova").get("/api/v1/months"),
        Client().get("/api/v1/months"),
    ]
    assert [one.status_code for one in answers] == [401, 404, 401]
    assert answers[0]["WWW-Authenticate"] == "Bearer"
    with scopes_disabled():
        pk = ProviderSystem.objects.get().pk
    assert lova.get("months").status_code == 200
    assert browse("Ove").post(f"/portal/system/{pk}/avsluta/").status_code == 404
    assert browse("Lova").post(f"/portal/system/{pk}/avsluta/").status_code == 302
    assert lova.get("months").status_code == 401


def test_so_many_requests_a_minute_and_no_more(lova, ove):
    with scopes_disabled():
        pk = ProviderSystem.objects.order_by("pk").first().pk
    minutes = [timezone.now() + timedelta(minutes=ahead) for ahead in (0, 1)]
    for one in minutes:
        cache.set(f"api:{pk}:{one:%Y%m%d%H%M}", 60, 120)
    answer = lova.get("months")
    assert (answer.status_code, answer["Retry-After"], ove.get("months").status_code) == (429, "60", 200)


def test_what_a_system_reads_and_sends_is_in_the_log_as_its_own(lova, report):
    lova.get("months")
    lova.get(f"reports/{NUMBER}")
    lova.send(f"{report.month:%Y-%m}", [row(report)])
    with scopes_disabled():
        told = Entry.objects.filter(by__name="Tidsystemet").order_by("count").values_list("kind", "what")
        assert list(told) == [
            ("read", "list months by api"), ("read", "own report"), ("change", "write time"), ("change", "send rows"),
        ]  # fmt: skip


def test_the_state_is_told_in_the_words_of_those_outside(lova, report):
    with scopes_disabled():
        TimeReport.objects.filter(pk=report.pk).update(state="investigated")
    assert lova.get(f"reports/{NUMBER}").json()["state"] == "Inlämnad"


def test_the_page_of_the_api_shows_the_token_once_and_is_the_providers_alone(browse, report):
    token = token_of(browse, "Lova")
    assert token not in browse("Lova").get("/portal/system/").content.decode()
    answers = {name: browse(name).get("/portal/system/").status_code for name in ("Lova", "Ove", "Amir", "Karl", "Bo")}
    assert answers == {"Lova": 200, "Ove": 200, "Amir": 404, "Karl": 404, "Bo": 404}
    with scopes_disabled():
        user = ProviderSystem.objects.get().portal.grant.user
    assert outsider_of(user, timezone.now()).viewer.day == local_date(timezone.now())
