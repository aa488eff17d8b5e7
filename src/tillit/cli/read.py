"""tillit read: how is this file understood?"""

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tillit.cli.options import catalogue, content_option
from tillit.cli.progress import Progress

if TYPE_CHECKING:
    from tillit.catalogue import Catalogue

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="The same for scripts.")
@click.option("--source", metavar="ID", help="Read it as this source, instead of finding out which fits.")
@click.option("--propose", "overlay", type=_FOLDER, metavar="DIR", help="Write a source for it there, ready to edit.")
@content_option
def read(file: Path, as_json: bool, source: str | None, overlay: Path | None, overlays: tuple[Path, ...]) -> None:
    """Show how a FILE is understood. Nothing is kept.

    Tells its encoding, source and columns, the lines refused and why, and the totals before and after.

    For a file that no source fits, a way to read it is proposed; with --propose it is written to a folder of
    your own content, and the file is read from then on with --content DIR.
    """
    from tillit import readers  # slow to load
    from tillit.cli.delivery_text import in_full  # slow to load
    from tillit.store import Store  # slow to load

    content = catalogue(overlays)
    progress = Progress()
    with tempfile.TemporaryDirectory(prefix="tillit-read-") as apart:
        store = Store(Path(apart) / "store", Path(apart) / "protected")
        delivery = readers.read_file(file, store, content, source=source, progress=progress.of(file.name))
    progress.done()
    if as_json:
        click.echo(delivery.to_json())
    else:
        click.echo("\n".join(in_full(delivery)))
    if overlay:
        proposal = readers.propose(file, content)
        click.echo(str(proposal), err=as_json)
        place = readers.write_proposal(proposal, overlay)
        click.echo(f"Written: {place}. Look at it, then: tillit read {file} --content {overlay}", err=as_json)
    elif not delivery.source and not as_json:
        _propose(file, content)
    if delivery.status == "rejected":
        sys.exit(1)


def _propose(file: Path, content: "Catalogue") -> None:
    """Shows how a file could be read that no source fits, where it is one of columns at all."""
    from tillit import readers  # slow to load

    with suppress(readers.Unreadable):  # what is wrong with it has been told
        click.echo(str(readers.propose(file, content)))
        click.echo(f"To write this down as a source of your own: tillit read {file} --propose my-content")
