"""A proposal as a source of a municipality's own: a source.yaml, ready to be looked over and edited."""

import json
from collections.abc import Iterator
from pathlib import Path

from tillit.catalogue import Column
from tillit.readers.proposal import Guess, Proposal

_HEAD = """\
# Proposed by Tillit from the headings of a file; no value of the file is in it.
# Look at each line. What is read is said under columns; what never is, under ignores, with the reason.
# A heading may be given in several spellings: {from: [Datum, Dag]}. See the other sources for more.
"""
_UNDECIDED = "ännu inte avgjort: läs in kolumnen, eller skriv varför den aldrig lagras"


def write_proposal(proposal: Proposal, overlay: Path) -> Path:
    """Writes a proposal as sources/<id>/source.yaml of a folder of own content, and gives the file.

    Nothing that is there already is written over.
    """
    number = 1
    while (folder := overlay / "sources" / _id(proposal, number)).exists():
        number += 1
    folder.mkdir(parents=True)
    file = folder / "source.yaml"
    file.write_text("\n".join(_lines(proposal, folder.name)) + "\n", encoding="utf-8")
    return file


def _id(proposal: Proposal, number: int) -> str:
    return f"own_{proposal.table.table}" + (f"_{number}" if number > 1 else "")


def _lines(proposal: Proposal, id: str) -> Iterator[str]:
    table = proposal.table
    yield _HEAD + f"id: {id}"
    yield f"title: {_quoted(f'Egen export: {table.title}')}"
    yield "format: table"
    yield f"writes: [{table.table}]"
    if proposal.decimal:
        yield f"decimal: {_quoted(proposal.decimal)}"
    yield "columns:"
    for guess in proposal.guesses:
        yield f"  {guess.column}: {_from(guess)}" + _remark(guess, table.columns[guess.column])
    for name in proposal.lacking:
        column = table.columns[name]
        if not column.entered_as:
            yield f"  # {name}: {{from: }}  # needed: {column.sv}. Or the same on every line: {{value: }}"
    if table.is_interval:
        yield from _interval(proposal)
    if proposal.unmapped:
        yield "ignores:"
        for heading in proposal.unmapped:
            yield f"  {_quoted(heading)}: {_quoted(_UNDECIDED)}"


def _from(guess: Guess) -> str:
    parts = [f"from: {_quoted(guess.heading)}"]
    if guess.read_as:
        parts.append(f"as: {guess.read_as}")
    if guess.formats:
        parts.append(f"formats: {json.dumps(guess.formats)}")
    return f"{{{', '.join(parts)}}}"


def _remark(guess: Guess, column: Column) -> str:
    """What to look at on this line."""
    remarks = [] if guess.likeness == 1 else ["only a likeness"]
    if column.one_of:
        remarks.append(f"known: {', '.join(column.one_of)}; other codes are told in lookups")
    return f"  # {'; '.join(remarks)}" if remarks else ""


def _interval(proposal: Proposal) -> Iterator[str]:
    found = proposal.interval
    if "start" not in found or "end" not in found:
        yield "# interval: {day: , start: , end: }  # needed: when the time began and ended"
        return
    parts = [f"{part}: {_quoted(found[part].heading)}" for part in ("day", "start", "end") if part in found]
    formats = [form for guess in found.values() for form in guess.formats]
    if formats:
        parts.append(f"formats: {json.dumps(list(dict.fromkeys(formats)))}")
    yield f"interval: {{{', '.join(parts)}}}"


def _quoted(text: str) -> str:
    """A text as YAML; JSON's form of it is YAML too."""
    return json.dumps(text, ensure_ascii=False)
