"""Associations in the town: what they applied for, when they met, where, and which receipts they gave."""

from datetime import date, datetime, time, timedelta

from tillit.demo.people import Person
from tillit.demo.providers import add_association
from tillit.demo.town import Provider, Row, Town

_TEAM, _SMALL = 11, 4
_HALL = "Sporthallen"


def add_grants(town: Town) -> None:
    """Applications, sessions with support for activities, bookings and receipts."""
    add_association(town, "Kören", "Lilla Kören i Lillköping", "80299933", date(2025, 6, 1))
    _add_applications(town)
    _add_earlier_grants(town)
    _add_sessions(town)
    _add_receipts(town)


def _add_applications(town: Town) -> None:
    applied, tested, decided = date(2025, 11, 14), town.day(1, 12), town.day(1, 20)
    for grant in list(town.rows["grant_payment"]):
        town.add(
            "grant_application", application_id=f"A-{grant['grant_id']}", board=grant["board"],
            provider_id=grant["provider_id"], purpose=grant["purpose"], applied_on=applied,
            account=grant["provider_id"].bankgiro, account_proxy=False, successor=False, decided_on=decided,
            granted_ore=grant["amount_ore"], conditions_tested_on=tested, leaders_tested_on=decided,
        )  # fmt: skip
    # Honest: a young association that went on with the work of an old one, and is paid through another by proxy.
    town.add(
        "grant_application", application_id="A-KN-9", board="Kulturnämnden", provider_id=town.providers["Kören"],
        purpose="Barnkör", applied_on=applied, account=town.providers["Läxan"].bankgiro, account_proxy=True,
        successor=True, decided_on=decided, granted_ore=0,
    )  # fmt: skip


def _add_earlier_grants(town: Town) -> None:
    """Last year's grants: one accounted for in time, one late but before anything new was paid."""
    year = town.first.year - 1
    for number, old, approved in (("KN-2", "KN-7", town.day(1, 20)), ("FN-4", "FN-12", town.day(2, 5))):
        now = next(row for row in town.rows["grant_payment"] if row["grant_id"] == old)
        town.add(
            "grant_payment", **{**now, "grant_id": number, "period_from": date(year, 1, 1),
            "period_to": date(year, 12, 31), "paid_on": date(year, 2, 10), "report_due_on": town.day(1, 31),
            "report_approved_on": approved},
        )  # fmt: skip


def _add_sessions(town: Town) -> None:
    """Two groups that train on the same evenings in two halls, and a choir later the same evenings."""
    many = [town.crowd.take(2001, 2008) for _ in range(_TEAM)]
    few = [town.crowd.take(2001, 2008) for _ in range(_SMALL)]
    coaches = [town.crowd.take(1976, 1999) for _ in range(3)]
    bollen, choir = town.providers["Bollen"], town.providers["Kören"]
    days = [town.day(1, 13) + timedelta(days=7 * week) for week in range(14)]
    for number, day in enumerate(days, 1):
        # Honest: someone is always away from the large group, and never the same two weeks in a row.
        there = [one for place, one in enumerate(many) if place != number % _TEAM]
        add_session(town, bollen, f"A{number}", "Lag A", day, "17:00", "18:30", coaches[0], there, _HALL)
        # Honest: all four of the small group come, week after week; one evening they are outdoors.
        hall = None if number == 14 else "Gymnastiksalen"
        add_session(town, bollen, f"B{number}", "Lag B", day, "17:00", "18:00", coaches[1], few, hall)
        # Honest: children of a team who sing the same evening, and a leader who goes from one to the other.
        add_session(town, choir, f"K{number}", "Kören", day, "18:30", "19:30", coaches[0], few, None)
        # Honest: the hall is booked for half an hour more than it is used.
        _book(town, _HALL, bollen, day, "17:00", "19:00", 40)
        _book(town, "Gymnastiksalen", bollen, day, "17:00", "18:00", 25)


def add_session(
    town: Town,
    provider: Provider,
    number: str,
    team: str,
    day: date,
    start: str,
    end: str,
    leader: Person,
    there: list[Person],
    hall: str | None,
) -> Row:
    """A session, and who was there."""
    attend(town, provider, number, leader, "leader")
    for one in there:
        attend(town, provider, number, one)
    return town.add(
        "grant_activity", activity_id=number, provider_id=provider, team=team, held_on=day, starts_at=_at(day, start),
        ends_at=_at(day, end), participants=len(there), outside_age=0, venue=hall,
    )  # fmt: skip


def attend(town: Town, provider: Provider, number: str, who: Person, part: str = "participant") -> None:
    """One more who was there."""
    town.add("grant_attendance", provider_id=provider, activity_id=number, person_id=who, part=part)


def _book(town: Town, hall: str, provider: Provider, day: date, start: str, end: str, capacity: int) -> None:
    town.add(
        "venue_booking", venue=hall, provider_id=provider, starts_at=_at(day, start), ends_at=_at(day, end),
        capacity=capacity,
    )  # fmt: skip


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


def _add_receipts(town: Town) -> None:
    """Honest: two grants that share a receipt, each its part, and two receipts of one amount."""
    add_receipt(town, "KN-7", "V1", "88101", 640_000, 400_000)
    add_receipt(town, "UN-3", "V1", "88101", 640_000, 240_000)
    add_receipt(town, "KN-7", "V2", "88102", 125_000)
    add_receipt(town, "UN-3", "V2", "88117", 125_000)


def add_receipt(town: Town, grant: str, receipt: str, number: str, ore: int, claimed: int | None = None) -> None:
    """A receipt from the stationer in the account of a grant."""
    paid = next(row for row in town.rows["grant_payment"] if row["grant_id"] == grant)
    town.add(
        "grant_receipt", receipt_id=receipt, board=paid["board"], grant_id=grant, provider_id=paid["provider_id"],
        seller_id=town.providers["Papper"], number=number, dated_on=town.day(3, 4), amount_ore=ore,
        claimed_ore=claimed,
    )  # fmt: skip
