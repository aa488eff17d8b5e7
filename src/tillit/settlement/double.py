"""Time when more assistants worked at once than the decisions of the day grant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from tillit.settlement.decision import Decision
from tillit.settlement.reported import Piece
from tillit.units import TOWN, midnight, minutes_between


@dataclass
class Doubled:
    """Minutes of each piece that no decision lets one more work, and how much of the month's bank has gone."""

    above: dict[Piece, int] = field(default_factory=dict)
    bank_used: int = 0


def doubled(present: Sequence[Piece], decisions: Sequence[Decision], bank_used: int = 0) -> Doubled:
    """Sweeps the pieces of assistants who were with the client, day by day, in time order.

    At each minute one may work, and as many more as the open slots say; the next ones take from the month's bank
    while it lasts. Of those who work at once, the ones who began last are above.

    Takes: pieces of one month, in order.
    Law: 1993:387 9 a § (more than one only where the need cannot be met otherwise).
    """
    found = Doubled(bank_used=bank_used)
    days: dict[date, list[Piece]] = {}
    for piece in present:
        days.setdefault(piece.day, []).append(piece)
    for day, of_day in days.items():
        if any(one.ends_at > other.starts_at for one, other in _neighbours(of_day)):
            _sweep(day, of_day, [one for one in decisions if one.holds_on(day)], found)
    return found


def _neighbours(of_day: list[Piece]) -> list[tuple[Piece, Piece]]:
    """Each piece with the one that ended last before it began: enough to see whether any overlap."""
    pairs, last = [], of_day[0]
    for piece in of_day[1:]:
        pairs.append((last, piece))
        last = max(last, piece, key=lambda one: one.ends_at)
    return pairs


def _sweep(day: date, of_day: list[Piece], decisions: list[Decision], found: Doubled) -> None:
    bank = sum(one.double_bank for one in decisions)
    for start, end in _segments(day, of_day, decisions):
        here = [piece for piece in of_day if piece.starts_at <= start and end <= piece.ends_at]
        clock = start.astimezone(TOWN)
        minute = clock.hour * 60 + clock.minute
        open_now = [slot for one in decisions for slot in one.double_slots if slot.open_at(day, minute)]
        more = here[1 + sum(slot.extra for slot in open_now) :]
        if not more:
            continue
        length = minutes_between(start, end)
        # Minute for minute, everyone above takes one from the bank: in the last minute the first of them.
        left = max(0, bank - found.bank_used)
        found.bank_used += min(left, length * len(more))
        whole, rest = divmod(min(left, length * len(more)), len(more))
        for place, piece in enumerate(more):
            without = length - whole - (place < rest)
            if without:
                found.above[piece] = found.above.get(piece, 0) + without


def _segments(day: date, of_day: list[Piece], decisions: list[Decision]) -> list[tuple[datetime, datetime]]:
    """The day cut wherever someone begins or ends, a slot opens or closes, or the clocks change."""
    first, last = of_day[0].starts_at, max(piece.ends_at for piece in of_day)
    cuts = {edge for piece in of_day for edge in (piece.starts_at, piece.ends_at)}
    starts, ends = midnight(day), midnight(day + timedelta(days=1))
    offsets = {moment.astimezone(TOWN).utcoffset() or timedelta() for moment in (starts, ends)}
    if len(offsets) > 1:
        cuts.add(datetime.combine(day, time(1), UTC))  # in Sweden both changes come at one o'clock UTC
    for slot in (slot for one in decisions for slot in one.double_slots):
        for minute in (slot.from_minute, slot.to_minute):
            clock = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
            cuts |= {clock - offset for offset in offsets}
    inside = sorted(cut for cut in cuts if first <= cut <= last)
    return list(pairwise(inside))
