"""What readers and engine say, in Swedish: their sentences are English, and the report's readers are not."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

_SLOT = "{}"


class _Phrase(NamedTuple):
    """A sentence with slots for what was found, and its Swedish form with the same slots."""

    length: int
    longest_piece: str  # looked for first: most texts are none of most sentences, and this is quick to see
    pattern: re.Pattern[str]
    swedish: str


@lru_cache(maxsize=10_000)
def in_swedish(text: str) -> str | None:
    """A sentence of ours in Swedish; None where there is no translation, and it must be shown as it is.

    A heading before a colon is kept, and several faults in a row are told each by itself.

    >>> in_swedish("Till: '25.00' is not a clock time")
    "Till: '25.00' är inget klockslag"
    >>> in_swedish("Från: is missing; Till: is missing"), in_swedish("quite unknown")
    ('Från: saknas; Till: saknas', None)
    """
    whole = _whole(text)
    if whole is not None:
        return whole
    if "; " in text:
        parts = [in_swedish(part) for part in text.split("; ")]
        return None if None in parts else "; ".join(part for part in parts if part)
    heading, colon, rest = text.partition(": ")
    said = in_swedish(rest) if colon else None
    return f"{heading}: {said}" if said else None


def _whole(text: str) -> str | None:
    plain, phrases = _phrases()
    if text in plain:
        return plain[text]
    for phrase in phrases:
        match = phrase.pattern.fullmatch(text) if phrase.longest_piece in text else None
        if match:
            return phrase.swedish.format(*(_whole(found) or found for found in match.groups()))
    return None


@cache
def _phrases() -> tuple[dict[str, str], list[_Phrase]]:
    """The sentences without slots, and those with, the most telling first."""
    given: dict[str, str] = yaml.safe_load(files("tillit.report").joinpath("swedish.yaml").read_text(encoding="utf-8"))
    plain = {english: swedish for english, swedish in given.items() if _SLOT not in english}
    slotted = [_phrase(english, swedish) for english, swedish in given.items() if _SLOT in english]
    return plain, sorted(slotted, key=lambda phrase: -phrase.length)


def _phrase(english: str, swedish: str) -> _Phrase:
    pieces = english.split(_SLOT)
    pattern = re.compile("(.*?)".join(map(re.escape, pieces)), re.DOTALL)
    return _Phrase(len(english), max(pieces, key=len), pattern, swedish)
