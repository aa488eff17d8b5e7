"""Home care in the town: forty clients of a private provider and the town's own unit, visited morning and evening."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from tillit.demo.people import Person
from tillit.demo.town import Provider, Shift, Town

_CLIENTS = {"Solsidan": 22, "Egen": 18}
_WORKERS = {"Solsidan": 13, "Egen": 12}
_NEEDS = (
    # minutes in the morning, in the evening, days of the week
    (30, 20, "1234567"),
    (45, 0, "1234567"),
    (60, 0, "135"),
    (0, 25, "1234567"),
)
RURAL = "H40"
"""The client whose home has a price class of its own."""

_FORGOTTEN = 0.01  # the share of visits where someone forgot to check out, and said why


def add_home_care(town: Town) -> None:
    """Clients, decisions, employments and the visits of every day."""
    for key, count in _CLIENTS.items():
        provider = town.providers[key]
        workers = [_employ(town, provider) for _ in range(_WORKERS[key])]
        clients = [_add_client(town, provider, place) for place in range(count)]
        for day in town.days():
            for evening in (False, True):
                town.shifts += _round(town.random, provider, clients, workers, day, evening)
        _add_night_visits(town, provider, clients[0], workers[-1])
    _add_double_staffing(town)
    _add_shared_visits(town)
    _add_declined_visits(town)
    _add_changed_visits(town)
    _add_second_service(town)


def _employ(town: Town, provider: Provider) -> Person:
    worker = town.crowd.take(1985, 2004)
    town.add(
        "worker", worker_id=worker, provider_id=provider, employed_from=date(2022, 5, 1), adult_from=worker.adult_from,
        residence_country="SE", employment="monthly", weekly_minutes=37 * 60, working_time_regime="agreement",
    )  # fmt: skip
    return worker


def _add_client(town: Town, provider: Provider, place: int) -> Person:
    """Honest: the first two clients of each provider live together."""
    client = town.crowd.take(1928, 1949)
    number = sum(key.startswith("H") for key in town.clients) + 1
    town.clients[f"H{number}"] = client
    home = f"{provider.key}gården 1" if place < 2 else None
    area = ("Glesbygd" if f"H{number}" == RURAL else "Tätort") if provider.own_unit else None
    town.add(
        "client", client_id=client, household_id=home, protected_identity=False, unit="Äldreomsorg", area_class=area
    )
    morning, evening, days = _NEEDS[place % 4]
    town.add(
        "decision", decision_id=f"SOL-{number}", client_id=client, service_area="home_care", service_code="OMV",
        legal_basis="11 kap. 1 § SoL", provider_id=provider, payer="municipality", per="month", unit="Äldreomsorg",
        granted_minutes=(morning + evening) * len(days) * 5, valid_from=date(town.first.year, 1, 1),
    )  # fmt: skip
    return client


def _round(
    random: Random, provider: Provider, clients: list[Person], workers: list[Person], day: date, evening: bool
) -> Iterator[Shift]:
    """One round: the clients who have a visit are dealt to four workers, who go from one to the next."""
    today = []
    for place, client in enumerate(clients):
        *lengths, days = _NEEDS[place % 4]
        if lengths[evening] and str(day.isoweekday()) in days:
            today.append((client, lengths[evening]))
    first = day.toordinal() * 4 + 6 * evening
    team = [workers[(first + place) % len(workers)] for place in range(4)]
    clocks = [(17 if evening else 7) * 60 + random.randrange(10) for _ in team]
    for place, (client, length) in enumerate(today):
        turn = place * len(team) // len(today)
        start, end = clocks[turn], clocks[turn] + length + random.randrange(-3, 5)
        clocks[turn] = end + random.randrange(6, 14)
        yield _visit(random, provider, team[turn], client, day, start, end, length)


def _visit(
    random: Random, provider: Provider, worker: Person, client: Person, day: date, start: int, end: int, length: int
) -> Shift:
    forgotten = random.random() < _FORGOTTEN
    times = clock(start), clock(end)
    return Shift(
        provider, worker, client, day, *times, kind="visit", service_area="home_care", service_code="OMV",
        capture="manual" if forgotten else "nfc", receipt=None if forgotten else times,
        reason="Glömd utregistrering" if forgotten else "", planned=(clock(start), clock(start + length)),
    )  # fmt: skip


def clock(minute: int) -> str:
    """A minute after midnight as a clock time.

    >>> clock(485), clock(1450)
    ('08:05', '00:10')
    """
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _add_night_visits(town: Town, provider: Provider, client: Person, worker: Person) -> None:
    """Honest: the night patrol, whose visit crosses midnight."""
    for day in town.days():
        if day.day == 9:
            town.shifts.append(_visit(town.random, provider, worker, client, day, 1430, 1450, 20))


def _add_double_staffing(town: Town) -> None:
    """Honest: a client who is lifted by two in the mornings, as the decision says."""
    client, provider = town.clients["H5"], town.providers["Solsidan"]
    extra = _employ(town, provider)
    town.add(
        "double_slot", decision_id="SOL-5", client_id=client, from_minute=360, to_minute=720, extra_workers=1,
        valid_from=date(town.first.year, 1, 1),
    )  # fmt: skip
    decision = next(row for row in town.rows["decision"] if row["decision_id"] == "SOL-5")
    decision["granted_minutes"] += _NEEDS[0][0] * 7 * 5
    for visit in [one for one in town.shifts if one.client == client and one.start < "12:00"]:
        both = town.change(visit, double_staffing=True)
        town.shifts.append(replace(both, worker=extra))


def _add_shared_visits(town: Town) -> None:
    """Honest: on Sundays the own unit visits two who live together at once; its contract pays both."""
    one, other = town.clients["H23"], town.clients["H24"]
    mornings = [each for each in town.shifts if each.client in {one, other} and each.start < "12:00"]
    for visit in [each for each in mornings if each.day.isoweekday() == 7]:
        town.drop(visit)
        if visit.client == one:
            shared = replace(visit, group=f"G{visit.day:%m%d}")
            town.shifts += [shared, replace(shared, client=other)]


def _add_declined_visits(town: Town) -> None:
    """Honest: visits that the client did not want; they are told, and not billed."""
    for visit in [one for one in town.shifts if one.client == town.clients["H4"] and one.day.day == 20]:
        told = {"kind": "declined", "status": "declined", "receipt": None, "reason": "Avböjt av brukaren"}
        town.change(visit, **told)


def _add_changed_visits(town: Town) -> None:
    """Honest: visits whose times were corrected afterwards, as often to be shorter as longer."""
    for change, day in ((3, 3), (-3, 6), (2, 11), (-4, 18)):
        for visit in [one for one in town.shifts if one.client == town.clients["H9"] and one.day == town.day(3, day)]:
            if visit.receipt:
                hour, minute = visit.end.split(":")
                town.change(visit, end=clock(int(hour) * 60 + int(minute) + change))


def _add_second_service(town: Town) -> None:
    """Honest: a client who is granted cleaning too, by a decision of its own, on the first Monday of the month."""
    client, provider = town.clients["H7"], town.providers["Solsidan"]
    town.add(
        "decision", decision_id="SOL-7b", client_id=client, service_area="home_care", service_code="STÄD",
        legal_basis="11 kap. 1 § SoL", provider_id=provider, payer="municipality", per="month", unit="Äldreomsorg",
        granted_minutes=60, valid_from=date(town.first.year, 1, 1),
    )  # fmt: skip
    for visit in [one for one in town.shifts if one.client == client and one.day.day <= 7]:
        if visit.day.isoweekday() == 1:
            town.change(visit, service_code="STÄD")
