"""The viewer: a person, and the roles held now. Everything is asked of a viewer, nothing of a bare account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q

from tillit.units import local_date
from tillit.web.models import Board, Grant, User


@dataclass(frozen=True)
class Held:
    """A role held now. board None is every board; unit None is the whole board."""

    role: str
    board: int | None
    unit: int | None
    substitute_for: int | None = None


@dataclass(frozen=True)
class Viewer:
    """Who asks, with what roles, at what time."""

    user: User
    held: frozenset[Held]
    now: datetime

    @property
    def account(self) -> User | None:
        """The account that acts; none where no person does (see `nobody`)."""
        return self.user if self.user.pk else None

    @property
    def day(self) -> date:
        """The day in the town."""
        return local_date(self.now)

    def roles(self) -> frozenset[str]:
        """The roles held anywhere."""
        return frozenset(held.role for held in self.held)

    def has(self, roles: Iterable[str], *, board: int, unit: int | None = None) -> bool:
        """Whether one of the roles is held at a board, and for the unit where the role is only for a unit."""
        wanted = set(roles)
        return any(
            held.role in wanted and held.board in (None, board) and held.unit in (None, unit) for held in self.held
        )

    def boards(self) -> list[int]:
        """The boards that the viewer has any role at; the scope of every query."""
        return self._boards

    @cached_property
    def _boards(self) -> list[int]:
        if any(held.board is None for held in self.held):
            return list(Board.objects.order_by("pk").values_list("pk", flat=True))
        return sorted({held.board for held in self.held if held.board is not None})


def nobody(now: datetime) -> Viewer:
    """Where no person acts: time has run out, or a board that is not connected reports by link. It holds no role."""
    return Viewer(User(), frozenset(), now)


def viewer_of(user: User, now: datetime) -> Viewer:
    """The viewer that an account is at a time. One that is not active holds nothing, and one outside nothing here.

    What someone outside holds opens the portal alone (rules/portal.py).
    """
    if not user.is_active or user.external:
        return Viewer(user, frozenset(), now)
    day = local_date(now)
    grants = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), user=user, valid_from__lte=day)
    held = frozenset(Held(grant.role, grant.board_id, grant.unit_id, grant.substitute_for_id) for grant in grants)
    return Viewer(user, held, now)
