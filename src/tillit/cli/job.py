"""The run itself: what is read of a folder, what the controls find in it, and who the persons are where asked."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tillit import engine, readers
from tillit.catalogue import Catalogue
from tillit.cli.delivery_text import in_one_line
from tillit.cli.folder import changes, files_in, files_of_last_run, keep_files, shown, twice
from tillit.cli.progress import Progress
from tillit.errors import BrokenError, TillitError
from tillit.store import Delivery, Result, Store, code, pseudonym_of

_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}\b")


@dataclass
class Reading:
    """What was read of a folder, and what there is to tell about it."""

    deliveries: list[tuple[str, Delivery]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def each_once(self) -> list[Delivery]:
        """The deliveries, also those that could not be read: the report tells of them too."""
        return list({one.sha256: one for _, one in reversed(self.deliveries)}.values())

    @property
    def has_any(self) -> bool:
        """Whether anything was read."""
        return any(one.status != "rejected" for _, one in self.deliveries)


def read_folder(folder: Path, store: Store, catalogue: Catalogue) -> Reading:
    """Reads every file. One that cannot be read is told, and the rest are read all the same."""
    reading = Reading()
    files, progress = files_in(folder), Progress()
    for number, path in enumerate(files, 1):
        name = shown(path, folder)
        try:
            told = progress.of(f"reading {number} of {len(files)}: {name}")
            delivery = readers.read_file(path, store, catalogue, progress=told)
        except BrokenError:
            raise
        except TillitError as fault:
            reading.told.append(str(fault))
            continue
        except OSError as fault:
            reading.told.append(f"{name}: it could not be opened: {fault.strerror}: see to it that you may read it")
            continue
        reading.deliveries.append((name, delivery))
        if delivery.status == "rejected" or delivery.lines_refused:
            reading.told.append(in_one_line(name, delivery))
    progress.done()
    now = [(name, delivery.sha256) for name, delivery in reading.deliveries]
    reading.told += twice(now) + changes(files_of_last_run(store.folder), dict(now))
    keep_files(store.folder, now)
    return reading


def is_store(folder: Path) -> bool:
    """Whether the folder holds a store of deliveries that are read already, as a drawn town does."""
    return (folder / "store" / "deliveries").is_dir()


def stored(store: Store) -> Reading:
    """What lies in a store already."""
    return Reading([(delivery.name, delivery) for delivery in store.deliveries()])


def run_controls(reading: Reading, store: Store, catalogue: Catalogue, day: date, *, spark: str = "") -> Result:
    """Runs every control that has its tables.

    Takes: `spark`, the address of a cluster that is to answer them.
    """
    progress = Progress()
    result = engine.run(store, catalogue, reading.each_once, day=day, progress=progress.step, spark=spark)
    progress.done()
    return result


def identities_of(result: Result, store: Store, why: str, at: datetime) -> dict[str, str]:
    """Code -> identity, of the persons in the findings; the access log keeps who asked for what and why."""
    asked = {pseudonym_of(each) for each in _CODE.findall(result.to_json())}
    return {code(one): identity for one, identity in store.persons.identities(asked, why=why, at=at).items()}
