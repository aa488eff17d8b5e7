"""The providers of the town: who they are, what permits and contracts they have, and who leads them."""

from datetime import date, timedelta

from tillit.demo.numbers import example_bankgiro, organisation_number
from tillit.demo.people import Person
from tillit.demo.town import Provider, Town

TOWN_NUMBER = organisation_number("21209912")
TOWN_NAME = "Lillköpings kommun"

HOUR_PRICE_ASSISTANCE = 34770  # the rate that the law sets for 2026 (SFS 2025:1045), öre
HOUR_PRICE_RELIEF = 42000
HOUR_PRICE_HOME_CARE = {"Solsidan": 48500, "Egen": 46200}
HOUR_PRICE_RURAL = 48000  # of the own unit, far from town
DAY_PRICE = {"HVB": 412000, "SB": 189000, "KF": 215000}

_PROVIDERS = (
    # key, name, series, kind of service, contract, legal form
    ("Björken", "Björkens Assistans AB", "55999001", "personal_assistance", "", "AB"),
    ("Lunden", "Omsorg i Lunden AB", "55999002", "personal_assistance", "", "AB"),
    ("Kastanjen", "Assistanskooperativet Kastanjen ek. för.", "76999903", "personal_assistance", "", "EK"),
    ("Solsidan", "Hemtjänst Solsidan AB", "55999004", "home_care", "A-2024-11", "AB"),
    ("Egen", "Lillköpings kommun, hemtjänst egen regi", "21209906", "home_care", "A-EGEN", "KOMMUN"),
    ("Rum", "Trygga Rum i Lillköping AB", "55999007", "placement", "A-2023-04", "AB"),
    ("Lättnad", "Lättnad i Vardagen AB", "55999008", "respite", "A-2024-30", "AB"),
    ("Följet", "Följeslagarna i Lillköping AB", "55999009", "companion", "A-2023-09", "AB"),
    ("Sällskap", "Gott Sällskap AB", "55999010", "companion", "A-2025-21", "AB"),
)
_SUPPLIERS = (
    ("Papper", "Norra Papper & Kontor AB", "55999021", ""),
    ("Data", "Sju Bäckar Data AB", "55999022", "A-2022-02"),
    ("Städ", "Rena Trappor HB", "96999923", ""),
    ("Måltid", "Måltid i Norr AB", "55999024", ""),
)
_ADDRESSES = {"Lunden": "Storgatan 4, Lillköping", "Lättnad": "Storgatan 4 Lillköping"}
"""Honest: two companies in one house. A shared address is a question, and most often nothing more."""

_ASSOCIATIONS = (
    ("Läxan", "Läxhjälpen i Lillköping", "80299931"),
    ("Bollen", "Bollklubben Lillan", "80299932"),
)


def add_providers(town: Town) -> None:
    """Providers with permits, contracts, prices, accounts, roles and register checks."""
    for place, (key, name, series, area, contract, form) in enumerate(_PROVIDERS):
        _add(
            town,
            Provider(
                key, name, organisation_number(series), example_bankgiro(place), area, contract, form, key == "Egen"
            ),
        )
    for place, (key, name, series, contract) in enumerate(_SUPPLIERS):
        _add(town, Provider(key, name, organisation_number(series), example_bankgiro(20 + place), "other", contract))
    for place, (key, name, series) in enumerate(_ASSOCIATIONS):
        area = "other"
        _add(
            town, Provider(key, name, organisation_number(series), example_bankgiro(30 + place), area, legal_form="IF")
        )
    _add_permits(town)
    _add_contracts(town)
    _add_accounts(town)
    _add_roles(town)
    _add_register_checks(town)
    _add_grants(town)


def add_association(town: Town, key: str, name: str, series: str, registered: date) -> Provider:
    """One more association, with an account of its own."""
    provider = Provider(key, name, organisation_number(series), example_bankgiro(int(series[-2:])), "other", "", "IF")
    _add(town, provider)
    town.rows["provider"][-1]["registered_on"] = registered
    return provider


