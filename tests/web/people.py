"""The cast in the database: the people of content/cast.yaml, at the boards norr and syd."""

from datetime import UTC, date, datetime

from tillit.web.models import Board, Grant, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer, viewer_of

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def settle() -> dict[str, User]:
    """Boards and accounts of the whole cast, by name."""
    for slug, name in (("norr", "Norra stadsdelsnämnden"), ("syd", "Södra stadsdelsnämnden")):
        Board.objects.get_or_create(slug=slug, defaults={"name": name})
    people = {}
    for name, member in catalogue().cast.items():
        user = User.objects.create_user(name.lower(), name)
        board = Board.objects.get(slug=member.board)
        for role in member.roles:
            whole = catalogue().roles[role].whole_municipality
            Grant.objects.create(user=user, role=role, board=None if whole else board, valid_from=date(2024, 1, 1))
        people[name] = user
    return people


def as_viewer(user: User, now: datetime = NOW) -> Viewer:
    return viewer_of(user, now)
