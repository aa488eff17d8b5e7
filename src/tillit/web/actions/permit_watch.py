"""What the calendar does with permits: opens checks, makes old ones due, reminds, and ends what no board uses."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tillit.units import local_date
from tillit.web.actions.permit_notice import open_check
from tillit.web.actions.refusal import HeldBackError, SomeoneWasFasterError
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Case, Contract, Permit, PermitCheck, Provider, Use
from tillit.web.rules.content import codes

NOT_PRIVATE = ("KOMMUN", "REGION")
"""Legal forms whose activities need no permit: the municipality's own are notified, not permitted."""

AGAIN = {"valid": "again", "not_required": "again", "asked": "remind"}


def watch_permits(*, now: datetime) -> int:
    """Every provider in use has its check, and every check is as old as it may be; every board is in scope.

    Gives: how many were opened or moved. It can be done again at any time, and moves nothing twice.
    """
    day, moved = local_date(now), 0
    for one in list(Case.objects.filter(process="permit_check", state__in=AGAIN, due_on__lt=day).order_by("pk")):
        moved += _take(one, AGAIN[one.state], now)
    using = _using(day)
    for one in list(Case.objects.filter(process="permit_check", closed_at=None).order_by("pk")):
        if one.provider_number not in using and one.state in ("required", "valid", "not_required", "unclear"):
            moved += _take(one, "not_used", now)
    known = set(PermitCheck.objects.filter(ended_on=None).values_list("provider__number", "service"))
    for provider in Provider.objects.filter(number__in=using, is_person=False).exclude(name="").order_by("pk"):
        if provider.legal_form in NOT_PRIVATE:
            continue
        for service in _services(provider, day):
            if (provider.number, service) not in known:
                try:
                    with transaction.atomic():
                        board = Board.objects.get(pk=min(using[provider.number]))
                        open_check(provider, service=service, board=board, now=now)
                        moved += 1
                except HeldBackError:
                    continue  # a number that cannot be asked about is seen on the provider's page
    return moved


def _using(day: object) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, board in Use.objects.filter(Q(until=None) | Q(until__gte=day)).values_list("provider__number", "board"):
        found.setdefault(number, set()).add(board)
    return found


def _services(provider: Provider, day: object) -> list[str]:
    """The services by organisation number that the provider is known to give; a unit is entered by a person."""
    standing = Q(valid_to=None) | Q(valid_to__gte=day)
    areas = {*provider.service_areas}
    areas |= set(Contract.objects.filter(standing, provider=provider).values_list("service_area", flat=True))
    areas |= set(Permit.objects.filter(standing, provider=provider).values_list("service_type", flat=True))
    known = codes("permit_services")
    return [
        name for name, code in known.items() if "placement" not in code.goes_with and areas & {*code.goes_with, name}
    ]


def _take(one: Case, step: str, now: datetime) -> int:
    try:
        with transaction.atomic():
            take_as_system(one, step, now=now)
    except SomeoneWasFasterError:
        return 0  # a person took a step in it just now; it is looked at again tomorrow
    return 1
