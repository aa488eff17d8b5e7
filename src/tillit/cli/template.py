"""tillit template: an empty workbook to fill in, for what no system exports."""

from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option
from tillit.errors import RefusedError


class UnknownTable(RefusedError):
    """There is no table of that name."""


@click.command()
@click.argument("table", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where it is written.")
@content_option
def template(table: str | None, out: Path | None, overlays: tuple[Path, ...]) -> None:
    """Write an empty workbook for a TABLE.

    With its headings, what they mean, and lists to choose from. Without TABLE: lists the tables.
    """
    from tillit.report import write_template  # slow to load

    tables = catalogue(overlays).tables
    if table is None:
        for name, known in sorted(tables.items()):
            click.echo(f"{name:<18} {known.title}")
        return
    if table not in tables:
        raise UnknownTable(f"there is no table '{table}'", fix=f"known: {', '.join(sorted(tables))}")
    path = out or Path(f"{table}.xlsx")
    write_template(tables[table], path)
    click.echo(f"Written: {path}")
