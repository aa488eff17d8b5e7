"""The accounts of the portal, and what each is bound to: for the access administrator of the boards."""

from django.db.models import Q, QuerySet

from tillit.web.models import PortalGrant, Provider
from tillit.web.queries.access import ADMINISTRATOR, own_boards
from tillit.web.rules.viewer import Viewer


def portal_accounts(viewer: Viewer, *, past: bool = False) -> QuerySet[PortalGrant]:
    """What is bound at the boards that the viewer administers, by name; with `past` what has ended too."""
    found = PortalGrant.objects.filter(board__in=own_boards(viewer, {ADMINISTRATOR}))
    if not past:
        found = found.filter(Q(grant__valid_to=None) | Q(grant__valid_to__gte=viewer.day), grant__user__is_active=True)
    return found.select_related("grant__user", "board").order_by("grant__user__name", "pk")


def is_provider(number: str) -> bool:
    """Whether a provider of this number is known, at whatever board."""
    return Provider.objects.filter(number=number).exists()
