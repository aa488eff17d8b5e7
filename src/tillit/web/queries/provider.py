"""What every board may know of a provider: facts, permits, contracts, controls, and how often something deviated."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from tillit.identifiers import parse_organisation
from tillit.units import midnight
from tillit.web.models import Board, Contract, Matter, Permit, Provider, ProviderCheck, Use
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.small_cells import small_cells
from tillit.web.rules.viewer import Viewer

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """How many findings a month brought; none where the number is too small to be shown."""

    first: date
    number: int | None


@dataclass(frozen=True)
class Area:
    """A kind of work that a provider does: its permits and contracts today, and the column that has its word."""

    code: str
    column: str
    permits: list[Permit]
    contracts: list[Contract]


def providers(viewer: Viewer, text: str = "") -> QuerySet[Provider]:
    """The providers, by name; with a text those whose name or number holds it."""
    found = Provider.objects.order_by("name", "pk")
    return found.filter(Q(name__icontains=text) | Q(number__startswith=text.replace("-", ""))) if text else found


def provider(number: str) -> Provider | None:
    """A provider with all that is shown of it."""
    of_boards: dict[str, QuerySet[Any]] = {
        "contracts": Contract.objects.all(), "uses": Use.objects.all(), "checks": ProviderCheck.objects.all(),
    }  # fmt: skip
    # With its board in the same question: a page asks at most twenty.
    shown = [Prefetch(name, found.select_related("board")) for name, found in of_boards.items()]
    return Provider.objects.filter(number=number).prefetch_related("permits", "grants_given", *shown).first()


NAME = Subquery(Provider.objects.filter(number=OuterRef("provider_number")).exclude(name="").values("name")[:1])
"""The name of the provider of a matter, for a query that reads matters anyway."""


def names(numbers: set[str]) -> dict[str, str]:
    """The names of providers by their numbers."""
    known = Provider.objects.filter(number__in=numbers - {""}).exclude(name="")
    return dict(known.values_list("number", "name"))


def name_of(number: str) -> str:
    """What the register calls the provider of a number, however it is written; empty where it is not there.

    A sole trader stands there under a code, so no one is found by a personal number.
    """
    return names({parse_organisation(number).number}).get(parse_organisation(number).number, "") if number else ""


def use_by_board(found: Provider, viewer: Viewer) -> list[tuple[Board, bool]]:
    """Every board of the municipality, and whether it uses the provider today."""
    using = {use.board_id for use in found.uses.all() if use.until is None or use.until >= viewer.day}
    return [(board, board.pk in using) for board in Board.objects.order_by("name")]


def areas(found: Provider, day: date) -> list[Area]:
    """Everything the provider is known to do, by permit, contract or register, on one screen (M240)."""
    permits = [one for one in found.permits.all() if one.valid_to is None or one.valid_to >= day]
    contracts = [one for one in found.contracts.all() if one.valid_to is None or one.valid_to >= day]
    codes = dict.fromkeys(found.service_areas, "provider.service_area")
    for contract in contracts:
        codes.setdefault(contract.service_area, "contract.service_area")
    for permit in permits:
        codes.setdefault(permit.service_type, "permit.service_type")
    return [
        Area(
            code,
            column,
            [one for one in permits if one.service_type == code],
            [one for one in contracts if one.service_area == code],
        )
        for code, column in codes.items()
    ]


def by_month(found: Provider, viewer: Viewer) -> list[Month]:
    """Findings a month during a year, at the boards in scope.

    Where the viewer may read every one of a month they are counted as they are; else a small number, which
    could say who it is about, is not shown.
    """
    months = [_back(viewer.day.replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    limit = whole("casework.small_cell", viewer.day)
    # Asked of matters, not of findings: the index holds all that is asked, and no row is read.
    counted = _monthly(Matter.objects.filter(_about(found)), months)
    few = [month for month in months if 0 < counted[month] < limit]
    own = _monthly(readable(Matter, viewer).filter(_about(found)), few) if few else {}
    shown = small_cells(
        {month: counted[month] for month in few if own[month] != counted[month]}, limit=limit, sum_is_shown=False
    )
    return [Month(month, shown.get(month, counted[month])) for month in months]


def matters_of(found: Provider, viewer: Viewer) -> list[Matter]:
    """Matters about the provider that hold no person, which the viewer may read."""
    without_persons = [one.process for one in catalogue().processes.values() if one.zone == "provider"]
    about = readable(Matter, viewer).filter(provider_number=found.number, process__in=without_persons)
    # What was shared and no longer stands is history, and marks nobody.
    about = about.exclude(process__in=["signal", "stand"], closed_at__isnull=False)
    return list(about.order_by("-opened_at", "-pk")[:20])


def relation(found: Provider, viewer: Viewer) -> list[str]:
    """The forms of the contracts that hold today: they decide what measures there are (M168)."""
    standing = [one for one in found.contracts.all() if one.valid_to is None or one.valid_to >= viewer.day]
    return sorted({one.form for one in standing if one.form})


def _about(found: Provider) -> Q:
    processes = [one.process for one in catalogue().processes.values() if one.model == "finding"]
    return Q(provider_number=found.number, process__in=processes)


def _monthly(found: QuerySet[Matter], months: list[date]) -> dict[date, int]:
    # Each month a count of its own, between two instants: a stretch of the index, all of them asked at once.
    one = found.order_by().values("provider_number").annotate(number=Count("pk")).values("number")
    spans = {
        f"m{first:%Y%m}": Subquery(one.filter(opened_at__gte=midnight(first), opened_at__lt=midnight(_back(first, -1))))
        for first in months
    }
    numbers = Board.objects.order_by().annotate(**spans).values(*spans).first() or {}
    return {first: numbers.get(f"m{first:%Y%m}") or 0 for first in months}


def _back(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
