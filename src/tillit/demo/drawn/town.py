"""Draws a town, a district at a time, and tells what is wrong in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tillit.catalogue import Catalogue
from tillit.demo.drawn.assistance import draw_assistance
from tillit.demo.drawn.away import draw_away
from tillit.demo.drawn.bills import draw_bills
from tillit.demo.drawn.decisions import draw_decisions
from tillit.demo.drawn.district import District, Truth, open_district
from tillit.demo.drawn.entries import write_entries
from tillit.demo.drawn.home_care import draw_home_care
from tillit.demo.drawn.parquet import write_delivery
from tillit.demo.drawn.placement import draw_placements
from tillit.demo.drawn.providers import draw_providers
from tillit.demo.drawn.purchases import draw_purchases
from tillit.demo.drawn.registers import draw_registers
from tillit.demo.drawn.wrongs import plant_in_documents, plant_in_time
from tillit.demo.make import SIZES
from tillit.errors import RefusedError
from tillit.store import Delivery, Store


class UnknownTown(RefusedError):
    """There is no town of that size to draw."""


@dataclass
class DrawnTown:
    """What was drawn: the day on which it lies ready to be controlled, its deliveries, and what is wrong in it."""

    day: date
    deliveries: list[Delivery] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    not_planted: dict[str, int] = field(default_factory=dict)


def draw_town(
    store: Store,
    catalogue: Catalogue,
    *,
    size: str,
    seed: int = 1,
    wrongs: bool = True,
    tell: Callable[[str, int, int], None] | None = None,
) -> DrawnTown:
    """Draws a town into a store. The same size, seed and content give the same rows.

    Takes: `wrongs`, whether anything is wrong in it; `tell`, told what is done, how many are done, and of how many.
    Raises: UnknownTown.
    """
    plan = catalogue.town_plan
    inhabitants = inhabitants_of(catalogue, size)
    month = plan.months[seed % len(plan.months)]
    parts = list(_parts(inhabitants, plan.district_inhabitants))
    town = DrawnTown((month + timedelta(days=31)).replace(day=1) + timedelta(days=60))
    for number, inhabitants in enumerate(parts):
        if tell:
            tell("drawing a district", number, len(parts))
        district = open_district(catalogue, seed=seed, number=number, size=size, inhabitants=inhabitants, month=month)
        try:
            town.not_planted |= {
                f"{number} {name}": count for name, count in draw_district(district, wrongs=wrongs).items()
            }
            name = f"{size} town {seed}{'' if wrongs else ' clean'}, district {number + 1}"
            town.deliveries.append(write_delivery(store, catalogue, district, name=name))
        finally:
            district.connection.close()
        town.truths += district.truths
    return town


def inhabitants_of(catalogue: Catalogue, size: str) -> int:
    """How many live in a town of the size. Raises: UnknownTown."""
    sizes = catalogue.town_plan.sizes
    if size not in sizes:
        raise UnknownTown(f"there is no town of size '{size}'", fix=f"known: {', '.join((*SIZES, *sizes))}")
    return sizes[size].inhabitants


def draw_district(district: District, *, wrongs: bool) -> dict[str, int]:
    """Fills a district: time first, then what is billed for it, so that a bill follows a wrong in the time.

    Gives: the wrongs for which nothing was free, and how many times.
    """
    draw_providers(district)
    draw_home_care(district)
    draw_assistance(district)
    draw_away(district)
    draw_decisions(district)
    left = plant_in_time(district, wrongs=wrongs)
    write_entries(district)
    draw_purchases(district)
    draw_placements(district)
    draw_bills(district)
    draw_registers(district)
    return left | plant_in_documents(district, wrongs=wrongs)


def _parts(inhabitants: int, district: int) -> Iterator[int]:
    while inhabitants > 0:
        yield min(inhabitants, district)
        inhabitants -= district
