"""What the made-up city has of accounts and roles on their way, done as people would do it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tillit.web.actions.role import give_role
from tillit.web.models import Board, User
from tillit.web.rules.viewer import viewer_of


def make_rights(people: Mapping[str, User], now: datetime) -> None:
    """A second archivist waits for the head of administration to agree, and Elin stands in for Hanna next week."""
    norr, at = Board.objects.get(slug="norr"), now - timedelta(hours=5)
    by = viewer_of(people["Berit"], at)
    give_role(people["Nils"], "R34", board=norr, ordered_by=people["Cilla"], by=by, now=at)
    give_role(
        people["Elin"], "R01", board=norr, since=by.day + timedelta(days=7), until=by.day + timedelta(days=21),
        substitute_for=people["Hanna"], ordered_by=people["Cilla"], by=by, now=at,
    )  # fmt: skip
