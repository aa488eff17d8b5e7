"""tillit explain: what a control asks, by which law, with which numbers, in which SQL."""

from datetime import date
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option, day_option


@click.command()
@click.argument("control")
@day_option
@content_option
def explain(control: str, day: date, overlays: tuple[Path, ...]) -> None:
    """Show what a CONTROL asks, and by which law.

    With the parameters as they are on the day, what is not verified of them, and the SQL filled in.
    """
    from tillit import engine  # slow to load

    content = catalogue(overlays)
    click.echo(engine.explain(content, content.control(control).id, day))
