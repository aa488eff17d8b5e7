"""The portal's viewer: someone outside, with the outside roles held now and the one thing that each is bound to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tillit.units import local_date
from tillit.web.models import Grant, PortalGrant, User
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Held, Viewer

PROVIDER, WORKER, CLIENT = "R29", "R30", "R31"


@dataclass(frozen=True)
class Outsider:
    """Who asks in the portal. An account of the staff is none, whatever roles it holds."""

    viewer: Viewer
    bound: Sequence[PortalGrant]

    def as_role(self, role: str) -> list[PortalGrant]:
        """What the role is held for."""
        return [one for one in self.bound if one.grant.role == role]


def outsider_of(user: User, now: datetime) -> Outsider | None:
    """The one outside that an account is at a time; none where it is of the staff, not active, or bound to nothing."""
    if not (user.is_active and user.external):
        return None
    day = local_date(now)
    outside = [code for code, role in catalogue().roles.items() if role.external]
    holding = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), user=user, valid_from__lte=day)
    grants = list(holding.filter(role__in=outside, board__isnull=False))
    if not grants:
        return None
    with within({one.board_id for one in grants if one.board_id}):
        bound = list(PortalGrant.objects.filter(grant__in=grants).select_related("grant", "board").order_by("pk"))
    if not bound:
        return None
    held = frozenset(Held(one.grant.role, one.board_id, None) for one in bound)
    return Outsider(Viewer(user, held, now), bound)
