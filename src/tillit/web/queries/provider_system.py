"""The systems that may send for a provider, for the provider's own people; and the months that one may send for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tillit.web.models import HandIn, PortalGrant, ProviderSystem, TimeReport
from tillit.web.queries.portal import as_what, called, receipts, shown_to
from tillit.web.queries.report_file import Months, months_of
from tillit.web.queries.time_report import Shown
from tillit.web.rules.portal import PROVIDER, Outsider


def administers(outsider: Outsider) -> list[PortalGrant]:
    """The providers that someone may connect a system for: a person of the provider, never a system of it."""
    own = [one for one in outsider.as_role(PROVIDER) if one.provider_number and not one.worker_code]
    systems = set(ProviderSystem.objects.filter(portal__in=own).values_list("portal_id", flat=True))
    return [one for one in own if one.pk not in systems]


def own_systems(outsider: Outsider) -> QuerySet[ProviderSystem]:
    """The systems that come in now for the providers that someone administers, by name."""
    own = Q(pk__in=[])
    for one in administers(outsider):
        own |= Q(board=one.board_id, portal__provider_number=one.provider_number)
    day = outsider.viewer.day
    held = Q(portal__grant__valid_to=None) | Q(portal__grant__valid_to__gte=day)
    found = ProviderSystem.objects.filter(own & held, portal__grant__user__is_active=True)
    return found.select_related("board", "made_by", "portal__grant").order_by("portal__called", "pk")


def sendable(outsider: Outsider) -> dict[str, Months]:
    """The months that a system may send rows for, as 2026-02, the newest first: it is held for one provider alone."""
    return {f"{one.month:%Y-%m}": one for one in months_of(outsider).values()}


@dataclass(frozen=True)
class SentReport:
    """A report as a system is shown it: what stands, what its assistants are called, and its receipts."""

    report: TimeReport
    shown: Shown
    called: Mapping[str, str]
    receipts: Sequence[HandIn]


def sent_report(report: TimeReport, outsider: Outsider) -> SentReport:
    """A report that is the provider's own: never what a control found."""
    return SentReport(report, shown_to(report, as_what(report, outsider)), called(report), receipts(report))
