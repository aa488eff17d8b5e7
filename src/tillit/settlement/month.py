"""Settles a month, or a part of one: what was decided, reported and approved, what it costs, what is left to pay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tillit.errors import BrokenError
from tillit.settlement.decision import Decision
from tillit.settlement.double import doubled
from tillit.settlement.fill import Carried, Filling, Sum
from tillit.settlement.outcome import OPEN, Action, Line, action_of
from tillit.settlement.permit import PermitSpan, standing_on
from tillit.settlement.reported import PRESENT, Piece, Stretch, pieces
from tillit.settlement.terms import Terms
from tillit.units import PARTS, Period, nearest


@dataclass(frozen=True)
class Advance:
    """Money already paid for the month."""

    row: str
    ore: int


@dataclass(frozen=True)
class Cost:
    """A proven extra cost when the ordinary assistant was ill."""

    row: str
    day: date
    ore: int


@dataclass(frozen=True)
class Settled:
    """A settlement. `difference` is above zero where the municipality owes, below where it has paid too much."""

    period: Period
    lines: tuple[Line, ...]
    due: int
    carry_over: int
    advance: int
    difference: int
    action: Action
    examine: tuple[str, ...]
    """Why someone has to look before anything is asked back."""
    carried: Carried


def settle(
    period: Period,
    *,
    decisions: Sequence[Decision],
    reported: Iterable[Stretch],
    terms: Terms,
    permits: Sequence[PermitSpan] | None,
    agreed_on: date | None = None,
    costs: Sequence[Cost] = (),
    advances: Sequence[Advance] = (),
    carry_over: int = 0,
    may_set_off: bool = False,
    carried: Carried | None = None,
) -> Settled:
    """The whole of a settlement: whole minutes and 28ths until the end, and the öre rounded once.

    Takes: days of one calendar month; permits, or None where none is needed (own employer, the municipality itself);
    what is left since before as `carry_over`, above zero where the municipality owes it. A month in parts is given its
    rows, costs, advances and carry-over once each, and each part what the one before it carried.
    Raises: AboveCapError; ContentError where a parameter is not known for a day.
    """
    if Period.month(period.first.year, period.first.month) != Period.month(period.last.year, period.last.month):
        raise BrokenError("a settlement is of one calendar month")
    work = _Work(period, decisions, terms, carried or Carried())
    work.report(pieces(reported, period), permits, agreed_on)
    due = work.price(costs)
    advance = sum(one.ore for one in advances)
    difference = due + carry_over - advance
    work.lines += [
        Line("carry_over", ore=carry_over),
        Line("advance", ore=advance, rows=tuple(one.row for one in advances)),
        Line("difference", ore=difference),
    ]
    if advance and not work.reported:
        work.examine.add("report_missing")
    examine = tuple(sorted(work.examine))
    action = action_of(difference, examine=bool(examine), may_set_off=may_set_off)
    return Settled(period, tuple(work.lines), due, carry_over, advance, difference, action, examine, work.after())


class _Work:
    """A settlement being made, line by line."""

    def __init__(self, period: Period, decisions: Sequence[Decision], terms: Terms, carried: Carried) -> None:
        self.period, self.decisions, self.terms = period, decisions, terms
        self.filling = Filling(decisions, Period.month(period.first.year, period.first.month), terms, carried)
        self.bank_used, self.exact = carried.bank_used, carried.exact
        self.lines: list[Line] = []
        self.examine: set[str] = set()
        self.reported = False
        for one in self.filling.decisions:
            self._decided(one, carried)

    def _decided(self, one: Decision, carried: Carried) -> None:
        """What the decision gives, in each span of its own that has a day in the period."""
        days = one.days_in(self.period)
        day = days.first if days else None
        while days and day and day <= days.last:
            grant = one.grant(day)
            self.lines.append(Line("decided", of=one.per, decision=one.id, minutes=grant.gross))
            if grant.parental:
                self.lines.append(Line("parental", decision=one.id, minutes=grant.net - grant.gross))
            used = carried.used28.get((one.id, grant.span.first))
            if used:
                self.lines.append(Line("used_before", decision=one.id, weighted28=nearest(used)))
            day = grant.span.last + timedelta(days=1) if grant.span.last < days.last else None

    def report(self, found: list[Piece], permits: Sequence[PermitSpan] | None, agreed_on: date | None) -> None:
        """From what was reported to what is paid, with a code for each minute that falls away."""
        reported: dict[str, Sum] = {}
        refused: dict[str, Sum] = {}
        approved: dict[str, Sum] = {}
        above = Sum()
        permit = {day: self._permit(day, permits, agreed_on) for day in {one.day for one in found}}
        weights = {day: self.terms.weights_on(day) for day in permit}
        kept: list[Piece] = []
        for piece in found:
            reported.setdefault(piece.of.kind, Sum()).add(piece.of.row, piece.minutes)
            code = piece.of.refused or self._refused(piece, weights[piece.day], permit[piece.day])
            if code:
                refused.setdefault(code, Sum()).add(piece.of.row, piece.minutes)
            else:
                kept.append(piece)
        sweep = doubled([one for one in kept if one.of.kind in PRESENT], self.decisions, self.bank_used)
        for piece in kept:
            without = sweep.above.get(piece, 0)
            if without:
                refused.setdefault("above_double", Sum()).add(piece.of.row, without)
            minutes, weight = piece.minutes - without, weights[piece.day][piece.of.kind]
            if minutes:
                approved.setdefault(piece.of.kind, Sum()).add(piece.of.row, minutes, minutes * weight)
                left = self.filling.fill(piece, minutes, weight)
                if left:
                    above.add(piece.of.row, weighted28=left)
        self.reported, self.bank_used = bool(found), sweep.bank_used
        self.examine |= (OPEN & refused.keys()) | {"clock_uncertain" for one in found if one.of.uncertain_minutes}
        self._time("reported", reported)
        self._time("not_approved", refused)
        self._time("approved", approved)
        if above.rows:
            self._time("not_approved", {"above_decision": above})

    def _time(self, code: str, sums: Mapping[str, Sum]) -> None:
        for of, one in sorted(sums.items()):
            self.lines.append(Line(code, of, minutes=one.minutes, weighted28=one.weighted28, rows=tuple(one.rows)))

    def _permit(self, day: date, permits: Sequence[PermitSpan] | None, agreed_on: date | None) -> str:
        if permits is None:
            return ""
        standing = standing_on(day, permits, self.terms.grace(day), agreed_on)
        return {"none": "no_permit", "unclear": "permit_unclear"}.get(standing, "")

    def _refused(self, piece: Piece, weights: Mapping[str, int], permit: str) -> str:
        if piece.of.kind not in weights:
            return "kind_not_paid"
        return permit if self.filling.open_to(piece) else "outside_decision"

    def price(self, costs: Sequence[Cost]) -> int:
        """The lines of what is paid, in whole öre: they add up to the sum, which is rounded once."""
        start = nearest(self.exact)
        for paid, one in self.filling.paid.items():
            rows = tuple(one.rows)
            if paid.rate is None:
                self.lines.append(Line("paid_by_other", "", paid.decision, weighted28=one.weighted28, rows=rows))
                continue
            before = nearest(self.exact)
            self.exact += paid.rate * one.weighted28 / PARTS / 60
            ore = nearest(self.exact) - before
            self.lines.append(Line("due", "", paid.decision, 0, one.weighted28, paid.rate, ore, rows))
        for cost in sorted((one for one in costs if one.day in self.period), key=lambda one: (one.day, one.row)):
            under = [one.id for one in self.decisions if one.cover == "sick_cover" and one.holds_on(cost.day)]
            if under:
                self.exact += cost.ore
                self.lines.append(Line("cost", decision=under[0], ore=cost.ore, rows=(cost.row,)))
            else:
                self.lines.append(Line("not_approved", of="outside_decision", ore=cost.ore, rows=(cost.row,)))
        return nearest(self.exact) - start

    def after(self) -> Carried:
        """What the next part goes on from."""
        return Carried(self.filling.used, self.filling.ours, self.bank_used, self.exact)
