"""Personal assistance in the town: twelve clients, what they are granted, and who worked when."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tillit.demo.people import Person
from tillit.demo.town import Shift, Town


@dataclass(frozen=True)
class Turn:
    """A shift that comes back: which days of the week, which clock times, what kind of time."""

    start: str
    end: str
    kind: str = "active"
    weekdays: str = "1234567"
    dates: tuple[int, ...] = ()  # days of the month, instead of weekdays
    second: bool = False  # the other of two assistants

    def falls_on(self, day: date) -> bool:
        """Whether there is such a shift that day."""
        return day.day in self.dates if self.dates else str(day.isoweekday()) in self.weekdays


@dataclass(frozen=True)
class Plan:
    """A client: who provides, what is granted a week, and the shifts that come back."""

    key: str
    provider: str
    week_hours: int
    workers: int
    turns: tuple[Turn, ...]
    born: tuple[int, int] = (1950, 1984)
    household: str = ""
    decision: dict[str, object] = field(default_factory=dict)


_PLANS = (
    Plan("K1", "Björken", 76, 2, (Turn("07:00", "12:00"), Turn("12:00", "17:00"))),
    # Round the clock: the nights are waiting time, and cross midnight and the night the clocks are put forward.
    Plan(
        "K2", "Björken", 132, 5, (Turn("06:00", "14:00"), Turn("14:00", "22:00"), Turn("22:00", "06:00", "waiting")),
        decision={"active_minutes": 114 * 60, "waiting_minutes": 60 * 60},
    ),
    Plan(
        "K3", "Björken", 106, 4,
        (Turn("08:00", "14:00"), Turn("14:00", "20:00"), Turn("08:00", "10:00", second=True)),
    ),
    # Handover on Mondays, and a bank of hours for two at a time.
    Plan(
        "K4", "Lunden", 92, 4,
        (
            Turn("09:00", "15:00", weekdays="234567"), Turn("09:00", "15:10", weekdays="1"), Turn("15:00", "21:00"),
            Turn("10:00", "12:00", dates=(3, 10, 17, 24), second=True),
        ),
        decision={"double_bank_minutes": 600},
    ),
    Plan("K5", "Lunden", 20, 2, (Turn("15:00", "18:00", weekdays="12345"),), (2011, 2016), "Sågverksvägen 4"),
    Plan("K6", "Lunden", 20, 0, (), (2011, 2016), "Sågverksvägen 4"),
    Plan("K7", "Kastanjen", 48, 2, (Turn("08:00", "14:00"),)),
    Plan("K8", "Kastanjen", 62, 2, (Turn("08:00", "12:00"), Turn("17:00", "21:00")), household="Kvarngatan 12"),
    Plan("K9", "Björken", 62, 3, (Turn("09:00", "13:00"), Turn("13:00", "17:00"))),
    Plan("K10", "Lunden", 48, 2, (Turn("10:00", "16:00"),)),
    Plan(
        "K11", "Lunden", 0, 1, (Turn("18:00", "22:00"),),
        decision={"granted_minutes": 760 * 60, "per": "half_year", "valid_to": date(2026, 6, 30)},
    ),
    Plan(
        "K12", "Björken", 56, 3, (Turn("08:00", "16:00", weekdays="12345"), Turn("23:00", "06:00", "standby")),
        decision={"standby_minutes": 50 * 60},
    ),
)  # fmt: skip


def add_assistance(town: Town) -> None:
    """Clients, decisions, employments, absences and the shifts of every day."""
    teams = {plan.key: [town.crowd.take(1985, 2004) for _ in range(plan.workers)] for plan in _PLANS}
    # Honest: one person with two employers, mornings at one client and evenings at another.
    teams["K11"].append(teams["K1"][0])
    for plan in _PLANS:
        _add_client(town, plan)
        for worker in teams[plan.key]:
            _employ(town, plan, worker)
        town.shifts += _shifts(town, plan, teams[plan.key])
    _add_siblings(town)
    _add_relative(town)
    _add_death(town)
    _add_hospital_stay(town)
    _add_school_and_daily_activity(town)
    _add_disturbed_night(town)
    _add_introduction_and_sickness(town)
    _add_correction(town)


def _add_client(town: Town, plan: Plan) -> None:
    client = town.crowd.take(*plan.born)
    town.clients[plan.key] = client
    town.add(
        "client", client_id=client, adult_from=client.adult_from if plan.born[0] > 2008 else None,
        household_id=plan.household or None, protected_identity=False, unit="Funktionsstöd",
    )  # fmt: skip
    number = f"LSS-{plan.key[1:]}"
    values = {"granted_minutes": plan.week_hours * 60, "per": "week", **plan.decision}
    town.add(
        "decision", decision_id=number, client_id=client, service_area="personal_assistance", legal_basis="9 § 2 LSS",
        provider_id=town.providers[plan.provider], payer="municipality", arrangement="provider",
        granted_is_weighted=True, valid_from=date(town.first.year, 1, 1), unit="Funktionsstöd", **values,
    )  # fmt: skip
    if plan.key == "K3":
        town.add(
            "double_slot", decision_id=number, client_id=client, from_minute=480, to_minute=600, extra_workers=1,
            valid_from=date(town.first.year, 1, 1),
        )  # fmt: skip


def _employ(town: Town, plan: Plan, worker: Person) -> None:
    town.add(
        "worker", worker_id=worker, provider_id=town.providers[plan.provider], employed_from=date(2023, 8, 1),
        adult_from=worker.adult_from, residence_country="SE", employment="hourly", working_time_regime="agreement",
        weekly_minutes=40 * 60,
    )  # fmt: skip


def _shifts(town: Town, plan: Plan, team: list[Person]) -> Iterator[Shift]:
    provider, client = town.providers[plan.provider], town.clients[plan.key]
    for day in town.days():
        for place, turn in enumerate(turn for turn in plan.turns if turn.falls_on(day)):
            worker = team[(day.toordinal() + place) % len(team)]
            yield Shift(provider, worker, client, day, turn.start, turn.end, turn.kind, double_staffing=turn.second)


def _add_siblings(town: Town) -> None:
    """Honest: two children in one home, and one assistant for both at the same time."""
    one, other = town.clients["K5"], town.clients["K6"]
    for place, shift in enumerate([each for each in town.shifts if each.client == one]):
        shared = town.change(shift, group=f"S{place}")
        town.shifts.append(replace(shared, client=other))


def _add_relative(town: Town) -> None:
    """Honest: a parent who is employed under the act on work in a household, and lives with the client."""
    row = next(row for row in reversed(town.rows["worker"]) if row["provider_id"].key == "Kastanjen")
    row.update(employment="relative", related_to=town.clients["K8"], same_household=True)
    row.update(working_time_regime="household")


def _add_death(town: Town) -> None:
    """Honest: a client who died; the last shift is on the very day."""
    died, client = town.day(3, 12), town.clients["K9"]
    next(row for row in town.rows["client"] if row["client_id"] == client)["death_date"] = died
    town.shifts = [one for one in town.shifts if one.client != client or one.day <= died]


def _add_hospital_stay(town: Town) -> None:
    """Honest: a week in hospital, with assistance on the first day and the last."""
    first, last, client = town.day(2, 9), town.day(2, 16), town.clients["K10"]
    town.add(
        "absence", subject="client", client_id=client, kind="hospital", from_date=first, to_date=last, registered=True
    )
    town.shifts = [one for one in town.shifts if one.client != client or not first < one.day < last]


def _add_school_and_daily_activity(town: Town) -> None:
    """Honest: an assistant who meets a child at school, and one who comes along to daily activity as is decided."""
    for number in range(2, 7):
        add_activity(town, "K5", "school", town.day(2, number), (8, 10), (15, 10))
    add_activity(town, "K12", "daily_activity", town.day(1, 27), (9, 0), (12, 0), special_reason=True)


def add_activity(
    town: Town, client: str, kind: str, day: date, start: tuple[int, int], end: tuple[int, int], **more: object
) -> None:
    """Some hours that a client was at another activity."""
    midnight = datetime(day.year, day.month, day.day)
    starts, ends = (midnight.replace(hour=hour, minute=minute) for hour, minute in (start, end))
    town.add(
        "absence", subject="client", client_id=town.clients[client], kind=kind, from_date=day, to_date=day,
        starts_at=starts, ends_at=ends, registered=True, **more,
    )  # fmt: skip


def _add_disturbed_night(town: Town) -> None:
    """Honest: a night of waiting time when the client needed help for an hour, as is told."""
    night, next_day = town.shift("K2", town.day(1, 12), "22:00"), town.day(1, 13)
    town.change(night, end="02:00")
    town.shifts.append(replace(night, day=next_day, start="02:00", end="03:00", kind="active", reason="Störd natt"))
    town.shifts.append(replace(night, day=next_day, start="03:00"))


def _add_introduction_and_sickness(town: Town) -> None:
    """Honest: a new assistant who is shown round, and one who is ill and replaced by another."""
    client, provider = town.clients["K12"], town.providers["Björken"]
    new = town.crowd.take(1985, 2004)
    _employ(town, next(plan for plan in _PLANS if plan.key == "K12"), new)
    for number in (3, 4):
        town.shifts.append(Shift(provider, new, client, town.day(2, number), "08:00", "12:00", "training"))
    ill = town.shift("K12", town.day(3, 17), "08:00")
    town.shifts.append(replace(ill, kind="sick"))
    town.change(ill, worker=new)


def _add_correction(town: Town) -> None:
    """Honest: a shift that was typed wrong and corrected; the old row stands as replaced."""
    wrong = town.shift("K3", town.day(2, 18), "14:00")
    town.shifts.append(replace(wrong, end="22:00", status="replaced"))