def _add(town: Town, provider: Provider) -> None:
    town.providers[provider.key] = provider
    town.add(
        "provider",
        provider_id=provider,
        name=provider.name,
        legal_form=provider.legal_form,
        service_area=provider.service_area,
        is_own_unit=provider.own_unit,
        registered_on=date(2016, 4, 1),
        status="active",
        f_tax=not provider.own_unit,
        employer=True,
        address=_ADDRESSES.get(provider.key),
    )


def _add_permits(town: Town) -> None:
    def permit(key: str, number: str, kind: str, first: date, last: date | None = None, **more: object) -> None:
        values = {"status": "granted", "status_on": first, **more}
        town.add(
            "permit", permit_id=number, provider_id=town.providers[key], authority="ivo", service_type=kind,
            valid_from=first, valid_to=last, **values,
        )  # fmt: skip

    permit("Björken", "IVO-1001", "personal_assistance", date(2017, 3, 1))
    # Honest: a permit that was renewed without a gap is two rows.
    permit("Lunden", "IVO-1002", "personal_assistance", date(2019, 1, 1), town.months[1].last)
    permit("Lunden", "IVO-1102", "personal_assistance", town.months[2].first)
    permit("Kastanjen", "IVO-1003", "personal_assistance", date(2018, 9, 1))
    permit("Solsidan", "IVO-1004", "home_care", date(2020, 2, 1))
    permit("Lättnad", "IVO-1010", "respite", date(2021, 5, 1))
    permit("Följet", "IVO-1011", "companion", date(2020, 5, 1))
    permit("Sällskap", "IVO-1012", "companion", date(2025, 11, 1))
    hvb = {
        "unit_address": "Tallvägen 3",
        "max_places": 8,
        "target_sex": "all",
        "target_age_min": 13,
        "target_age_max": 20,
    }
    permit("Rum", "IVO-1007", "hvb", date(2018, 1, 1), None, **hvb)
    half = {
        "unit_address": "Granvägen 8",
        "max_places": 6,
        "target_sex": "all",
        "target_age_min": 16,
        "target_age_max": 20,
    }
    permit("Rum", "IVO-1008", "supported_housing", date(2019, 6, 1), None, **half)
    permit("Rum", "IVO-1009", "family_home_support", date(2019, 6, 1))


def _add_contracts(town: Town) -> None:
    def contract(key: str, form: str, area: str, model: str, **more: object) -> None:
        provider = town.providers[key]
        town.add(
            "contract", contract_id=provider.contract, provider_id=provider, service_area=area, form=form,
            valid_from=date(2023, 1, 1), valid_to=date(2027, 12, 31), payment_model=model,
            owner="Avtalscontroller", **more,
        )  # fmt: skip

    contract("Solsidan", "lov", "home_care", "performed", cohabit_rule="split", declined_rule="unpaid")
    contract("Egen", "own_unit", "home_care", "performed", cohabit_rule="both", declined_rule="unpaid")
    contract("Rum", "lou", "placement", "day", day_rule="arrival")
    contract("Data", "lou", "other", "piece")
    contract("Följet", "lou", "companion", "performed")
    contract("Sällskap", "lou", "companion", "performed")
    contract("Lättnad", "lou", "respite", "performed")
    for key, price in HOUR_PRICE_HOME_CARE.items():
        before = round(price * 0.97)
        area = "Tätort" if key == "Egen" else None
        _price(town, key, "HT", "hour", before, date(2025, 1, 1), date(2025, 12, 31), area)
        _price(town, key, "HT", "hour", price, date(2026, 1, 1), None, area)
    _price(town, "Egen", "HT", "hour", HOUR_PRICE_RURAL, date(2026, 1, 1), None, "Glesbygd")
    for item, price in DAY_PRICE.items():
        _price(town, "Rum", item, "day", price, date(2025, 1, 1))


def _price(
    town: Town, key: str, item: str, unit: str, ore: int, first: date, last: date | None = None, area: str | None = None
) -> None:
    town.add(
        "price", contract_id=town.providers[key].contract, item_code=item, unit=unit, price_ore=ore, valid_from=first,
        valid_to=last, area_class=area,
    )  # fmt: skip


