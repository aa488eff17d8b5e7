"""What the providers report and bill for each month, from the time that they say they worked."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tillit.demo.home_care import RURAL
from tillit.demo.people import Person
from tillit.demo.providers import (
    DAY_PRICE,
    HOUR_PRICE_ASSISTANCE,
    HOUR_PRICE_HOME_CARE,
    HOUR_PRICE_RELIEF,
    HOUR_PRICE_RURAL,
)
from tillit.demo.town import Invoice, Line, Provider, Row, Town
from tillit.units import Period, minutes_from28, month_minutes

HOUR_PRICE_COMPANION = 43000
_WEIGHTS28 = {"active": 28, "visit": 28, "waiting": 7, "standby": 4}
_ITEMS = {"hvb": "HVB", "supported_housing": "SB", "family_home_support": "KF"}
_TIMES = {
    "home_care": ("HT", "Hemtjänst", 0),
    "personal_assistance": ("PA", "Personlig assistans", HOUR_PRICE_ASSISTANCE),
    "companion": ("LED", "Ledsagning", HOUR_PRICE_COMPANION),
}
_LATE = ("K4", 3)  # honest: reports of a client and month that came late, but came
_PAYSLIPS = ("Björken", "Lunden")
_HOUR_PAY = 15500  # öre
_SIGNERS = {"K5": "parent", "K6": "parent", "K12": "guardian"}


def add_reports(town: Town) -> None:
    """A time report for each assistant, client and month, signed by both and received in time."""
    minutes: dict[tuple[str, Person, Person, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for shift in town.shifts:
        if shift.service_area == "personal_assistance" and shift.is_billed:
            for day, length in shift.per_day:
                if day <= town.last:
                    month = day.replace(day=1)
                    minutes[shift.provider.key, shift.client, shift.worker, month][shift.kind] += length
    keys = {person: key for key, person in town.clients.items()}
    for place, ((provider, client, worker, month), of) in enumerate(sorted(minutes.items()), 1):
        after = _next(month)
        received = 20 if (keys[client], month.month) == _LATE else 5
        town.add(
            "time_report", report_id=f"TR-{place:04}", provider_id=town.providers[provider], client_id=client,
            worker_id=worker, month=month, received_on=after.replace(day=received), form="electronic",
            active_minutes=of["active"], waiting_minutes=of["waiting"], standby_minutes=of["standby"],
            worker_signing_device=f"telefon-{place}", client_signing_device=f"platta-{keys[client]}",
            signed_by_worker_at=_at(after, 1, 9), signed_by_client_at=_at(after, 2, 14),
            signed_by_provider_at=_at(after, 3, 11), signed_by=_SIGNERS.get(keys[client], "client"),
        )  # fmt: skip


def add_salaries(town: Town) -> None:
    """What two providers have paid each assistant: for the hours of a month, in the month after."""
    paid: dict[tuple[str, Person, date], int] = defaultdict(int)
    for shift in town.shifts:
        if shift.provider.key in _PAYSLIPS and shift.is_billed:
            for day, length in shift.per_day:
                month = day.replace(day=1)
                paid[shift.provider.key, shift.worker, _next(month)] += length * _WEIGHTS28[shift.kind]
                if month == town.months[0].first:  # of December, about as many
                    paid[shift.provider.key, shift.worker, month] += length * _WEIGHTS28[shift.kind]
    for (provider, worker, month), parts in sorted(paid.items()):
        ore = minutes_from28(parts) * _HOUR_PAY // 60
        town.add(
            "employer_month", provider_id=town.providers[provider], worker_id=worker, month=month, gross_ore=ore,
            source="payslip",
        )  # fmt: skip


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _at(month: date, day: int, hour: int) -> datetime:
    return datetime(month.year, month.month, day, hour)


def add_bills(town: Town) -> None:
    """One invoice a provider and month, with a line for each client and kind of time."""
    weighed = _weighed(town)
    for month in town.months:
        for place, key in enumerate(("Björken", "Lunden", "Kastanjen", "Solsidan", "Egen"), 1):
            provider = town.providers[key]
            lines = list(_time_lines(town, provider, month, weighed[key, month.first]))
            town.invoices.append(_invoice(provider, f"{place}{month.first:%y%m}", month, lines))
        for key in ("Följet", "Sällskap"):
            walks = list(_time_lines(town, town.providers[key], month, weighed[key, month.first]))
            if walks:
                town.invoices.append(_invoice(town.providers[key], f"{key[0]}{month.first:%y%m}", month, walks))
        relief = town.providers["Lättnad"]
        town.invoices.append(_invoice(relief, f"L{month.first:%y%m}", month, [_relief_line(town, month)]))
        rum = town.providers["Rum"]
        town.invoices.append(_invoice(rum, f"TR-{month.first:%Y-%m}", month, list(_day_lines(town, rum, month))))


def _invoice(provider: Provider, number: str, month: Period, lines: list[Line]) -> Invoice:
    return Invoice(provider, number, month.last + timedelta(days=4), month, lines, provider.bankgiro)


def _weighed(town: Town) -> dict[tuple[str, date], dict[tuple[Person, str], int]]:
    """Provider and month -> client and kind of time -> payable time in 28ths of a minute."""
    weighed: dict[tuple[str, date], dict[tuple[Person, str], int]] = defaultdict(lambda: defaultdict(int))
    for shift in town.shifts:
        if shift.is_billed:
            for day, length in shift.per_day:
                of_month = weighed[shift.provider.key, day.replace(day=1)]
                of_month[shift.client, shift.kind] += length * _WEIGHTS28[shift.kind]
    return weighed


def _time_lines(
    town: Town, provider: Provider, month: Period, weighed: dict[tuple[Person, str], int]
) -> Iterator[Line]:
    """The client who lives far away has a price of its own."""
    area, rural = provider.service_area, town.clients[RURAL]
    item, text, price = _TIMES[area]
    agreed = HOUR_PRICE_HOME_CARE.get(provider.key, price)
    for (client, kind), parts in sorted(weighed.items()):
        minutes, price = minutes_from28(parts), HOUR_PRICE_RURAL if client == rural else agreed
        yield Line(client, item, text, area, month.first, month.last, "hour", price, minutes=minutes, kind=kind)


def _relief_line(town: Town, month: Period) -> Line:
    """Relief for the relatives of one client, twenty hours a month."""
    who, span = town.clients["K8"], (month.first, month.last)
    return Line(who, "AVL", "Avlösarservice", "respite", *span, "hour", HOUR_PRICE_RELIEF, minutes=20 * 60)


def _day_lines(town: Town, provider: Provider, month: Period) -> Iterator[Line]:
    """The day of arrival is counted, the day of departure is not."""
    for stay in town.rows["placement"]:
        first = max(stay["start_date"], month.first)
        end = min(stay["end_date"] or date.max, month.last + timedelta(days=1))
        if first < end:
            item = _ITEMS[stay["form"]]
            last, days = end - timedelta(days=1), (end - first).days
            yield Line(stay["client_id"], item, "Dygn", "placement", first, last, "day", DAY_PRICE[item], quantity=days)


def add_advances(town: Town) -> None:
    """Assistance is paid in advance on the decided hours, month by month, and settled against the reports."""
    for month in town.months:
        for decision in town.rows["decision"]:
            if decision["service_area"] == "personal_assistance" and _lives(town, decision["client_id"], month):
                minutes = _granted(decision, month)
                town.add(
                    "payment", payment_id=f"{decision['decision_id']}-{month.first:%y%m}", batch_id=f"PA-{month}",
                    provider_id=decision["provider_id"], account=decision["provider_id"].bankgiro,
                    amount_ore=(minutes * HOUR_PRICE_ASSISTANCE * 2 + 60) // 120, paid_on=month.first.replace(day=20),
                    status="paid", channel="ordinary", client_id=decision["client_id"],
                    decision_id=decision["decision_id"], month=month.first, gate_passed_on=month.first.replace(day=18),
                )  # fmt: skip


def _lives(town: Town, client: Person, month: Period) -> bool:
    row = next(row for row in town.rows["client"] if row["client_id"] == client)
    return (row.get("death_date") or month.last) >= month.first


def _granted(decision: Row, month: Period) -> int:
    if decision["per"] == "half_year":
        return int(decision["granted_minutes"]) // 6
    return month_minutes(int(decision["granted_minutes"]), month.first.year, month.first.month)
