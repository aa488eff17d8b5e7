"""Placements in a district: homes with permits, those who live there, the days that are billed, and the follow-up."""

from datetime import date

from tillit.demo.drawn.district import District, account, organisation
from tillit.demo.drawn.draws import person, share, whole

_FIRST = 170
_HOMES = 4
_DAY_ORE = 412_000


def draw_placements(district: District) -> None:
    """Fills provider, contract, price, permit, bank_account, client, placement, invoice_line and follow_up."""
    for place in range(_FIRST, _FIRST + _HOMES):
        _add_home(district, place)
    _draw_stays(district)
    _bill_days(district)
    _decide(district)
    _follow_up(district)
    _house(district)


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


def _decide(district: District) -> None:
    """Honest: one who is placed keeps a contact person, and another's respite ends a week after the placement began."""
    district.run(
        """INSERT INTO decision BY NAME
        SELECT 'B-' || client_id AS decision_id, client_id, 'placement' AS service_area,
          '11 kap. 1 § SoL' AS legal_basis, 'municipality' AS payer, 'Individ och familj' AS unit,
          'month' AS per, 0 AS granted_minutes, MIN(start_date) AS valid_from
        FROM placement GROUP BY client_id ORDER BY client_id"""
    )
    district.run(
        """INSERT INTO decision BY NAME
        WITH placed AS (
          SELECT client_id, valid_from, ROW_NUMBER() OVER (ORDER BY client_id) AS n FROM decision
          WHERE service_area = 'placement'
        )
        SELECT 'B-' || client_id || '-f' AS decision_id, client_id,
          CASE WHEN n = 1 THEN 'respite' ELSE 'companion' END AS service_area, '9 § LSS' AS legal_basis,
          'municipality' AS payer, 'Funktionsstöd' AS unit, 'month' AS per, 600 AS granted_minutes,
          DATE '2024-03-01' AS valid_from,
          CASE WHEN n = 1 THEN placed.valid_from + 7 END AS valid_to
        FROM placed WHERE n < 3 ORDER BY n"""
    )


def _follow_up(district: District) -> None:
    """Honest: a contact that the person did not want, and a review that counts as the contact of its month."""
    district.run(
        """INSERT INTO follow_up BY NAME
        WITH placed AS (SELECT client_id, MIN(start_date) AS first FROM placement GROUP BY client_id)
        SELECT client_id, CASE WHEN back = 100 THEN 'review' WHEN client_id % 10 = 0 THEN 'declined' ELSE 'contact' END
            AS kind, CAST($today AS DATE) - back::INTEGER AS done_on
        FROM placed CROSS JOIN (VALUES (15), (43), (72), (100)) AS time(back)
        WHERE CAST($today AS DATE) - back::INTEGER >= first ORDER BY client_id, back""",
        today=district.today,
    )


def _house(district: District) -> None:
    """Rooms for a short time. Honest: two of one household in a room, and one who comes the day another leaves."""
    number = organisation(district.number, _FIRST + _HOMES)
    contract = f"P{district.number}-{_FIRST + _HOMES}"
    district.add(
        "provider", provider_id=number, name=f"Rum {district.number} AB", legal_form="AB", service_area="placement",
        is_own_unit=False, registered_on=date(2015, 1, 1), status="active", f_tax=True, employer=True,
    )  # fmt: skip
    district.add(
        "contract", contract_id=contract, provider_id=number, service_area="placement", form="lou",
        valid_from=date(2023, 1, 1), payment_model="day", day_rule="arrival", owner="Placeringsenheten",
    )  # fmt: skip
    district.run(
        f"""CREATE TABLE housed AS
        SELECT n, {person("'housed'", "n")} AS client, n // 3 AS room, n % 3 AS turn,
          CASE WHEN n % 3 < 2 THEN {person("'household'", "n // 3")} END AS home
        FROM range({max(12, district.count("placements"))}) AS given(n)"""
    )
    district.run(
        "INSERT INTO client BY NAME SELECT client AS client_id, home AS household_id, FALSE AS protected_identity "
        "FROM housed ORDER BY n"
    )
    district.run(
        """INSERT INTO placement BY NAME
        SELECT 'PR-' || client AS placement_id, client AS client_id, $number AS provider_id,
          $contract AS contract_id, 'Hotellgatan 2' AS unit_address, 'temporary_housing' AS form,
          'Rum ' || room AS room, CAST($month AS DATE) + (CASE WHEN turn = 2 THEN 14 ELSE 1 END) AS start_date,
          CAST($month AS DATE) + (CASE WHEN turn = 2 THEN 21 ELSE 14 END) AS end_date
        FROM housed ORDER BY n""",
        month=district.month, number=number, contract=contract,
    )  # fmt: skip
