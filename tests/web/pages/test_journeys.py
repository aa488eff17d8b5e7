"""The main journeys through the work, in a real browser, each told in words before it is walked.

Each person has a window of their own, as in life. They need Debian's chromium (apt-get install chromium).
"""

import os
import shutil
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.web.made_up import settle_month
from tests.web.screenshots import CHROMIUM
from tillit.web.models import Case, Hearing, Matter, Proposal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium (apt-get install chromium)"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | CHROMIUM


@pytest.fixture
def window(browser, live_server, monkeypatch):
    """Gives a window of someone of the cast, logged in to the made-up month."""
    # Playwright runs a loop of its own in this thread, which Django would take for asynchronous code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settle_month(now=timezone.now())
    opened = {}

    def of(name):
        if name not in opened:
            page = browser.new_context(base_url=live_server.url).new_page()
            page.goto("/logga-in/")
            page.get_by_role("button", name=name).first.click()
            page.get_by_role("heading", name="Mitt arbete i dag").wait_for()
            opened[name] = page
        return opened[name]

    yield of
    for page in opened.values():
        page.context.close()


def day(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def fill(page, given, prefix=""):
    for name, value in given.items():
        fields = page.locator(f'[name="{prefix}{name}"]')
        if fields.first.get_attribute("type") in {"radio", "checkbox"}:
            boxes = fields if value is True else page.locator(f'[name="{prefix}{name}"][value="{value}"]')
            boxes.first.check()
        elif fields.first.evaluate("field => field.tagName") == "SELECT":
            fields.first.select_option(value)
        else:
            fields.first.fill(value)


def take(page, step, **given):
    """Opens a step, fills what it asks for and presses its button."""
    part = page.locator(f'details:has([name="{step}-version"])')
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    fill(page, given, prefix=f"{step}-")
    with page.expect_navigation():
        part.locator("form button[type=submit]").last.click()


def agree(page, path):
    page.goto(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Godkänn", exact=True).click()


def stands(number):
    with scopes_disabled():
        return Matter.objects.get(number=number).state


def test_a_finding_becomes_a_case_that_is_heard_and_concluded_by_two(window):
    # Cilla opens a case from an assessed finding and gives it to Asta. Asta takes a first look, proposes to open it and
    # Cilla agrees. Asta collects, adds a schedule as evidence, gives the party time to answer, and writes down the
    # answer. She concludes and Cilla agrees; the two settle that nothing is recovered, and the case can be closed.
    cilla, asta = window("Cilla"), window("Asta")
    cilla.goto("/fynd/NORR-F-2026-8/")
    take(cilla, "investigate", reason="Beloppet är stort och ingen förklaring finns")
    with scopes_disabled():
        number = Case.objects.get(findings__number="NORR-F-2026-8").number
    page = f"/arenden/{number}/"
    cilla.goto(page)
    cilla.get_by_label("Ge ärendet till").select_option(label="Asta")
    cilla.get_by_role("button", name="Fördela").click()
    cilla.get_by_text("Asta har nu ärendet.").wait_for()

    asta.goto(page)
    take(asta, "look", preliminary="Uppgifterna går inte ihop.", case_type="hours", relation="choice")
    take(asta, "open", legal_basis="12 § LSS", reason="Behöver utredas.", case_type="hours", bias_checked=True)
    asta.get_by_text("Väntar på en andra person").wait_for()
    agree(cilla, page)
    asta.goto(page)
    take(asta, "collect", plan="Scheman för februari, från anordnaren")
    asta.get_by_role("link", name="Lägg till en handling").click()
    fill(asta, {"title": "Schema", "origin": "Anordnaren", "dated_on": day(-3), "way": "provider"})
    asta.locator("[name=remark]").fill("Ett pass den dagen.")
    asta.get_by_role("button", name="Lägg till handlingen").click()
    asta.get_by_text("är tillagd").wait_for()

    asta.goto(page)
    letter = {"heard_party": "provider", "hearing_channel": "secure", "hearing_subject": "Två rapporter."}
    take(asta, "hear", **letter, answer_by=day(20))
    assert stands(number) == "hearing"
    take(asta, "answer", answered_on=day(), answer="Det var fel i rapporten.")
    outcome = {"outcome": "without_responsibility", "cause": "mistake", "reasons": "Handling 1.", "amount": "0"}
    take(asta, "conclude", **outcome, answer_weighed="Anordnaren har rättat.")
    assert stands(number) == "answered"
    agree(cilla, page)
    asta.goto(page)
    take(asta, "decide_recovery", recovery="none", recovery_reason="Felet är rättat.")
    agree(cilla, page)
    assert stands(number) == "concluded"
    with scopes_disabled():
        assert Hearing.objects.filter(matter__number=number).count() == 1
        assert Proposal.objects.filter(matter__number=number, settled_at=None).count() == 0


def test_a_notice_about_a_provider_is_shared_answered_and_cleared_again(window):
    # Rut reports to the coordinator that her board has told IVO. Sara checks it and proposes to share it, Siri agrees.
    # Rut's board answers. The report leads nowhere: Sara prepares the clearing, Siri proposes it and Sara agrees, and
    # the mark is gone from the page of the provider.
    rut, sara, siri = window("Rut"), window("Sara"), window("Siri")
    rut.goto("/arenden/oppna/signal/")
    given = {"reported_to": "ivo", "legal_basis": "lss_15_11_suitability", "reported_on": day(-1), "target": "provider"}
    given |= {"provider": "5599991014", "provider_name": "Norrviks Assistans AB", "reasons": "hours", "certified": True}
    fill(rut, given)
    with rut.expect_navigation():
        rut.locator("main form button[type=submit]").last.click()
    with scopes_disabled():
        number = Matter.objects.filter(process="signal").latest("pk").number
    page = f"/arenden/{number}/"
    sara.goto(page)
    take(sara, "check", traceless=True)
    take(sara, "share", traceless=True)
    assert stands(number) == "checked"
    agree(siri, page)
    assert stands(number) == "shared"
    rut.goto("/anordnare/5599991014/")
    rut.get_by_text("Ökad uppmärksamhet").first.wait_for()
    with scopes_disabled():
        stand = Matter.objects.filter(process="stand", fields__signal=number, board__slug="norr").first()
    if stand:
        rut.goto(f"/arenden/{stand.number}/")
        take(rut, "do_not_use")
        assert stands(stand.number) == "not_used"
    sara.goto(page)
    take(sara, "prepare_clearing", outcome="no_action", outcome_on=day())
    siri.goto(page)
    take(siri, "clear")
    agree(sara, page)
    assert stands(number) == "cleared"
    rut.goto("/anordnare/5599991014/")
    assert rut.get_by_text("Ökad uppmärksamhet").count() == 0


def test_who_may_be_biased_is_shut_out_the_same_moment(window):
    # Asta says that she may be biased in her case: she comes to her own page, and the case is no longer there for her.
    asta = window("Asta")
    asta.goto("/arenden/NORR-U-2026-1/")
    asta.get_by_role("link", name="Jag kan vara jävig").click()
    for field in asta.locator("main form [name]:not([type=hidden])").all():
        if field.get_attribute("type") in {"radio", "checkbox"}:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(index=1)
        elif field.get_attribute("type") != "date":
            field.fill("En släkting arbetar där.")
    asta.get_by_role("button", name="Anmäl").click()
    asta.get_by_text("Du är nu spärrad i ärendet").wait_for()
    asta.goto("/arenden/NORR-U-2026-1/")
    asta.get_by_text("Det finns ingen sida här som du kan se.").wait_for()


def test_access_in_an_emergency_is_open_for_a_while_and_told_to_the_manager(window):
    # Jonna must see a case that nobody has given her: she says why and for how long, and the manager is told.
    jonna = window("Jonna")
    jonna.goto("/atkomst/")
    fill(jonna, {"number": "NORR-U-2026-1", "why": "Fristen är i dag och Asta är sjuk.", "hours": "2"})
    jonna.get_by_role("button", name="Öppna ärendet").click()
    jonna.get_by_text("NORR-U-2026-1").first.wait_for()
    cilla = window("Cilla")
    cilla.goto("/")
    cilla.get_by_text("Tillfällig åtkomst har tagits").first.wait_for()
