"""No channel shows what it should not: random cities, every person, every thing, against a second plain reading.

A check is one person, one thing and one channel: is it shown exactly when it should be? The fast suite makes some
thousands of checks, the slow one a million.
"""

import random
from datetime import timedelta

import pytest
import yaml
from django_scopes import scopes_disabled

from tests.web.oracle import contents
from tests.web.people import DAY, NOW
from tests.web.random_city import City, draw
from tillit.catalogue import content_folder
from tillit.units import Period
from tillit.web.actions.exhibit import file_of
from tillit.web.actions.extract import make_contact_log
from tillit.web.actions.read import read_matter
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.step import may_take, take_step
from tillit.web.models import Case, Finding, Matter
from tillit.web.queries import case, finding
from tillit.web.queries.export import rows
from tillit.web.queries.log import lines_for, reviews_for
from tillit.web.queries.matter import (
    can_be_asked_for,
    counts,
    matter_known_to,
    matter_open_to,
    readable,
    visible,
)
from tillit.web.queries.notice import notices_for
from tillit.web.queries.search import search
from tillit.web.queries.statistic import behind, figures
from tillit.web.queries.work import my_work
from tillit.web.rules.deadline import whole
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import viewer_of

NOT_THERE = "^Det finns inget sådant ärende för dig$"
REACH = ["own", "assigned", "unit", "board", "municipality"]
ZONES = {
    "individual": (["R01", "R02", "R04", "R05", "R12", "R19", "R24"], 3),
    "provider": (["R02", "R05", "R09", "R10", "R12", "R19", "R25"], 4),
    "investigation": (["R02", "R04", "R12"], 2),
    "staff": (["R02", "R12", "R19", "R24"], 3),
    "whistleblowing": (["R22"], 4),
    "internal": (["R02", "R19", "R24", "R25", "R26"], 4),
}


def invented(chance: random.Random, zone: str, letter: str) -> str:
    """A process that might have been: readers and steps by chance, within what its zone allows."""
    roles, farthest = ZONES[zone]
    chosen = chance.sample(roles, chance.randint(1, len(roles)))
    readers = [
        {
            "role": role,
            "reach": chance.choice(REACH[: farthest + 1]),
            "only_status": number > 0 and chance.random() < 0.2,
        }
        for number, role in enumerate(chosen)
    ]
    whole = [reader["role"] for reader in readers if not reader["only_status"]]

    def some() -> list[str]:
        return chance.sample(whole, chance.randint(1, len(whole)))

    steps = {
        "begin": {"sv": "Börja", "from": ["new"], "to": "open", "who": some()},
        "finish": {"sv": "Avsluta", "from": ["open"], "to": "done", "who": some(), "second_person": some()},
        "stay": {"sv": "Stanna", "from": ["new", "open"], "who": some()},
    }
    walks = [
        {
            "name": "hela vägen",
            "steps": [{"do": name, "by": "Bo"} for name in ("begin", "stay", "finish")],
            "ends": "done",
        },
        {"name": "nekad", "steps": [{"do": "finish", "by": "Bo"}], "refuses": {"step": "finish", "because": "x"}},
    ]
    state = {"why_no_due": "x"}
    process = {
        "process": f"invented_{zone}", "code": "P99", "revision": 1, "series": f"X{letter}", "title": "x", "about": "x",
        "zone": zone, "opened_by": ["R19"], "readers": readers, "exported_by": some(), "assigned_by": some(),
        "states": {
            "new": {"sv": "Nytt", "start": True, **state},
            "open": {"sv": "Öppet", **state},
            "done": {"sv": "Klart", "final": True},
        },
        "steps": steps, "walks": walks,
    }  # fmt: skip
    return yaml.safe_dump(process, allow_unicode=True)


