"""tillit mail: reads what comes back to the address that messages are sent from."""

import subprocess
import sys
from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def mail() -> None:
    """Messages that could not be delivered."""


@mail.command()
@click.option("--folder", type=_FOLDER, metavar="DIR", help="The installation; TILLIT_FOLDER otherwise.")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
def read(folder: Path | None, files: tuple[Path, ...]) -> None:
    """Read what a mail server said could not be delivered: another recipient of the board gets it.

    The worker does the same by itself with a folder: TILLIT_BOUNCES.
    """
    # The command line knows nothing of the web: floors (docs/architecture.md).
    from tillit.cli.serve import environment_of

    words = [sys.executable, "-m", "tillit.web.mail", "read", *(str(one.absolute()) for one in files)]
    environment = environment_of(folder, made_up_city=False)
    sys.exit(subprocess.run(words, env=environment, check=False).returncode)
