"""Samples: how far their review has come, and when they are closed what they say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from tillit.measure.by_amount import money_by_amount
from tillit.measure.draw import Drawn
from tillit.measure.estimate import (
    Estimate,
    Money,
    Outcome,
    Reviewed,
    difference,
    error_money,
    error_rate,
    money_bounds,
    rate_bounds,
)
from tillit.measure.fairness import Fairness, Group, fairness
from tillit.measure.frame import Unit
from tillit.measure.funnel import Placed, Point, funnel
from tillit.measure.quality import kappa, lift, precision, recall
from tillit.web.models import Sample, SampleUnit
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer

OUTCOMES: dict[str, Outcome] = {"right": "right", "formal": "right", "data": "right", "amount": "wrong"}
"""What a reviewer's answer is in the estimates. What is examined further or cannot be decided is undecided."""

AGREE = 0.6
"""Two who read the same agree less than this beyond chance: they talk it through before a figure is told."""


COLUMNS = (
    "place", "unit", "origin", "stratum", "amount_ore", "chance_top", "chance_of", "found_by", "review", "outcome",
    "error_ore",
)  # fmt: skip
"""The columns of `rows_of`."""


def listed(viewer: Viewer) -> QuerySet[Sample]:
    """The samples of the boards where the viewer may see them, the newest first, with how many are answered."""
    answered = Count("drawn", filter=Q(drawn__matter__closed_at__isnull=False))
    found = Sample.objects.filter(_at(viewer)).defer("frame_file", "providers", "groups")
    return found.select_related("board", "by").annotate(queued=Count("drawn"), answered=answered)


def sample(pk: int, viewer: Viewer) -> Sample | None:
    """One sample that the viewer may see."""
    return listed(viewer).filter(pk=pk).first()


def may_draw(viewer: Viewer, board: int) -> bool:
    """Whether the viewer draws and closes samples at a board."""
    return viewer.has(roles_of("draw"), board=board)


def _at(viewer: Viewer) -> Q:
    boards = [held.board for held in viewer.held if held.role in roles_of("samples")]
    return Q(board_id__isnull=False) if None in boards else Q(board__in=boards)


@dataclass(frozen=True)
class Progress:
    """How many of a stratum are answered."""

    stratum: str
    units: int
    paid_ore: int
    drawn: int


def strata(found: Sample) -> list[Progress]:
    """Each stratum of a sample."""
    return [Progress(name, *counts) for name, counts in sorted(found.strata.items())]


@dataclass(frozen=True)
class Judged:
    """How good a control is: what it found that was reviewed, of which so many were wrong as to the amount."""

    control: str
    reviewed: int
    wrong: int
    precision: Estimate


@dataclass(frozen=True)
class Said:
    """What a closed sample says. Nothing in it is about a person, and nothing ranks anyone.

    `formal` is the share with the right amount and a formal fault. `twice` is how many were read by two, and `kappa`
    how far they agreed; none where no one read twice.
    """

    rate: Estimate
    formal: Estimate
    bounds: tuple[Estimate, Estimate]
    money: Money | None
    by_amount: Estimate | None
    money_bounds: tuple[int, int]
    undecided: int
    recall: Estimate
    lift: tuple[float, float, float] | None
    controls: list[Judged]
    twice: int
    kappa: float | None
    change: tuple[float, float, float] | None
    groups: dict[str, list[Fairness]]
    providers: list[Placed]

    @property
    def may_be_told(self) -> bool:
        """Whether those who read the same agreed well enough for the figures to be told outside."""
        return self.kappa is None or self.kappa >= AGREE


def said(found: Sample) -> Said:
    """The estimates of a closed sample: from what was drawn at random alone, but for what controls found."""
    rows = [_Row.of(one) for one in _rows(found)]
    drawn = [one.reviewed for one in rows if one.reviewed]
    chosen = {one.unit for one in rows if one.found_by}
    hits = [one for one in rows if one.found_by and one.outcome != "undecided"]
    pairs = [(one.outcome, one.second) for one in rows if one.second]
    simple = found.method == "simple"
    low, high = money_bounds(drawn, found.paid_ore)
    return Said(
        rate=error_rate(drawn),
        formal=error_rate([_formal(one, one.drawn) for one in rows if one.drawn]),
        bounds=rate_bounds(drawn),
        money=error_money(drawn, found.paid_ore) if simple else None,
        by_amount=None if simple else money_by_amount(drawn, found.paid_ore),
        money_bounds=(round(low), round(high)),
        undecided=sum(one.outcome == "undecided" for one in drawn),
        recall=recall(drawn, chosen),
        lift=lift(sum(one.outcome == "wrong" for one in hits), len(hits), drawn) if hits else None,
        controls=_judged(hits),
        twice=len(pairs),
        kappa=kappa(pairs) if pairs else None,
        change=_change(found, error_rate(drawn)),
        groups=_groups(found, rows),
        providers=funnel([Point(number, hit, units) for number, (units, _ore, hit) in sorted(found.providers.items())]),
    )


