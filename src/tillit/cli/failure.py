"""How a fault is told: one line for what the reader can mend, and a note of where to look for what is ours."""

import os
import re
import tempfile
import traceback
from pathlib import Path

import click

from tillit.errors import BrokenError, TillitError

_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{6}[-+\u2010-\u2013 ]?[0-9]{4}(?![0-9])")


def tell(fault: Exception) -> None:
    """Says on stderr what is wrong, with the content, the files or the disk.

    What is our fault is also written, with its stack trace, to a file of its own.
    """
    if isinstance(fault, TillitError) and not isinstance(fault, BrokenError):
        click.echo(without_numbers(str(fault)), err=True)
        return
    place = _write(fault)
    if isinstance(fault, OSError) and fault.filename:
        click.echo(f"{fault.filename}: {fault.strerror}", err=True)
        return
    click.echo(f"Tillit broke, and this is our fault, not yours: {type(fault).__name__}", err=True)
    click.echo(f"What happened is written in {place}; please send it to us.", err=True)


def without_numbers(text: str) -> str:
    """The text with whatever looks like a personal or organisation number taken out.

    >>> without_numbers("row '20000229-2399' of 556016-0680, line 1234")
    "row '[number]' of [number], line 1234"
    """
    return _NUMBER.sub("[number]", text)


def _write(fault: Exception) -> Path:
    text = "".join(traceback.format_exception(fault))
    handle, name = tempfile.mkstemp(prefix="tillit-fault-", suffix=".txt")  # readable by its owner alone
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(without_numbers(text))
    return Path(name)