def _add_accounts(town: Town) -> None:
    for provider in town.providers.values():
        town.add(
            "bank_account", account=provider.bankgiro, provider_id=provider, holder_id=provider,
            valid_from=town.first, verified_on=town.first, verified_how="certificate",
        )  # fmt: skip
    # Honest: a supplier that changed account, and was called back on the number that was known before.
    paper = town.providers["Papper"]
    row = next(row for row in town.rows["bank_account"] if row["provider_id"] == paper)
    row.update(valid_from=town.day(2, 2), verified_on=town.day(2, 3), verified_how="call_back")
    town.add(
        "bank_account", account=example_bankgiro(40), provider_id=paper, holder_id=paper, valid_from=town.first,
        valid_to=town.day(2, 1), verified_on=town.first, verified_how="certificate",
    )  # fmt: skip


def _add_roles(town: Town) -> None:
    def role(key: str, who: Person, name: str, first: date, last: date | None = None) -> None:
        town.add(
            "provider_role", provider_id=town.providers[key], person_id=who, role=name, valid_from=first, valid_to=last,
            source="Bolagsverket", read_on=town.months[0].first,
        )  # fmt: skip

    for key in ("Björken", "Lunden", "Kastanjen", "Solsidan", "Rum", "Läxan", "Bollen"):
        role(key, town.crowd.take(1950, 1984), "board", date(2019, 1, 1))
        role(
            key,
            town.crowd.take(1950, 1984),
            "ceo" if town.providers[key].legal_form == "AB" else "signatory",
            date(2019, 1, 1),
        )
    closed = Provider(
        "Stängd", "Assistans Gläntan AB (avvecklat)", organisation_number("55999091"), "", "personal_assistance"
    )
    town.providers["Stängd"] = closed
    # Honest: the manager of Björken once sat on the board of a company that was closed, and left before it went wrong.
    manager = next(row["person_id"] for row in town.rows["provider_role"] if row["provider_id"].key == "Björken")
    role("Stängd", manager, "board", date(2015, 1, 1), date(2018, 6, 30))
    role("Stängd", town.crowd.take(1950, 1984), "board", date(2018, 7, 1), date(2024, 3, 31))
    # Honest: one who leads a company and is a deputy in an association, and one with a small share of another company.
    leader = {row["provider_id"].key: row["person_id"] for row in town.rows["provider_role"] if row["role"] == "ceo"}
    role("Bollen", leader["Björken"], "deputy", date(2021, 1, 1))
    role("Rum", leader["Lunden"], "owner", date(2022, 1, 1))
    town.rows["provider_role"][-1]["share_percent"] = 10
    town.add(
        "exclusion", provider_id=closed, name=closed.name, basis="permit_revoked", valid_from=date(2024, 4, 1),
        misconduct_from=date(2022, 1, 1), misconduct_to=date(2024, 3, 31), source="IVO",
    )  # fmt: skip


def _add_register_checks(town: Town) -> None:
    """On the first of each month, and once more before the last month's invoices come."""
    for day in [*(month.first for month in town.months), town.last + timedelta(days=1)]:
        for key in ("Björken", "Lunden", "Kastanjen", "Solsidan", "Rum"):
            for kind in ("ivo_permit", "f_tax", "employer", "tax_debt"):
                town.add(
                    "register_check", provider_id=town.providers[key], kind=kind, checked_on=day, result="ok",
                    value_ore=0 if kind == "tax_debt" else None,
                )  # fmt: skip


def _add_grants(town: Town) -> None:
    def grant(number: str, board: str, key: str, purpose: str, ore: int) -> None:
        town.add(
            "grant_payment", grant_id=number, board=board, provider_id=town.providers[key], purpose=purpose,
            period_from=date(town.first.year, 1, 1), period_to=date(town.first.year, 12, 31), amount_ore=ore,
            approved_cost_ore=ore + 2_000_000, paid_on=town.day(2, 10),
        )  # fmt: skip

    grant("KN-7", "Kulturnämnden", "Läxan", "Läsfrämjande på biblioteket", 4_000_000)
    # Honest: two boards, two purposes.
    grant("UN-3", "Utbildningsnämnden", "Läxan", "Läxhjälp på högstadiet", 6_500_000)
    grant("FN-12", "Fritidsnämnden", "Bollen", "Hallhyra för ungdomslag", 5_200_000)
