"""A back-test: what changed content would have found of rows that are stored already, beside what is found today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from tillit.catalogue import Catalogue
from tillit.engine.run import Progress, run
from tillit.errors import RefusedError
from tillit.store import Delivery, Finding, Result, Store


class ReadOtherwise(RefusedError):
    """The change is in how files are read, and stored rows are not read again."""


@dataclass(frozen=True)
class Change:
    """A finding before the change and after it; one of them is none where it is new or gone."""

    before: Finding | None
    after: Finding | None

    @property
    def kind(self) -> str:
        """new, gone or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def finding(self) -> Finding:
        """The finding as it would be; as it was, where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def difference_ore(self) -> int:
        """How much more, or less, there would be to explain."""
        return (self.after.at_risk_ore if self.after else 0) - (self.before.at_risk_ore if self.before else 0)


@dataclass(frozen=True)
class Row:
    """What becomes of a control in one currency: how many findings, and amounts to explain in its hundredths."""

    control: str
    currency: str
    before: int
    after: int
    new: int
    gone: int
    changed: int
    before_ore: int
    after_ore: int


@dataclass(frozen=True)
class BackTest:
    """The same rows, day and engine, asked with two contents."""

    before: Result
    after: Result
    changes: list[Change]
    rows: list[Row]
    """The controls that something changes in, by id and currency."""
    stopped: list[str]
    """Controls that ran before and do not after."""
    started: list[str]
    """Controls that run after and did not before."""


def backtest(
    store: Store,
    before: Catalogue,
    after: Catalogue,
    deliveries: Sequence[Delivery],
    *,
    day: date,
    progress: Progress | None = None,
) -> BackTest:
    """Asks every control twice over the same deliveries, as of the same day. Nothing is kept and nothing switched on.

    All controls are asked, not only those that differ: a minute is counted by one of them alone, so that a change in
    one can move an amount from another.
    Raises: ReadOtherwise where the contents differ in tables or sources.
    """
    for kind in ("tables", "sources"):
        old, new = getattr(before, kind), getattr(after, kind)
        differing = sorted(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))
        if differing:
            raise ReadOtherwise(
                f"a back-test asks rows that are read already, and the change is in {kind}: {', '.join(differing)}",
                fix=f"take {kind} out of the overlay, or read the files again with it",
            )
    tell = progress or (lambda what, done, of: None)
    first, second = (
        run(store, content, deliveries, day=day, progress=partial(_told, tell, f"{when} the change"))
        for when, content in (("before", before), ("after", after))
    )
    return compare(first, second)


def _told(tell: Progress, when: str, what: str, done: int, of: int) -> None:
    tell(f"{when}: {what}", done, of)


def compare(before: Result, after: Result) -> BackTest:
    """What is new, gone and changed from one result to another, by control and in order of difference.

    A finding is the same when its identity is; a new revision of its control alone does not make it changed.
    """
    old, new = ({one.id: one for one in result.findings} for result in (before, after))
    pairs = [Change(old.get(id), new.get(id)) for id in old.keys() | new.keys()]
    changes = [one for one in pairs if not _is_alike(one)]
    changes.sort(key=lambda one: (one.finding.control, -abs(one.difference_ore), one.kind, one.finding.id))
    ran, runs = ({one.control for one in result.run} for result in (before, after))
    return BackTest(before, after, changes, _rows(before, after, changes), sorted(ran - runs), sorted(runs - ran))


def _is_alike(pair: Change) -> bool:
    if pair.before is None or pair.after is None:
        return False
    return replace(pair.before, revision=pair.after.revision) == pair.after


def _rows(before: Result, after: Result, changes: Sequence[Change]) -> list[Row]:
    numbers: Counter[tuple[str, str, str]] = Counter()
    for name, result in (("before", before), ("after", after)):
        for one in result.findings:
            numbers[one.control, one.currency, name] += 1
            numbers[one.control, one.currency, f"{name}_ore"] += one.at_risk_ore
    touched = set()
    for change in changes:
        found = change.finding
        numbers[found.control, found.currency, change.kind] += 1
        # A finding that has changed its currency has changed both figures.
        touched |= {(one.control, one.currency) for one in (change.before, change.after) if one}
    names = ("before", "after", "new", "gone", "changed", "before_ore", "after_ore")
    return [Row(*key, *(numbers[*key, name] for name in names)) for key in sorted(touched)]
