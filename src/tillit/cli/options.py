"""Options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tillit.catalogue import Catalogue

Command = Callable[..., Any]


def content_option(command: Command) -> Command:
    """--content: folders of a municipality's own content, laid over ours in the order given."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    words = "A folder of your own content, laid over ours. Can be given many times; the last one wins."
    return click.option("--content", "overlays", multiple=True, type=folder, metavar="OVERLAY", help=words)(command)


def day_option(command: Command) -> Command:
    """--day: the day that it is taken to be."""
    words = "The day that it is taken to be; today when it is left out."
    kind = click.DateTime(["%Y-%m-%d"])
    return click.option("--day", type=kind, callback=_as_day, metavar="YYYY-MM-DD", help=words)(command)


def _as_day(_context: click.Context, _option: click.Parameter, given: datetime | None) -> date:
    from tillit.units import TOWN  # slow to load

    return given.date() if given else datetime.now(TOWN).date()


def catalogue(overlays: tuple[Path, ...]) -> "Catalogue":
    """Our content with the overlays on it."""
    from tillit.catalogue import load  # slow to load

    return load(*overlays)
