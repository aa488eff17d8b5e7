"""Who may see what, a second time: a plain reading of the content and of a city's facts, without Django or Tillit.

It shares nothing with the queries that it judges: it reads the YAML itself and looks at one thing and one person at
a time. Where the two differ, one of them is wrong.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml


@dataclass
class Grant:
    role: str
    board: str | None
    unit: str | None
    first: date
    last: date | None
    substitute_for: str | None = None


@dataclass
class Person:
    name: str
    active: bool
    grants: list[Grant]


@dataclass
class Given:
    to: str
    first: datetime
    end: datetime | None
    special: bool
    responsible: bool


@dataclass
class Thing:
    number: str
    process: str
    state: str
    board: str
    unit: str | None
    opened_by: str | None
    protected: bool
    closed: bool
    due: date | None
    given: list[Given] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    proposed: tuple[str, str] | None = None  # the step, and by whom


def contents(*folders: Path) -> dict:
    """Every process as it stands in its file, the last folder winning."""
    found = {}
    for folder in folders:
        for path in sorted((folder / "processes").glob("*.yaml")):
            process = yaml.safe_load(path.read_text(encoding="utf-8"))
            found[process["process"]] = process
    return found


class Oracle:
    def __init__(self, processes: dict, boards: set[str], things: list[Thing], now: datetime, day: date) -> None:
        self.processes, self.boards, self.things, self.now, self.day = processes, boards, things, now, day

    def held(self, person: Person) -> list[Grant]:
        if not person.active:
            return []
        return [one for one in person.grants if one.first <= self.day and (one.last is None or one.last >= self.day)]

    def scope(self, person: Person) -> set[str]:
        boards = {one.board for one in self.held(person)}
        return self.boards if None in boards else boards

    def working(self, thing: Thing) -> list[Given]:
        return [one for one in thing.given if one.first <= self.now and (one.end is None or one.end > self.now)]

    def sees(self, person: Person, thing: Thing, *, whole: bool) -> bool:
        if person.name in thing.blocked or thing.board not in self.scope(person):
            return False
        special = any(one.to == person.name and one.special for one in self.working(thing))
        if whole and thing.protected and not special:
            return False
        return any(
            self.reaches(person, thing, reader["reach"], grant)
            for reader in self.processes[thing.process]["readers"]
            for grant in self.held(person)
            if grant.role == reader["role"] and not (whole and reader.get("only_status"))
        )

    def reaches(self, person: Person, thing: Thing, reach: str, grant: Grant) -> bool:
        if reach == "municipality":
            return True
        if grant.board is not None and grant.board != thing.board:
            return False
        if reach == "own":
            return thing.opened_by == person.name
        if reach == "assigned":
            return any(one.to in {person.name, grant.substitute_for} for one in self.working(thing))
        if reach == "unit":
            return grant.unit is None or grant.unit == thing.unit
        assert reach == "board"
        return True

    def has(self, person: Person, roles: list[str], thing: Thing) -> bool:
        return any(
            grant.role in roles
            and (grant.board is None or grant.board == thing.board)
            and (grant.unit is None or grant.unit == thing.unit)
            for grant in self.held(person)
        )

    def may_take(self, person: Person, thing: Thing) -> list[str]:
        if not self.sees(person, thing, whole=True):
            return []
        return self.can_act(person, thing)

    def can_act(self, person: Person, thing: Thing) -> list[str]:
        steps = self.processes[thing.process]["steps"].items()
        return [name for name, step in steps if thing.state in step["from"] and self.has(person, step["who"], thing)]

    def counts(self, person: Person) -> Counter:
        return Counter((one.process, one.state) for one in self.things if self.sees(person, one, whole=False))

    def exported(self, person: Person, thing: Thing) -> bool:
        roles = self.processes[thing.process].get("exported_by", [])
        grants = [grant for grant in self.held(person) if grant.role in roles]
        return self.sees(person, thing, whole=True) and any(one.board in (None, thing.board) for one in grants)

    def reads_log(self, person: Person, thing: Thing) -> bool:
        if person.name in thing.blocked:
            return False
        whistle = self.processes[thing.process]["zone"] == "whistleblowing"
        for grant in self.held(person):
            if grant.role == "R26" and not whistle and grant.board in (None, thing.board):
                return True
            if grant.role == ("R22" if whistle else "R02") and self.sees(person, thing, whole=False):
                return True
        return False

    def can_ask(self, person: Person, thing: Thing) -> bool:
        if thing.closed or thing.protected or person.name in thing.blocked or thing.board not in self.scope(person):
            return False
        roles = [one["role"] for one in self.processes[thing.process]["readers"] if one["reach"] == "assigned"]
        return self.has(person, roles, thing)

    def works(self, person: Person, thing: Thing) -> set[str]:
        """The parts of a person's work that a thing stands in."""
        if thing.closed:
            return set()
        process = self.processes[thing.process]
        workers = {one.to for one in self.working(thing) if one.responsible}
        mine, acts = person.name in workers, bool(self.can_act(person, thing))
        parts = set()
        if self.sees(person, thing, whole=True):
            if acts and (mine or not workers) and not thing.proposed:
                parts.add(self.when(thing.due))
            if (thing.proposed and thing.proposed[1] == person.name) or (mine and (thing.proposed or not acts)):
                parts.add("waiting")
            if thing.proposed and thing.proposed[1] != person.name:
                seconds = process["steps"][thing.proposed[0]].get("second_person", [])
                if self.has(person, seconds, thing):
                    parts.add("to_agree")
        if self.sees(person, thing, whole=False) and not workers and self.gives(person, thing):
            parts.add("to_assign")
        return parts

    def when(self, due: date | None) -> str:
        if due is None or due > self.day + timedelta(days=7):
            return "later"
        return "overdue" if due < self.day else "due"

    def gives(self, person: Person, thing: Thing) -> bool:
        """Whether it is this person's to give away: an assigner of those who take the first step, and none of them."""
        process = self.processes[thing.process]
        start = next(name for name, state in process["states"].items() if state.get("start"))
        first = {role for step in process["steps"].values() if start in step["from"] for role in step["who"]}
        by_assignment = {one["role"] for one in process["readers"] if one["reach"] == "assigned"}
        givers = set(process.get("assigned_by", ["R02"])) - first
        return bool(by_assignment & first) and self.has(person, sorted(givers), thing)
