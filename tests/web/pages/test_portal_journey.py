"""A provider who never saw the portal hands in a month for three assistants on a telephone; presses are counted.

Told first: Lova logs in, opens the month, adds two assistants beside the one who is there, writes a week for each in
one press and copies it to the others in another. The assistants sign, Karl approves, and Lova hands in and gets her
receipt. The pictures of each page are left in TILLIT_PICTURES, where it is set.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_scopes import scopes_disabled

from tests.web.pages.test_browser import browser_type_launch_args, city, pytestmark, stands  # noqa: F401
from tillit.store import code
from tillit.web.models import Board, Grant, HandIn, PortalGrant, User
from tillit.web.rules.made_up_city import PASSWORD

NUMBER = "NORR-T-2026-1"
SECONDS_A_PRESS = 5
"""Of one who reads every word before each press and types with a thumb: a choice, a clock time, a button."""


class Phone:
    """A telephone in someone's hand, which counts what is pressed and tells what axe says of every page."""

    def __init__(self, browser, address, name, *, scheme="light"):
        self.scheme, self.presses, self.faults = scheme, 0, []
        self.page = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme).new_page()
        self.page.goto(address + "/logga-in/")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url("**/portal/")

    def press(self, locator):
        self.presses += 1
        locator.first.click()
        self.page.wait_for_load_state("load")

    def choose(self, field, **to):
        self.presses += 1
        self.page.get_by_label(field, exact=True).select_option(**to)

    def write(self, label, text):
        self.presses += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def look(self, what):
        """What axe says of the page, that it fits the screen, and its picture."""
        faults = [fault["id"] for fault in Axe().run(self.page).response["violations"]]
        wide = self.page.evaluate("document.documentElement.scrollWidth") > 390
        self.faults += [f"{what}: {fault}" for fault in [*faults, *(["too wide"] if wide else [])]]
        if "TILLIT_PICTURES" in os.environ:
            path = Path(os.environ["TILLIT_PICTURES"]) / f"{what}-{self.scheme}.png"
            self.page.screenshot(path=path, full_page=True)


@pytest.fixture
def third(city):  # noqa: F811
    """A third assistant of the provider, who has an account."""
    with scopes_disabled():
        user = User.objects.create(username="sami", name="Sami", external=True)
        user.set_password(PASSWORD)
        user.save()
        lova = PortalGrant.objects.get(grant__user__username="lova")
        board = Board.objects.get(slug="norr")
        grant = Grant.objects.create(user=user, role="R30", board=board, valid_from="2025-01-01")
        PortalGrant.objects.create(
            grant=grant, board=board, called="Sami", provider_number=lova.provider_number, worker_code=code(77)
        )


def write_month(phone, start, end):
    """The first whole week from Monday to Friday at once, and that week copied to all the others."""
    page = phone.page
    monday = next(number for number in range(7) if mondays(page)[number])
    phone.choose("Dag", index=monday)
    phone.write("Från", start)
    phone.write("Till", end)
    phone.choose("Upprepa (frivilligt)", value="weekdays")
    phone.press(page.get_by_role("button", name="Spara tiden"))
    phone.press(page.get_by_role("button", name="Kopiera"))


def mondays(page):
    """For each day of the month whether it is a Monday."""
    days = page.get_by_label("Dag", exact=True).locator("option").evaluate_all("all => all.map(one => one.value)")
    return [date.fromisoformat(one).weekday() == 0 for one in days]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_month_for_three_assistants_is_handed_in_on_a_telephone(browser, city, third, scheme):  # noqa: F811
    """M122: in ten minutes, by someone who has not seen it before."""
    phone = Phone(browser, city, "Lova", scheme=scheme)
    page = phone.page
    phone.look("1-months")
    phone.press(page.locator("main section.panel a"))
    for name in ("Vera", "Sami"):
        phone.choose("Assistent", label=name)
        phone.press(page.get_by_role("button", name="Lägg till"))
    phone.look("2-report")
    for name, times in {"Amir": ("08:00", "12:00"), "Vera": ("12:00", "16:00"), "Sami": ("16:00", "20:00")}.items():
        phone.press(page.get_by_role("link", name=f"Se tiderna {name}"))
        write_month(phone, *times)
        phone.look(f"3-part-{name}")
        phone.press(page.locator(".crumb a").last)
    phone.look("4-written")
    for name in ("Amir", "Vera", "Sami"):
        own = Phone(browser, city, name, scheme=scheme)
        own.press(own.page.locator("main section.panel a"))
        own.look(f"5-to-sign-{name}")
        own.press(own.page.get_by_role("button", name="Skriv under"))
        own.look(f"6-signed-{name}")
        assert own.presses == 2
        phone.faults += own.faults
    karl = Phone(browser, city, "Karl", scheme=scheme)
    karl.press(karl.page.locator("main section.panel a"))
    karl.look("7-to-approve")
    for _one in range(3):
        karl.press(karl.page.get_by_role("button", name="Godkänn", exact=True))
    assert karl.presses == 4
    page.reload()
    phone.look("8-to-hand-in")
    phone.press(page.get_by_role("button", name="Lämna in"))
    page.get_by_role("heading", name="Månaden är inlämnad").wait_for()
    phone.look("9-receipt")
    page.goto(city + "/portal/fil/")
    phone.look("10-file")
    page.goto(city + "/portal/system/")
    phone.look("11-system")
    assert phone.faults + karl.faults == []
    assert stands(NUMBER) == "handed_in"
    with scopes_disabled():
        assert HandIn.objects.get().minutes >= 3 * 20 * 4 * 60
    print(f"presses by the provider: {phone.presses}, {phone.presses * SECONDS_A_PRESS // 60} minutes")
    assert phone.presses * SECONDS_A_PRESS <= 600
