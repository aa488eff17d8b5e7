"""Placements in the town: three young people, who live where a company has permits, and rooms for a while."""

from datetime import date, timedelta

from tillit.demo.numbers import example_bankgiro, organisation_number
from tillit.demo.people import Person
from tillit.demo.town import Provider, Town

LAST_CONTACT = date(2026, 5, 11)


def add_placements(town: Town) -> None:
    """Clients, decisions and stays; the last one came and left within the town's months."""
    _place(town, "B1", (2009, 2010), "hvb", "Tallvägen 3", 16, date(2025, 11, 10), None)
    _place(town, "B2", (2007, 2008), "supported_housing", "Granvägen 8", 18, date(2025, 9, 1), None)
    _place(town, "B3", (2011, 2016), "family_home_support", None, 13, town.day(2, 16), town.day(4, 10))


def add_rooms(town: Town) -> None:
    """Rooms at an inn on a contract. Honest: a couple in one room, one who leaves the day another comes, one acute."""
    inn = add_inn(town, "Logi", "Logi i Lillköping AB", "55999011", "A-2025-21")
    town.add(
        "contract", contract_id=inn.contract, provider_id=inn, service_area="placement", form="lou",
        valid_from=date(2025, 1, 1), valid_to=date(2027, 12, 31), payment_model="day", owner="Avtalscontroller",
    )  # fmt: skip
    first, change, last = town.day(2, 2), town.day(3, 9), town.day(4, 20)
    couple = town.crowd.take(1976, 1999)
    lodge(town, "T1", inn, "3", first, last, couple)
    lodge(town, "T2", inn, "3", first, last, couple)
    lodge(town, "T3", inn, "4", first, change)
    lodge(town, "T4", inn, "4", change, last)
    lodge(town, "T5", inn, "5", first, last)
    other = add_inn(town, "Skansen", "Pensionat Skansen AB", "55999012", "")
    lodge(town, "T6", other, "1", town.day(3, 14), town.day(3, 16))
    town.rows["placement"][-1]["off_contract_reason"] = "urgent"


def add_inn(town: Town, key: str, name: str, series: str, contract: str) -> Provider:
    """A company that lets rooms."""
    provider = Provider(
        key, name, organisation_number(series), example_bankgiro(int(series[-2:])), "placement", contract
    )
    town.providers[key] = provider
    town.add(
        "provider", provider_id=provider, name=name, legal_form="AB", service_area="placement", is_own_unit=False,
        registered_on=date(2016, 4, 1), status="active", f_tax=True, employer=True,
    )  # fmt: skip
    return provider


def lodge(
    town: Town, key: str, inn: Provider, room: str, first: date, last: date, household: Person | None = None
) -> None:
    """Someone in a room for a while."""
    client = town.clients[key] = town.crowd.take(1976, 1999)
    town.add(
        "client", client_id=client, adult_from=client.adult_from, protected_identity=False, unit="Socialjour",
        household_id=household,
    )  # fmt: skip
    town.add(
        "placement", placement_id=f"P-{key}", client_id=client, provider_id=inn, contract_id=inn.contract,
        unit_address="Ågatan 1", form="temporary_housing", start_date=first, end_date=last, room=room,
    )  # fmt: skip


def add_follow_up(town: Town) -> None:
    """Contact with each young person every fourth week, and a review in the winter."""
    for key, first in (("B1", date(2025, 11, 10)), ("B2", date(2025, 9, 1)), ("B3", town.day(2, 16))):
        day = LAST_CONTACT
        while day > first:
            town.add("follow_up", client_id=town.clients[key], kind="contact", done_on=day)
            day -= timedelta(days=28)
    # Honest: one visit that the young person did not want, and reviews of those who have stayed long.
    town.add("follow_up", client_id=town.clients["B2"], kind="declined", done_on=town.day(3, 3))
    for key in ("B1", "B2"):
        town.add("follow_up", client_id=town.clients[key], kind="review", done_on=town.day(2, 24))


def _place(
    town: Town,
    key: str,
    born: tuple[int, int],
    form: str,
    address: str | None,
    age: int,
    first: date,
    last: date | None,
) -> None:
    client, provider = town.crowd.take(*born), town.providers["Rum"]
    town.clients[key] = client
    town.add("client", client_id=client, adult_from=client.adult_from, protected_identity=False, unit="Socialjour")
    decision = f"PLAC-{key[1:]}"
    town.add(
        "decision", decision_id=decision, client_id=client, service_area="placement", legal_basis="11 kap. 1 § SoL",
        provider_id=provider, payer="municipality", granted_minutes=1440, per="day", valid_from=first, valid_to=last,
        unit="Socialjour",
    )  # fmt: skip
    town.add(
        "placement", placement_id=f"P-{key[1:]}", client_id=client, decision_id=decision, provider_id=provider,
        contract_id=provider.contract, unit_address=address, form=form, start_date=first, end_date=last, client_age=age,
        client_sex="woman" if client.is_woman else "man",
    )  # fmt: skip
