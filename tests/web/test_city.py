"""The made-up city: someone for every role, and something for each of them to do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from tillit.web import city as made_up
from tillit.web.models import Board, Case, Deviation, Finding, Grant, Hearing, Proposal, Provider, Run, RunNotice, User
from tillit.web.queries.work import my_work
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import FIXED
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)


def roles_with_something_to_do():
    found = set().union(*FIXED.values())
    for process in catalogue().processes.values():
        found |= {*process.opened_by, *process.assigned_by, *(reader.role for reader in process.readers)}
        for step in process.steps.values():
            found |= {*step.who, *step.second_person}
    return found - {"system"}


def test_every_role_that_has_something_to_do_is_held_by_someone(db):
    people = made_up.settle(since=NOW.date())
    assert {board.slug for board in Board.objects.all()} == {"norr", "syd"}
    assert roles_with_something_to_do() - set(Grant.objects.values_list("role", flat=True)) == set()
    assert set(catalogue().cast) - set(people) == set()
    assert {user.check_password(made_up.PASSWORD) for user in people.values()} == {True}


def test_it_is_never_put_into_an_installation_that_is_not_made_up(db, installation, settings):
    from dataclasses import replace

    settings.TILLIT = replace(settings.TILLIT, made_up_city=False)
    with pytest.raises(made_up.NotMadeUpError):
        made_up.make_city(now=NOW)
    assert list(User.objects.all()) == []


def test_a_city_half_made_is_not_built_upon(db, installation):
    Board.objects.create(slug="norr", name="Norr")
    with pytest.raises(made_up.HalfMadeError) as refused:
        made_up.make_city(now=NOW)
    assert str(refused.value) == f"{installation}: it holds something else, or a city half made: give a new folder"


def test_a_city_that_is_there_is_left_as_it_is(db, installation):
    (installation / "made-up-city").touch()
    assert made_up.make_city(now=NOW) is False
    assert list(User.objects.all()) == []


def test_a_city_that_was_begun_and_never_finished_is_cleared_away_and_nothing_else_is(db, installation):
    def there():
        return sorted(path.name for path in installation.iterdir())

    (installation / "boards").mkdir()
    (installation / "tillit.sqlite3").touch()
    made_up.clear_away_half()
    assert there() == ["boards", "tillit.sqlite3"]
    (installation / "made-up-city-begun").touch()
    if connection.vendor == "sqlite":
        made_up.clear_away_half()
        assert there() == []


def waits_for(name):
    viewer = viewer_of(User.objects.get(name=name), NOW)
    with within(viewer.boards()):
        work = my_work(viewer)
        return {part: getattr(work, part).count() for part in ("overdue", "due", "to_agree", "waiting")}


@pytest.mark.slow
def test_the_whole_city_has_work_in_every_state(db, installation):
    assert made_up.make_city(now=NOW) is True
    with scopes_disabled():
        assert [run.error for run in Run.objects.all()] == ["", "", ""]
        states = {(case.process, case.state) for case in Case.objects.all()}
        assert {state for process, state in states if process == "investigation"} == {"hearing", "preliminary"}
        assert {state for process, state in states if process == "notification"} == {"sent"}
        assert {state for process, state in states if process == "recovery"} == {"hearing", "plan"}
        assert Hearing.objects.get(matter__process="investigation").answer_by == (NOW + timedelta(days=20)).date()
        assert [(one.provider.name, one.state) for one in Deviation.objects.all()] == [
            ("Omsorg i Lunden AB", "hearing")
        ]
        assert [(one.step, one.by.name) for one in Proposal.objects.filter(settled_at=None)] == [("open", "Asta")]
        states = set(Finding.objects.filter(board__slug="norr").values_list("state", flat=True))
        assert states == {"new", "explained", "correcting", "assessed", "deeper", "investigated"}
        assert Finding.objects.filter(board__slug="syd").count() > 5
        assert Finding.objects.exclude(gone_at=None).count() > 0
        assert Finding.objects.filter(board__slug="norr", unit=None, origin="rule").count() == 0
        assert Finding.objects.exclude(source_withdrawn_at=None).count() > 0
        assert set(RunNotice.objects.values_list("user__name", flat=True)) >= {"Cilla", "Mats"}
        assert Provider.objects.exclude(name="").count() > 10
    assert waits_for("Klas")["overdue"] == 1
    assert waits_for("Cilla")["to_agree"] == 1
    assert waits_for("Asta")["waiting"] == 1
    assert made_up.make_city(now=NOW) is False
