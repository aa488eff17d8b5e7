"""What will be read of a file: its fields, its stretch of time, and what its lines must be like."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillit.catalogue import Source, Table
from tillit.readers.headings import fit, folded
from tillit.readers.tabular.field import Field, Stretch, fields_of, spelled, stretch_of
from tillit.readers.unreadable import Unreadable


class NoStretch(Unreadable):
    """A source of stretches of time does not say where they are."""


@dataclass(frozen=True)
class Aside:
    """A column by whose values lines are set aside: its cell, and the folded value -> why."""

    cell: int
    heading: str
    reasons: dict[str, str]


@dataclass(frozen=True)
class Shape:
    """What a line of this file must be like.

    `read` are the cells that are read, `needed` those of them that no line can do without. `extra_cells`
    is the source's reason for leaving cells beyond the last heading unread; without one they are a fault.
    """

    width: int
    read: tuple[int, ...]
    needed: frozenset[int]
    extra_cells: str = ""


@dataclass(frozen=True)
class Plan:
    """What is read of a file: its fields, its stretch of time, and by what its lines are set aside."""

    source: Source
    table: Table
    fields: list[Field]
    stretch: Stretch | None
    asides: list[Aside]
    shape: Shape
    nameless: tuple[int, ...]


def plan_of(source: Source, headings: Sequence[str], table: Table) -> Plan:
    """What is read of a file with these headings."""
    found = fit(source, headings)
    fields = fields_of(found, headings, table)
    stretch = stretch_of(found, headings)
    if table.is_interval and stretch is None:
        what = f"source '{source.id}' does not say when the time began and ended"
        raise NoStretch(what, fix="add an interval to source.yaml: day, start and end")
    asides = [
        Aside(found.places[folded(heading)], heading, {spelled(value): why for value, why in reasons.items()})
        for heading, reasons in source.sets_aside.items()
        if folded(heading) in found.places
    ]
    nameless = tuple(place for place, heading in enumerate(headings) if not folded(heading))
    owned = (field.owner for field in fields)
    cells = {cell for field in (*fields, *owned) if field for cell in field.cells}
    cells |= {*(stretch.cells if stretch else ()), *(aside.cell for aside in asides), *nameless}
    needed = {cell for field in fields if field.required for cell in field.cells}
    needed |= {*((*stretch.day, stretch.start, stretch.end) if stretch else ())}
    shape = Shape(len(headings), tuple(sorted(cells)), frozenset(needed), source.extra_cells)
    return Plan(source, table, fields, stretch, asides, shape, nameless)
