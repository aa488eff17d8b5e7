"""The base of what makes a whole document unreadable, and the line on which it was seen."""

from tillit.errors import RefusedError


class Unreadable(RefusedError):
    """The document is not what its source reads: nothing of it can be stored. Line 0 is the whole file.

    >>> str(Unreadable("the XML is cut off", line=4, fix="ask for it again"))
    'line 4: the XML is cut off: ask for it again'
    """

    def __init__(self, what: str, *, line: int = 0, fix: str = "") -> None:
        self.line = line
        super().__init__(what, where=f"line {line}" if line else "", fix=fix)


class TooLarge(Unreadable):
    """The document is larger than any real one."""


LARGEST = 100 << 20
"""Bytes of a document; the whole of one is held in memory."""


def check_size(size: int) -> None:
    """Raises TooLarge for a document that is too large to be held in memory."""
    if size > LARGEST:
        what = f"the document has {size >> 20} MB, and at most {LARGEST >> 20} MB are read"
        raise TooLarge(what, fix="ask the sender for it in parts")
