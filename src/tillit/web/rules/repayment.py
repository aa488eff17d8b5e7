"""Which claim a payment in a bank's file is for: by its reference number alone, and never by a guess."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tillit.identifiers.number import is_digits, passes_luhn
from tillit.store import Store
from tillit.web.models import Board, Claim, Repayment
from tillit.web.rules.invoice_store import rows
from tillit.web.rules.recovery import standing

RECORDED_IN = ("served", "appealed", "plan", "reminded", "at_court", "collected")
"""The states in which money is waited for, and a payment is recorded."""

_BETWEEN = re.compile(r"[\s,;:/]+")


@dataclass(frozen=True)
class Incoming:
    """A payment to the municipality in a bank's file, without the name of the one who paid."""

    sha256: str
    line: int
    paid_on: date
    ore: int
    references: frozenset[str]
    returned: bool
    source: str
    """The same for the same payment in whatever file it comes: that it is recorded once is asked of the database."""


@dataclass(frozen=True)
class Judged:
    """What is to be done with a payment: record it with a claim, or leave it to a person because of `why`."""

    claim: Claim | None
    why: str = ""


def reference_of(matter: int) -> str:
    """The number that the one who pays gives: the key of the case in eight digits, with a check digit.

    >>> reference_of(7), reference_of(31_415)
    ('000000075', '000314153')
    """
    begun = f"{matter:08}"
    return next(f"{begun}{last}" for last in range(10) if passes_luhn(f"{begun}{last}"))


def incoming(store: Store, files: Collection[str]) -> list[Incoming]:
    """The payments in Swedish kronor that some deliveries have booked, in the order of their lines."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows(store, "bank_entry", files):
        if row["amount_ore"] <= 0 or row.get("status") != "booked" or row.get("booked_on") is None:
            continue
        if row.get("currency") not in (None, "", "SEK"):
            continue
        told = "|".join(
            str(row.get(name) or "") for name in ("own_account", "booked_on", "amount_ore", "reference", "payment_id")
        )
        # Two equal payments of a day stand twice in a file; the same file sent again has them twice too.
        seen[row["sha256"], told] += 1
        key = hashlib.sha256(f"{told}|{seen[row['sha256'], told]}".encode()).hexdigest()[:40]
        given = frozenset(one.upper() for one in _BETWEEN.split(row.get("reference") or "") if one)
        returned = bool(row.get("reversal"))
        found.append(
            Incoming(row["sha256"], row["line"], row["booked_on"], row["amount_ore"], given, returned, f"bank:{key}")
        )
    return sorted(found, key=lambda one: (one.sha256, one.line))


def claims_by_reference(board: Board) -> dict[str, Claim]:
    """The decided claims of a board, by their reference number and by the number of their case."""
    found: dict[str, Claim] = {}
    for claim in Claim.objects.filter(matter__board=board).exclude(decided_ore=None).select_related("matter"):
        found[reference_of(claim.matter_id)] = found[claim.matter.number.upper()] = claim
    return found


def judge(one: Incoming, claims: Mapping[str, Claim], day: date) -> Judged:
    """What is to be done with a payment that is not recorded yet."""
    matched = {claims[name].pk: claims[name] for name in one.references & set(claims)}
    other = {name for name in one.references - set(claims) if is_digits(name)}
    if not matched:
        return Judged(None, "unknown")
    if len(matched) > 1 or other:
        return Judged(None, "several")
    claim = next(iter(matched.values()))
    if one.returned:
        return Judged(claim, "returned")
    if claim.matter.state not in RECORDED_IN or one.paid_on > day:
        return Judged(claim, "not_open")
    by_hand = Repayment.objects.filter(matter=claim.matter_id, paid_on=one.paid_on, ore=one.ore, source="")
    if by_hand.exists():
        return Judged(claim, "by_hand")
    return Judged(claim, "more" if one.ore > standing(claim, day).left else "")


def recorded(sources: Iterable[str]) -> dict[str, Repayment]:
    """The payments that are recorded already, by their source; those of other boards are out of scope."""
    found = Repayment.objects.filter(source__in=list(sources)).select_related("matter")
    return {one.source: one for one in found}
