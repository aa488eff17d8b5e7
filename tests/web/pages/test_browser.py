"""The main journeys in a real browser, with and without scripts, and what axe says of every page.

Each journey is told in words first. They need Debian's chromium (apt-get install chromium).
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.web.made_up import known, settle_month
from tests.web.screenshots import CHROMIUM, PAGES
from tillit.web.models import Case, Matter
from tillit.web.rules.made_up_city import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium (apt-get install chromium)"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | CHROMIUM


@pytest.fixture
def city(live_server, monkeypatch):
    """The made-up month behind a real address."""
    # Playwright runs a loop of its own in this thread, which Django would take for asynchronous code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settle_month(now=timezone.now())
    return live_server.url


def log_in(page, city, name):
    page.goto(city + "/logga-in/")
    page.get_by_role("button", name=name).first.click()
    page.get_by_role("heading", name="Mitt arbete i dag").or_(
        page.get_by_role("heading", name="Mina månader")
    ).wait_for()


def stands(number):
    with scopes_disabled():
        return Matter.objects.get(number=number).state


def test_klas_finds_the_most_urgent_finding_and_closes_it_as_explained(page, city):
    # He logs in, follows "Börja här", reads why, ticks an explanation, says what explains it, and is shown the next.
    log_in(page, city, "Klas")
    page.locator(".first a").click()
    page.get_by_role("heading", name="Varför syns det?").wait_for()
    number = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("button", name="Förklarar", exact=True).first.click()
    page.locator('.pick[aria-pressed="true"]').wait_for()
    page.locator("summary", has_text="Förklarat").click()
    page.get_by_label("Det har en förklaring").check()
    page.locator("#id_explain-reason").fill("Dubbelbemanning enligt beslutet")
    page.get_by_role("button", name="Förklarat").click()
    page.get_by_text("Det här fyndet är klart. Nästa att ta:").wait_for()
    assert stands(number) == "explained"


def test_cilla_opens_a_case_from_a_finding_and_gives_it_to_asta(page, city):
    # She opens an assessed finding, opens a case with a reason, and gives it to Asta.
    log_in(page, city, "Cilla")
    page.goto(city + "/fynd/NORR-F-2026-8/")
    page.locator("summary", has_text="Öppna ärende").click()
    page.locator("#id_investigate-reason").fill("Beloppet är stort och ingen förklaring finns")
    page.get_by_role("button", name="Öppna ärende").click()
    page.get_by_text("är öppnat").wait_for()
    assert stands("NORR-F-2026-8") == "investigated"
    with scopes_disabled():
        opened = Case.objects.get(findings__number="NORR-F-2026-8")
    page.goto(f"{city}/arenden/{opened.number}/")
    page.get_by_label("Ge ärendet till").select_option(label="Asta")
    page.get_by_role("button", name="Fördela").click()
    page.get_by_text("Asta har nu ärendet.").wait_for()


def test_bo_sees_nothing_of_norr(page, city):
    # He has every role at Syd and none at Norr: nothing in his lists, and a guessed address is not there.
    log_in(page, city, "Bo")
    texts = []
    for path in ("/", "/fynd/?state=all", "/arenden/?state=all", "/leveranser/", "/fynd/NORR-F-2026-1/"):
        page.goto(city + path)
        texts.append(page.locator("main").inner_text())
    assert ["NORR" in text for text in texts] == [False] * 5
    assert "Det finns ingen sida här som du kan se." in texts[-1]


def test_a_finding_is_closed_without_any_script(browser, city):
    # The same journey in a browser where no script runs.
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, city, "Klas")
    page.goto(city + "/fynd/NORR-F-2026-2/")
    page.get_by_role("button", name="Förklarar inte").first.click()
    page.locator("summary", has_text="Rätta").click()
    page.locator("#id_correct-reason").fill("Anordnaren skickar en ny rapport")
    page.get_by_role("button", name="Rätta").click()
    page.get_by_text("Klart.", exact=True).wait_for()
    assert stands("NORR-F-2026-2") == "correcting"
    context.close()


def test_the_list_changes_with_a_choice_and_the_address_follows(page, city):
    # A choice in the filter draws the list anew, the address can be passed on, and the way back is a whole page.
    log_in(page, city, "Klas")
    page.goto(city + "/fynd/")
    page.get_by_label("Angelägenhet").select_option(label="Före betalning")
    page.wait_for_url("**severity=4**")
    page.locator("tbody").get_by_text("I dialogen").first.wait_for(state="hidden")
    assert page.locator("tbody tr").count() == 3
    page.go_back()
    page.locator("tbody").get_by_text("I dialogen").first.wait_for()
    assert page.get_by_role("heading", name="Fynd").count() == 1


def test_a_tick_in_an_old_tab_is_told_that_something_changed(page, city):
    # Two tabs with the same finding: what is pressed in the older one is refused in words, not in silence.
    log_in(page, city, "Klas")
    page.goto(city + "/fynd/NORR-F-2026-1/")
    other = page.context.new_page()
    other.goto(city + "/fynd/NORR-F-2026-1/")
    other.get_by_role("button", name="Förklarar inte").first.click()
    other.locator('.pick[aria-pressed="true"]').wait_for()
    page.get_by_role("button", name="Förklarar inte").last.click()
    page.get_by_text("Någon annan ändrade nyss").wait_for()


def test_a_passkey_logs_in_without_a_password(page, city):
    # The browser has a key of its own: Klas adds it to his account, logs out and comes back with the key alone.
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    chrome.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    city = city.replace("127.0.0.1", "localhost")
    log_in(page, city, "Klas")
    page.goto(city + "/konto/nycklar/webauthn/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("input[name=name]").fill("Min dator")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto(city + "/konto/")
    page.get_by_role("button", name="Logga ut").click()
    page.goto(city + "/logga-in/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.get_by_role("heading", name="Mitt arbete i dag").wait_for()


def test_everything_on_the_way_can_be_done_from_the_keyboard(page, city):
    # From the top of a page: the first stop leads past the menu, and a step opens and is filled with keys alone.
    log_in(page, city, "Klas")
    page.goto(city + "/fynd/NORR-F-2026-1/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Till innehållet"
    page.locator("summary", has_text="Rätta").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ny rapport kommer")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Klart.", exact=True).wait_for()
    assert stands("NORR-F-2026-1") == "correcting"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser, city, scheme, width):
    """M287: every page can be used with a keyboard and a screen reader."""
    found = []
    for person in dict.fromkeys(who for _name, who, _path in PAGES):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        if person:
            log_in(page, city, person)
        for name, who, path in PAGES:
            if who == person:
                page.goto(city + path.format(**known()))
                for fault in Axe().run(page).response["violations"]:
                    where = [node["html"][:120] for node in fault["nodes"][:3]]
                    found.append(f"{name}: {fault['id']}: {where}")
        context.close()
    assert found == []


def test_no_page_is_wider_than_a_telephone(browser, city):
    wide = []
    for person in dict.fromkeys(who for _name, who, _path in PAGES):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        if person:
            log_in(page, city, person)
        for name, who, path in PAGES:
            if who == person:
                page.goto(city + path.format(**known()))
                if page.evaluate("document.documentElement.scrollWidth") > 390:
                    wide.append(name)
        context.close()
    assert wide == []
