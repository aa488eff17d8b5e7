"""Reminders: a mail that says 'log in to read', once a working day, to those for whom something waits."""

from datetime import timedelta

import pytest

from tests.web.matters import give, make
from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.bias import declare
from tillit.web.actions.notice import mark_seen, tell
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.reminder import remind
from tillit.web.models import Grant, Notice, User
from tillit.web.queries.notice import notices_for
from tillit.web.rules.content import catalogue


@pytest.fixture
def case(city):
    for user in User.objects.filter(name__in=["Asta", "Cilla", "Mats"]):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@kommun.example")
    made = make(
        catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", due_on=DAY, title="Hemligt om Eva"
    )
    give(made, city["Asta"], now=NOW)
    return made


def test_who_has_something_due_gets_one_mail_without_a_word_of_it(case, mailoutbox):
    assert remind(now=NOW) == 1
    mail = mailoutbox[0]
    assert (mail.to, mail.subject) == (["asta@kommun.example"], "Något väntar på dig i Tillit")
    assert not any(word in mail.subject + mail.body for word in ("Eva", "NORR", "2026", "utredning", "Hemligt"))


def test_it_is_sent_once_a_working_day(case, mailoutbox):
    assert [remind(now=NOW + timedelta(hours=hours)) for hours in (0, 1, 24, 25)] == [1, 0, 1, 0]
    saturday = NOW + timedelta(days=5)
    assert (saturday.strftime("%a"), remind(now=saturday)) == ("Sat", 0)


def test_a_mail_that_could_not_be_sent_is_tried_again(case, mailoutbox, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    assert remind(now=NOW) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(now=NOW) == 1


def test_a_notice_is_mailed_once_and_seen_by_the_one_it_was_for(city, case, mailoutbox):
    tell(["assigned"], case, "assigned", at=NOW)
    notice = Notice.objects.get()
    remind(now=NOW)
    notice.refresh_from_db()
    assert notice.mailed_at == NOW
    with pytest.raises(NotForYouError):
        mark_seen(notice, by=as_viewer(city["Cilla"]), now=NOW)
    mark_seen(notice, by=as_viewer(city["Asta"]), now=NOW)
    assert list(notices_for(as_viewer(city["Asta"]))) == []


def test_who_has_been_shut_out_since_is_not_reminded(city, case, mailoutbox):
    tell(["assigned"], case, "assigned", at=NOW)
    given = {"source": "objection", "ground": ["other"], "description": "x"}
    declare(case, by=as_viewer(city["Mats"]), now=NOW, given=given, of=city["Asta"])
    remind(now=NOW)
    assert sorted(mail.to[0] for mail in mailoutbox) == ["cilla@kommun.example", "mats@kommun.example"]


def test_those_who_hold_the_role_now_are_told_and_not_those_who_held_it_once(city, case):
    later = NOW + timedelta(days=90)
    Grant.objects.filter(user=city["Cilla"], role="R02").update(valid_to=DAY + timedelta(days=30))
    Grant.objects.create(user=city["Elin"], role="R02", board=case.board, valid_from=DAY + timedelta(days=31))
    tell(["managers"], case, "x", at=later)
    assert sorted(one.user.name for one in Notice.objects.all()) == ["Elin", "Mats"]


def test_who_acts_is_not_told_of_it(city, case):
    assert tell(["assigned", "managers"], case, "x", at=NOW, but=city["Cilla"]) == 2
    assert sorted(one.user.name for one in Notice.objects.all()) == ["Asta", "Mats"]
