"""tillit town: a made-up town to try Tillit on."""

import os
from datetime import date
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option
from tillit.cli.progress import Progress


@click.command()
@click.argument("size")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Another number gives another town.")
@click.option("--clean", is_flag=True, help="A town with nothing wrong in it.")
@content_option
def town(size: str, folder: Path, seed: int, clean: bool, overlays: tuple[Path, ...]) -> None:
    """Put a made-up town in a FOLDER.

    SIZE is small, for files as real systems export them, or hamlet, medium, stockholm or national, for a month that is
    drawn at random straight into a store. Everything in the town is invented. What is wrong in it stands in
    FOLDER/tillit/truth.csv, which a run does not read.
    """
    from tillit.demo import SIZES, make_town  # slow to load

    if size in SIZES:
        truth = make_town(folder, size=size, seed=seed, wrongs=not clean)
        wrongs, day = len(truth.wrongs), truth.day
    else:
        wrongs, day = _draw(size, folder, seed, clean, overlays)
    click.echo(f"A {size} town is in {folder}: {wrongs} things are wrong in it, and told in tillit/truth.csv.")
    click.echo(f"Now: tillit run {folder} --day {day}")


def _draw(size: str, folder: Path, seed: int, clean: bool, overlays: tuple[Path, ...]) -> tuple[int, date]:
    from tillit.demo import FolderNotEmpty
    from tillit.demo.drawn import draw_town, inhabitants_of, write_lists
    from tillit.store import Store

    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty("the folder is not empty", where=str(folder), fix="give a new one")
    content = catalogue(overlays)
    inhabitants_of(content, size)  # refused before anything is written
    progress = Progress()
    store = Store(folder / "store", folder / "protected")
    drawn = draw_town(store, content, size=size, seed=seed, wrongs=not clean, tell=progress.step, processes=_at_once())
    progress.done()
    write_lists(folder / "tillit", drawn)
    return sum(one.kind != "known" for one in drawn.truths), drawn.day


def _at_once() -> int:
    # Four at the most: each needs half a gigabyte, and then the disk is what is waited for.
    return min(4, os.cpu_count() or 1)
