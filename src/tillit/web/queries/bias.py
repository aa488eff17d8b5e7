"""What a person did in a matter before bias shut them out, so that someone else can look at it again (M046)."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from tillit.web.models import Block, Case, Matter, Note, Proposal, StepTaken
from tillit.web.queries.matter import readable, visible
from tillit.web.rules.viewer import Viewer


class Act(NamedTuple):
    """One thing that a person did in a matter."""

    at: datetime
    matter: str
    kind: str
    what: str


def concerned(case: Case, viewer: Viewer) -> QuerySet[Matter]:
    """The matter that a case of bias is about, where the viewer may see it."""
    return visible(Matter, viewer).filter(blocks__declared_in=case).exclude(pk=case.pk)


def touched(case: Case, viewer: Viewer) -> list[Act]:
    """Steps taken, agreed to or proposed, and notes, of the person whom a case of bias is about, the oldest first.

    It gives what was done, not what it said, and nothing of a matter that the viewer may not read.
    """
    acts = []
    blocks = Block.objects.filter(declared_in=case, matter__in=readable(Matter, viewer)).exclude(matter=case.pk)
    for block in blocks.select_related("matter"):
        matter, number = block.matter_id, block.matter.number
        for step in StepTaken.objects.filter(matter=matter, by=block.user_id):
            acts.append(Act(step.at, number, "step", step.step))
        for step in StepTaken.objects.filter(matter=matter, second=block.user_id):
            acts.append(Act(step.at, number, "agreed", step.step))
        for proposal in Proposal.objects.filter(matter=matter, by=block.user_id):
            acts.append(Act(proposal.at, number, "proposed", proposal.step))
        for note in Note.objects.filter(matter=matter, by=block.user_id):
            acts.append(Act(note.at, number, note.kind, ""))
    return sorted(acts)
