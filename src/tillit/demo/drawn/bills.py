"""What providers report and bill for the month, from the time that they say was worked."""

from datetime import timedelta

from tillit.demo.drawn.companion import bill_companions, follow_up_together
from tillit.demo.drawn.district import District
from tillit.demo.drawn.draws import share


def draw_bills(district: District) -> None:
    """Fills time_report, invoice, invoice_line and payment from time_entry. The kinds of time weigh as the law says."""
    _report(district)
    _bill_assistance(district)
    _bill_home_care(district)
    bill_companions(district)
    follow_up_together(district)
    _sum_invoices(district)
    pay_invoices(district)
    _pay_in_advance(district)


def _report(district: District) -> None:
    """Honest: some come late but come; some are approved by one who stands in for the client, on the same device."""
    after = district.after
    late = share("'late'", "client_id", "worker_id") + f" < {district.plan('late_reports')}"
    received = f"CASE WHEN {late} THEN 14 ELSE 4 END"
    district.run(
        f"""INSERT INTO time_report BY NAME
        WITH summed AS (
          SELECT provider_id, client_id, worker_id,
            SUM(CASE WHEN kind = 'active' THEN minutes ELSE 0 END) AS active,
            SUM(CASE WHEN kind = 'waiting' THEN minutes ELSE 0 END) AS waiting,
            SUM(CASE WHEN kind = 'standby' THEN minutes ELSE 0 END) AS standby
          FROM time_entry
          WHERE service_area = 'personal_assistance' AND status = 'performed' AND kind IN ('active', 'waiting',
            'standby')
          GROUP BY provider_id, client_id, worker_id
        ), told AS (
          SELECT provider_id, client_id, worker_id, active, waiting, standby, municipal,
            {share("'stands in'", "client_id")} < {district.plan("representatives")} AS represented
          FROM summed JOIN assisted ON assisted.client = client_id
        )
        SELECT 'R' || ROW_NUMBER() OVER (ORDER BY client_id, worker_id, provider_id) AS report_id, provider_id,
          client_id,
          worker_id, CAST($month AS DATE) AS month, CAST($after AS DATE) + {received} AS received_on,
          CASE WHEN municipal THEN 'electronic' ELSE 'fk3059' END AS form,
          active AS active_minutes, waiting AS waiting_minutes, standby AS standby_minutes,
          CAST($after AS TIMESTAMP) + INTERVAL 9 HOUR AS signed_by_worker_at,
          CASE WHEN municipal THEN CAST($after AS TIMESTAMP) + CASE WHEN represented THEN INTERVAL 541 MINUTE
            ELSE INTERVAL 2000 MINUTE END END AS signed_by_client_at,
          CASE WHEN represented THEN 'guardian' ELSE 'client' END AS signed_by,
          'telefon-' || CASE WHEN represented THEN client_id ELSE worker_id END AS worker_signing_device,
          'telefon-' || client_id AS client_signing_device,
          CAST($after AS TIMESTAMP) + INTERVAL 3 DAY AS signed_by_provider_at
        FROM told ORDER BY client_id, worker_id, provider_id""",
        month=district.month, after=after,
    )  # fmt: skip


def _bill_assistance(district: District) -> None:
    """A line for each client whom the municipality pays for, and kind of time."""
    district.run(
        """INSERT INTO invoice_line BY NAME
        WITH summed AS (
          SELECT provider_id, client_id, kind,
            SUM(minutes * CASE kind WHEN 'waiting' THEN 7 WHEN 'standby' THEN 4 ELSE 28 END) AS parts
          FROM time_entry JOIN assisted ON assisted.client = client_id AND assisted.municipal
          WHERE service_area = 'personal_assistance' AND status = 'performed' AND kind IN ('active', 'waiting',
            'standby')
          GROUP BY provider_id, client_id, kind
        ), line AS (
          SELECT provider_id, client_id, kind, CAST((parts * 2 + 28) // 56 AS BIGINT) AS minutes FROM summed
        )
        SELECT 'A-' || provider_id AS invoice_id, provider_id, client_id, 'PA' AS item_code,
          CAST(ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY client_id, kind) AS VARCHAR) AS line_number,
          'personal_assistance' AS service_area, kind, CAST($month AS DATE) AS service_from,
            CAST($last AS DATE) AS service_to,
          'hour' AS unit, minutes AS quantity_minutes, CAST($rate AS BIGINT) AS unit_price_ore,
          CAST((minutes * $rate * 2 + 60) // 120 AS BIGINT) AS amount_ore
        FROM line ORDER BY provider_id, client_id, kind""",
        month=district.month, last=district.last, rate=district.rate(),
    )  # fmt: skip


