"""Placements in the town: three young people, who live where a company has permits."""

from datetime import date

from tillit.demo.town import Town


def add_placements(town: Town) -> None:
    """Clients, decisions and stays; the last one came and left within the town's months."""
    _place(town, "B1", (2009, 2010), "hvb", "Tallvägen 3", 16, date(2025, 11, 10), None)
    _place(town, "B2", (2007, 2008), "supported_housing", "Granvägen 8", 18, date(2025, 9, 1), None)
    _place(town, "B3", (2011, 2016), "family_home_support", None, 13, town.day(2, 16), town.day(4, 10))


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
