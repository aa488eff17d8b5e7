"""What is at risk, counted once: a minute or a line that one finding has claimed is not claimed by the next."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tillit.units import PARTS

_ORE = PARTS * 60
"""Amounts are whole numbers until they are rounded: this many of them are an öre."""


class Part(NamedTuple):
    """A row of money: what document it belongs to, and whether it is the document itself or a line of it."""

    document: str
    is_whole: bool


class Stretch(NamedTuple):
    """A row of time: from minute to minute, what a minute weighs in 28ths, and what a whole hour costs if known.

    `worker` is whose time it is: two persons who work at once are two minutes in a sum.
    """

    start: int
    end: int
    weight28: int
    ore_per_hour: int | None
    worker: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one finding puts at risk on its rows: clock minutes, payable time in 28ths, or öre.

    `start` and `end` say which minutes of the clock; without them it is the last ones that are still free, those
    of each worker apart.
    """

    rows: tuple[int, ...]
    minutes: int = 0
    payable28: int = 0
    ore: int = 0
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a claim came to: after those before it, and (gross) as if it stood alone."""

    minutes: int = 0
    ore: int = 0
    gross_minutes: int = 0
    gross_ore: int = 0
    priced: bool = True


class _Piece(NamedTuple):
    """Minutes that the same rows cover, at the lowest of their prices."""

    start: int
    end: int
    rows: tuple[int, ...]
    free: bool
    weight28: int
    ore_per_hour: int | None


class _Taken(NamedTuple):
    minutes: int
    ore: int
    priced: bool
    pieces: list[_Piece]


def settle(
    claims: Iterable[Claim], stretches: Mapping[int, Stretch], documents: Mapping[int, Part] | None = None
) -> list[Settled]:
    """What each claim comes to, those first in order taken first.

    Takes: the rows of time by row_id; `documents`, row_id -> the invoice that a line or an invoice's own row is of.

    >>> row = {1: Stretch(0, 120, 28, 30000)}
    >>> settle([Claim((1,), minutes=60, start=60, end=120), Claim((1,), minutes=90)], row)[1]
    Settled(minutes=30, ore=15000, gross_minutes=90, gross_ore=45000, priced=True)
    """
    time, money = _TimeClaimed(stretches), _MoneyClaimed(documents or {})
    return [money.settle(claim) if claim.ore else time.settle(claim) for claim in claims]


class _TimeClaimed:
    """Which minutes of each row have been claimed: disjoint stretches, in order."""

    def __init__(self, stretches: Mapping[int, Stretch]) -> None:
        self._stretches = stretches
        self._claimed: dict[int, list[tuple[int, int]]] = {}

    def settle(self, claim: Claim) -> Settled:
        pieces = [piece for rows in self._counted_together(claim) for piece in self._pieces(claim, rows)]
        pieces.sort()
        budget = claim.payable28 or claim.minutes
        by_weight = bool(claim.payable28)
        alone = _take(pieces, budget, by_weight)
        before = sum((piece.end - piece.start) * _cost(piece, by_weight) for piece in pieces if not piece.free)
        rest = _take([piece for piece in pieces if piece.free], budget - before, by_weight) if before else alone
        for piece in rest.pieces:
            for row in piece.rows:
                insort(self._claimed.setdefault(row, []), (piece.start, piece.end))
        return Settled(rest.minutes, rest.ore, alone.minutes, alone.ore, alone.priced)

    def _counted_together(self, claim: Claim) -> list[list[int]]:
        """The rows whose minutes are the same minutes when they fall together."""
        known = sorted(set(claim.rows) & self._stretches.keys())
        if claim.start is not None:
            return [known]
        of_worker: dict[int | None, list[int]] = {}
        for row in known:
            of_worker.setdefault(self._stretches[row].worker, []).append(row)
        return list(of_worker.values())

    def _pieces(self, claim: Claim, rows: Iterable[int]) -> Iterator[_Piece]:
        """The minutes of the rows, cut wherever a row or what has been claimed of it begins or ends."""
        ends: list[tuple[int, int, int]] = []  # minute, 0 where a row ends and 1 where it begins, row
        cuts: set[int] = set()
        for row in rows:
            whole = self._stretches[row]
            start = whole.start if claim.start is None else max(whole.start, claim.start)
            end = whole.end if claim.end is None else min(whole.end, claim.end)
            if start < end:
                ends += [(start, 1, row), (end, 0, row)]
                cuts |= {cut for part in self._claimed.get(row, ()) for cut in part if start < cut < end}
        points = sorted({minute for minute, _, _ in ends} | cuts)
        ends.sort()
        active: set[int] = set()
        at = 0
        for start, end in pairwise(points):
            while at < len(ends) and ends[at][0] <= start:
                (active.add if ends[at][1] else active.discard)(ends[at][2])
                at += 1
            if active:
                yield self._piece(start, end, tuple(sorted(active)))

    def _piece(self, start: int, end: int, rows: tuple[int, ...]) -> _Piece:
        held = [self._stretches[row] for row in rows]
        priced = [(row.weight28 * row.ore_per_hour, row) for row in held if row.ore_per_hour is not None]
        cheapest = min(priced)[1] if priced else min(held, key=lambda row: row.weight28)
        free = not any(self._is_claimed(row, start) for row in rows)
        return _Piece(start, end, rows, free, cheapest.weight28, cheapest.ore_per_hour)

    def _is_claimed(self, row: int, minute: int) -> bool:
        parts = self._claimed.get(row, [])
        before = bisect_right(parts, minute, key=lambda part: part[0])
        return before > 0 and minute < parts[before - 1][1]


def _cost(piece: _Piece, by_weight: bool) -> int:
    return piece.weight28 if by_weight else 1


def _take(pieces: Sequence[_Piece], budget: int, by_weight: bool) -> _Taken:
    """As many of the minutes as the budget pays for, the last ones first; rounded once."""
    minutes, amount, priced, taken = 0, 0, True, []
    for piece in reversed(pieces):
        if budget <= 0:
            break
        cost = _cost(piece, by_weight)
        length = min(piece.end - piece.start, -(-budget // cost))
        used = min(budget, length * cost)
        weighted = used if by_weight else length * piece.weight28
        budget -= used
        minutes += length
        priced = priced and piece.ore_per_hour is not None
        amount += weighted * (piece.ore_per_hour or 0)
        taken.append(piece._replace(start=piece.end - length))
    return _Taken(minutes, (amount + _ORE // 2) // _ORE, priced, taken)


class _MoneyClaimed:
    """Which lines and documents carry an amount, and how much."""

    def __init__(self, documents: Mapping[int, Part]) -> None:
        self._documents = documents
        self._carried: list[int] = []  # öre, of each claim so far
        self._on: dict[int | Part, set[int]] = {}  # row, or document with whether it is the whole -> those claims

    def settle(self, claim: Claim) -> Settled:
        """A line that carries an amount carries no other; what its invoice carries as a whole counts towards it.

        Towards what an invoice is to carry as a whole counts all that it and its lines carry already.
        """
        rows = sorted(set(claim.rows))
        before = {number for row in rows for number in self._touching(row)}
        is_free = any(row not in self._on for row in rows)
        ore = max(0, claim.ore - sum(self._carried[number] for number in before)) if is_free else 0
        for row in rows:
            for place in (row, self._documents.get(row)):
                if place is not None:
                    self._on.setdefault(place, set()).add(len(self._carried))
        self._carried.append(ore)
        # minutes told beside an amount are those that it is for: they follow it
        return Settled(claim.minutes * ore // claim.ore, ore, claim.minutes, claim.ore)

    def _touching(self, row: int) -> set[int]:
        """The claims so far that bear on the same money as the row."""
        part = self._documents.get(row)
        same = self._on.get(row, set())
        if part is None:
            return same
        lines = self._on.get(part._replace(is_whole=False), set()) if part.is_whole else set()
        return same | lines | self._on.get(part._replace(is_whole=True), set())
