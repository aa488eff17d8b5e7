"""Draws a town, a district at a time, and tells what is wrong in it."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tillit.catalogue import Catalogue
from tillit.demo.drawn.assistance import draw_assistance
from tillit.demo.drawn.associations import draw_associations
from tillit.demo.drawn.away import draw_away
from tillit.demo.drawn.bills import draw_bills
from tillit.demo.drawn.buying import draw_buying
from tillit.demo.drawn.companion import draw_companions
from tillit.demo.drawn.decisions import draw_decisions
from tillit.demo.drawn.district import District, Truth, open_district
from tillit.demo.drawn.entries import write_entries
from tillit.demo.drawn.home_care import draw_home_care
from tillit.demo.drawn.parquet import write_delivery
from tillit.demo.drawn.placement import draw_placements
from tillit.demo.drawn.providers import draw_providers
from tillit.demo.drawn.purchases import draw_purchases
from tillit.demo.drawn.registers import draw_registers
from tillit.demo.drawn.support import draw_support
from tillit.demo.drawn.wages import draw_wages
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


@dataclass(frozen=True)
class Plot:
    """A district that is to be drawn: all that a process needs to know, so that any of them may draw it."""

    number: int
    inhabitants: int
    size: str
    seed: int
    month: date
    wrongs: bool

    @property
    def name(self) -> str:
        """What its delivery is called, and known by."""
        return f"{self.size} town {self.seed}{'' if self.wrongs else ' clean'}, district {self.number + 1}"


Drawn = tuple[Delivery, list[Truth], dict[str, int]]
"""The delivery of a district, what is wrong in it, and what there was no place for."""


def draw_town(
    store: Store,
    catalogue: Catalogue,
    *,
    size: str,
    seed: int = 1,
    wrongs: bool = True,
    tell: Callable[[str, int, int], None] | None = None,
    processes: int = 1,
) -> DrawnTown:
    """Draws a town into a store. The same size, seed and content give the same rows, in however many processes.

    Takes: `wrongs`, whether anything is wrong in it; `tell`, told what is done, how many are done, and of how many;
    `processes`, how many districts are drawn at once, each in half a gigabyte.
    Raises: UnknownTown.
    """
    plan = catalogue.town_plan
    inhabitants = inhabitants_of(catalogue, size)
    month = plan.months[seed % len(plan.months)]
    parts = list(_parts(inhabitants, plan.district_inhabitants))
    plots = [Plot(number, people, size, seed, month, wrongs) for number, people in enumerate(parts)]
    town = DrawnTown((month + timedelta(days=31)).replace(day=1) + timedelta(days=60))
    with _drawn(store, catalogue, plots, min(processes, len(plots))) as districts:
        for number in range(len(plots)):
            if tell:
                tell("drawing a district", number, len(plots))
            delivery, truths, left = next(districts)
            town.deliveries.append(delivery)
            town.truths += truths
            town.not_planted |= {f"{number} {name}": count for name, count in left.items()}
    return town


@contextmanager
def _drawn(store: Store, catalogue: Catalogue, plots: list[Plot], processes: int) -> Iterator[Iterator[Drawn]]:
    # In the order of the plots, whichever is ready first.
    if processes < 2:
        yield (_draw(store, catalogue, plot) for plot in plots)
        return
    # Started afresh, not forked: a database that other threads use does not live through a fork.
    with multiprocessing.get_context("spawn").Pool(
        processes, _begin, (store.folder, store.persons.folder, catalogue)
    ) as pool:
        yield pool.imap(_draw_here, plots)


_here: tuple[Store, Catalogue]  # of a process that draws


def _begin(folder: Path, protected: Path, catalogue: Catalogue) -> None:
    global _here
    _here = Store(folder, protected), catalogue  # opened anew: the key of a store is not sent about


def _draw_here(plot: Plot) -> Drawn:
    return _draw(*_here, plot)


def _draw(store: Store, catalogue: Catalogue, plot: Plot) -> Drawn:
    district = open_district(
        catalogue,
        seed=plot.seed,
        number=plot.number,
        size=plot.size,
        inhabitants=plot.inhabitants,
        month=plot.month,
    )
    try:
        left = draw_district(district, wrongs=plot.wrongs)
        return write_delivery(store, catalogue, district, name=plot.name), district.truths, left
    finally:
        district.connection.close()


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
    draw_companions(district)
    draw_away(district)
    draw_decisions(district)
    left = plant_in_time(district, wrongs=wrongs)
    write_entries(district)
    draw_purchases(district)
    draw_placements(district)
    draw_bills(district)
    draw_wages(district)
    draw_registers(district)
    draw_buying(district)
    draw_associations(district)
    draw_support(district)
    return left | plant_in_documents(district, wrongs=wrongs)


def _parts(inhabitants: int, district: int) -> Iterator[int]:
    while inhabitants > 0:
        yield min(inhabitants, district)
        inhabitants -= district
