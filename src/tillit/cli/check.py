"""tillit check: is the content right?"""

import sys
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option


@click.command()
@content_option
def check(overlays: tuple[Path, ...]) -> None:
    """Check that all content is right.

    Law, examples, columns, SQL: every fault is told at once, with its file and line.
    """
    from tillit import engine  # slow to load
    from tillit.catalogue import check_disclosures, check_documents, check_grounds, check_processes  # slow to load

    content = catalogue(overlays)
    faults = [
        *check_processes(content),
        *check_disclosures(content),
        *check_grounds(content),
        *check_documents(content),
        *engine.check(content),
    ]
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(faults)} to mend", err=True)
        sys.exit(1)
    parts = (("tables", content.tables), ("sources", content.sources), ("parameters", content.parameters))
    last = (
        ("disclosures", content.disclosures),
        ("processes", content.processes),
        ("documents", content.documents),
        ("controls", content.controls),
    )
    told = ", ".join(f"{len(known)} {name}" for name, known in (*parts, *last))
    click.echo(f"The content is right: {told}.")
