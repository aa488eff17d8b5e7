"""The yearly review of roles: asked of a manager, executed by the administrator, and nobody rules on oneself."""

from datetime import timedelta

import pytest

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.role import end_role
from tillit.web.actions.role_review import answer_role_review, ask_reviews
from tillit.web.models import Board, Entry, Grant, RoleReview, User
from tillit.web.queries.role_review import to_remove, to_review

YEAR = timedelta(days=365)


@pytest.fixture
def people(city):
    norr = Board.objects.get(slug="norr")
    for name, role in (("Berit", "R27"), ("Hjalmar", "R24")):
        if name in city:
            continue
        city[name] = User.objects.create(username=name.lower(), name=name)
        Grant.objects.create(user=city[name], role=role, board=norr, valid_from=DAY)
    return city


def asked(people, name):
    return to_review(as_viewer(people[name]))


def test_each_role_at_a_board_is_asked_about_once_a_year(people):
    """M253: a manager reviews yearly who holds which role."""
    held = Grant.objects.filter(board__isnull=False).count()
    first = ask_reviews(now=NOW)
    assert (first, ask_reviews(now=NOW), ask_reviews(now=NOW + YEAR - timedelta(days=1))) == (
        RoleReview.objects.count(), 0, 0,
    )  # fmt: skip
    # Bo is alone at his board: nobody there could be asked about him.
    assert first == held - Grant.objects.filter(user=people["Bo"]).count()
    assert ask_reviews(now=NOW + YEAR) == first


def test_nobody_is_asked_about_oneself(people):
    ask_reviews(now=NOW)
    assert [one for one in RoleReview.objects.all() if one.reviewer_id == one.grant.user_id] == []
    assert {one.reviewer.name for one in RoleReview.objects.all()} == {"Cilla", "Mats"}


def test_a_role_that_is_kept_stays_and_one_that_is_not_waits_for_the_administrator(people):
    ask_reviews(now=NOW)
    of_klas = asked(people, "Cilla").get(grant__user=people["Klas"], grant__role="R05")
    of_asta = asked(people, "Cilla").get(grant__user=people["Asta"], grant__role="R04")
    by = as_viewer(people["Cilla"])
    answer_role_review(of_klas, by=by, now=NOW, answer="keep")
    with pytest.raises(HeldBackError, match="Skriv varför"):
        answer_role_review(of_asta, by=by, now=NOW, answer="remove")
    answer_role_review(of_asta, by=by, now=NOW, answer="remove", reason="Har bytt arbete")
    assert [one.grant for one in to_remove(as_viewer(people["Berit"]))] == [of_asta.grant]
    assert as_viewer(people["Asta"]).roles() == {"R04", "R19"}
    end_role(of_asta.grant, by=as_viewer(people["Berit"]), now=NOW)
    assert (as_viewer(people["Asta"]).roles(), as_viewer(people["Klas"]).roles()) == ({"R19"}, {"R05", "R19"})
    assert list(to_remove(as_viewer(people["Berit"]))) == []
    assert [one.what for one in Entry.objects.filter(kind="change").order_by("count")][-1] == "end role"


@pytest.mark.parametrize("name", ["Mats", "Klas", "Bo", "Berit"])
def test_only_the_one_who_was_asked_answers(people, name):
    ask_reviews(now=NOW)
    review = asked(people, "Cilla").first()
    with pytest.raises(NotForYouError):
        answer_role_review(review, by=as_viewer(people[name]), now=NOW, answer="keep")
