"""The providers of a district: who gives home care and assistance, with contracts, prices, permits and accounts."""

from datetime import date, timedelta
from random import Random

from tillit.demo.drawn.district import District, account, organisation

_LARGEST = 40  # clients of one company: most are small, as 93 of 100 are


def draw_providers(district: District) -> None:
    """Fills provider, contract, price and permit, and `served`: provider, area, and which share of clients it has."""
    district.run("CREATE TABLE served (provider VARCHAR, area VARCHAR, low DOUBLE, high DOUBLE)")
    _add_own_unit(district)
    clients = district.count("home_care_clients")
    private = max(1, round(clients * district.plan("private_share") / _LARGEST))
    place = _add_companies(district, "home_care", range(1, 1 + private), low=1 - district.plan("private_share"))
    companies = max(6, district.count("assistance_clients") // 12)
    _add_companies(district, "personal_assistance", range(place, place + companies), low=0.0)


def _add_own_unit(district: District) -> None:
    number = organisation(district.number, 0)
    _add_company(district, 0, "Kommunen, egen regi", "home_care", own_unit=True)
    contract = _add_contract(district, number, 0, own_unit=True, model="performed")
    _add_prices(district, contract, district.random)
    high = 1 - district.plan("private_share")
    district.add("served", provider=number, area="home_care", low=0.0, high=high)


def _add_companies(district: District, area: str, places: range, *, low: float) -> int:
    """Companies of all sizes: a few large ones, and a tail of small ones (Pareto)."""
    random = district.random
    weights = [random.paretovariate(1.3) for _ in places]
    for place, weight in zip(places, weights, strict=True):
        number = organisation(district.number, place)
        _add_company(district, place, f"Omsorg {district.number}-{place} AB", area)
        if area == "home_care":
            model = "granted" if random.random() < district.plan("granted_contracts") else "performed"
            contract = _add_contract(district, number, place, own_unit=False, model=model)
            _add_prices(district, contract, random)
        _add_permit(district, number, place, area)
        high = low + weight / sum(weights) * (1 - (0 if area != "home_care" else 1 - district.plan("private_share")))
        district.add("served", provider=number, area=area, low=low, high=high)
        low = high
    return places.stop


def _add_company(district: District, place: int, name: str, area: str, *, own_unit: bool = False) -> None:
    number = organisation(district.number, place)
    district.add(
        "provider", provider_id=number, name=name, legal_form="KOMMUN" if own_unit else "AB", service_area=area,
        is_own_unit=own_unit, registered_on=date(2016, 4, 1), status="active", f_tax=not own_unit, employer=True,
    )  # fmt: skip
    district.add(
        "bank_account", account=account(district.number, place), provider_id=number, holder_id=number,
        valid_from=date(2020, 1, 1), verified_on=date(2020, 1, 1), verified_how="certificate",
    )  # fmt: skip


def _add_contract(district: District, number: str, place: int, *, own_unit: bool, model: str) -> str:
    contract = f"A{district.number}-{place}"
    rounds = not own_unit and district.random.random() < district.plan("rounding_contracts")
    district.add(
        "contract", contract_id=contract, provider_id=number, service_area="home_care",
        form="own_unit" if own_unit else "lov", valid_from=date(2023, 1, 1), payment_model=model,
        cohabit_rule="both" if own_unit else "split", declined_rule="unpaid", owner="Avtalscontroller",
        rounding_minutes=5 if rounds else None, rounding="nearest" if rounds else None,
    )  # fmt: skip
    return contract


def _add_prices(district: District, contract: str, random: Random) -> None:
    price = random.randrange(40_000, 54_000, 100)
    spans = ((date(2023, 1, 1), date(2024, 12, 31), price - 1200), (date(2025, 1, 1), None, price))
    for first, last, ore in spans:
        district.add(
            "price", contract_id=contract, item_code="HT", unit="hour", price_ore=ore, valid_from=first, valid_to=last
        )


def _add_permit(district: District, number: str, place: int, area: str) -> None:
    """Honest: a permit that is renewed without a gap is two rows."""
    renewed = district.random.random() < district.plan("permit_renewals")
    held = {"provider_id": number, "authority": "ivo", "service_type": area, "status": "granted"}
    permit, first, change = f"IVO-{district.number}-{place}", date(2019, 3, 1), district.day(15)
    last = change - timedelta(days=1) if renewed else None
    district.add("permit", permit_id=permit, valid_from=first, status_on=first, valid_to=last, **held)
    if renewed:
        district.add("permit", permit_id=f"{permit}b", valid_from=change, status_on=change, **held)
