"""tillit backtest: what would changed content have found of rows that are read already?"""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tillit.cli.options import catalogue, content_option, day_option
from tillit.cli.progress import Progress
from tillit.cli.run import NothingToRead
from tillit.units import format_money

if TYPE_CHECKING:
    from tillit.catalogue import Catalogue
    from tillit.engine import BackTest, Change

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_MOST = 20


@click.command()
@click.argument("overlay", type=_FOLDER)
@click.argument("folder", type=_FOLDER)
@day_option
@click.option(
    "--all", "every", is_flag=True, help=f"Every finding that differs, not the first {_MOST} of each control."
)
@content_option
def backtest(overlay: Path, folder: Path, day: date, every: bool, overlays: tuple[Path, ...]) -> None:
    """Show what an OVERLAY would find of a FOLDER before it is switched on.

    The controls are asked twice of the same rows: with the content of today, and with the OVERLAY on it. Told are the
    findings that would be new, gone and changed, with their amounts. Nothing is switched on, and no finding is kept.

    FOLDER holds files, or a store of them: what `tillit run` wrote, or a drawn town.
    """
    from tillit import engine  # slow to load
    from tillit.catalogue import ContentErrors  # slow to load
    from tillit.cli.job import is_store, read_folder, stored  # slow to load
    from tillit.store import Store  # slow to load

    before, after = catalogue(overlays), catalogue((*overlays, overlay))
    faults = engine.check(after)
    if faults:
        raise ContentErrors(faults)
    with tempfile.TemporaryDirectory(prefix="tillit-backtest-") as scratch:
        place = folder if is_store(folder) else Path(scratch)
        store = Store(place / "store", place / "protected")
        reading = stored(store) if is_store(folder) else read_folder(folder, store, before)
        for line in reading.told:
            click.echo(line, err=True)
        if not reading.has_any:
            raise NothingToRead(
                "nothing in the folder could be read", where=str(folder), fix="tillit read FILE says why"
            )
        progress = Progress()
        found = engine.backtest(store, before, after, reading.each_once, day=day, progress=progress.step)
        progress.done()
    click.echo("\n".join(_told(found, after, None if every else _MOST)))


def _told(found: "BackTest", content: "Catalogue", most: int | None) -> Iterator[str]:
    yield f"Asked twice as of {found.before.day}, of the same rows; deliveries: {len(found.before.deliveries)}"
    yield f"Before: {len(found.before.findings)} findings; after: {len(found.after.findings)}"
    for words, ids in (("Would no longer run", found.stopped), ("Would begin to run", found.started)):
        if ids:
            yield f"{words}: {', '.join(ids)}"
    if not found.changes:
        yield "Nothing would be found otherwise."
    for row in found.rows:
        amounts = " -> ".join(format_money(ore, row.currency) for ore in (row.before_ore, row.after_ore))
        yield f"{row.control} {content.controls[row.control].title}"
        yield (
            f"  {row.before} -> {row.after} findings: {row.new} new, {row.gone} gone, {row.changed} changed; "
            f"to explain {amounts}"
        )
        mine = [
            one for one in found.changes if (one.finding.control, one.finding.currency) == (row.control, row.currency)
        ]
        yield from (f"    {_line(one)}" for one in mine[:most])
        if most is not None and len(mine) > most:
            yield f"    and {len(mine) - most} more (--all)"


def _line(change: "Change") -> str:
    found = change.finding
    ends = [end[:10] for end in (found.period_from, found.period_to) if end]
    when = "–".join(dict.fromkeys(ends))
    ore = [one.at_risk_ore for one in (change.before, change.after) if one]
    amounts = " -> ".join(format_money(one, found.currency) for one in dict.fromkeys(ore))
    return "  ".join(part for part in (change.kind, found.id[:10], found.provider or "", when, amounts) if part)
