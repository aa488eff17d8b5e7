"""A city drawn by chance: boards, units, people with roles and dates, and things of every process among them."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django_scopes import scopes_disabled

from tests.web.matters import BILLED, FOUND
from tests.web.oracle import Given, Grant, Oracle, Person, Thing
from tests.web.payments import ACCOUNT
from tests.web.people import DAY, NOW
from tests.web.reports import CLIENT, PROVIDER, settlement
from tillit.store import chain
from tillit.web import models
from tillit.web.queries.log import line_of

ROLES = ["R01", "R02", "R02", "R04", "R05", "R09", "R10", "R12", "R19", "R19", "R22", "R24", "R25", "R26"]
DAYS = [(-30, -1), (-30, None), (-30, 0), (0, None), (0, 10), (1, None), (-9, None), (-9, None), (-9, None)]


@dataclass
class City:
    oracle: Oracle
    people: list[Person]
    users: dict[str, models.User]


def title(thing: Thing) -> str:
    """What only who reads it may see of it. No other thing's title holds it."""
    return f"Ett ärende, hemlighet {thing.number.removeprefix('N-')}."


def draw(processes: dict, seed: int, *, people: int = 10, things: int = 40) -> City:
    """The facts, and the same facts in the database."""
    chance = random.Random(seed)
    boards = {
        f"b{number}": [f"b{number}-u{unit}" for unit in range(chance.randint(0, 3))]
        for number in range(chance.randint(1, 4))
    }
    names = [f"p{number}" for number in range(people)]
    everyone = [_person(chance, name, names, boards) for name in names]
    all_things = [_thing(chance, f"N-{number}", processes, names, boards) for number in range(things)]
    with scopes_disabled():
        users = _keep(processes, boards, everyone, all_things)
    return City(Oracle(processes, set(boards), all_things, NOW, DAY), everyone, users)


def _days(chance: random.Random) -> tuple[date, date | None]:
    first, last = chance.choice(DAYS)
    return DAY + timedelta(days=first), None if last is None else DAY + timedelta(days=last)


def _times(chance: random.Random) -> tuple[datetime, datetime | None]:
    first, last = chance.choice(DAYS)
    return NOW + timedelta(hours=first), None if last is None else NOW + timedelta(hours=last)


def _place(chance: random.Random, boards: dict[str, list[str]]) -> tuple[str, str | None]:
    board = chance.choice(sorted(boards))
    return board, chance.choice([None, *boards[board]])


def _person(chance: random.Random, name: str, names: list[str], boards: dict[str, list[str]]) -> Person:
    grants = []
    for _ in range(chance.randint(0, 4)):
        board, unit = _place(chance, boards)
        everywhere = chance.random() < 0.1
        lent = chance.choice(names) if chance.random() < 0.35 else None
        first, last = _days(chance)
        grants.append(
            Grant(chance.choice(ROLES), None if everywhere else board, None if everywhere else unit, first, last, lent)
        )
    return Person(name, chance.random() > 0.1, grants)


def _thing(
    chance: random.Random, number: str, processes: dict, names: list[str], boards: dict[str, list[str]]
) -> Thing:
    process = processes[chance.choice(sorted(processes))]
    state = chance.choice(sorted(name for name, one in process["states"].items() if not one.get("needs_hearing")))
    board, unit = _place(chance, boards)
    due = None if chance.random() < 0.2 else DAY + timedelta(days=chance.randint(-9, 12))
    thing = Thing(
        number=number,
        process=process["process"],
        state=state,
        board=board,
        unit=unit,
        opened_by=chance.choice([None, *names]),
        protected=chance.random() < 0.15,
        closed=bool(process["states"][state].get("final")),
        due=due,
    )
    for name in chance.sample(names, chance.randint(0, 3)):
        first, end = _times(chance)
        thing.given.append(Given(name, first, end, special=chance.random() < 0.3, responsible=chance.random() < 0.7))
    thing.blocked = set(chance.sample(names, chance.choice([0, 0, 0, 1, 2])))
    two = [name for name, step in process["steps"].items() if step.get("second_person")]
    if two and chance.random() < 0.4:
        thing.proposed = (chance.choice(two), chance.choice(names))
    return thing


