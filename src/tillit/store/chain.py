"""The chain of the log: how a line is hashed, and the proof that no line was changed, taken away or slipped in.

This file needs nothing but Python, so that an auditor can prove an exported log without Tillit:
`python chain.py log.jsonl` or, with a head that was written down earlier, `python chain.py log.jsonl 1200 3f7a...`.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

FIRST = "0" * 64
"""What the first line holds as the hash of the one before."""

HASHED = ("count", "at", "by", "kind", "what", "board", "matter", "zone", "purpose", "details", "previous")
"""What of a line its hash is made over; whatever else stands beside it (a name, for the reader) proves nothing."""


class Fault(NamedTuple):
    """A line of the chain that does not hold, and why."""

    line: int
    why: str


def hash_of(line: Mapping[str, Any]) -> str:
    """The hash of a line: over its canonical JSON, so that every database and every machine gives the same.

    Takes: the parts named in HASHED; `at` in UTC as text.

    >>> hash_of({part: "" for part in HASHED})[:12]
    '65b2cad7f6b3'
    """
    said = {part: line[part] for part in HASHED}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(lines: Iterable[Mapping[str, Any]], heads: Mapping[int, str] | None = None) -> list[Fault]:
    """Every place where the chain does not hold; an empty list is the proof that it does.

    Takes: the lines in order, of which some may be sealed (their hash stands, and not what they say); `heads`
    that were written down elsewhere, as count -> hash: without one a log that was made anew from its first
    line to its last cannot be told from the true one.

    >>> line = {part: "" for part in HASHED} | {"count": 1, "previous": FIRST}
    >>> faults([line | {"hash": hash_of(line)}])
    []
    >>> faults([line | {"hash": hash_of(line), "what": "other"}])
    [Fault(line=1, why='the line has been changed')]
    """
    found = []
    expected, previous = dict(heads or {}), FIRST
    last = 0
    for line in lines:
        count = int(line["count"])
        if count != last + 1:
            found.append(Fault(count, f"it comes after {last}: lines are missing, doubled or moved"))
        if line["previous"] != previous:
            found.append(Fault(count, "it does not follow the line before"))
        if not line.get("sealed") and hash_of(line) != line["hash"]:
            found.append(Fault(count, "the line has been changed"))
        if expected.pop(count, line["hash"]) != line["hash"]:
            found.append(Fault(count, "it is not the head that was written down"))
        last, previous = count, str(line["hash"])
    found += [Fault(count, f"it was written down, and the log ends at {last}") for count in sorted(expected)]
    return found


def main(arguments: list[str]) -> int:
    """Proves a file of JSON lines, and says so in words."""
    if len(arguments) not in {1, 3}:
        print("usage: chain.py LOG.jsonl [COUNT HASH]", file=sys.stderr)
        return 2
    heads = {int(arguments[1]): arguments[2]} if len(arguments) == 3 else {}
    head = (0, FIRST)

    def lines() -> Iterator[dict[str, Any]]:
        nonlocal head
        with open(arguments[0], encoding="utf-8") as file:
            for text in file:
                line: dict[str, Any] = json.loads(text)
                yield line
                head = (line["count"], line["hash"])

    found = faults(lines(), heads)
    for fault in found:
        print(f"{arguments[0]}: line {fault.line}: {fault.why}")
    if not found:
        print(f"unbroken; the head is {head[0]} {head[1]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