@pytest.fixture
def processes(overlay, tmp_path):
    """The processes that come with Tillit and one invented for each zone, as their files say."""

    def lay(seed: int) -> dict:
        chance = random.Random(seed)
        overlay(
            **{
                f"processes__invented_{zone}": invented(chance, zone, letter)
                for zone, letter in zip(ZONES, "ABCDEF", strict=True)
            }
        )
        return contents(content_folder(), tmp_path)

    return lay


def check(city: City, chance: random.Random) -> int:
    """Every channel for every person; gives the number of checks."""
    return sum(check_person(city, person, chance) for person in city.people)


def check_person(city: City, person, chance: random.Random) -> int:
    oracle, things = city.oracle, city.oracle.things
    viewer = viewer_of(city.users[person.name], NOW)

    def those(which) -> list[str]:
        return sorted(thing.number for thing in things if which(thing))

    sees = those(lambda thing: oracle.sees(person, thing, whole=False))
    reads = those(lambda thing: oracle.sees(person, thing, whole=True))
    findings = {thing.number for thing in things if thing.process == "finding"}
    # Time reports and invoices have lists of their own.
    others = {
        thing.number
        for thing in things
        if oracle.processes[thing.process].get("model", "case") not in ("case", "finding")
    }
    with scopes_disabled():
        keys = list(Matter.objects.values_list("pk", flat=True))
    with within(viewer.boards()):
        shown = {
            "visible": numbers(visible(Matter, viewer)),
            "readable": numbers(readable(Matter, viewer)),
            "visible findings": numbers(visible(Finding, viewer)),
            "visible cases": numbers(visible(Case, viewer)),
            "search": sorted(
                one.number for text in ("Ett ärende", "ASS-01") for one in search(viewer, text, most=len(keys))
            ),
            "findings": numbers(finding.listed(viewer, ALL)),
            "findings shown": sorted(one.number for one in finding.rows(keys, viewer)),
            "findings read": sorted(one.number for one in finding.rows(keys, viewer) if one.whole),
            "findings of a control": numbers(finding.listed(viewer, finding.Filter(state="all", control="ASS-01"))),
            "findings by number": sorted(
                one.number for one in finding.by_numbers(viewer, [thing.number for thing in things])
            ),
            "findings in groups": sum(group["number"] for group in finding.groups(viewer, GROUPED)),
            "cases": numbers(case.listed(viewer, state="all")),
            "cases shown": sorted(one.number for one in case.rows_of(keys, viewer)),
            "cases read": sorted(one.number for one in case.rows_of(keys, viewer) if one.whole),
            "notices": sorted(notice.matter.number for notice in notices_for(viewer)),
            "log": sorted(line.matter for line in lines_for(viewer).filter(what="seeded")),
            "reviews": sorted(review.entry.matter for review in reviews_for(viewer)),
            "export": sorted(row["number"] for process in oracle.processes for row in rows(viewer, process)),
            "counts": counts(Matter, viewer),
            **work(viewer),
        }
        expected = {
            "visible": sees,
            "readable": reads,
            "visible findings": [number for number in sees if number in findings],
            "visible cases": [number for number in sees if number not in findings | others],
            "search": reads,
            "findings": [number for number in sees if number in findings],
            "findings shown": [number for number in sees if number in findings],
            "findings read": [number for number in reads if number in findings],
            "findings of a control": [number for number in reads if number in findings],
            "findings by number": [number for number in reads if number in findings],
            "findings in groups": len(findings & {*reads}),
            "cases": [number for number in sees if number not in findings | others],
            "cases shown": [number for number in sees if number not in findings | others],
            "cases read": [number for number in reads if number not in findings | others],
            "notices": sees,
            "log": those(lambda thing: oracle.reads_log(person, thing)),
            "reviews": those(lambda thing: oracle.reads_log(person, thing)),
            "export": those(lambda thing: oracle.exported(person, thing)),
            "counts": oracle.counts(person),
            **{part: those(lambda thing, part=part: part in oracle.works(person, thing)) for part in PARTS},
        }
        assert shown == expected
        check_figures(viewer, set(reads))
        asked = chance.sample(things, ASKED)
        for thing in asked:
            check_one(viewer, person, thing, oracle)
        for thing in asked[:3]:
            check_doors(viewer, thing.number, thing.number in sees, thing.number in reads)
    return len(things) * len(expected) + 4 * ASKED


