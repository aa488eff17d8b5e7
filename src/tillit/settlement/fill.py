"""Fills time into the decisions of its day, in the order in which it was worked, and sums what each of them pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tillit.settlement.decision import Decision
from tillit.settlement.reported import Piece
from tillit.settlement.terms import Terms
from tillit.units import PARTS, Period


@dataclass(frozen=True)
class Carried:
    """What an earlier part, or earlier months of the same grant, have used: the next one goes on from there."""

    used28: Mapping[tuple[str, date], Fraction] = field(default_factory=dict)
    """Of each decision and span of it, by its first day: as the decision counts, by the clock or weighted."""
    ours28: Mapping[str, int] = field(default_factory=dict)
    """Of each decision, what the municipality has paid of this month."""
    bank_used: int = 0
    exact: Fraction = Fraction(0)
    """Öre of the month so far, before they are rounded."""

    def to_next_month(self) -> "Carried":
        """What holds for the month after: only what grants of more than a month have given."""
        return Carried(used28=self.used28)


@dataclass
class Sum:
    """Time of some rows, each named once and in order."""

    minutes: int = 0
    weighted28: int = 0
    rows: dict[str, None] = field(default_factory=dict)

    def add(self, row: str, minutes: int = 0, weighted28: int = 0) -> None:
        """Adds time of a row."""
        self.minutes += minutes
        self.weighted28 += weighted28
        self.rows[row] = None


@dataclass(frozen=True)
class Paid:
    """What time was paid under: the decision and its rate; no rate where another pays."""

    decision: str
    rate: Fraction | None


class Filling:
    """The decisions of a month and the room that is left in them."""

    def __init__(self, decisions: Sequence[Decision], month: Period, terms: Terms, carried: Carried) -> None:
        self.decisions = [one for one in sorted(decisions, key=lambda one: one.order) if one.cover != "sick_cover"]
        self.terms = terms
        self.used = dict(carried.used28)
        self.ours = dict(carried.ours28)
        self.paid: dict[Paid, Sum] = {}
        self._limits = {one.id: one.ours28(month, terms) for one in self.decisions}
        self._grants: dict[tuple[str, date], tuple[date, int]] = {}

    def open_to(self, piece: Piece) -> list[Decision]:
        """The decisions that time may fill: the one it names, or else all that hold that day."""
        held = [one for one in self.decisions if one.holds_on(piece.day)]
        return [one for one in held if one.id == piece.of.decision] or held

    def fill(self, piece: Piece, minutes: int, weight: int) -> int:
        """Fills time into its decisions. Gives what none of them has room for, as payable time in 28ths."""
        rest = minutes * weight
        for one in self.open_to(piece):
            first, granted = self._grant(one, piece.day)
            used = self.used.get((one.id, first), Fraction(0))
            # A decision that counts by the clock is filled by the clock, also with time that is paid in part.
            cost = Fraction(1) if one.weighted else Fraction(PARTS, weight or PARTS)
            takes = min(rest, int(max(Fraction(0), granted - used) / cost))
            if takes:
                self.used[one.id, first] = used + takes * cost
                self._pay(one, piece, takes)
                rest -= takes
        return rest

    def _grant(self, one: Decision, day: date) -> tuple[date, int]:
        if (one.id, day) not in self._grants:
            grant = one.grant(day)
            self._grants[one.id, day] = grant.span.first, grant.net * PARTS
        return self._grants[one.id, day]

    def _pay(self, one: Decision, piece: Piece, payable: int) -> None:
        limit, before = self._limits[one.id], self.ours.get(one.id, 0)
        ours = payable if limit is None else min(payable, max(0, limit - before))
        self.ours[one.id] = before + ours
        if ours:
            paid = Paid(one.id, one.rate(piece.day, self.terms))
            self.paid.setdefault(paid, Sum()).add(piece.of.row, weighted28=ours)
        if ours < payable:
            self.paid.setdefault(Paid(one.id, None), Sum()).add(piece.of.row, weighted28=payable - ours)
