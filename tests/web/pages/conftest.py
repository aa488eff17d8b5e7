"""The made-up month, made once for each file of tests and undone after it."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.web.made_up import settle_month


@pytest.fixture(scope="module")
def month(django_db_setup, django_db_blocker):
    """The people of a board with a month's findings and cases. What a test changes is undone when it ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield settle_month(now=timezone.now())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(month, django_db_blocker):
    """A browser for each of the cast, logged in, and one for nobody."""
    with django_db_blocker.unblock():
        found = {name: Client() for name in ["", *month]}
        for name, user in month.items():
            found[name].force_login(user)
        return found


@pytest.fixture
def browse(browsers, db):
    """Gives the browser of someone of the cast, or of nobody."""
    cookies = {name: browser.cookies.output() for name, browser in browsers.items()}
    yield browsers.__getitem__
    for name, browser in browsers.items():
        # A test that has logged someone out or chosen a language has done so for itself alone.
        if browser.cookies.output() != cookies[name]:
            browser.cookies.clear()
            browser.cookies.load(
                "; ".join(one.partition(": ")[2].partition(";")[0] for one in cookies[name].splitlines())
            )


@pytest.fixture(autouse=True)
def _nobody_has_tried_before():
    """How often someone has tried to log in is forgotten between tests."""
    cache.clear()