ALL = finding.Filter(state="all")
GROUPED = finding.Filter(state="all", group="control")
ASKED = 12
"""Of how many things each person is asked one by one, which costs more than the lists."""

PARTS = ("overdue", "due", "later", "to_assign", "to_agree", "waiting")


def numbers(matters) -> list[str]:
    return sorted(matters.values_list("number", flat=True))


def work(viewer) -> dict[str, list[str]]:
    found = my_work(viewer)
    told = {part: numbers(getattr(found, part)) for part in PARTS if part != "to_agree"}
    return told | {"to_agree": sorted(proposal.matter.number for proposal in found.to_agree)}


def check_one(viewer, person, thing, oracle) -> None:
    """The steps that are offered on one thing, and whether its number can be asked for."""
    matter = Matter.objects.filter(number=thing.number).first()
    assert (may_take(matter, viewer) if matter else []) == oracle.may_take(person, thing)
    assert can_be_asked_for(viewer, thing.number).exists() is oracle.can_ask(person, thing)
    assert (matter_known_to(thing.number, viewer) is not None) is oracle.sees(person, thing, whole=False)
    assert (matter_open_to(thing.number, viewer) is not None) is oracle.sees(person, thing, whole=True)


def check_figures(viewer, reads: set[str]) -> None:
    """The rows behind every figure: of persons only what may be read, and nothing but a number of the rest."""
    for one in figures(viewer, Period(DAY - timedelta(days=90), DAY)):
        told = behind(one, viewer)
        assert {row.number for row in told if row.open or row.title or one.statistic.persons} <= reads
        if one.statistic.persons and not one.statistic.sum_of:
            assert one.total is None or one.total == 0 or one.total >= whole("casework.small_cell", DAY)


def check_doors(viewer, number: str, sees: bool, reads: bool) -> None:
    """The page and the press: what is not there says the same as what is another's."""
    if sees:
        assert read_matter(number, by=viewer, now=NOW).whole is reads
    else:
        with pytest.raises(NotForYouError, match=NOT_THERE):
            read_matter(number, by=viewer, now=NOW)
    matter = Matter.objects.filter(number=number).first()
    if matter and not reads:
        with pytest.raises(NotForYouError, match=NOT_THERE):
            take_step(matter, "explain", by=viewer, now=NOW, version=7)
        with pytest.raises(NotForYouError):
            file_of(matter, 1, by=viewer, now=NOW)
        with pytest.raises(NotForYouError):
            make_contact_log(matter, by=viewer, now=NOW, purpose="x")


@pytest.mark.parametrize("seed", range(2))
def test_no_channel_shows_more_or_less_than_it_should(db, processes, seed):
    """M150, M253: role, unit, assignment and bias decide, in every list, count, search, export, notice and log."""
    city = draw(processes(seed), seed, people=7)
    assert check(city, random.Random(seed)) == 7 * (40 * 25 + 48)


def test_a_stranger_without_a_role_sees_nothing_anywhere(db, processes):
    city = draw(processes(3), 3, people=3)
    for person in city.people:
        person.grants = []
        city.users[person.name].grants.all().delete()
        assert check_person(city, person, random.Random(3)) == 40 * 25 + 48
        viewer = viewer_of(city.users[person.name], NOW)
        assert viewer.boards() == []
        with within([]):
            assert list(Matter.objects.all()) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_a_million_checks(db, processes, record_property, seed):
    """30 cities of 150 things, 10 people and 25 lists: 1 139 400 checks."""
    seed += 1000
    checks = check(draw(processes(seed), seed, things=150), random.Random(seed))
    assert checks == 10 * (150 * 25 + 48)
    record_property("checks", checks)
