"""tillit test: do the controls find what their examples say?"""

import sys
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option


@click.command()
@click.argument("controls", nargs=-1, metavar="[CONTROL]...")
@content_option
def test(controls: tuple[str, ...], overlays: tuple[Path, ...]) -> None:
    """Run the examples of the controls."""
    from tillit import engine  # slow to load

    content = catalogue(overlays)
    ids = [content.control(one).id for one in controls] or None
    results = engine.run_examples(content, ids)
    wrong = [one for one in results if not one.ok]
    for one in wrong:
        click.echo(f"{one.where}: {one.control}, {one.name}", err=True)
        for difference in one.differences:
            click.echo(f"  {difference}", err=True)
    click.echo(f"{len(results)} examples of {len({one.control for one in results})} controls: {len(wrong)} wrong")
    if wrong:
        sys.exit(1)
