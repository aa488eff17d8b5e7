"""The cast at their boards, in every web test."""

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
