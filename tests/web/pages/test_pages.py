"""What every page keeps to: few queries, nothing from elsewhere, what people write shown as text, no accusing words."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from django_scopes import scopes_disabled

import tillit.web
from tests.web.made_up import ROWS, finding, known
from tests.web.pages.test_addresses import TABLE
from tests.web.screenshots import PAGES
from tillit.catalogue import content_folder
from tillit.web.models import Board, Matter

WEB = Path(tillit.web.__file__).parent
PO = "locale/en/LC_MESSAGES/django.po"
LISTS = [
    "/",
    "/fynd/",
    "/fynd/?state=all",
    "/fynd/?control=HEM-03",
    "/fynd/?group=provider",
    "/fynd/?group=control",
    "/arenden/?state=all",
    "/anordnare/",
    "/sok/?text=ASS-01",
]
SHOWN = [(who, path) for _name, who, path in PAGES if who]


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    words = [query["sql"].split()[0] for query in seen.captured_queries]
    asked = len([word for word in words if word not in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}])
    # A test is a transaction of its own, within which PostgreSQL is given its settings back: no page asks for that
    # (test_second_wall.py).
    return answer, asked - (connection.vendor == "postgresql")


@pytest.fixture(scope="module")
def drawn():
    """Pages that have been drawn once: answer and number of queries."""
    return {}


@pytest.fixture
def draw(browse, drawn):
    def once(who, path):
        if (who, path) not in drawn:
            drawn[who, path] = queries(browse(who), path.format(**known()))
        return drawn[who, path]

    return once


@pytest.mark.parametrize(("who", "path"), SHOWN)
def test_no_page_asks_more_than_twenty_queries(draw, who, path):
    assert draw(who, path)[1] <= 20


@pytest.mark.parametrize(("who", "path"), SHOWN)
def test_a_page_asks_no_other_server_for_anything(draw, who, path):
    page = draw(who, path)[0]
    assert re.findall(r"""(?:src|href|action|srcset)=["'](?:[a-z]+:)?//[^"']*""", page.text) == []
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("who", "path"), SHOWN)
def test_a_page_holds_no_style_and_no_script_of_its_own(draw, who, path):
    text = draw(who, path)[0].text
    assert re.findall(r"""<[^>]*\s(?:style|on[a-z]+)=""", text) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", text) == []
    assert re.findall(r"<style", text) == []


