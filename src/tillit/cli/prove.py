"""tillit prove: what do the controls find, and how often are they wrong?"""

import sys
from pathlib import Path

import click

from tillit.cli.options import catalogue, content_option
from tillit.cli.progress import Progress

_PAGE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(min=1), help="How many towns.")
@click.option("--first", default=1, show_default=True, help="The seed of the first; the others follow.")
@click.option("--size", default="medium", show_default=True, help="How large each of them is.")
@click.option("--page", "place", type=_PAGE, default=Path("docs/proof.md"), show_default=True, help="Where it is told.")
@content_option
def prove(seeds: int, first: int, size: str, place: Path, overlays: tuple[Path, ...]) -> None:
    """Prove the controls on made-up towns drawn at random.

    Wrongs are put in at random places, and everything odd and honest at its rate. Told are what each control found of
    them, and how often it told of what is right. Exit code 1 where a goal is missed.
    """
    from tillit.proof import page  # slow to load
    from tillit.proof import prove as prove_controls

    progress = Progress()
    chosen = range(first, first + seeds)
    proof = prove_controls(catalogue(overlays), seeds=chosen, size=size, tell=progress.step)
    progress.done()
    command = f"tillit prove --seeds {seeds} --first {first} --size {size}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(page(proof, command=command), encoding="utf-8")
    missed = sorted(one.control for one in proof.tried.values() if not one.is_met)
    planted = sum(one.planted.total() for one in proof.tried.values())
    found = sum(one.found.total() for one in proof.tried.values())
    click.echo(f"{found} of {planted} wrongs found in {seeds} towns; it is told in {place}")
    if missed:
        click.echo(f"Goals missed: {', '.join(missed)}", err=True)
        sys.exit(1)
