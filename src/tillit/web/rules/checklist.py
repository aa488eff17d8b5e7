"""What is asked and answered in a matter's check lists, and what is left of those that belong to where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tillit.catalogue import Checklist, Phase, Process, deviation
from tillit.web.models import ChecklistRun, Matter, Reply


@dataclass(frozen=True)
class Filled:
    """A run of a check list: the questions as they were asked, and the last answer to each."""

    run: ChecklistRun
    replies: Mapping[str, Reply]

    @property
    def left(self) -> list[str]:
        """The questions that nobody has answered, in their order."""
        return [name for name in self.run.asked if name not in self.replies]

    @property
    def deviation(self) -> str:
        """What the answers come to: none, minor or serious."""
        weighs = {name: question["weighs"] for name, question in self.run.asked.items()}
        return deviation(weighs, {name: one.reply for name, one in self.replies.items()})


def runs_of(*matters: Matter | int) -> list[Filled]:
    """The check lists of a matter, or of some, in the order in which they were begun."""
    runs = list(ChecklistRun.objects.filter(matter__in=matters).select_related("begun_by"))
    replies: dict[int, dict[str, Reply]] = {}
    for one in Reply.objects.filter(matter__in=matters).select_related("by") if runs else ():
        replies.setdefault(one.run_id, {})[one.question] = one
    return [Filled(run, replies.get(run.pk, {})) for run in runs]


def belonging(
    lists: Iterable[Checklist], process: Process, fields: Mapping[str, Any], phase: Phase | None
) -> list[Checklist]:
    """The check lists of a process that belong to a matter with these fields, in a phase or in any.

    Those of increased attention belong to a mark and not to a phase (rules/attention.py).
    """
    fitting = [one for one in lists if one.fits(fields, process.fields) and not one.for_marked]
    return [one for one in fitting if phase is None or phase in one.phases]


def points_left(
    matter: Matter, process: Process, lists: Iterable[Checklist], *, runs: Iterable[Filled] | None = None
) -> list[Checklist]:
    """The check lists of the phase that the matter is in which are not wholly answered since it came there.

    Takes: every run of the matter, where it has been read already.
    """
    phase = process.states[matter.state].phase
    if phase is None:
        return []
    begun = runs_of(matter) if runs is None else runs
    done = {one.run.checklist for one in begun if one.run.begun_at >= matter.state_since and not one.left}
    return [one for one in belonging(lists, process, matter.fields, phase) if one.id not in done]
