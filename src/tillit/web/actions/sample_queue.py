"""The queue of a sample: each unit in its place with its reviews, and what is counted of the frame they came from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from tillit.catalogue import SampleFrame
from tillit.engine import FrameUnit
from tillit.store import Evidence
from tillit.web.actions.exhibit import exhibits_from_rows
from tillit.web.actions.matter import new_case
from tillit.web.models import Case, Sample, SampleUnit, Unit
from tillit.web.rules.content import catalogue
from tillit.web.rules.decided_unit import Decisions, Units, unit_of
from tillit.web.rules.viewer import nobody

PROCESS = "sample_review"

Totals = dict[str, list[int]]


@dataclass(frozen=True)
class Known:
    """What is known beside the units: of the frame, of findings, of providers, clients and decisions."""

    frame: SampleFrame
    found: Mapping[str, list[str]]
    large: Collection[str]
    protected: Collection[str]
    decided: Decisions
    units: Units

    def groups(self, unit: FrameUnit) -> list[str]:
        """The groups of providers that a unit belongs to."""
        run_by, size = "own" if unit.own_unit else "others", "large" if unit.provider in self.large else "small"
        return [f"run_by:{run_by}", f"size:{size}"]


def put_in_line(
    sample: Sample, unit: FrameUnit, known: Known, number: int, chance: Fraction, reviews: Sequence[Case]
) -> None:
    """A unit in its place of the queue, with how likely it was to be drawn; nought where a control chose it."""
    SampleUnit.objects.create(
        sample=sample, place=number, unit=unit.id, origin="random" if chance else "rule", stratum=unit.stratum,
        amount_ore=unit.amount, cluster=unit.cluster, chance_top=chance.numerator,
        chance_of=chance.denominator if chance else 0, provider_number=unit.provider, groups=known.groups(unit),
        found_by=known.found.get(unit.id, []), matter=reviews[0], second=reviews[1] if len(reviews) > 1 else None,
    )  # fmt: skip


def open_review(sample: Sample, unit: FrameUnit, known: Known, rows: Sequence[Evidence], now: datetime) -> Case:
    """The same words whatever it is and wherever it came from: nothing in it says how it got there."""
    frame = known.frame
    given: dict[str, Any] = {
        "unit": frame.unit, "period_from": unit.period_from, "period_to": unit.period_to, "paid": unit.amount,
        "ask": "\n".join(frame.ask),
    }  # fmt: skip
    at = unit_of(unit, known.decided, known.units)
    case = new_case(
        catalogue().processes[PROCESS], by=nobody(now), now=now, board=sample.board,
        unit=Unit.objects.get(pk=at) if at else None, title=f"Granska {frame.unit}", given=given,
        provider_number=unit.provider, protected=unit.client in known.protected,
    )  # fmt: skip
    exhibits_from_rows(case, case.title, rows, by=sample.by, now=now)
    return case


def totals(units: Iterable[FrameUnit], known: Known, drawn: Collection[str]) -> tuple[Totals, Totals, Totals]:
    """Sums of the frame by stratum, by provider and by group, as the model says."""
    strata: Totals = {}
    providers: Totals = {}
    groups: Totals = {}
    for one in units:
        hit = one.id in known.found
        _add(strata, one.stratum, 1, one.amount, one.id in drawn)
        _add(providers, one.provider, 1, one.amount, hit)
        for name in known.groups(one):
            _add(groups, name, 1, hit)
    return strata, providers, groups


def _add(totals: Totals, key: str, *more: int) -> None:
    totals[key] = [was + one for was, one in zip(totals.get(key, [0] * len(more)), more, strict=True)]
