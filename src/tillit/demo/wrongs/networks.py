"""Wrongs that show only when several providers are read side by side."""

from datetime import date, timedelta

from tillit.demo.numbers import organisation_number
from tillit.demo.people import Person
from tillit.demo.support import pay_support
from tillit.demo.town import Provider, Town, Wrong


def nat_01_on_two_boards(town: Town) -> None:
    """One who sits on the board of a company joins the board of another."""
    who, since = _on_the_board(town, "Rum"), town.day(3, 1)
    _join(town, "Solsidan", who, since)
    town.wrongs.append(Wrong("NAT-01", "on the boards of two companies", None, None, None, since, None))


def nat_03_two_steps_away(town: Town) -> None:
    """By that, the first company is two steps from one that was closed: see LEV-13."""
    provider, since = town.providers["Rum"], town.day(3, 1)
    what = "shares one of its board with a company that one from a closed company leads"
    town.wrongs.append(Wrong("NAT-03", what, provider, None, None, since, None))


def nat_05_moved_together(town: Town) -> None:
    """A contract that ends, and five clients and two of four workers who are at another company within the month."""
    old, new, ended = town.providers["Följet"], town.providers["Sällskap"], town.day(2, 28)
    contract = next(row for row in town.rows["contract"] if row["provider_id"] == old)
    contract["valid_to"] = ended
    walks = [one for one in town.shifts if one.service_area == "companion" and one.day > ended]
    left = {town.clients["L6"]}
    for walk in walks:
        if walk.client in left:
            town.drop(walk)
        else:
            town.change(walk, provider=new)
    what = "five of six clients at another company within sixty days"
    town.wrongs.append(Wrong("NAT-05", what, old, None, None, ended, ended + timedelta(days=60)))


def nat_06_their_own_employers(town: Town) -> None:
    """Three clients of a company whose permit is revoked become their own employers, with one and the same trustee."""
    provider = Provider("Viken", "Assistans i Viken AB", organisation_number("55999092"), "", "personal_assistance")
    ended, trustee = town.day(1, 31), town.crowd.take(1950, 1984)
    town.providers["Viken"] = provider
    town.add(
        "provider", provider_id=provider, name=provider.name, legal_form="AB", service_area=provider.service_area,
        is_own_unit=False, registered_on=date(2021, 4, 1), status="active", f_tax=True, employer=True,
    )  # fmt: skip
    town.add(
        "permit", permit_id="IVO-1092", provider_id=provider, authority="ivo", service_type="personal_assistance",
        valid_from=date(2021, 5, 1), valid_to=ended, status="revoked", status_on=ended, clients_notified_on=ended,
    )  # fmt: skip
    for place in range(3):
        client = town.crowd.take(1950, 1984)
        town.add("client", client_id=client, representative_id=trustee, protected_identity=False, unit="Funktionsstöd")
        values: dict[str, object] = {
            "client_id": client, "service_area": "personal_assistance", "legal_basis": "9 § 2 LSS", "per": "week",
            "payer": "municipality", "granted_minutes": 40 * 60, "granted_is_weighted": True, "unit": "Funktionsstöd",
        }  # fmt: skip
        one = {"provider_id": provider, "arrangement": "provider", "valid_from": date(2025, 1, 1), "valid_to": ended}
        town.add("decision", decision_id=f"LSS-9{place}a", **values, **one)
        since = town.day(2, 15 + place)
        town.add("decision", decision_id=f"LSS-9{place}b", **values, arrangement="own_employer", valid_from=since)
    what = "three clients are their own employers two weeks after the permit was revoked"
    town.wrongs.append(Wrong("NAT-06", what, provider, None, None, ended, ended + timedelta(days=90)))


def ekb_06_two_units(town: Town) -> None:
    """The rent of a month from two units."""
    client, month = town.clients["E3"], town.months[1]
    pay_support(town, client, "Försörjning Norr", "rent", 2, 600_000)
    what = "the rent of a month paid by two units"
    town.wrongs.append(Wrong("EKB-06", what, None, client, None, month.first, month.last, 0, 600_000))


def nat_07_far_above_full_time(town: Town) -> None:
    """An assistant who in a month works nearly every evening for another employer too."""
    month = town.months[0]
    evenings = [one for one in town.shifts if one.client == town.clients["K11"]]
    mornings = {one.worker for one in town.shifts if one.client == town.clients["K1"]}
    worker = next(one.worker for one in evenings if one.worker in mornings)
    for shift in evenings:
        if shift.day in month:
            town.change(shift, worker=worker)
    what = "279 hours in a month with two employers"
    town.wrongs.append(Wrong("NAT-07", what, None, None, worker, month.first, month.last))


def _on_the_board(town: Town, key: str) -> Person:
    rows = town.rows["provider_role"]
    who: Person = next(row["person_id"] for row in rows if (row["provider_id"].key, row["role"]) == (key, "board"))
    return who


def _join(town: Town, key: str, who: Person, since: date) -> None:
    town.add(
        "provider_role", provider_id=town.providers[key], person_id=who, role="board", valid_from=since,
        source="Bolagsverket", read_on=town.first,
    )  # fmt: skip
