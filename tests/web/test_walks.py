"""Every walk of every process, by the cast, and a stranger who never gets in."""

from datetime import UTC, datetime

import pytest
from django_scopes import scopes_disabled
from tests.web.people import as_viewer, settle

from tillit.errors import TillitError
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Finding, Matter, Proposal
from tillit.web.rules.content import catalogue

WALKS = [(process, walk) for process in catalogue().processes.values() for walk in process.walks]


@pytest.fixture
def cast(db):
    return settle()


def open_matter(process, walk, now):
    model = Finding if process.model == "finding" else Case
    own = {"certainty": "sure", "severity": 3, "type": "rule", "control": "ASS-01", "key": "k"}
    return model.objects.create(
        process=process.process,
        process_revision=process.revision,
        state=walk.start.get("state", process.start),
        state_since=now,
        zone=process.zone,
        board=Board.objects.get(slug="norr"),
        number="NORR-1",
        title=process.title,
        fields={name: value for name, value in walk.start.items() if name != "state"},
        opened_at=now,
        **(own if model is Finding else {}),
    )


@pytest.mark.parametrize(("process", "walk"), WALKS, ids=lambda value: getattr(value, "name", None) or value.process)
def test_the_walk_goes_as_told(cast, process, walk):
    now = datetime.combine(walk.day, datetime.min.time(), UTC)
    with scopes_disabled():
        matter = open_matter(process, walk, now)
        refused = None
        for step in walk.steps:
            matter = Matter.objects.get(pk=matter.pk)
            try:
                by = as_viewer(cast[step.by], walk.day)
                done = take_step(matter, step.do, by=by, now=now, version=matter.version, given=step.with_)
                if isinstance(done, Proposal):
                    agree(done, by=as_viewer(cast[step.second], walk.day), now=now)
            except TillitError as error:
                refused = (step.do, str(error))
                break
        if walk.ends:
            assert refused is None
            assert Matter.objects.get(pk=matter.pk).state == walk.ends
        else:
            assert refused is not None
            assert refused[0] == walk.refuses.step
            assert walk.refuses.because in refused[1]
