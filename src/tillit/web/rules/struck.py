"""Strikes out of a text what a party may not see, and proves that nothing of it is left anywhere."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from tillit.catalogue import Ground
from tillit.web.rules.personal_data import hits

OTHER = "third_person"
"""The ground of what the personal-data guard finds: a number, an address or a code of someone."""

LEFT = frozenset({"name", "number"})
"""What the guard stops and a party may see: who at the authority works on it, and the matter's own number."""

LARGEST_PART = 50 * 2**20
"""Bytes of a packed part, unpacked: what is larger is not searched, and is told of as that."""


@dataclass
class Pen:
    """What is struck out of every text of a copy, and why; `gone` gathers what was, to be looked for afterwards.

    Takes: words -> code of the ground; what is the party's own, which stays; the codes that the matter holds -> kind.
    """

    grounds: Mapping[str, Ground]
    words: Mapping[str, str]
    own: frozenset[str]
    known: Mapping[str, str]
    day: date
    gone: set[str] = field(default_factory=set)

    def strike(self, text: str) -> str:
        """A text with what may not be seen struck out, each place with its reason."""
        words = sorted(self.words, key=len, reverse=True)
        if words:
            # All at once: a word must not be sought in the reason that stands where another was.
            either = "|".join(f"({_spelt(word)})" for word in words)
            text = re.sub(
                either, lambda found: self._gone(words[(found.lastindex or 1) - 1]), text, flags=re.IGNORECASE
            )
        for hit in reversed(hits(text, on=self.day, known=self.known)):
            quoted = hit.quoted(text)
            if hit.kind not in LEFT and _plain(quoted) not in {_plain(one) for one in self.own}:
                self.gone.add(quoted)
                text = text[: hit.start] + self.said(OTHER) + text[hit.end :]
        return text

    def _gone(self, word: str) -> str:
        self.gone.add(word)
        return self.said(self.words[word])

    def said(self, ground: str) -> str:
        """What stands where something was struck out."""
        return f"[{self.grounds[ground].says}]"


def found_in(content: bytes, words: Iterable[str]) -> bool:
    """Whether any of the words stands in a file, as text in a usual coding, also within what is packed in it."""
    sought = [word.casefold() for word in words]
    for part in (content, *(_unpacked(content) or [])):
        for coding in ("utf-8", "latin-1", "utf-16-le"):
            text = part.decode(coding, errors="ignore").casefold()
            if any(word in text for word in sought):
                return True
    return False


def can_be_searched(content: bytes) -> bool:
    """Whether the text of a file lies open to a search: not a PDF, a picture, or an archive that is locked or broken.

    >>> can_be_searched("Ett schema".encode()), can_be_searched(b"%PDF-1.7"), can_be_searched(b"PK\x03\x04 broken")
    (True, False, False)
    """
    if content.startswith(b"PK"):
        parts = _unpacked(content)
        return parts is not None and all(map(_is_text, parts))
    return _is_text(content)


def _is_text(content: bytes) -> bool:
    return b"\0" not in content and not content.startswith(b"%PDF")


def _unpacked(content: bytes) -> list[bytes] | None:
    # A workbook or a Word file is an archive of its own. None where not every part of it can be read.
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if any(one.file_size > LARGEST_PART for one in archive.infolist()):
                return None
            return [archive.read(one) for one in archive.infolist()]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError):
        return None


def _spelt(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split()))


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
