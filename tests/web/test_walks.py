"""Every walk of every process, by the cast, and a stranger who never gets in."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.web.matters import answer_all, bill, claim, give, hear, make, mark, signed
from tests.web.payments import begin as begin_payment
from tests.web.people import as_viewer
from tests.web.reports import begin as begin_report
from tests.web.reports import make_report
from tillit.errors import TillitError
from tillit.web.actions.bias import declare
from tillit.web.actions.matter import open_case, report_observation
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.step import agree, may_take, take_as_system, take_from_outside, take_step
from tillit.web.models import Board, Contract, Matter, Proposal, Provider
from tillit.web.rules.content import catalogue
from tillit.web.rules.portal import outsider_of

WALKS = [(process, walk) for process in catalogue().processes.values() for walk in process.walks]


def named(value):
    return getattr(value, "name", None) or value.process


@pytest.mark.parametrize(("process", "walk"), WALKS, ids=named)
def test_the_walk_goes_as_told(city, process, walk, request):
    now = datetime.combine(walk.day, time(9), UTC)
    if walk.start.account:  # it is read from what is delivered
        request.getfixturevalue("installation")
    matter = begin(process, walk, city, now)
    refused = None
    for step in walk.steps:
        matter = Matter.objects.get(pk=matter.pk)
        assert may_take(matter, as_viewer(city["Bo"], now)) == []
        with pytest.raises(NotForYouError):
            take_step(matter, step.do, by=as_viewer(city["Bo"], now), now=now, version=matter.version)
        try:
            if step.by == "system":
                take_as_system(matter, step.do, now=now, given=step.with_)
                continue
            if city[step.by].external:
                take_from_outside(matter, step.do, by=outsider_of(city[step.by], now).viewer, now=now, given=step.with_)
                continue
            by = as_viewer(city[step.by], now)
            for checklist in step.answers:
                answer_all(matter, checklist, by=by, now=now)
            done = take_step(matter, step.do, by=by, now=now, version=matter.version, given=step.with_)
            if isinstance(done, Proposal):
                agree(done, by=as_viewer(city[step.second], now), now=now)
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


def begin(process, walk, cast, now):
    """The matter as the walk finds it: opened by someone, or put into a state by hand, with the people on it."""
    start, board = walk.start, Board.objects.get(slug="norr")
    make(catalogue().processes["finding"], now=now, number="NORR-F-2026-900")
    provider = Provider.objects.create(number="5569999999", name="Anordnaren AB")
    if start.contract:
        deal = {"service_area": "home_care", "form": start.contract, "valid_from": date(2024, 1, 1)}
        Contract.objects.create(provider=provider, board=board, **deal)
    workers = [cast[name] for name in start.assigned]
    if start.marked:
        mark("5569999999", board="syd")
    if process.model == "payment_batch":
        return begin_payment(start, cast, now)
    if process.process == "bias":
        return begin_bias(start, cast, now, workers)
    if start.by and process.model == "finding":
        return report_observation(
            by=as_viewer(cast[start.by], now), now=now, board=board, title="x", given=start.fields
        )
    if start.by:
        by = as_viewer(cast[start.by], now)
        return open_case(process.process, by=by, now=now, board=board, given=start.fields)
    if process.model == "time_report":
        matter = make_report(now=now, number="NORR-X-1", fields=start.fields)
        begin_report(matter, start, cast, now)
    else:
        matter = make(process, now=now, number="NORR-X-1", fields=start.fields)
    reached = start.state or process.start
    if start.heard and "answer_by" in start.fields and reached == "hold":
        hear(matter, cast["Asta"], day=walk.day, answer_by=date.fromisoformat(start.fields["answer_by"]), settled=False)
    if start.heard or reached == "hearing":
        answer_by = date.fromisoformat(start.fields.get("answer_by", str(walk.day - timedelta(days=1))))
        hear(matter, cast["Asta"], day=walk.day, answer_by=answer_by, settled=start.heard)
    Matter.objects.filter(pk=matter.pk).update(state=reached)
    matter.refresh_from_db()
    if process.model == "invoice":
        bill(matter, cast, start.invoice, now=now)
        matter.refresh_from_db()
    if start.claim:
        claim(matter, cast["Asta"], start.claim)
    for name, state in start.opened.items():
        signed(matter, now=now, process=name, state=state)
    reads = {reader.role for reader in process.readers if reader.reach == "assigned"}
    taking = {name for step in walk.steps for name in (step.by, step.second) if name and name != "system"}
    give(
        matter,
        *workers,
        *(cast[name] for name in sorted(taking) if reads & as_viewer(cast[name], now).roles()),
        now=now,
    )
    return matter


def begin_bias(start, cast, now, workers):
    person = cast[start.about or start.by]
    about = make(catalogue().processes["finding"], now=now, number="NORR-F-2026-901")
    give(about, person, *workers, now=now)
    case = declare(about, by=as_viewer(cast[start.by], now), now=now, given=start.fields, of=person)
    give(case, cast["Jonna"], now=now)
    return case