def rows_of(found: Sample) -> list[list[str | int]]:
    """Every unit of a closed sample as a line of a file: what was drawn, with what chance, and what was answered."""
    return [
        [one.place, one.unit, one.origin, one.stratum, one.amount_ore, one.chance_top, one.chance_of,
         " ".join(one.found_by), one.matter.number, str(one.matter.fields.get("outcome", "")),
         int(one.matter.fields.get("too_much", 0)) - int(one.matter.fields.get("too_little", 0))]
        for one in _rows(found)
    ]  # fmt: skip


def _rows(found: Sample) -> QuerySet[SampleUnit]:
    return SampleUnit.objects.filter(sample=found).select_related("matter", "second").order_by("place")


@dataclass(frozen=True)
class _Row:
    unit: str
    outcome: Outcome
    answer: str
    second: str
    found_by: list[str]
    groups: list[str]
    drawn: Drawn | None
    error: int

    @property
    def reviewed(self) -> Reviewed | None:
        """The unit for the estimates; none where it was not drawn at random."""
        return Reviewed(self.drawn, self.outcome, self.error) if self.drawn else None

    @classmethod
    def of(cls, one: SampleUnit) -> "_Row":
        fields = one.matter.fields if one.matter.closed_at else {}
        second = one.second.fields if one.second and one.second.closed_at and one.matter.closed_at else {}
        chance = Fraction(one.chance_top, one.chance_of) if one.chance_of else None
        unit = Unit(one.unit, one.stratum, one.amount_ore, one.cluster)
        return cls(
            unit=one.unit,
            outcome=_outcome(fields.get("outcome", "")),
            answer=fields.get("outcome", ""),
            second=_outcome(second["outcome"]) if second.get("outcome") else "",
            found_by=list(one.found_by),
            groups=list(one.groups),
            drawn=Drawn(unit, chance) if chance else None,
            error=int(fields.get("too_much", 0)) - int(fields.get("too_little", 0)),
        )


def _outcome(answer: str) -> Outcome:
    return OUTCOMES.get(answer, "undecided")


def _formal(row: _Row, drawn: Drawn) -> Reviewed:
    """The same unit, with a formal fault as what is wrong."""
    decided: Outcome = "undecided" if row.outcome == "undecided" else "right"
    return Reviewed(drawn, "wrong" if row.answer == "formal" else decided)


def _judged(hits: Iterable[_Row]) -> list[Judged]:
    counts: dict[str, list[int]] = {}
    for one in hits:
        for control in one.found_by:
            was = counts.setdefault(control, [0, 0])
            was[0] += 1
            was[1] += one.outcome == "wrong"
    return [Judged(name, of, wrong, precision(wrong, of)) for name, (of, wrong) in sorted(counts.items())]


def _change(found: Sample, rate: Estimate) -> tuple[float, float, float] | None:
    """Against the sample of the same frame that was closed before it; none where there is none."""
    before = Sample.objects.filter(board=found.board_id, frame=found.frame, last__lt=found.first)
    last = before.filter(closed_at__isnull=False).order_by("-last", "-pk").first()
    if last is None:
        return None
    earlier = [one for one in (_Row.of(row).reviewed for row in _rows(last)) if one]
    return difference(error_rate(earlier), rate)


def _groups(found: Sample, rows: Iterable[_Row]) -> dict[str, list[Fairness]]:
    kinds: dict[str, list[Group]] = {}
    known = list(rows)
    for name, (units, chosen) in sorted(found.groups.items()):
        kind, _, group = name.partition(":")
        mine = [one for one in known if name in one.groups]
        hits = [one for one in mine if one.found_by and one.outcome != "undecided"]
        drawn = [one for one in mine if one.drawn and one.outcome != "undecided"]
        kinds.setdefault(kind, []).append(
            Group(
                group, units, chosen, len(hits), sum(one.outcome == "wrong" for one in hits), len(drawn),
                sum(one.outcome == "wrong" for one in drawn),
                sum(one.outcome == "right" and bool(one.found_by) for one in drawn),
                sum(one.outcome == "wrong" and not one.found_by for one in drawn),
            )
        )  # fmt: skip
    return {kind: fairness(groups) for kind, groups in kinds.items() if len(groups) > 1}


def periods(today: date) -> tuple[date, date]:
    """The quarter that has gone: what a form proposes."""
    quarter = (today.month - 1) // 3
    first = date(today.year - (quarter == 0), (quarter - 1) % 4 * 3 + 1, 1)
    last = date.fromordinal(date(today.year, quarter * 3 + 1, 1).toordinal() - 1)
    return first, last
