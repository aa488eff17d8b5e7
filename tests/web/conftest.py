"""The cast at their boards, in every web test."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
os.environ.setdefault("TILLIT_FOLDER", tempfile.mkdtemp(prefix="tillit-test-"))
os.environ.setdefault("TILLIT_MADE_UP_CITY", "yes")

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture
def cast(db):
    """The people of content/cast.yaml, by name."""
    from tests.web.people import settle

    return settle()


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
