"""A notice in the browser: how few presses it takes, and what a question that leads nowhere leaves behind."""

import re

from tillit.web.models import Case
from tillit.web.rules.scope import within_all

U = "NORR-U-2026-1"
REPLIES = {"decided_elsewhere": "yes", "reason_to_assume": "yes", "already_known": "no", "special_reasons": "no"}
WRITTEN = {
    "write-duty": "wrong_benefit", "write-authority": "fk", "write-whom": "person", "write-benefit": "assistance",
    "write-may_be_wrong": "amount", "write-facts": "Två rapporter gäller samma timmar", "write-person_told": "told",
    "write-protected_data": "not_protected",
}  # fmt: skip


def test_from_the_aid_to_sent_are_three_forms(browse):
    """M099: the aid, the notice and the sending; what is known is filled in already."""
    asta = browse("Asta")
    answered = asta.post(f"/underratta/wrong_benefit/?om={U}", REPLIES | {"authority": "fk"}, follow=True)
    page = answered.content.decode()
    path = answered.redirect_chain[-1][0]
    number = path.rstrip("/").rpartition("/")[2]
    assert "Underrättelsen ska lämnas. Skriv bara omständigheterna." in page
    assert re.search(r'<input[^>]*name="write-duty"[^>]*value="wrong_benefit"[^>]*checked', page)
    version = {"write-version": "1"}
    asta.post(f"/steg/{number}/write/", WRITTEN | version)
    sent = {"send-sent_on": "2026-01-02", "send-channel": "service", "send-person_written": "on", "send-version": "2"}
    assert asta.post(f"/steg/{number}/send/", sent).status_code == 302
    with within_all():
        assert Case.objects.get(number=number).state == "sent"


def test_no_duty_is_said_on_the_page_and_opens_nothing(browse):
    with within_all():
        before = Case.objects.count()
    answer = browse("Hanna").post("/underratta/wrong_benefit/", {"decided_elsewhere": "no"})
    assert "Gäller felet vår egen utbetalning utreds det hos oss." in answer.content.decode()
    with within_all():
        assert Case.objects.count() == before


def test_a_question_left_out_is_named(browse):
    answer = browse("Hanna").post("/underratta/wrong_benefit/", {"decided_elsewhere": "yes"})
    assert answer.status_code == 422
    assert "Svara på frågan ”Finns det omständigheter" in answer.content.decode()