@pytest.mark.parametrize("rows", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_lists_ask_as_many_queries_with_many_rows_as_with_a_few(browse, rows):
    client = browse("Klas")
    client.get("/konto/")  # the session is written once in a while: not on the pages that are counted
    few = {path: queries(client, path)[1] for path in LISTS}
    with scopes_disabled():
        for number in range(rows):
            finding(Board.objects.get(slug="norr"), 1000 + number, ROWS[number % len(ROWS)], now=timezone.now())
    assert {path: queries(client, path)[1] for path in LISTS} == few


@pytest.mark.parametrize("path", ["/", "/fynd/?state=all"])
def test_what_people_write_is_shown_as_text(browse, path):
    title = """<script>alert("å")</script> 'O’Brien' & 🙂"""
    with scopes_disabled():
        Matter.objects.filter(number="NORR-F-2026-1").update(title=title)
    client = browse("Klas")
    for page in (client.get(path).text, client.get("/fynd/NORR-F-2026-1/").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&quot;å&quot;)&lt;/script&gt; &#x27;O’Brien&#x27; &amp; 🙂" in page


def test_what_someone_with_protected_data_is_about_stands_in_no_list(browse):
    with scopes_disabled():
        Matter.objects.filter(number="NORR-F-2026-1").update(protected=True, title="Något som röjer")
    client = browse("Klas")
    texts = [client.get(path).text for path in ("/", "/fynd/", "/fynd/NORR-F-2026-1/", "/fynd/NORR-F-2026-2/")]
    assert ["röjer" in text for text in texts] == [False] * 4
    assert "Skyddade uppgifter" in texts[1]


def test_what_exists_elsewhere_is_answered_word_for_word_as_what_does_not_exist(browse):
    client = browse("Bo")

    def told(path):
        text = client.get(path).text.replace(path, "")
        return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", text)

    assert "Det finns ingen sida här som du kan se." in told("/fynd/NORR-F-2026-999/")
    assert told("/fynd/NORR-F-2026-1/") == told("/fynd/NORR-F-2026-999/")
    assert told("/arenden/NORR-U-2026-1/") == told("/arenden/NORR-U-2026-999/")


def test_the_stranger_finds_nothing_by_any_list(browse):
    client = browse("Bo")
    lists = [
        "/sok/?text=NORR",
        "/fynd/?state=all",
        "/fynd/?group=control",
        "/arenden/?state=all",
        "/leveranser/",
        "/logg/?kind=",
    ]
    hints = ("NORR-", "norrvik-2026", "41\xa0250")
    found = {path: [hint for hint in hints if hint in client.get(path).text] for path in ["/", *lists]}
    assert [path for path, hits in found.items() if hits] == []


def test_the_language_is_changed_for_good(browse):
    client = browse("Klas")
    assert "Det mest angelägna står först" in client.get("/fynd/").text
    client.post("/val/", {"language": "en", "next": "/fynd/"})
    page = client.get("/fynd/")
    assert page.headers["Content-Language"] == "en"
    assert "Det mest angelägna står först" not in page.text


def test_the_choice_of_language_leads_nowhere_else(browse):
    answer = browse("Klas").post("/val/", {"language": "en", "next": "https://example.org/"})
    assert answer.url == "/"


ACCUSING = ["fusk", "bluff", "misstänk", "misstank", "bedräg", "lögn", "svindl", "brottsling", "kriminell", "svartlist"]
"""No word of a screen accuses anyone before a named person has taken that position."""

ACCUSING_IN_ENGLISH = ["fraud", "cheat", "suspect", "crook", "criminal", "swindl", "blacklist", "liar", "guilty"]

ALLOWED = {
    # What a law, an authority or a form is called by others.
    "motverka välfärdsbrott",
    "underrättelse om misstänkt felaktig utbetalning",
}


def test_no_screen_and_no_process_accuses_anyone():
    content = content_folder()
    files = [
        *WEB.rglob("templates/**/*.html"),
        *WEB.rglob("*.py"),
        *WEB.rglob("static/*.js"),
        *(content / "processes").glob("*.yaml"),
        *(content / "controls").rglob("*.yaml"),
        content / "roles.yaml",
    ]
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").lower().splitlines(), start=1):
            for allowed in ALLOWED:
                line = line.replace(allowed, "")
            found += [f"{file.name}:{number}: {word}" for word in ACCUSING if word in line]
    assert found == []


def test_the_english_accuses_nobody_either():
    said = re.findall(r'^msgstr.*|^".*', (WEB / PO).read_text(encoding="utf-8"), re.M)
    for file in (*content_folder().glob("processes/*.yaml"), *content_folder().rglob("controls/**/*.yaml")):
        said += re.findall(r"\b(?:\w+_)?en: [^}]*|^  [A-Z].*", file.read_text(encoding="utf-8"), re.M)
    assert [line for line in said for word in ACCUSING_IN_ENGLISH if word in line.lower()] == []


NO_PICTURE = {
    "a file": {
        "exhibit_file", "extract_file", "document_file", "portal_template", "settlement_file", "statistics_file",
        "board_paper_file", "refused_lines", "sample_file",
    },
    "answered to another system, as JSON": {"api-root", "api_months", "api_report", "openapi-json"},
    "leads on to another page, or to the identity provider": {
        "account_signup", "socialaccount_signup", "openid_connect_login", "openid_connect_callback",
        "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    },
    "nobody in the made-up month has it before them": {
        "recovery_months", "portal_receipt", "outside", "outside_stand", "board_list", "board", "access_portal",
        "access_staff", "portal_systems", "subject_requests", "subject_request", "log_requests", "other_units",
    },
}  # fmt: skip
"""The pages without a picture, by why. What nobody has before them is looked at in tests of its own."""


def test_every_page_is_in_the_pictures_or_has_a_reason_not_to_be():
    pictured = {resolve(re.sub(r"{\w+}", "1", path.partition("?")[0])).url_name for _name, path in PICTURED}
    pages = {name for name, (_path, post, _told) in TABLE.items() if post is None}
    assert pages - pictured == set().union(*NO_PICTURE.values())


PICTURED = [(name, path) for name, _who, path in PAGES if name != "not-found"]


@pytest.mark.parametrize(("who", "path"), SHOWN)
def test_no_page_accuses_anyone(draw, who, path):
    # Not before a named person has taken that position, and in the made-up month nobody has.
    text = draw(who, path)[0].text.lower()
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    assert [word for word in ACCUSING if word in text] == []