def _bill_home_care(district: District) -> None:
    """A line for each client: what was worked, rounded visit by visit where the contract says so; or granted."""
    district.run(
        """INSERT INTO invoice_line BY NAME
        WITH visit AS (
          SELECT provider_id, client_id, contract_id, payment_model,
            CASE WHEN rounding_minutes IS NULL THEN minutes
              ELSE CAST(FLOOR(minutes / rounding_minutes + 0.5) AS BIGINT) * rounding_minutes END AS minutes
          FROM time_entry JOIN contract USING (provider_id)
          WHERE time_entry.service_area = 'home_care' AND status = 'performed' AND kind = 'visit'
        ), summed AS (
          SELECT provider_id, client_id, contract_id, payment_model, SUM(minutes) AS minutes FROM visit GROUP BY ALL
        ), line AS (
          SELECT provider_id, summed.client_id, contract_id,
            CAST(CASE payment_model WHEN 'granted' THEN granted_minutes ELSE minutes END AS BIGINT) AS minutes
          FROM summed JOIN decision USING (provider_id, client_id) WHERE decision.service_area = 'home_care'
        )
        SELECT 'H-' || provider_id AS invoice_id, provider_id, client_id, contract_id, 'HT' AS item_code,
          CAST(ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY client_id) AS VARCHAR) AS line_number,
          'home_care' AS service_area, 'visit' AS kind, CAST($month AS DATE) AS service_from,
            CAST($last AS DATE) AS service_to,
          'hour' AS unit, minutes AS quantity_minutes, price_ore AS unit_price_ore,
          CAST((minutes * price_ore * 2 + 60) // 120 AS BIGINT) AS amount_ore
        FROM line JOIN price USING (contract_id)
        WHERE minutes > 0 AND price.valid_from <= $month AND COALESCE(price.valid_to, $month) >= $month
        ORDER BY provider_id, client_id""",
        month=district.month, last=district.last,
    )  # fmt: skip


def _sum_invoices(district: District) -> None:
    district.run(
        """INSERT INTO invoice BY NAME
        SELECT invoice_id, provider_id, ANY_VALUE(provider.name) AS supplier_name,
          LEFT(invoice_id, 1) || '9' || RIGHT(provider_id, 6) AS number,
          LEFT(invoice_id, 1) || '9' || RIGHT(provider_id, 6) AS number_normalised, 'invoice' AS kind,
          CAST($last AS DATE) + 4 AS issued_on, CAST($last AS DATE) + 34 AS due_on, CAST($month AS DATE) AS period_from,
          CAST($last AS DATE) AS period_to, 'SEK' AS currency, SUM(amount_ore) AS net_ore, 0 AS vat_ore,
          SUM(amount_ore) AS gross_ore, SUM(amount_ore) AS payable_ore, ANY_VALUE(account) AS account
        FROM invoice_line JOIN provider USING (provider_id) JOIN bank_account USING (provider_id)
        WHERE LEFT(invoice_id, 2) IN ('A-', 'H-', 'P-', 'S-')
        GROUP BY invoice_id, provider_id ORDER BY invoice_id""",
        month=district.month, last=district.last,
    )  # fmt: skip


def pay_invoices(district: District) -> None:
    """Every invoice that is not paid yet is, on its day, after its controls."""
    district.run(
        """INSERT INTO payment BY NAME
        SELECT 'U-' || invoice_id AS payment_id, 'LB' AS batch_id, provider_id, account, gross_ore AS amount_ore,
          'SEK' AS currency,
          due_on AS paid_on, 'ordinary' AS channel, 'paid' AS status, invoice_id, number AS invoice_number,
          due_on - 2 AS gate_passed_on
        FROM invoice
        WHERE gross_ore > 0 AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.invoice_id = invoice.invoice_id)
        ORDER BY invoice_id"""
    )


def _pay_in_advance(district: District) -> None:
    """Assistance that the municipality pays for is paid in advance, and settled against the reports."""
    paid = district.month + timedelta(days=19)
    district.run(
        """INSERT INTO payment BY NAME
        SELECT 'F-' || decision_id AS payment_id, 'PA' AS batch_id, decision.provider_id, account,
          CAST((granted_minutes * $days * $rate * 2 + 420) // 840 AS BIGINT) AS amount_ore, 'SEK' AS currency,
          CAST($paid AS DATE) AS paid_on, 'ordinary' AS channel, 'paid' AS status, client_id, decision_id,
          CAST($month AS DATE) AS month, CAST($paid AS DATE) - 2 AS gate_passed_on
        FROM decision JOIN bank_account USING (provider_id)
        WHERE service_area = 'personal_assistance' AND payer = 'municipality' AND per = 'week'
          AND COALESCE(decision.valid_to, $last) >= $last
          AND client_id NOT IN (SELECT client_id FROM client WHERE death_date IS NOT NULL)
        ORDER BY decision_id""",
        month=district.month, last=district.last, paid=paid, days=district.days, rate=district.rate(),
    )  # fmt: skip
