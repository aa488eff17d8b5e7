"""Companion service in a district: walks and errands, which the provider reports one by one and bills by the hour."""

from datetime import date, timedelta

from tillit.demo.drawn.district import District, account, organisation
from tillit.demo.drawn.draws import person, whole

PLACE = 160
_HOUR_ORE = 42_000


def draw_companions(district: District) -> None:
    """Fills provider, bank_account, contract, price, permit, client and decision, and `shift` with the walks."""
    number = organisation(district.number, PLACE)
    district.add(
        "provider", provider_id=number, name=f"Följe {district.number} AB", legal_form="AB", service_area="companion",
        is_own_unit=False, registered_on=date(2017, 2, 1), status="active", f_tax=True, employer=True,
    )  # fmt: skip
    district.add(
        "bank_account", account=account(district.number, PLACE), provider_id=number, holder_id=number,
        valid_from=date(2020, 1, 1), verified_on=date(2020, 1, 1), verified_how="certificate",
    )  # fmt: skip
    contract = f"S{district.number}-{PLACE}"
    district.add(
        "contract", contract_id=contract, provider_id=number, service_area="companion", form="lou",
        valid_from=date(2023, 1, 1), payment_model="performed", owner="Avtalscontroller",
    )  # fmt: skip
    district.add(
        "price", contract_id=contract, item_code="LED", unit="hour", price_ore=_HOUR_ORE, valid_from=date(2024, 1, 1)
    )
    district.add(
        "permit", permit_id=f"IVO-S{district.number}", provider_id=number, authority="ivo", service_type="companion",
        valid_from=date(2018, 1, 1), status="granted", status_on=date(2018, 1, 1),
    )  # fmt: skip
    _walk(district, number)


def _walk(district: District, number: str) -> None:
    """Each client goes out twice a week with one and the same, at an hour of the client's own."""
    district.run(
        f"""CREATE TABLE accompanied AS
        SELECT w, {person("'accompanied'", "w")} AS client, {person("'companion'", "w // 3")} AS worker,
          540 + 150 * (w % 3) AS start, 60 + 30 * {whole(3, "'walk'", "w")} AS length
        FROM range({max(6, district.count("accompanied"))}) AS given(w)"""
    )
    district.run(
        "INSERT INTO client BY NAME SELECT client AS client_id, FALSE AS protected_identity, 'Funktionsstöd' AS unit "
        "FROM accompanied ORDER BY w"
    )
    district.run(
        """INSERT INTO decision BY NAME
        SELECT 'B-' || client AS decision_id, client AS client_id, 'companion' AS service_area,
          '9 § 3 LSS' AS legal_basis, 'municipality' AS payer, 'month' AS per, 'Funktionsstöd' AS unit,
          1500 AS granted_minutes, DATE '2024-06-01' AS valid_from
        FROM accompanied ORDER BY w"""
    )
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT 600000000 + ROW_NUMBER() OVER (ORDER BY w, d) AS id, worker, client, $number AS provider,
          CAST($month AS DATE) + d::INTEGER AS day, start AS from_minute, start + length AS to_minute,
          'active' AS kind, 'companion' AS area, 'performed' AS status, 'app' AS capture, FALSE AS double_staffing
        FROM accompanied CROSS JOIN range({district.days}) AS day(d)
        WHERE ISODOW(CAST($month AS DATE) + d::INTEGER) IN (1 + w % 3, 4 + w % 2) ORDER BY w, d""",
        month=district.month, number=number,
    )  # fmt: skip


def bill_companions(district: District) -> None:
    """A line for each client: what was done. Honest: the last walk of some comes on the next bill."""
    left_out = "w % 7 = 0 AND work_date = (SELECT MAX(last.work_date) FROM time_entry AS last "
    district.run(
        f"""INSERT INTO invoice_line BY NAME
        WITH summed AS (
          SELECT provider_id, client_id, SUM(minutes) AS minutes
          FROM time_entry JOIN accompanied ON accompanied.client = client_id
          WHERE service_area = 'companion' AND NOT ({left_out}
            WHERE last.client_id = time_entry.client_id AND last.service_area = 'companion'))
          GROUP BY provider_id, client_id
        )
        SELECT 'S-' || provider_id AS invoice_id, provider_id, client_id, contract_id, 'LED' AS item_code,
          CAST(ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY client_id) AS VARCHAR) AS line_number,
          'companion' AS service_area, 'active' AS kind, CAST($month AS DATE) AS service_from,
          CAST($last AS DATE) AS service_to, 'hour' AS unit, CAST(minutes AS BIGINT) AS quantity_minutes,
          CAST($price AS BIGINT) AS unit_price_ore, CAST((minutes * $price * 2 + 60) // 120 AS BIGINT) AS amount_ore
        FROM summed JOIN contract USING (provider_id) ORDER BY client_id""",
        month=district.month, last=district.last, price=_HOUR_ORE,
    )  # fmt: skip


def follow_up_together(district: District) -> None:
    """Honest: a provider that bills two services, and has been followed up in both at once."""
    number = organisation(district.number, PLACE)
    district.run(
        """INSERT INTO invoice_line BY NAME
        SELECT 'S-' || provider_id AS invoice_id, provider_id, contract_id, 'ADM' AS item_code, 'R1' AS line_number,
          'respite' AS service_area, CAST($month AS DATE) AS service_from, CAST($last AS DATE) AS service_to,
          'piece' AS unit, 1 AS quantity, 150000 AS unit_price_ore, 150000 AS amount_ore
        FROM contract WHERE provider_id = $number""",
        month=district.month, last=district.last, number=number,
    )  # fmt: skip
    district.add(
        "permit", permit_id=f"IVO-S{district.number}b", provider_id=number, authority="ivo", service_type="respite",
        valid_from=date(2018, 1, 1), status="granted", status_on=date(2018, 1, 1),
    )  # fmt: skip
    district.add(
        "price", contract_id=f"S{district.number}-{PLACE}", item_code="ADM", unit="piece", price_ore=150_000,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    district.add(
        "control_execution", execution_id=f"KU-{district.number}-S", control="LEV-16", object=number,
        finished_on=district.month - timedelta(days=90), result="ok", evidence="dnr S", origin="random",
    )  # fmt: skip
