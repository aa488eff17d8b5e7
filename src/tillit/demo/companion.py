"""Companion service in the town: six people who are accompanied on walks and errands, twice a week."""

from datetime import date

from tillit.demo.people import Person
from tillit.demo.town import Shift, Town

CLIENTS, _WORKERS = 6, 4


def add_companions(town: Town) -> None:
    """Clients, decisions, employments, and the walks of every week."""
    workers = [_employ(town, "Följet") for _ in range(_WORKERS)]
    for place in range(CLIENTS):
        client = town.clients[f"L{place + 1}"] = town.crowd.take(1950, 1984)
        town.add("client", client_id=client, protected_identity=False, unit="Funktionsstöd")
        town.add(
            "decision", decision_id=f"LED-{place + 1}", client_id=client, service_area="companion", per="month",
            legal_basis="9 § 3 LSS", payer="municipality", granted_minutes=1200, valid_from=date(town.first.year, 1, 1),
            unit="Funktionsstöd",
        )  # fmt: skip
        for day in town.days():
            if day.isoweekday() in {1 + place % 3, 4 + place % 2}:
                _walk(town, workers[(place + day.isoweekday()) % _WORKERS], client, day)


def _employ(town: Town, key: str) -> Person:
    worker = town.crowd.take(1985, 2004)
    town.add(
        "worker", worker_id=worker, provider_id=town.providers[key], employed_from=date(2023, 8, 1),
        adult_from=worker.adult_from, residence_country="SE", employment="hourly", working_time_regime="agreement",
    )  # fmt: skip
    return worker


def _walk(town: Town, worker: Person, client: Person, day: date) -> None:
    """Honest: one of the six chooses another company in the spring."""
    place = int(client == town.clients["L1"])
    hour = (
        9 + sum(one.worker == worker and one.day == day for one in town.shifts if one.service_area == "companion") * 2
    )
    key = "Sällskap" if place and day >= town.day(3, 9) else "Följet"
    times = f"{hour:02}:00", f"{hour + 1:02}:30"
    town.shifts.append(Shift(town.providers[key], worker, client, day, *times, service_area="companion"))
