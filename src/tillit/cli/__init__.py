"""The command line: tillit read, run, explain, check, test, template, town."""

import click


@click.group()
def main() -> None:
    """Tillit: read what you have, ask what the law asks, and see the rows behind every answer."""
