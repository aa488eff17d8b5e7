"""The sums of a report: over everything, by control, by provider and over time."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from tillit.report.values import local
from tillit.report.words import CERTAINTY, MONTHS
from tillit.store import Finding, Result
from tillit.units import format_money


@dataclass
class Sum:
    """Findings added up. Amounts and minutes are those counted once over all controls.

    `ore` is kronor; amounts in other currencies are kept apart in `foreign`, and never added to it.
    """

    findings: int = 0
    minutes: int = 0
    ore: int = 0
    unpriced: int = 0
    foreign: dict[str, int] = field(default_factory=dict)
    number_of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CERTAINTY, 0))
    ore_of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CERTAINTY, 0))

    def add(self, finding: Finding) -> None:
        """Counts one finding more."""
        certainty = finding.certainty
        self.findings += 1
        self.minutes += finding.minutes_at_risk
        self.unpriced += not finding.priced and finding.minutes_at_risk > 0
        self.number_of[certainty] = self.number_of.get(certainty, 0) + 1
        if finding.currency == "SEK":
            self.ore += finding.at_risk_ore
            self.ore_of[certainty] = self.ore_of.get(certainty, 0) + finding.at_risk_ore
        elif finding.at_risk_ore:
            self.foreign[finding.currency] = self.foreign.get(finding.currency, 0) + finding.at_risk_ore

    def amounts(self) -> str:
        """The amounts in words, kronor first; nothing where there is none."""
        kronor = [format_money(self.ore)] if self.ore else []
        return " + ".join([*kronor, *([self.amounts_abroad()] if self.foreign else [])])

    def amounts_abroad(self) -> str:
        """The amounts in other currencies than kronor."""
        return " + ".join(format_money(ore, name) for name, ore in sorted(self.foreign.items()))


@dataclass(frozen=True)
class Bucket:
    """A stretch of time in a chart: its first day, the word under it, and how many findings of each certainty."""

    first: date
    label: str
    about: str
    number_of: dict[str, int]


def total(findings: Iterable[Finding]) -> Sum:
    """All of them together."""
    added = Sum()
    for finding in findings:
        added.add(finding)
    return added


def by_control(result: Result) -> dict[str, Sum]:
    """A sum for each control that ran, those with the largest amounts first, those without findings last."""
    sums = _grouped(result.findings, lambda finding: finding.control)
    for run in result.run:
        sums.setdefault(run.control, Sum())
    return _largest_first(sums)


def by_provider(result: Result) -> dict[str, Sum]:
    """A sum for each provider that has findings, the largest amount first; '' has those without provider."""
    return _largest_first(_grouped(result.findings, lambda finding: finding.provider or ""))


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, Sum]:
    sums: dict[str, Sum] = defaultdict(Sum)
    for finding in findings:
        sums[key(finding)].add(finding)
    return dict(sums)


def _largest_first(sums: dict[str, Sum]) -> dict[str, Sum]:
    return dict(sorted(sums.items(), key=lambda item: (-item[1].ore, -item[1].findings, -item[1].minutes, item[0])))


def largest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as a reader should meet them: the largest amount first, then the surest, then the longest."""
    order = {certainty: place for place, certainty in enumerate(CERTAINTY)}
    return sorted(
        findings,
        key=lambda one: (
            -one.at_risk_ore,
            -one.gross_at_risk_ore,
            order.get(one.certainty, len(order)),
            -one.minutes_at_risk,
            -(one.measured or 0),
            one.period_from or "",
            one.id,
        ),
    )


def over_time(findings: Iterable[Finding]) -> list[Bucket]:
    """Findings by week, month or year, whichever the eye can take in; empty stretches included.

    Gives: nothing where all fall in one stretch, or where none has a day.
    """
    days = [
        (date.fromisoformat(local(start)[:10]), one.certainty)
        for one in findings
        if (start := one.period_from or one.period_to)
    ]
    if not days:
        return []
    first, last = min(day for day, _ in days), max(day for day, _ in days)
    step = _week if (last - first).days <= 70 else _month if (last - first).days <= 1100 else _year
    starts = [step(first)[0]]
    while starts[-1] <= last:
        starts.append(step(starts[-1])[1])
    counts = {start: dict.fromkeys(CERTAINTY, 0) for start in starts[:-1]}
    for day, certainty in days:
        counts[step(day)[0]][certainty] += 1
    if len(counts) < 2:
        return []
    return [
        Bucket(start, *_names(start, end, is_first=start == starts[0]), counts[start])
        for start, end in pairwise(starts)
    ]


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def _names(start: date, end: date, *, is_first: bool) -> tuple[str, str]:
    """The word under the bar, and in full; the year is told once, and when it changes."""
    if (end - start).days == 7:
        week = start.isocalendar()
        return f"v. {week.week}", f"vecka {week.week} {week.year}"
    if (end - start).days < 32:
        name = MONTHS[start.month - 1]
        year = f" {start.year}" if is_first or start.month == 1 else ""
        return f"{name[:3]}{year}", f"{name} {start.year}"
    return str(start.year), str(start.year)
