"""What came of ordered payments: paid with the right amount to the right account, or else why it is not so.

Only a payment that agrees whole is paid; of one that does not a person takes over, with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["paid", "rejected", "returned"]
Verdict = Literal[
    "waiting", "paid", "rejected", "returned", "other_amount", "other_account", "other_currency", "twice", "unordered"
]


@dataclass(frozen=True)
class Ordered:
    """A payment as it was ordered: whole öre in kronor; no account where it is not known."""

    id: str
    ore: int
    account: str = ""


@dataclass(frozen=True)
class Told:
    """A line of a delivered file that tells of a payment. `ore` is above zero, whichever way the money went."""

    id: str
    kind: Kind
    ore: int
    on: date | None
    file: str
    line: int
    account: str = ""
    currency: str = "SEK"
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a payment: öre that are with the payee, on which day, by which line, and the bank's reason."""

    verdict: Verdict
    ore: int = 0
    on: date | None = None
    where: str = ""
    reason: str = ""


def compare(ordered: Iterable[Ordered], told: Iterable[Told]) -> dict[str, Outcome]:
    """What came of each ordered payment, by its id.

    >>> line = Told("B-1", "paid", 100, date(2026, 3, 2), "konto.xml", 7)
    >>> compare([Ordered("B-1", 100)], [line])["B-1"].verdict, compare([Ordered("B-1", 101)], [line])["B-1"].verdict
    ('paid', 'other_amount')
    """
    of: dict[str, list[Told]] = {}
    for one in told:
        of.setdefault(one.id, []).append(one)
    return {one.id: _outcome(one, _once(of.get(one.id, ()))) for one in ordered}


def unordered(prefix: str, ordered: Iterable[Ordered], told: Iterable[Told]) -> dict[str, Outcome]:
    """What was paid under an order's number and stands in no order, by its id. Takes: what the order's ids begin with.

    >>> unordered("B-", [Ordered("B-1", 100)], [Told("B-2", "paid", 100, None, "konto.xml", 8)])["B-2"].verdict
    'unordered'
    """
    known = {one.id for one in ordered}
    of: dict[str, list[Told]] = {}
    for one in told:
        if one.id.startswith(prefix) and one.id not in known:
            of.setdefault(one.id, []).append(one)
    found = {name: _sums(_once(lines)) for name, lines in sorted(of.items())}
    return {name: Outcome("unordered", *last) for name, last in found.items() if last[0]}


def _outcome(one: Ordered, lines: Sequence[Told]) -> Outcome:
    if not lines:
        return Outcome("waiting")
    with_payee, on, where, reason = _sums(lines)
    verdict = _verdict(one, lines, with_payee)
    return Outcome(verdict, with_payee, on, where, reason)


def _verdict(one: Ordered, lines: Sequence[Told], with_payee: int) -> Verdict:
    if any(line.currency not in ("", "SEK") for line in lines):
        return "other_currency"
    kinds = Counter(line.kind for line in lines)
    if not with_payee and (kinds["rejected"] or kinds["returned"]):
        return "returned" if kinds["returned"] else "rejected"
    if with_payee != one.ore or kinds["rejected"] or kinds["returned"]:
        return "twice" if with_payee == one.ore * kinds["paid"] and kinds["paid"] > 1 else "other_amount"
    accounts = {_digits(line.account) for line in lines if line.account and not line.account.startswith("BA-")}
    return "other_account" if one.account and accounts - {_digits(one.account)} else "paid"


def _sums(lines: Sequence[Told]) -> tuple[int, date | None, str, str]:
    with_payee = sum({"paid": one.ore, "returned": -one.ore, "rejected": 0}[one.kind] for one in lines)
    last = max(lines, key=lambda one: (one.on or date.min, one.line))
    reason = next((one.reason for one in reversed(lines) if one.reason), "")
    return with_payee, last.on, f"{last.file}:{last.line}", reason


def _once(lines: Iterable[Told]) -> list[Told]:
    """Each booking once. A statement and a notice tell of the same one; one file that tells of it twice has two."""
    files: dict[tuple[object, ...], dict[str, list[Told]]] = {}
    for one in sorted(lines, key=lambda each: (each.on or date.min, each.file, each.line)):
        files.setdefault((one.kind, one.ore, one.on, one.currency), {}).setdefault(one.file, []).append(one)
    return [one for told in files.values() for one in max(told.values(), key=len)]


def _digits(account: str) -> str:
    return "".join(one for one in account.partition(":")[2] or account if one.isalnum()).lstrip("0")
