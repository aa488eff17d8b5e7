"""tillit backup and tillit restore: an installation in two parts that are kept apart."""

import subprocess
import sys
from pathlib import Path

import click

_EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("part", type=_NEW, metavar="DIR")
@click.option(
    "--protected", type=_NEW, metavar="DIR", help="Where received files, identities and keys go: another disk."
)
@click.option("--together", is_flag=True, help="Put them in the same folder: whoever has it can tell who everyone is.")
@click.option("--folder", type=_EXISTING, metavar="DIR", help="The installation; TILLIT_FOLDER otherwise.")
def backup(part: Path, protected: Path | None, together: bool, folder: Path | None) -> None:
    """Back up an installation to a new folder DIR, also while it is in use.

    What is protected (received files, who the codes are, the keys) goes to another folder.
    """
    if bool(protected) == together:
        raise click.UsageError("say where the protected part goes: --protected DIR on another disk, or --together")
    apart = (protected or part / "protected").absolute()
    if protected and (apart == part.absolute() or part.absolute() in apart.parents):
        raise click.UsageError("--protected lies in the backup itself: give another disk, or say --together")
    sys.exit(_in_the_web(folder, "make", part / "tillit" if together else part, apart))


@click.command()
@click.argument("part", type=_EXISTING, metavar="DIR")
@click.option("--protected", type=_EXISTING, metavar="DIR", help="The protected part, where it lies apart.")
@click.option("--folder", type=_NEW, metavar="DIR", required=True, help="A new folder to restore to.")
def restore(part: Path, protected: Path | None, folder: Path) -> None:
    """Restore a backup in DIR to a new folder. Every file is proved first, and nothing is written over."""
    together = protected is None and (part / "protected").is_dir()
    if protected is None and not together:
        raise click.UsageError("say where the protected part lies: --protected DIR")
    sys.exit(_in_the_web(folder, "restore", part / "tillit" if together else part, protected or part / "protected"))


def _in_the_web(folder: Path | None, what: str, part: Path, protected: Path) -> int:
    # The command line knows nothing of the web: floors (docs/architecture.md).
    from tillit.cli.serve import environment_of

    words = [sys.executable, "-m", "tillit.web.backup", what, str(part.absolute()), str(protected.absolute())]
    return subprocess.run(words, env=environment_of(folder, made_up_city=False), check=False).returncode
