"""What a file is: its kind, its letters, where its table begins, and which source knows it. The name is never asked."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path

from tillit.catalogue import Catalogue, Source
from tillit.readers.decode import encoding_of
from tillit.readers.document import document_fits
from tillit.readers.headings import Fit, fit, folded, needed
from tillit.readers.kind import FileKind, kind_of
from tillit.readers.record import LINES_TRIED, Preview, Record, delimiters_by_likeness, records
from tillit.readers.row_list import row_list_preview
from tillit.readers.sheet import sheet_previews
from tillit.readers.unreadable import Unreadable

_HEAD = 1 << 18
_NEAR = 3
_LINES_LOOKED_AT = 5
_NEAR_ENOUGH = 0.5


@dataclass(frozen=True)
class NearMiss:
    """A source that would fit, but for headings that are missing or that come twice."""

    source: str
    title: str
    missing: tuple[str, ...]
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """How a file is understood. `source` is empty where none fits; `near` then tells which nearly do.

    `body_line` is the line after the header; a list of JSON has no header, and its lines are places in it.
    `also` are sources that fit as well, `other_sheets` sheets that this source would fit too.
    """

    kind: FileKind
    source: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 0
    body_line: int = 1
    headings: tuple[str, ...] = ()
    score: float = 0.0
    near: tuple[NearMiss, ...] = ()
    also: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()


class UnknownSource(Unreadable):
    """A source was asked for that is not in the content."""


def recognise(path: Path, catalogue: Catalogue, *, source: str | None = None) -> Recognition:
    """How a file is understood, by its content alone.

    Takes: `source`, where the reader of the message knows better than the headings do.
    Raises: EmptyFile; WrongKind; WrongEncoding and others, all Unreadable.
    """
    sources = _asked_for(catalogue, source)
    seen = _seen(path)
    documents = [each for each in sources if each.format == "reader"]
    if seen.kind in ("xml", "json") and (found := _as_document(path, seen, documents)):
        return found
    if seen.kind == "xml":
        return seen
    found = _as_table(path, seen, [each for each in sources if each.format == "table"], asked=source is not None)
    return found if found.source or seen.kind != "text" else _as_document(path, seen, documents) or found


def previews(path: Path, seen: Recognition) -> Iterator[Preview]:
    """The first records of the file in each way in which it may be a table, the likeliest first."""
    if seen.kind == "text":
        lines = _first_lines(path, seen.encoding)
        for delimiter in delimiters_by_likeness(lines):
            yield Preview(list(_first_records(lines, delimiter)), delimiter)
    elif seen.kind == "json":
        rows = row_list_preview(path)
        if rows:
            yield rows
    else:
        yield from sheet_previews(path, packed=seen.kind != "xls")


def _seen(path: Path) -> Recognition:
    kind = kind_of(path)
    encoding = encoding_of(path) if kind == "text" else "utf-8" if kind == "json" else ""
    return Recognition(kind, encoding=encoding)


def _asked_for(catalogue: Catalogue, source: str | None) -> list[Source]:
    if source is None:
        return list(catalogue.sources.values())
    if source not in catalogue.sources:
        raise UnknownSource(f"there is no source '{source}'", fix=f"known: {', '.join(sorted(catalogue.sources))}")
    return [catalogue.sources[source]]


def _as_document(path: Path, seen: Recognition, sources: Sequence[Source]) -> Recognition | None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    fitting = [source.id for source in sources if document_fits(source, path, head)]
    if not fitting:
        return None
    return replace(seen, source=fitting[0], score=1.0, also=tuple(fitting[1:]))


def _as_table(path: Path, seen: Recognition, sources: Sequence[Source], *, asked: bool) -> Recognition:
    """The best fit of any source to any of the first rows of any reading of the file."""
    found = seen
    best: Fit | None = None
    near: list[Fit] = []
    sheets: list[tuple[str, str]] = []
    known = {source.id: frozenset(map(folded, source.headings())) for source in sources}
    for preview in previews(path, seen):
        for number, record in enumerate(preview.records, start=1):
            given = set(map(folded, record.cells)) - {""}
            fits = [fit(source, record.cells) for source in sources if given & known[source.id]]
            likely = [each for each in fits if each.is_likely or (asked and each.is_whole)]
            near += [each for each in fits if not each.is_whole and each.mapped]
            if len(likely) > 1:
                lines = [line.cells for line in preview.records[number : number + _LINES_LOOKED_AT]]
                likely = [each for each in likely if each.looks_right(lines)]
            sheets += [(each.source.id, preview.sheet) for each in likely]
            top = max(likely, key=lambda each: each.rank, default=None)
            if top and (best is None or top.rank > best.rank):
                best = top
                alike = tuple(each.source.id for each in likely if each is not top and each.rank == top.rank)
                found = replace(
                    seen,
                    source=top.source.id,
                    delimiter=preview.delimiter,
                    sheet=preview.sheet,
                    header_line=record.line,
                    body_line=record.last_line + 1,
                    headings=tuple(cell.strip("\ufeff \t\u00a0") for cell in record.cells),
                    score=round(top.share, 3),
                    also=alike,
                )
        if best is not None and seen.kind == "text":
            break
    if best is None:
        return replace(seen, near=_near_misses(near))
    others = dict.fromkeys(sheet for source, sheet in sheets if source == found.source and sheet != found.sheet)
    return replace(found, other_sheets=tuple(others))


def _near_misses(fits: Sequence[Fit]) -> tuple[NearMiss, ...]:
    """The sources of which at least half of what they need is there, the nearest first."""
    best: dict[str, Fit] = {}
    for each in fits:
        known = best.get(each.source.id)
        if known is None or len(each.missing) < len(known.missing):
            best[each.source.id] = each
    near = [each for each in best.values() if len(each.missing) <= _NEAR_ENOUGH * len(needed(each.source))]
    near.sort(key=lambda each: (len(each.missing), -each.mapped, each.source.id))
    return tuple(NearMiss(each.source.id, each.source.title, each.missing, each.doubled) for each in near[:_NEAR])


def _first_records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """The first records; of a quotation mark that is left open, those before it."""
    with suppress(Unreadable):
        yield from islice(records(lines, delimiter), LINES_TRIED)


def _first_lines(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline=None) as text:
        head = text.read(_HEAD)
        whole = not text.read(1)
    lines = list(StringIO(head))  # splitlines would also break at signs that are no line ends in a file
    return lines if whole or len(lines) < 2 else lines[:-1]
