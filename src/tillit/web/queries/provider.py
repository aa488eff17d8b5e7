"""What every board may know of a provider: facts, permits, contracts, controls, and how often something deviated."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tillit.units import midnight
from tillit.web.models import Board, Finding, Matter, Provider
from tillit.web.queries.matter import readable
from tillit.web.rules.deadline import whole
from tillit.web.rules.small_cells import small_cells
from tillit.web.rules.viewer import Viewer

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """How many findings a month brought; none where the number is too small to be shown."""

    first: date
    number: int | None


def providers(viewer: Viewer, text: str = "") -> QuerySet[Provider]:
    """The providers, by name; with a text those whose name or number holds it."""
    found = Provider.objects.order_by("name", "pk")
    return found.filter(Q(name__icontains=text) | Q(number__startswith=text.replace("-", ""))) if text else found


def provider(number: str) -> Provider | None:
    """A provider with all that is shown of it."""
    shown = ("permits", "contracts__board", "uses__board", "checks__board")
    return Provider.objects.filter(number=number).prefetch_related(*shown).first()


def names(numbers: set[str]) -> dict[str, str]:
    """The names of providers by their numbers."""
    known = Provider.objects.filter(number__in=numbers - {""}).exclude(name="")
    return dict(known.values_list("number", "name"))


def use_by_board(found: Provider, viewer: Viewer) -> list[tuple[Board, bool]]:
    """Every board of the municipality, and whether it uses the provider today."""
    using = {use.board_id for use in found.uses.all() if use.until is None or use.until >= viewer.day}
    return [(board, board.pk in using) for board in Board.objects.order_by("name")]


def by_month(found: Provider, viewer: Viewer) -> list[Month]:
    """Findings a month during a year, at the boards in scope.

    Where the viewer may read every one of a month they are counted as they are; else a small number, which
    could say who it is about, is not shown.
    """
    months = [_back(viewer.day.replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    about = Q(provider_number=found.number, opened_at__gte=midnight(months[0]))
    counted = _monthly(Finding._default_manager.filter(about), months)
    own = _monthly(readable(Finding, viewer).filter(about), months)
    shown = small_cells(
        {month: counted.get(month, 0) for month in months if own.get(month, 0) != counted.get(month, 0)},
        limit=whole("casework.small_cell", viewer.day),
        sum_is_shown=False,
    )
    return [Month(month, shown.get(month, counted.get(month, 0))) for month in months]


def matters_of(found: Provider, viewer: Viewer) -> list[Matter]:
    """Matters about the provider that hold no person, which the viewer may read."""
    about = readable(Matter, viewer).filter(provider_number=found.number, zone="provider")
    return list(about.order_by("-opened_at", "-pk")[:20])


def relation(found: Provider, viewer: Viewer) -> list[str]:
    """The forms of the contracts that hold today: they decide what measures there are (M168)."""
    standing = [one for one in found.contracts.all() if one.valid_to is None or one.valid_to >= viewer.day]
    return sorted({one.form for one in standing if one.form})


def _monthly(found: QuerySet[Finding], months: list[date]) -> dict[date, int]:
    # One count for each month, by instants alone: SQLite would call Python for every row to find its month.
    ends = [*map(midnight, months[1:]), midnight(_back(months[-1], -1))]
    spans = zip(months, map(midnight, months), ends, strict=True)
    wanted = {
        f"m{first:%Y%m}": Count("pk", filter=Q(opened_at__gte=start, opened_at__lt=end)) for first, start, end in spans
    }
    numbers = found.order_by().aggregate(**wanted)
    return {first: numbers[f"m{first:%Y%m}"] for first in months}


def _back(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
