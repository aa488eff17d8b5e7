"""Makes the town: what is true, what is wrong in it, and the files that say so."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from tillit.demo.assistance import add_assistance
from tillit.demo.billing import add_advances, add_bills, add_reports, add_salaries
from tillit.demo.buying import add_buying
from tillit.demo.companion import add_companions
from tillit.demo.files.folder import write_folder
from tillit.demo.grants import add_grants
from tillit.demo.home_care import add_home_care
from tillit.demo.people import Crowd
from tillit.demo.placement import add_follow_up, add_placements, add_rooms
from tillit.demo.providers import add_providers
from tillit.demo.purchases import add_control_plan, add_purchases
from tillit.demo.support import add_inquiries, add_support
from tillit.demo.town import RefusedLine, Town, Wrong
from tillit.demo.wrongs import IN_DOCUMENTS, IN_TIME
from tillit.errors import RefusedError
from tillit.units import Period

SIZES = ("small",)
DAY = date(2026, 5, 20)
"""The day on which the town's files lie ready to be controlled."""


class UnknownSize(RefusedError):
    """There is no town of that size."""


class FolderNotEmpty(RefusedError):
    """A town is never put among files that are already there."""


@dataclass(frozen=True)
class Truth:
    """What is wrong in the town, and which lines cannot be read. All else is right."""

    day: date
    wrongs: Sequence[Wrong]
    refused: Sequence[RefusedLine]


def make_town(folder: Path, *, size: str = "small", seed: int = 1, wrongs: bool = True) -> Truth:
    """Puts the files of a made-up town in a folder; the same size and seed give the same bytes.

    Takes: `wrongs`, whether anything is wrong in it; a town without gives no findings.
    Changes: also writes folder/tillit/truth.csv, which a run does not read.
    Raises: UnknownSize; FolderNotEmpty.
    """
    if size not in SIZES:
        raise UnknownSize(f"there is no town of size '{size}'", fix=f"known: {', '.join(SIZES)}")
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty("the folder is not empty", where=str(folder), fix="give a new one")
    town = build_town(seed, wrongs=wrongs)
    truth = Truth(DAY, town.wrongs, write_folder(town, folder))
    _write_truth(folder / "tillit" / "truth.csv", truth)
    return truth


def build_town(seed: int, *, wrongs: bool) -> Town:
    """The town before its files: time first, then what is billed for it, so that a bill follows a wrong in the time."""
    random = Random(seed)
    town = Town(random, Crowd(random), [Period.month(2026, month) for month in range(1, 5)])
    add_providers(town)
    add_assistance(town)
    add_home_care(town)
    add_placements(town)
    add_companions(town)
    for plant in IN_TIME if wrongs else ():
        plant(town)
    add_reports(town)
    add_salaries(town)
    add_bills(town)
    add_advances(town)
    add_purchases(town)
    add_control_plan(town)
    add_support(town)
    add_buying(town)
    add_inquiries(town)
    add_grants(town)
    add_rooms(town)
    add_follow_up(town)
    for plant in IN_DOCUMENTS if wrongs else ():
        plant(town)
    return town


def _write_truth(path: Path, truth: Truth) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["control", "provider", "client", "worker", "from", "to", "minutes", "ore", "what"])
        for one in truth.wrongs:
            who = [getattr(thing, "name", "") for thing in (one.provider, one.client, one.worker)]
            writer.writerow([one.control, *who, one.first or "", one.last or "", one.minutes, one.ore, one.what])
        for line in truth.refused:
            writer.writerow(["", "", "", "", "", "", "", "", f"{line.file}:{line.line} is refused: {line.why}"])
