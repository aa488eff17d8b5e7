"""tillit begin: the first start of an installation, from a few names."""

import subprocess
import sys
from pathlib import Path

import click


@click.command()
@click.argument("way")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where it all lies.")
@click.option("--board", default="", metavar="NAME", help="What the board is called, where it is not as the way says.")
@click.option("--who", multiple=True, metavar="PART=NAME", help='As manager="Anna Ek"; once for each part.')
def begin(way: str, folder: Path | None, board: str, who: tuple[str, ...]) -> None:
    """Begin an empty installation: one board and the first people.

    WAY is small_municipality or association, or one that your own content adds (plans/beginnings.yaml). Their
    passwords are shown this once. Then: tillit serve
    """
    for one in who:
        if "=" not in one:
            raise click.UsageError(f"--who is '{one}': write the part, = and the name")
    # The command line knows nothing of the web: floors (docs/architecture.md).
    from tillit.cli.serve import environment_of

    words = [sys.executable, "-m", "tillit.web.begin", way, board, *who]
    sys.exit(subprocess.run(words, env=environment_of(folder, made_up_city=False), check=False).returncode)
