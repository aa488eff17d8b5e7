"""tillit town: a made-up town to try Tillit on."""

from pathlib import Path

import click


@click.command()
@click.argument("size")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Another number gives another town.")
@click.option("--clean", is_flag=True, help="A town with nothing wrong in it.")
def town(size: str, folder: Path, seed: int, clean: bool) -> None:
    """Put the files of a made-up town in a FOLDER.

    SIZE is small. Everything in the town is invented. What is wrong in it stands in FOLDER/tillit/truth.csv, which a
    run does not read.
    """
    from tillit.demo import make_town  # slow to load

    truth = make_town(folder, size=size, seed=seed, wrongs=not clean)
    click.echo(
        f"A {size} town is in {folder}: {len(truth.wrongs)} things are wrong in it, and told in tillit/truth.csv."
    )
    click.echo(f"Now: tillit run {folder} --day {truth.day}")
