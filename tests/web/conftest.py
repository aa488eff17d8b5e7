"""The cast at their boards, in every web test."""

import dataclasses

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture
def cast(db):
    """The people of content/cast.yaml, by name."""
    from tests.web.people import settle

    return settle()


@pytest.fixture
def city(cast):
    """The cast, with every board in scope: what a test asks of the rules, the scope does not answer for them."""
    from django_scopes import scope

    from tillit.web.models import Board

    with scope(board=list(Board.objects.values_list("pk", flat=True))):
        yield cast


@pytest.fixture
def overlay(tmp_path, settings):
    """Lays a municipality's own files over the content, until the test is over."""

    from tillit.web.rules.content import catalogue

    def lay(**files):
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings.TILLIT = dataclasses.replace(settings.TILLIT, content=[tmp_path])
        catalogue.cache_clear()
        return catalogue()

    yield lay
    catalogue.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied():
    """A test that commits empties every table afterwards, which the triggers of the log would refuse.

    They are laid anew by what follows every flush (apps.py). Django's TestCase has a teardown of its own,
    which rolls back, and is left as it is.
    """
    from tillit.web.models import walls

    empty = TransactionTestCase._fixture_teardown

    def without_triggers(self):
        walls.take_away(connection)
        empty(self)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture
def installation(settings, tmp_path):
    """A folder of the installation for this test alone."""
    from dataclasses import replace

    settings.TILLIT = replace(settings.TILLIT, folder=tmp_path)
    return tmp_path
