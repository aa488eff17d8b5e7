"""Cooperation with a provider that a board has ended: what all others see, and who is told."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from tillit.web.models import Board, Grant, Provider, ProviderNotice, Use, User
from tillit.web.queries.access import own_boards
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer

SHOWN = timedelta(days=365)
TOLD = ("R02", "R03", "R05", "R09")
"""Those who order, follow up and control."""


def ended(found: Provider, viewer: Viewer) -> list[Use]:
    """The cooperations that boards have ended within a year, the latest first; not where the board uses it again."""
    uses = found.uses.all()
    again = {use.board_id for use in uses if use.until is None}
    said = [(use.until, use) for use in uses if use.until and use.ended_because and use.board_id not in again]
    late = [(until, use) for until, use in said if viewer.day - SHOWN <= until]
    return [use for _, use in sorted(late, key=lambda one: (one[0], one[1].pk), reverse=True)]


def can_end(found: Provider, viewer: Viewer) -> QuerySet[Board]:
    """The boards that use the provider and for which the viewer may say that it ends."""
    standing = Use.objects.filter(provider=found, until=None).values("board")
    return own_boards(viewer, roles_of("cooperation")).filter(pk__in=standing)


def to_be_told(use: Use, viewer: Viewer) -> QuerySet[User]:
    """The people at other boards that use the provider today."""
    day = viewer.day
    using = Use.objects.filter(Q(until=None) | Q(until__gte=day), provider=use.provider_id).exclude(board=use.board_id)
    held = Grant.objects.filter(board__in=using.values("board"), role__in=TOLD, valid_from__lte=day)
    held = held.exclude(valid_to__lt=day)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=viewer.user.pk).order_by("pk")


def provider_notices_for(viewer: Viewer) -> QuerySet[ProviderNotice]:
    """What the viewer has been told of providers and not yet seen, the newest first."""
    mine = ProviderNotice.objects.filter(user=viewer.user, seen_at=None)
    return mine.select_related("use__provider", "use__board").order_by("-at", "-pk")
