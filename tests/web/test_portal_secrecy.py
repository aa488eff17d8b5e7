"""The portal shows each their own and nothing else: random cities, everyone outside, every report, a plain reading.

A check is one person, one report and one channel. The oracle below shares nothing with the queries that it judges.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django_scopes import scopes_disabled

from tests.web.people import DAY, NOW
from tests.web.reports import make_report, part
from tillit.web.actions.read import read_own
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.reported_time import add_assistant, copy_week, remove_assistant, remove_row, write_row
from tillit.web.actions.time_report import approve, correct, hand_in, sign
from tillit.web.models import Board, Finding, Grant, HandIn, Matter, PortalGrant, ReportedTime, User, WorkerReport
from tillit.web.queries.matter import readable, visible
from tillit.web.queries.notice import notices_for
from tillit.web.queries.portal import as_what, assistants, own_part, own_report, own_reports, shown_to
from tillit.web.queries.search import search
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.reported_time import Written
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of

BOARDS, PROVIDERS = ["b0", "b1"], ["5569999999", "5599990008"]
WORKERS = ["0000-0000-0000A", "0000-0000-0000B", "0000-0000-0000C"]
CLIENTS = ["0000-0000-0000K", "0000-0000-0000M"]
DAYS = [(-30, -1), (-30, None), (-30, 0), (0, None), (1, None), (-9, None)]
REPORT_STATES = ["expected", "draft", "signed", "late", "handed_in", "deviating", "investigated", "paid"]


@dataclass
class Bound:
    role: str
    board: str
    first: date
    last: date | None
    provider: str = ""
    worker: str = ""
    client: str = ""


@dataclass
class Outside:
    name: str
    active: bool
    external: bool
    bound: list[Bound]


@dataclass
class Report:
    number: str
    board: str
    provider: str
    client: str
    workers: dict[str, int]


def held(person: Outside) -> list[Bound]:
    if not (person.active and person.external):
        return []
    return [one for one in person.bound if one.first <= DAY and (one.last is None or one.last >= DAY)]


def reached_by(one: Bound, report: Report) -> bool:
    if one.board != report.board:
        return False
    if one.role == "R29":
        return one.provider == report.provider and not one.worker
    if one.role == "R30":
        return one.provider == report.provider and one.worker in report.workers
    return one.role == "R31" and one.client == report.client


def owns(person: Outside, report: Report) -> bool:
    return any(reached_by(one, report) for one in held(person))


def rows_of(person: Outside, report: Report) -> list[str]:
    """The assistants whose time is shown."""
    reaching = [one for one in held(person) if reached_by(one, report)]
    if any(one.role in ("R29", "R31") for one in reaching):
        return sorted(report.workers)
    return sorted({one.worker for one in reaching})


def draw(seed: int, *, people: int, reports: int) -> tuple[list[Outside], list[Report]]:
    chance = random.Random(seed)

    def bound() -> Bound:
        first, last = chance.choice(DAYS)
        days = (DAY + timedelta(days=first), None if last is None else DAY + timedelta(days=last))
        kind = chance.choice(["provider", "worker", "client"])
        role = {"provider": "R29", "worker": "R30", "client": "R31"}[kind]
        if chance.random() < 0.15:
            role = chance.choice(["R29", "R30", "R31", "R32", "R05"])  # held for what the role does not fit
        to = {
            "provider": {"provider": chance.choice(PROVIDERS)},
            "worker": {"provider": chance.choice(PROVIDERS), "worker": chance.choice(WORKERS)},
            "client": {"client": chance.choice(CLIENTS)},
        }[kind]
        return Bound(role, chance.choice(BOARDS), *days, **to)

    everyone = [
        Outside(f"o{n}", chance.random() > 0.1, chance.random() > 0.1, [bound() for _ in range(chance.randint(0, 3))])
        for n in range(people)
    ]
    found = []
    for number in range(reports):
        there = chance.sample(WORKERS, chance.randint(0, 3))
        place = chance.choice(BOARDS), chance.choice(PROVIDERS), chance.choice(CLIENTS)
        found.append(Report(f"N-T-{number}", *place, dict.fromkeys(there, 0)))
    return everyone, found


def keep(everyone: list[Outside], reports: list[Report], chance: random.Random) -> dict[str, User]:
    board = {slug: Board.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in BOARDS}
    users = {}
    for person in everyone:
        user = User.objects.create(
            username=person.name, name=person.name, is_active=person.active, external=person.external
        )
        users[person.name] = user
        for one in person.bound:
            grant = Grant.objects.create(
                user=user, role=one.role, board=board[one.board], valid_from=one.first, valid_to=one.last
            )
            PortalGrant.objects.create(
                grant=grant, board=board[one.board], provider_number=one.provider, worker_code=one.worker,
                client_code=one.client, called=person.name, represents="client" if one.client else "",
            )  # fmt: skip
    signer = User.objects.create(username="signer", name="signer")
    for report in reports:
        state = chance.choice(REPORT_STATES)
        made = make_report(
            now=NOW, number=report.number, board=report.board, client=report.client, state=state,
            provider_number=report.provider,
        )  # fmt: skip
        for worker in report.workers:
            one = part(made, now=NOW, worker=worker, signed_at=NOW, signed_by=signer)
            report.workers[worker] = one.pk
            if chance.random() < 0.3:
                report.workers[worker] = part(made, now=NOW, worker=worker, version=2, corrects=one).pk
        HandIn.objects.create(matter=made, number=report.number, at=NOW, by=signer, sha256="x", minutes=1)
    return users


def check(seed: int, *, people: int, reports: int) -> int:
    chance = random.Random(seed)
    everyone, all_reports = draw(seed, people=people, reports=reports)
    with scopes_disabled():
        users = keep(everyone, all_reports, chance)
        models = {one.number: one for one in Matter.objects.all()}
        parts = {one.pk: one for one in WorkerReport.objects.select_related("matter")}
        rows = dict(ReportedTime.objects.values_list("part", "pk"))
    for person in everyone:
        check_person(person, users[person.name], all_reports, models, parts, rows)
    return people * reports


def check_person(person, user, reports, models, parts, rows) -> None:
    staff = viewer_of(user, NOW)
    outsider = outsider_of(user, NOW)
    own = sorted(one.number for one in reports if owns(person, one))
    if person.external or not person.active:
        # What is bound outside opens no page of ours, whatever role it is bound by.
        assert staff.boards() == []
        with within(one.pk for one in Board.objects.all()):
            assert (list(visible(Matter, staff)), list(readable(Finding, staff))) == ([], [])
            assert (list(search(staff, "N-T", most=99)), list(notices_for(staff))) == ([], [])
    if outsider is None:
        assert own == []
        return
    # Every board is in scope: what is asked here, the scope does not answer.
    with within(one.pk for one in Board.objects.all()):
        assert sorted(one.number for one in own_reports(outsider)) == own
        for report in reports:
            found = own_report(report.number, outsider)
            assert (found is not None) is owns(person, report)
            if found is None:
                closed_to(outsider, report, models[report.number], parts, rows)
                continue
            role, shown = as_what(found, outsider), rows_of(person, report)
            assert sorted({one.report.worker_code for one in shown_to(found, role).parts}) == shown
            assert [worker for worker, pk in report.workers.items() if own_part(found, pk, role)] == [
                worker for worker in report.workers if worker in shown
            ]
            assert shown_to(found, role).findings == []
            read_own(found, by=outsider.viewer, now=NOW)
            if not role.provider:
                with pytest.raises(Exception, match=r"anordnaren|Rapporten är lämnad"):
                    add_assistant(found, "x", by=outsider, now=NOW)
            assert set(assistants(found)).isdisjoint(report.workers)


def closed_to(outsider, report, matter, parts, rows) -> None:
    """Nothing of another's report can be pressed, and every press is answered as if it were not there."""
    time_report = matter.timereport
    presses = [
        lambda: hand_in(time_report, by=outsider, now=NOW),
        lambda: add_assistant(time_report, WORKERS[0], by=outsider, now=NOW),
    ]
    if report.workers:
        presses += part_presses(parts[min(report.workers.values())], outsider, rows)
    for press in presses:
        with pytest.raises(NotForYouError):
            press()


def part_presses(one, outsider, rows) -> list:
    return [
        lambda: sign(one, by=outsider, now=NOW),
        lambda: approve(one, by=outsider, now=NOW),
        lambda: correct(one, by=outsider, now=NOW, why="x"),
        lambda: write_row(one, Written(DAY, "08:00", "09:00"), by=outsider, now=NOW),
        lambda: remove_row(one, rows[one.pk], by=outsider, now=NOW),
        lambda: copy_week(one, of=DAY, to=[DAY], by=outsider, now=NOW),
        lambda: remove_assistant(one, by=outsider, now=NOW),
    ]


def test_the_portal_shows_each_their_own_and_nothing_else(db):
    """M150, M253, M281: provider, worker, client and dates decide, in every list, report, part, receipt and press."""
    assert check(0, people=8, reports=10) == 80


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 13))
def test_many_portals(db, record_property, seed):
    checks = check(seed, people=25, reports=40)
    assert checks == 1000
    record_property("checks", checks)
