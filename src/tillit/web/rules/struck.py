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
        for word, ground in sorted(self.words.items(), key=lambda one: -len(one[0])):
            pattern = re.compile(r"\s+".join(map(re.escape, word.split())), re.IGNORECASE)
            if pattern.search(text):
                self.gone.add(word)
                text = pattern.sub(lambda _, ground=ground: self.said(ground), text)  # type: ignore[misc]
        for hit in reversed(hits(text, on=self.day, known=self.known)):
            quoted = hit.quoted(text)
            if hit.kind not in LEFT and _plain(quoted) not in {_plain(one) for one in self.own}:
                self.gone.add(quoted)
                text = text[: hit.start] + self.said(OTHER) + text[hit.end :]
        return text

    def said(self, ground: str) -> str:
        """What stands where something was struck out."""
        return f"[{self.grounds[ground].says}]"


def found_in(content: bytes, words: Iterable[str]) -> bool:
    """Whether any of the words stands in a file, as text in the usual codings, also within what is packed in it."""
    parts = [content, *_unpacked(content)]
    for word in words:
        for coding in ("utf-8", "latin-1", "utf-16-le"):
            try:
                sought = word.casefold().encode(coding)
            except UnicodeEncodeError:
                continue
            if any(sought in _folded(part, coding) for part in parts):
                return True
    return False


def _folded(content: bytes, coding: str) -> bytes:
    # Capitals are made small as text: bytes of å, ä and ö have no capitals of their own.
    return content.decode(coding, errors="ignore").casefold().encode(coding, errors="ignore")


def _unpacked(content: bytes) -> list[bytes]:
    # A workbook or a Word file is an archive of its own.
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            small = [one for one in archive.infolist() if one.file_size <= 50 * 2**20]
            return [archive.read(one) for one in small]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError):
        return []


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
