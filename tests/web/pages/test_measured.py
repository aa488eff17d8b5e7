"""How much work the main journeys are: walked in a browser, every press counted, and a clock beside them.

A press is a click, a choice or a field filled. Beside the clock of the walk itself each press is given six seconds,
what a person needs to read and answer; a text that is written is given half a minute.
"""

import re
import shutil
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from time import monotonic

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.web.pages.test_journeys import agree, browser_type_launch_args, day, fill, stands, take, window  # noqa: F401
from tests.web.test_bounce import Post, _free
from tillit.web.actions.signal_mail import send_messages
from tillit.web.models import Board, Matter, Told

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium (apt-get install chromium)"),
]

PRESS, TEXT = 6, 30
COUNTED = """
    const pressable = "button, a, summary, input, select";
    const filled = "input[type=text], input[type=date], textarea, select";
    addEventListener("click", event => event.target.closest(pressable) && pressed("press"), true);
    addEventListener("input", event => event.target.matches(filled)
        && pressed(event.target.matches("textarea") ? "text" : "press"), true);
"""


@dataclass
class Work:
    """What was pressed and written, by whom, and when it began."""

    presses: int = 0
    texts: int = 0
    people: list[str] = field(default_factory=list)
    began: float = field(default_factory=monotonic)

    def of(self, page, name):
        """Counts from now on what someone does on a page."""
        self.people.append(name)
        page.expose_function("pressed", lambda kind: self._count(kind))
        page.add_init_script(COUNTED)
        page.reload()

    def _count(self, kind):
        self.texts += kind == "text"
        self.presses += kind == "press"

    @property
    def seconds(self):
        """The clock of the walk, and what a person needs beside it."""
        return monotonic() - self.began + self.presses * PRESS + self.texts * TEXT


def report(rut):
    """Rut fills in the form about a provider and sends it; gives the number."""
    rut.goto("/arenden/oppna/signal/")
    given = {"reported_to": "ivo", "legal_basis": "lss_15_11_suitability", "reported_on": day(-1), "target": "provider"}
    given |= {"provider": "5599991014", "provider_name": "Norrviks Assistans AB", "reasons": "hours", "certified": True}
    fill(rut, given)
    with rut.expect_navigation():
        rut.locator("main form button[type=submit]").last.click()
    with scopes_disabled():
        return Matter.objects.filter(process="signal").latest("pk").number


def share(sara, siri, number):
    """Sara looks at it and proposes to share it, Siri agrees."""
    sara.goto(f"/arenden/{number}/")
    take(sara, "check", traceless=True)
    take(sara, "share", traceless=True)
    agree(siri, f"/arenden/{number}/")


def test_from_a_filled_form_to_all_boards_told_two_people_work_three_minutes_at_most(window):  # noqa: F811
    # Rut has filled in the form. Then Sara checks it and proposes to share it, Siri agrees, and the messages go.
    rut, sara, siri = window("Rut"), window("Sara"), window("Siri")
    number, work = report(rut), Work()
    work.of(sara, "Sara")
    work.of(siri, "Siri")
    share(sara, siri, number)
    with scopes_disabled():
        send_messages(now=timezone.now())
        told = list(Told.objects.filter(signal__number=number, bounced_at=None))
        others = Board.objects.exclude(pk=Matter.objects.get(number=number).board_id)
        asked = set(Matter.objects.filter(process="stand", fields__signal=number).values_list("board", flat=True))
    print(f"told: {work.presses} presses, {work.texts} texts, {work.seconds:.0f} s")
    assert (stands(number), len(work.people)) == ("shared", 2)
    assert asked == {one.pk for one in others}
    assert [one for one in told if one.sent_at is None] == []
    assert 0 < work.presses <= 12
    assert work.seconds <= 180


def test_from_the_decision_aid_to_a_notice_that_is_sent_is_under_five_minutes(window):  # noqa: F811
    # Asta answers the questions, is told that it shall be sent, writes what was seen and says that it is sent.
    asta, work = window("Asta"), Work()
    asta.goto("/underratta/wrong_benefit/")
    work.of(asta, "Asta")
    replies = {"decided_elsewhere": "yes", "reason_to_assume": "yes", "already_known": "no", "special_reasons": "no"}
    fill(asta, replies | {"authority": "fk"})
    with asta.expect_navigation():
        asta.locator("main form button[type=submit]").last.click()
    number = asta.url.rstrip("/").rpartition("/")[2]
    written = {"whom": "person", "benefit": "assistance", "may_be_wrong": "amount", "period": "Januari 2026"}
    written |= {"facts": "Två tidrapporter för januari har samma assistent under samma timmar."}
    take(asta, "write", **written, person_told="may_harm", protected_data="not_protected")
    take(asta, "send", sent_on=day(), channel="service", person_written=True, receipt="FK 2026-117")
    print(f"notice: {work.presses} presses, {work.texts} texts, {work.seconds:.0f} s")
    assert stands(number) == "sent"
    assert work.seconds <= 300


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_a_board_without_an_account_gets_a_mail_follows_its_link_and_has_a_receipt(
    window,  # noqa: F811
    browser,
    live_server,
    settings,
    scheme,
    width,
):
    # The mail comes from a real server. Whoever opens its link answers once, and is given the number of a receipt.
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=_free())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.TILLIT = replace(settings.TILLIT, address=live_server.url)
    with scopes_disabled():
        Board.objects.create(slug="vast", name="Västra nämnden", connected=False, mailbox="vast@kommun.example")
    share(window("Sara"), window("Siri"), report(window("Rut")))
    with scopes_disabled():
        send_messages(now=timezone.now())
    server.stop()
    [mail] = [message_from_bytes(content) for address, content in post.taken if address == "vast@kommun.example"]
    link = re.search(r"https?://\S+/stallning/\S+/", mail.get_payload(decode=True).decode())[0]
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844}).new_page()
    page.goto(link)
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    assert (found, page.evaluate("document.documentElement.scrollWidth") <= width) == ([], True)
    page.locator('[name="answer"][value="do_not_use"]').check()
    page.get_by_role("button", name="Lämna nämndens svar").click()
    page.get_by_role("heading", name="Tack, nämndens svar är mottaget").wait_for()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page.locator(".numbers.big").inner_text())
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.goto(link).status == 404
    page.context.close()
