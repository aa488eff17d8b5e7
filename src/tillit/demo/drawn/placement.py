"""Placements in a district: homes with permits, those who live there, and the days that are billed."""

from datetime import date

from tillit.demo.drawn.district import District, account, organisation
from tillit.demo.drawn.draws import person, share, whole

_FIRST = 170
_HOMES = 4
_DAY_ORE = 412_000


def draw_placements(district: District) -> None:
    """Fills provider, contract, price, permit, bank_account, client, placement, invoice and invoice_line."""
    for place in range(_FIRST, _FIRST + _HOMES):
        _add_home(district, place)
    _draw_stays(district)
    _bill_days(district)


def _add_home(district: District, place: int) -> None:
    number, contract = organisation(district.number, place), f"P{district.number}-{place}"
    district.add(
        "provider", provider_id=number, name=f"Hem {district.number}-{place} AB", legal_form="AB",
        service_area="placement", is_own_unit=False, registered_on=date(2015, 1, 1), status="active", f_tax=True,
        employer=True,
    )  # fmt: skip
    district.add(
        "bank_account", account=account(district.number, place), provider_id=number, holder_id=number,
        valid_from=date(2020, 1, 1), verified_on=date(2020, 1, 1), verified_how="certificate",
    )  # fmt: skip
    district.add(
        "contract", contract_id=contract, provider_id=number, service_area="placement", form="lou",
        valid_from=date(2023, 1, 1), payment_model="day", day_rule="arrival", owner="Placeringsenheten",
    )  # fmt: skip
    district.add(
        "price", contract_id=contract, item_code="HVB", unit="day", price_ore=_DAY_ORE, valid_from=date(2024, 1, 1)
    )
    district.add(
        "permit", permit_id=f"IVO-H{district.number}-{place}", provider_id=number, authority="ivo", service_type="hvb",
        unit_address=f"Skogsvägen {place}", max_places=30, target_sex="all", target_age_min=13, target_age_max=20,
        valid_from=date(2018, 1, 1), status="granted", status_on=date(2018, 1, 1),
    )  # fmt: skip


def _draw_stays(district: District) -> None:
    """Honest: some come or leave within the month, and some move from one home to another."""
    district.run(
        f"""CREATE TABLE stay AS
        SELECT n, {person("'placed'", "n")} AS client, {_FIRST} + {whole(_HOMES, "'home'", "n")} AS place,
          {share("'comes'", "n")} AS comes, {share("'leaves'", "n")} AS leaves,
          {share("'moves'", "n")} < {district.plan("moves")} AS moves, 3 + {
            whole(district.days - 8, "'day'", "n")
        } AS day,
          14 + {whole(6, "'age'", "n")} AS age
        FROM range({max(8, district.count("placements"))}) AS given(n)"""
    )
    district.run(
        "INSERT INTO client BY NAME SELECT client AS client_id, FALSE AS protected_identity FROM stay ORDER BY n"
    )
    district.run(
        """INSERT INTO placement BY NAME
        WITH part AS (
          SELECT n, client, place, age, '' AS suffix,
            CASE WHEN comes < 0.1 AND NOT moves THEN CAST($month AS DATE) + day::INTEGER ELSE DATE '2025-01-10' END
              AS start_date,
            CASE WHEN moves OR (leaves < 0.1
              AND comes >= 0.1) THEN CAST($month AS DATE) + day::INTEGER + 2 END AS end_date
          FROM stay
          UNION ALL
          SELECT n, client, CASE WHEN place = $first THEN place + 1 ELSE place - 1 END, age, 'b',
            CAST($month AS DATE) + day::INTEGER + 2, NULL FROM stay WHERE moves
        )
        SELECT 'PL-' || part.client || suffix AS placement_id, part.client AS client_id, contract.provider_id,
          contract.contract_id, 'Skogsvägen ' || place AS unit_address, 'hvb' AS form, start_date, end_date,
          age AS client_age
        FROM part JOIN contract ON contract.contract_id = 'P' || $number || '-' || place
        ORDER BY n, suffix""",
        month=district.month, first=_FIRST, number=str(district.number),
    )  # fmt: skip


def _bill_days(district: District) -> None:
    """The day of arrival is counted, the day of departure is not."""
    district.run(
        """INSERT INTO invoice_line BY NAME
        WITH counted AS (
          SELECT provider_id, client_id, contract_id, GREATEST(start_date, CAST($month AS DATE)) AS first,
            LEAST(COALESCE(end_date - 1, CAST($last AS DATE)), CAST($last AS DATE)) AS last
          FROM placement
        )
        SELECT 'P-' || provider_id AS invoice_id, provider_id, client_id, contract_id, 'HVB' AS item_code,
          CAST(ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY client_id) AS VARCHAR) AS line_number,
          'placement' AS service_area, first AS service_from, last AS service_to, 'day' AS unit,
          last - first + 1 AS quantity, CAST($price AS BIGINT) AS unit_price_ore,
          CAST((last - first + 1) * $price AS BIGINT) AS amount_ore
        FROM counted WHERE first <= last ORDER BY provider_id, client_id""",
        month=district.month, last=district.last, price=_DAY_ORE,
    )  # fmt: skip
