"""Headings as they are compared, and how far those of a file are the ones that a source knows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tillit.catalogue import Source

KNOWN_SHARE = 0.5
"""Of a file's headings at least this share must be known to a source, or the likeness is by chance."""


@lru_cache(maxsize=10_000)
def folded(heading: str) -> str:
    """A heading without what differs from file to file: case, rings and dots, blanks and punctuation.

    >>> folded("\\ufeffLev.nr (T)"), folded("Från_datum"), folded("FRAN DATUM")
    ('levnrt', 'frandatum', 'frandatum')
    """
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


@dataclass(frozen=True)
class Fit:
    """A source held against a row of headings. `places` has each of its headings that is there, folded."""

    source: Source
    places: dict[str, int]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    mapped: int
    share: float

    @property
    def is_whole(self) -> bool:
        """Whether every heading that the source needs is there, once."""
        return not self.missing and not self.doubled

    @property
    def is_likely(self) -> bool:
        """Whether the file can be taken for this source without being told so."""
        return self.is_whole and self.share >= KNOWN_SHARE

    @property
    def rank(self) -> tuple[int, float, bool]:
        """What the better of two fits has more of; a source made for one layout goes before a template."""
        return self.mapped, self.share, not self.source.made_from_table

    def looks_right(self, lines: Iterable[Sequence[str]]) -> bool:
        """Whether the values of some lines look as the source says that they do."""
        patterns = {self.place(given.from_): given.like for given in self.source.columns.values() if given.like}
        cells = [
            (line[place], like)
            for line in lines
            for place, like in patterns.items()
            if place is not None and place < len(line)
        ]
        return all(re.search(like, cell) for cell, like in cells if cell.strip())

    def place(self, spellings: Iterable[str]) -> int | None:
        """Where the first of these spellings stands in the file."""
        return next((self.places[folded(one)] for one in spellings if folded(one) in self.places), None)


def fit(source: Source, headings: Sequence[str]) -> Fit:
    """How far a row of headings is that of a source.

    A heading that is given in several spellings is there when one of them is.
    """
    given: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if name := folded(heading):
            given.setdefault(name, []).append(place)
    known = [name for name in dict.fromkeys(map(folded, source.headings())) if name in given]
    read = {folded(one) for spellings in (*needed(source), *welcome(source)) for one in spellings}
    missing = [
        spellings[0] for spellings in needed(source) if not any(folded(one) in given for one in spellings)
    ]  # fmt: skip
    return Fit(
        source,
        {name: given[name][0] for name in known},
        tuple(dict.fromkeys(missing)),
        tuple(headings[given[name][0]] for name in known if name in read and len(given[name]) > 1),
        sum(name in read for name in known),
        len(known) / len(given) if given else 0.0,
    )


def needed(source: Source) -> list[list[str]]:
    """The headings without which a file is not of this source, each with its spellings."""
    found = [given.from_ for given in source.columns.values() if given.from_ and not given.optional]
    for given in source.columns.values():
        if given.by_filled and not given.optional:
            found += [[heading] for heading in given.by_filled]
    if source.interval:
        part = source.interval
        found += [spellings for spellings in (part.day, part.month, part.start, part.end) if spellings]
    return found


def welcome(source: Source) -> list[list[str]]:
    """The headings that are read where they are there, each with its spellings."""
    found = [given.from_ for given in source.columns.values() if given.from_ and given.optional]
    for given in source.columns.values():
        if given.by_filled and given.optional:
            found += [[heading] for heading in given.by_filled]
    if source.interval and source.interval.end_day:
        found.append(source.interval.end_day)
    return [*found, *([heading] for heading in source.sets_aside)]