def _keep(
    processes: dict, boards: dict[str, list[str]], people: list[Person], things: list[Thing]
) -> dict[str, models.User]:
    board = {slug: models.Board.objects.create(slug=slug, name=slug) for slug in boards}
    unit = {
        slug: models.Unit.objects.create(board=board[owner], slug=slug, name=slug)
        for owner, slugs in boards.items()
        for slug in slugs
    }
    user = {
        one.name: models.User.objects.create(username=one.name, name=one.name, is_active=one.active) for one in people
    }
    models.Grant.objects.bulk_create(
        models.Grant(
            user=user[person.name],
            role=grant.role,
            board=board.get(grant.board or ""),
            unit=unit.get(grant.unit or ""),
            valid_from=grant.first,
            valid_to=grant.last,
            substitute_for=user.get(grant.substitute_for or ""),
        )
        for person in people
        for grant in person.grants
    )
    previous = models.Head.objects.filter(pk=1).first()
    count, hash_ = (previous.count, previous.hash) if previous else (0, chain.FIRST)
    for thing in things:
        matter = _matter(processes[thing.process], thing, board, unit, user)
        if isinstance(matter, models.TimeReport):
            settlement(matter, 1000, by=user[min(user)], at=NOW)
        _around(matter, thing, user)
        count += 1
        entry = models.Entry(
            count=count, at=NOW, kind="read", what="seeded", board=thing.board, matter=thing.number, zone=matter.zone,
            details={}, previous=hash_,
        )  # fmt: skip
        entry.hash = hash_ = chain.hash_of(line_of(entry))
        entry.save()
        models.Review.objects.bulk_create(
            models.Review(entry=entry, reviewer=one, why="sample", asked_at=NOW, due_on=DAY) for one in user.values()
        )
    models.Head.objects.update_or_create(pk=1, defaults={"count": count, "hash": hash_})
    return user


def _of_its_own(process: dict, thing: Thing, user: dict) -> tuple[type[models.Matter], dict]:
    """The model of a process, and what it holds beside what every matter does."""
    month = (DAY.replace(day=1) - timedelta(days=1)).replace(day=1)
    match process.get("model", "case"):
        case "finding":
            return models.Finding, FOUND
        case "invoice":
            return models.Invoice, BILLED | {"store_id": thing.number, "invoice_number": thing.number}
        case "time_report":
            told = {"key": thing.number, "client_code": CLIENT, "arrangement": "provider", "provider_number": PROVIDER}
            return models.TimeReport, told | {"month": month}
        case "payment_batch":
            told = {"month": month, "pay_on": DAY, "payer_account": ACCOUNT, "count": 1, "total_ore": 1}
            files = {"bank_file": b"", "ledger_file": b"", "bank_sha256": "", "ledger_sha256": ""}
            return models.PaymentBatch, told | files | {"made_by": user[min(user)]}
        case model:
            assert model == "case", f"{model}: say here what it holds, else its pages are tried with nothing on them"
            return models.Case, {}


def _matter(process: dict, thing: Thing, board: dict, unit: dict, user: dict) -> models.Matter:
    model, more = _of_its_own(process, thing, user)
    return model._default_manager.create(
        process=thing.process,
        process_revision=1,
        state=thing.state,
        state_since=NOW,
        version=7,
        zone=process["zone"],
        board=board[thing.board],
        unit=unit.get(thing.unit or ""),
        number=thing.number,
        title=title(thing),
        protected=thing.protected,
        opened_by=user.get(thing.opened_by or ""),
        opened_at=NOW,
        closed_at=NOW if thing.closed else None,
        due_on=thing.due,
        **more,
    )


def _around(matter: models.Matter, thing: Thing, user: dict[str, models.User]) -> None:
    models.Assignment.objects.bulk_create(
        models.Assignment(
            matter=matter, user=user[one.to], valid_from=one.first, valid_to=one.end, special=one.special,
            responsible=one.responsible,
        )
        for one in thing.given
    )  # fmt: skip
    models.Notice.objects.bulk_create(models.Notice(user=one, matter=matter, what="x", at=NOW) for one in user.values())
    models.Block.objects.bulk_create(models.Block(matter=matter, user=user[name], since=NOW) for name in thing.blocked)
    # A block that has been lifted shuts nobody out, and a proposal on what has moved since stands in nobody's way.
    models.Block.objects.bulk_create(
        models.Block(matter=matter, user=one, since=NOW, lifted_at=NOW) for one in user.values()
    )
    if thing.proposed:
        step, name = thing.proposed
        models.Proposal.objects.create(matter=matter, step=step, version=6, by=user[name], at=NOW)
        models.Proposal.objects.create(matter=matter, step=step, version=3, by=user[name], at=NOW)
        models.Proposal.objects.create(matter=matter, step=step, version=6, by=user[name], at=NOW, settled_at=NOW)
