"""What is known of one delivered file: how it was understood, what was stored, and what was refused and why."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

ROW_BITS = 30
"""A row_id is the delivery's number followed by this many bits of row number: over a thousand million rows."""

Status = Literal["accepted", "accepted_with_remarks", "rejected"]


@dataclass(frozen=True)
class Refusal:
    """A line that was set aside. `what` and `fix` never hold an identity number or free text."""

    line: int
    what: str
    fix: str


@dataclass(frozen=True)
class Remark:
    """Something to know about a delivery that was taken. Line 0 is the whole file."""

    line: int
    what: str
    fix: str = ""


@dataclass(frozen=True)
class Total:
    """A sum over the file: as read from every line that has a number, as stored, as set aside, as the file states.

    `of` is a column or a count; the sums are whole öre, minutes or rows. read = stored + refused.
    """

    of: str
    read: int
    stored: int
    refused: int
    stated: int | None = None


@dataclass(frozen=True)
class Mapped:
    """A heading of the file and where it went."""

    heading: str
    column: str


@dataclass
class Delivery:
    """One delivered file. Lines are lines of the file (or elements of a document); rows are what they became.

    lines_read = lines_stored + lines_refused; blank lines are counted apart.
    """

    sha256: str
    name: str
    size: int
    number: int
    source: str = ""
    source_title: str = ""
    reader_digest: str = ""
    status: Status = "accepted"
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    mapped: list[Mapped] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    lines_read: int = 0
    lines_stored: int = 0
    lines_refused: int = 0
    lines_blank: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def row_id(self, row_number: int) -> int:
        """The row_id of a row of this delivery, counted from 1."""
        return (self.number << ROW_BITS) | row_number

    def to_json(self) -> str:
        """The delivery as JSON, the same text for the same delivery."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Delivery":
        """The delivery that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        data["mapped"] = [Mapped(**one) for one in data["mapped"]]
        data["totals"] = [Total(**one) for one in data["totals"]]
        data["refusals"] = [Refusal(**one) for one in data["refusals"]]
        data["remarks"] = [Remark(**one) for one in data["remarks"]]
        return cls(**data)


def delivery_number(sha256: str) -> int:
    """A delivery's number, from its bytes alone, so that a row has the same row_id on every machine."""
    return int(sha256[:9], 16) >> 3


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
