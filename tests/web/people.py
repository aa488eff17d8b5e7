"""The cast in the database: the people of content/cast.yaml, at the boards norr and syd."""

from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password

from tillit.web.models import Board, Grant, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer, viewer_of

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NO_PASSWORD = make_password(None)


def settle() -> dict[str, User]:
    """Boards and accounts of the whole cast, by name: in four statements, for nearly every test asks for them."""
    names = {"norr": "Norra stadsdelsnämnden", "syd": "Södra stadsdelsnämnden"}
    boards = {slug: Board.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in names.items()}
    cast, roles = catalogue().cast, catalogue().roles
    outside = {name for name, member in cast.items() if any(roles[role].external for role in member.roles)}
    people = {
        name: User(username=name.lower(), name=name, password=NO_PASSWORD, external=name in outside) for name in cast
    }
    User.objects.bulk_create(people.values())
    Grant.objects.bulk_create(
        Grant(
            user=people[name],
            role=role,
            board=None if roles[role].whole_municipality else boards[member.board],
            valid_from=date(2024, 1, 1),
        )
        for name, member in cast.items()
        for role in member.roles
    )
    return people


def as_viewer(user: User, now: datetime = NOW) -> Viewer:
    return viewer_of(user, now)
