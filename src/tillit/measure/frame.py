"""The frame: all that can be drawn, frozen with a hash before anything is drawn from it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tillit.errors import RefusedError


class WrongFrameError(RefusedError):
    """What is to be drawn from does not hold together."""


@dataclass(frozen=True)
class Unit:
    """One thing that can be drawn: a client-month, a visit, a line of an invoice, a grant.

    Takes: amount: öre paid; cluster: those that were paid together (a client's day), else the unit itself.
    """

    id: str
    stratum: str
    amount: int
    cluster: str = ""

    @property
    def together(self) -> str:
        """The cluster that the unit belongs to: its own, where none is named."""
        return self.cluster or self.id


@dataclass(frozen=True)
class Frame:
    """Units in the order of their ids, and the hash that proves that they are the same ones."""

    units: tuple[Unit, ...]
    hash: str

    def sizes(self) -> dict[str, int]:
        """Each stratum -> how many units it holds."""
        return dict(Counter(unit.stratum for unit in self.units))

    def amounts(self) -> dict[str, int]:
        """Each stratum -> öre paid."""
        found: Counter[str] = Counter()
        for unit in self.units:
            found[unit.stratum] += unit.amount
        return dict(found)


def freeze(units: Iterable[Unit]) -> Frame:
    """Freezes a frame: the same units give the same hash, in whatever order they came.

    Raises: WrongFrameError when there are none, when two have the same id, or when one was paid less than nothing.

    >>> freeze([Unit("b", "s", 1), Unit("a", "s", 2)]).hash == freeze([Unit("a", "s", 2), Unit("b", "s", 1)]).hash
    True
    """
    ordered = tuple(sorted(units, key=lambda unit: unit.id))
    if not ordered:
        raise WrongFrameError("there is nothing to draw from", fix="deliver the payments of the period first")
    twice = [id for id, count in Counter(unit.id for unit in ordered).items() if count > 1]
    if twice:
        raise WrongFrameError(f"{len(twice)} ids come twice", where=twice[0], fix="each unit has an id of its own")
    below = [unit.id for unit in ordered if unit.amount < 0]
    if below:
        raise WrongFrameError(
            f"{len(below)} units were paid less than nothing",
            where=below[0],
            fix="set credits against what they credit",
        )
    digest = hashlib.sha256()
    for unit in ordered:
        digest.update(
            json.dumps([unit.id, unit.stratum, unit.amount, unit.cluster], ensure_ascii=False).encode() + b"\n"
        )
    return Frame(ordered, digest.hexdigest())
