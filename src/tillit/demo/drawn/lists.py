"""What is wrong in a drawn town, and what a control rightly asks about though nothing is wrong, as lists beside it."""

import csv
from pathlib import Path

from tillit.demo.drawn.district import Truth
from tillit.demo.drawn.town import DrawnTown
from tillit.store import code

_COLUMNS = ("control", "kind", "provider", "client", "worker", "from", "to", "minutes", "ore", "what")


def write_lists(folder: Path, town: DrawnTown) -> None:
    """Writes truth.csv, and known_findings.csv with the reason of each. Persons are codes, as in findings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, known in (("truth.csv", False), ("known_findings.csv", True)):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(_COLUMNS)
            writer.writerows(_row(one) for one in town.truths if (one.kind == "known") == known)


def _row(one: Truth) -> tuple[str | int, ...]:
    persons = ("" if who is None else code(who) for who in (one.client, one.worker))
    days = ("" if day is None else day.isoformat() for day in (one.first, one.last))
    return (one.control, one.kind, one.provider or "", *persons, *days, one.minutes, one.ore, one.what)
