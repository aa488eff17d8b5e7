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
    from tillit.catalogue import (  # slow to load
        check_disclosures,
        check_documents,
        check_grounds,
        check_processes,
        check_statistics,
    )

    content = catalogue(overlays)
    checks = (
        check_processes,
        check_disclosures,
        check_grounds,
        check_documents,
        check_statistics,
        engine.check,
        engine.check_frames,
    )
    faults = [fault for check in checks for fault in check(content)]
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
        ("statistics", content.statistics),
        ("frames", content.frames),
        ("controls", content.controls),
    )
    told = ", ".join(f"{len(known)} {name}" for name, known in (*parts, *last))
    click.echo(f"The content is right: {told}.")
