"""tillit audit: is the log of who saw what whole?"""

import subprocess
import sys
from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_folder_option = click.option(
    "--folder", type=_FOLDER, metavar="DIR", help="The installation; TILLIT_FOLDER otherwise."
)


@click.group()
def audit() -> None:
    """Prove the log of who saw and changed what."""


@audit.command()
@_folder_option
def verify(folder: Path | None) -> None:
    """Prove every line of the log in the database, and show its head to write down."""
    sys.exit(_in_the_web(folder, "verify"))


@audit.command()
@_folder_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(folder: Path | None, file: Path) -> None:
    """Write the log to a FILE that can be proved without Tillit. It is noted in the log that it was."""
    if file.exists():
        raise click.UsageError(f"{file} is there already: give another name")
    sys.exit(_in_the_web(folder, "export", str(file.absolute())))


@audit.command("verify-file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", nargs=2, metavar="COUNT HASH", help="A head that was written down earlier.")
def verify_file(file: Path, head: tuple[str, str] | None) -> None:
    """Prove a FILE that was exported. It needs no database."""
    from tillit.store import chain  # slow to load

    sys.exit(chain.main([str(file), *(head or ())]))


def _in_the_web(folder: Path | None, *words: str) -> int:
    # The command line knows nothing of the web: floors (docs/architecture.md).
    from tillit.cli.serve import environment_of

    environment = environment_of(folder, made_up_city=False)
    return subprocess.run([sys.executable, "-m", "tillit.web.audit", *words], env=environment, check=False).returncode
