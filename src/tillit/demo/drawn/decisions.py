"""What is granted, to those who have it: always something more than what is used, as most decisions are."""

from tillit.demo.drawn.district import District
from tillit.demo.drawn.draws import share

_ROOM = 300  # minutes a week beyond what is used


def draw_decisions(district: District) -> None:
    """Fills decision and worker from the time that is worked."""
    _grant_home_care(district)
    _grant_assistance(district)
    _employ(district)


def _grant_home_care(district: District) -> None:
    district.run(
        """INSERT INTO decision BY NAME
        WITH used AS (
          SELECT client, SUM(to_minute - from_minute) AS minutes FROM shift WHERE area = 'home_care' GROUP BY client
        )
        SELECT 'B-' || client AS decision_id, client AS client_id, 'home_care' AS service_area,
          '11 kap. 1 § SoL' AS legal_basis,
          provider AS provider_id, 'municipality' AS payer, 'month' AS per, 'Äldreomsorg' AS unit,
          CAST(CEIL(COALESCE(minutes, 0) * 1.06 / 60 + 0.5) * 60 AS BIGINT) AS granted_minutes,
          DATE '2024-06-01' AS valid_from
        FROM care LEFT JOIN used USING (client) ORDER BY c"""
    )


def _grant_assistance(district: District) -> None:
    """Honest: grants by the half-year, with a month factor, not weighed, or changed within the month."""
    plan = district.plan
    district.run(
        f"""CREATE TABLE granted AS
        WITH used AS (
          SELECT client,
            SUM((to_minute - from_minute) * CASE kind WHEN 'waiting' THEN 7 WHEN 'standby' THEN 4
              ELSE 28 END) / 28 AS weighted,
            SUM(to_minute - from_minute) AS clock,
            SUM(CASE WHEN kind IN ('waiting', 'standby') THEN 1 ELSE 0 END) AS at_hand,
            SUM(CASE WHEN kind = 'waiting' THEN to_minute - from_minute ELSE 0 END) AS waiting,
            SUM(CASE WHEN kind = 'standby' THEN to_minute - from_minute ELSE 0 END) AS standby
          FROM shift
          WHERE area = 'personal_assistance' AND status = 'performed' AND kind IN ('active', 'waiting', 'standby')
          GROUP BY client
        )
        SELECT a, client, provider, municipal, bank, COALESCE(at_hand, 0) > 0 AND {share("'plain'", "a")} < {
            plan("unweighted")
        }
            AS unweighted,
          {share("'half'", "a")} < {plan("half_year")} AS half_year,
          {share("'factor'", "a")} < {plan("month_factor")} AS factor,
          {share("'change'", "a")} < {plan("changed_decisions")} AS changes,
          week, COALESCE(weighted, 0) AS weighted, COALESCE(clock, 0) AS clock,
          CAST(COALESCE(waiting, 0) * 7 / {district.days} AS BIGINT) AS waiting,
          CAST(COALESCE(standby, 0) * 7 / {district.days} AS BIGINT) AS standby
        FROM assisted LEFT JOIN used USING (client)"""
    )
    week = (
        "CAST(CEIL(GREATEST(week, (CASE WHEN unweighted THEN clock ELSE weighted END) "
        f"* 7 / {district.days} / 60 * 1.05 "
        f"+ {_ROOM} / 60)) * 60 AS BIGINT)"
    )
    district.run(
        f"""INSERT INTO decision BY NAME
        WITH held AS (
          SELECT a, client, provider, municipal, bank, unweighted, half_year, factor, waiting, standby, {week} AS week,
            'B-' || client AS id, DATE '2024-06-01' AS valid_from,
            CASE WHEN changes AND NOT half_year THEN CAST($month AS DATE) + 14 END AS valid_to
          FROM granted
          UNION ALL
          SELECT a, client, provider, municipal, bank, unweighted, half_year, factor, waiting, standby, {week} + 60,
            'B-' || client || '-2', CAST($month AS DATE) + 15, NULL FROM granted WHERE changes AND NOT half_year
        )
        SELECT id AS decision_id, client AS client_id, 'personal_assistance' AS service_area,
          '9 § 2 LSS' AS legal_basis,
          provider AS provider_id, CASE WHEN municipal THEN 'municipality' ELSE 'fk' END AS payer,
            'provider' AS arrangement,
          'Funktionsstöd' AS unit, NOT unweighted AS granted_is_weighted,
          CASE WHEN half_year THEN week * 27 ELSE week END AS granted_minutes,
          CASE WHEN half_year THEN 'half_year' ELSE 'week' END AS per,
          CASE WHEN factor AND NOT half_year THEN 4.345 END AS month_factor,
          CASE WHEN bank THEN 600 END AS double_bank_minutes, waiting AS waiting_minutes,
          standby AS standby_minutes,
          CASE WHEN half_year THEN CAST($month AS DATE) ELSE valid_from END AS valid_from, valid_to
        FROM held ORDER BY a, valid_from""",
        month=district.month,
    )


def _employ(district: District) -> None:
    """Honest: a quarter of the assistants are relatives, who often live with the client."""
    district.run(
        f"""INSERT INTO worker BY NAME
        WITH known AS (
          SELECT worker, provider, MIN(client) AS client, MIN(area) AS area FROM shift GROUP BY worker, provider
        ), told AS (
          SELECT worker, provider, client, area,
            area = 'personal_assistance' AND {share("'relative'", "worker")} < {district.plan("relatives")} AS relative
          FROM known
        )
        SELECT worker AS worker_id, provider AS provider_id, DATE '2022-05-01' AS employed_from,
          DATE '1990-01-01' + CAST(hash(worker) % 10000 AS INTEGER) AS adult_from, 'SE' AS residence_country,
          CASE WHEN relative THEN 'relative' WHEN area = 'home_care' THEN 'monthly' ELSE 'hourly' END AS employment,
          'agreement' AS working_time_regime, 2220 AS weekly_minutes,
          CASE WHEN relative THEN client END AS related_to,
          CASE WHEN relative THEN {share("'lives'", "worker")} < 0.6 END AS same_household
        FROM told ORDER BY worker, provider"""
    )
