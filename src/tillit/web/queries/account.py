"""Accounts: the one that waits for its person, and those of the made-up city."""

from datetime import date

from django.db.models import Q

from tillit.web.models import Grant, User
from tillit.web.rules.viewer import Viewer


def waiting_account(username: str) -> User | None:
    """The account that was made for someone who has not logged in yet; never one that has a password."""
    user = User.objects.filter(username=username, is_active=True).first()
    return user if user and not user.has_usable_password() else None


def made_up_people() -> list[tuple[User, list[str]]]:
    """Everyone of the made-up city with the roles they hold, in the order in which they were made."""
    people: dict[int, tuple[User, list[str]]] = {}
    for user in User.objects.filter(is_active=True).order_by("pk").prefetch_related("grants"):
        people[user.pk] = (user, sorted({grant.role for grant in user.grants.all()}))
    return list(people.values())


def grants_of(viewer: Viewer, day: date) -> list[Grant]:
    """The viewer's own roles, standing and to come, with what board and unit they are for."""
    standing = Q(valid_to=None) | Q(valid_to__gte=day)
    found = Grant.objects.filter(standing, user=viewer.user).select_related("board", "unit", "substitute_for")
    return list(found.order_by("role", "board__name"))


def by_username(username: str) -> User | None:
    """The account of this name, for a reviewer of the log."""
    return User.objects.filter(username=username).first()
