"""tillit run: read a folder, run every control, write the findings."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option, day_option
from tillit.errors import RefusedError

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


class NothingToRead(RefusedError):
    """The folder has no file that could be read."""


class NoReason(RefusedError):
    """Identities were asked for without a reason."""


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--out", type=_NEW_FOLDER, metavar="DIR", help="Where the findings go; FOLDER-findings when left out.")
@day_option
@content_option
@click.option("--protected", type=_NEW_FOLDER, metavar="DIR", help="Where received files and identities are kept.")
@click.option("--with-identities", is_flag=True, help="Who the persons are, in the workbook only. Needs --because.")
@click.option("--because", metavar="TEXT", help="Why the identities are needed; it is written in the access log.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", metavar="ADDRESS", default="local[*]", show_default=True, help="The Spark cluster to ask.")
def run(
    folder: Path,
    out: Path | None,
    day: date,
    overlays: tuple[Path, ...],
    protected: Path | None,
    with_identities: bool,
    because: str | None,
    engine: str,
    master: str,
) -> None:
    """Read a FOLDER, run the controls, write the findings.

    Every control there is data for is run; what was not checked is said, and why.

    A drawn town (`tillit town`) has nothing to read: its store is run as it lies.

    Files are known by what is in them, not by their names. Hidden files and folders named `tillit` are left alone.
    """
    from tillit.cli.job import identities_of, is_store, read_folder, run_controls, stored  # slow to load
    from tillit.cli.summary import summary  # slow to load
    from tillit.report import write_report  # slow to load
    from tillit.store import Store  # slow to load

    if with_identities and not because:
        raise NoReason("identities are shown for a reason only", fix='say why: --because "…"')
    content = catalogue(overlays)
    place = out or folder.resolve().with_name(f"{folder.resolve().name}-findings")
    if is_store(folder):
        store = Store(folder / "store", protected or folder / "protected")
        reading = stored(store)
    else:
        store = Store(place / "store", protected or place / "protected")
        reading = read_folder(folder, store, content)
    for line in reading.told:
        click.echo(line, err=True)
    if not reading.has_any:
        raise NothingToRead("nothing in the folder could be read", where=str(folder), fix="tillit read FILE says why")
    result = run_controls(reading, store, content, day, spark=master if engine == "spark" else "")
    known = identities_of(result, store, because, datetime.now(UTC)) if with_identities and because else None
    written = write_report(result, content, place, identities=known)
    click.echo("\n".join(summary(reading, result, written[0])))
