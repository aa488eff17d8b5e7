"""The same form sent twice is saved once: told so, and remembered only where it was saved."""

from datetime import timedelta

import pytest

from tests.web.people import NOW, as_viewer
from tillit.web.actions import once
from tillit.web.actions.matter import report_observation
from tillit.web.actions.once import AlreadySavedError
from tillit.web.models import Board, Finding, Press
from tillit.web.rules.fields import WrongValueError


def report(city, *, key="a", now=NOW, who="Elin", **given):
    norr = Board.objects.get(slug="norr")
    given = {"observation": "Ingen kom", **given}
    with once.form(lambda: key):
        return report_observation(by=as_viewer(city[who], now), now=now, board=norr, title="Ingen kom", given=given)


def test_the_same_form_is_saved_once_and_another_is_saved(city):
    report(city)
    with pytest.raises(AlreadySavedError) as refused:
        report(city, now=NOW + timedelta(seconds=1))
    assert str(refused.value) == "Det här har du redan skickat, och det är sparat en gång: gå till ditt arbete"
    report(city, key="b")
    assert Finding.objects.count() == 2


def test_the_same_words_later_are_meant(city):
    report(city)
    report(city, now=NOW + once.WITHIN)
    with pytest.raises(AlreadySavedError):
        report(city, now=NOW + once.WITHIN + timedelta(minutes=9))
    assert Finding.objects.count() == 2


def test_what_was_refused_is_not_remembered_as_sent(city):
    with pytest.raises(WrongValueError):
        report(city, risk="high")
    report(city)
    assert Press.objects.count() == 1


def test_outside_a_form_nothing_is_remembered(city):
    for _ in range(2):
        report(city, key="")
    assert (Finding.objects.count(), Press.objects.count()) == (2, 0)


def test_presses_are_forgotten(city):
    report(city)
    assert [once.forget(before=NOW), once.forget(before=NOW + timedelta(days=1))] == [0, 1]
