"""What employers of a district declare: the pay of each assistant, and of all who work for a provider of care."""

from tillit.demo.drawn.district import District
from tillit.demo.drawn.draws import share

_HOUR_ORE = 19_000
_OF_BILLED = 65


def draw_wages(district: District) -> None:
    """Fills employer_month and payroll_total, of the month and of the next. Honest: pay comes a month late."""
    _pay_assistants(district)
    _sum(district)


def _pay_assistants(district: District) -> None:
    late = share("'late pay'", "worker_id") + f" < {district.plan('late_pay')}"
    district.run(
        f"""INSERT INTO employer_month BY NAME
        WITH worked AS (
          SELECT provider_id, worker_id, CAST(SUM(minutes) * {_HOUR_ORE} // 60 AS BIGINT) AS gross FROM time_entry
          WHERE service_area = 'personal_assistance' AND status = 'performed' GROUP BY provider_id, worker_id
        )
        SELECT provider_id, worker_id, CAST($month AS DATE) AS month,
          CASE WHEN {late} THEN 0 ELSE gross END AS gross_ore FROM worked
        UNION ALL
        SELECT provider_id, worker_id, CAST($after AS DATE), gross FROM worked
        ORDER BY provider_id, worker_id, month""",
        month=district.month, after=district.after,
    )  # fmt: skip


def _sum(district: District) -> None:
    district.run(
        f"""INSERT INTO payroll_total BY NAME
        WITH billed AS (
          SELECT provider_id, SUM(gross_ore) AS ore FROM invoice
          WHERE LEFT(invoice_id, 2) IN ('A-', 'H-', 'S-') GROUP BY provider_id
        )
        SELECT provider_id, CAST($month AS DATE) AS month, CAST(ore * {_OF_BILLED} // 100 AS BIGINT) AS declared_ore
        FROM billed
        UNION ALL SELECT provider_id, CAST($after AS DATE), CAST(ore * {_OF_BILLED} // 100 AS BIGINT) FROM billed
        ORDER BY provider_id, month""",
        month=district.month, after=district.after,
    )  # fmt: skip
