"""Draws towns, runs every control on them, and counts what was found, missed, and told of the honest."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from tillit import engine
from tillit.catalogue import Catalogue
from tillit.demo.drawn import DrawnTown, Truth, draw_town
from tillit.measure.estimate import wilson
from tillit.proof.match import match
from tillit.proof.units import count, unit_of
from tillit.store import Finding, Store

RECALL, FALSE_ALARMS = 0.95, 0.01
"""The goals: of what is wrong this share is found; of the honest at most this share is told."""

Tell = Callable[[str, int, int], None]


@dataclass
class Tried:
    """One control on all the towns. `found` and `planted` by the kind of wrong."""

    control: str
    type: str
    unit: str
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    exact: int = 0
    known: int = 0
    alarms: int = 0
    honest: int = 0
    echoes: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> tuple[float, float, float] | None:
        """The share found, with its interval; none where nothing was planted."""
        return _share(self.found.total(), self.planted.total())

    @property
    def false_alarms(self) -> tuple[float, float, float] | None:
        """The share of honest units that were told, with its interval; none where there were none."""
        return _share(self.alarms, self.honest)

    @property
    def is_met(self) -> bool:
        """Whether the goals are reached: recall of rules and deviations, false alarms of all, and every amount."""
        recall, alarms = self.recall, self.false_alarms
        asks_recall = self.type in ("rule", "deviation")
        return (
            (recall is None or not asks_recall or recall[0] >= RECALL)
            and (alarms is None or alarms[0] <= FALSE_ALARMS)
            and self.exact == self.found.total()
        )


@dataclass
class Proof:
    """What the towns showed."""

    size: str
    seeds: Sequence[int]
    content: str
    tried: dict[str, Tried]
    entries: int = 0
    missed: list[tuple[int, Truth]] = field(default_factory=list)
    inexact: list[tuple[int, Truth]] = field(default_factory=list)
    alarms: list[tuple[int, Finding]] = field(default_factory=list)
    no_place: Counter[str] = field(default_factory=Counter)

    @property
    def is_met(self) -> bool:
        """Whether every control reaches its goals."""
        return all(one.is_met for one in self.tried.values())


def prove(
    catalogue: Catalogue, *, seeds: Sequence[int], size: str, folder: Path | None = None, tell: Tell | None = None
) -> Proof:
    """Tries every control on a town of each seed.

    Takes: where the towns lie while they are tried; each is taken away before the next is drawn.
    """
    tried = {
        id: Tried(id, control.type, unit_of(control))
        for id, control in catalogue.controls.items()
        if control.status not in ("draft", "retired")
    }
    proof = Proof(size, list(seeds), catalogue.digest, tried)
    for number, seed in enumerate(seeds):
        if tell:
            tell(f"a town of seed {seed}", number, len(seeds))
        with tempfile.TemporaryDirectory(dir=folder, prefix="town-") as place:
            store = Store(Path(place) / "store", Path(place) / "protected")
            town = draw_town(store, catalogue, size=size, seed=seed)
            result = engine.run(store, catalogue, town.deliveries, day=town.day)
            proof.entries += result.tables["time_entry"]
            _count(proof, seed, town, result.findings)
            _count_honest(proof, store, catalogue, town, {one.control for one in result.run})
    return proof


def _count(proof: Proof, seed: int, town: DrawnTown, findings: Sequence[Finding]) -> None:
    matched = match(town.truths, findings)
    for truth, exact in matched.found:
        one = proof.tried[truth.control]
        if truth.kind == "known":
            one.known += 1
            continue
        one.planted[truth.kind] += 1
        one.found[truth.kind] += 1
        one.exact += exact
        if not exact:
            proof.inexact.append((seed, truth))
    for truth in matched.missed:
        if truth.kind != "known":
            proof.tried[truth.control].planted[truth.kind] += 1
            proof.missed.append((seed, truth))
    for finding, truth in matched.echoes:
        proof.tried[finding.control].echoes[f"{truth.control} {truth.kind}"] += 1
    for finding in matched.alarms:
        proof.tried[finding.control].alarms += 1
        proof.alarms.append((seed, finding))
    for name, times in town.not_planted.items():
        proof.no_place[name] += times


def _count_honest(proof: Proof, store: Store, catalogue: Catalogue, town: DrawnTown, ran: Set[str]) -> None:
    taken = [one.sha256 for one in town.deliveries]
    files = {table: store.parquet(table, taken) for table in catalogue.tables}
    wrong = Counter(truth.control for truth in town.truths)
    known: dict[tuple[str, str], int] = {}
    for id in sorted(ran & proof.tried.keys()):
        one = proof.tried[id]
        control = catalogue.controls[id]
        key = (one.unit, control.area)
        if key not in known:
            known[key] = count(control, files)
        one.honest += max(0, known[key] - wrong[id])


def _share(hits: int, of: int) -> tuple[float, float, float] | None:
    if not of:
        return None
    return hits / of, *wilson(min(hits, of), of)
