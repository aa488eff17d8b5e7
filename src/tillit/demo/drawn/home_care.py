"""Home care in a district: who has it, and every visit of the month with all that is odd and honest."""

from tillit.demo.drawn.district import SHIFT, District
from tillit.demo.drawn.draws import normal, person, share, whole

_BANDS = ((0, 420, 210, 0.45), (1, 750, 150, 0.25), (2, 1020, 180, 0.30))
"""Morning, midday and evening: when it begins, how long a round is, and its part of the day's visits."""


def draw_home_care(district: District) -> None:
    """Fills client, decision and worker, and `shift` with the visits."""
    _draw_clients(district)
    _draw_visits(district)
    _put_into_rounds(district)
    _add_shifts(district)
    _add_second_workers(district)
    _add_shared_visits(district)
    _add_night_visits(district)


def _draw_clients(district: District) -> None:
    plan = district.plan
    spread = normal("'need'", "c")
    need = f"{plan('home_care_hours_median') * 60} * EXP({plan('home_care_hours_sigma')} * {spread})"
    district.run(
        f"""CREATE TABLE care AS
        WITH drawn AS (
          SELECT c, {person("'care'", "c")} AS client, LEAST({need}, 9000) AS need,
            {share("'pair'", "c // 2")} < {plan("cohabitants")} AS lives_together,
            {share("'double'", "c")} < {plan("double_staffing")} AS two_workers,
            {share("'night'", "c")} < {plan("night_visits")} AS at_night,
            {share("'served'", "c // 2")} AS place,
            {person("'home'", "c // 2")} AS home
          FROM range({district.count("home_care_clients")}) AS given(c)
        )
        SELECT c, client, need, lives_together, two_workers, at_night, home, served.provider,
          LEAST(need / {district.days * 20}, 6.0) AS a_day
        FROM drawn JOIN served ON served.area = 'home_care' AND place >= low AND place < high"""
    )
    district.run(
        f"""INSERT INTO client BY NAME
        SELECT client AS client_id, CASE WHEN lives_together THEN home END AS household_id,
          {share("'secret'", "c")} < 0.002 AS protected_identity, 'Äldreomsorg' AS unit,
          CASE WHEN {share("'death'", "c")} < {plan("deaths")}
            THEN $month + {whole(district.days - 6, "'died'", "c")}::INTEGER + 3 END AS death_date
        FROM care ORDER BY c""",
        month=district.month,
    )


def _draw_visits(district: District) -> None:
    plan = district.plan
    bands = ", ".join(f"({band}, {part})" for band, _, _, part in _BANDS)
    spread = normal("'long'", "c", "d", "band.band", "k")
    length = f"EXP(LN({plan('visit_minutes_median')}) + {plan('visit_minutes_sigma')} * {spread})"
    district.run(
        f"""CREATE TABLE visit AS
        SELECT care.c, care.client, care.provider, day.d, CAST($month AS DATE) + day.d::INTEGER AS day, band.band,
          slot.k,
          CAST(GREATEST(2, LEAST(120, ROUND({length} * care.need / (care.a_day * {district.days * 20})))) AS INTEGER)
            AS minutes
        FROM care
        CROSS JOIN range({district.days}) AS day(d)
        CROSS JOIN (VALUES {bands}) AS band(band, part)
        CROSS JOIN range(3) AS slot(k)
        WHERE {share("'visit'", "c", "d", "band.band", "slot.k")} < LEAST(0.97, care.a_day * band.part / 3
          * CASE WHEN ISODOW(CAST($month AS DATE) + day.d::INTEGER) > 5 THEN {plan("weekend")} ELSE 1 END)""",
        month=district.month,
    )


def _put_into_rounds(district: District) -> None:
    """Each provider's visits of a band are dealt to rounds, one visit after the other: no worker is in two places."""
    bands = ", ".join(f"({band}, {start}, {length})" for band, start, length, _ in _BANDS)
    district.run(
        f"""CREATE TABLE dealt AS
        WITH ordered AS (
          SELECT c, client, provider, d, day, visit.band, k, minutes, start, long,
            COALESCE(SUM(minutes + 6 + {whole(7, "'way'", "c", "d", "k")}) OVER (
              PARTITION BY provider, d, visit.band ORDER BY c, k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS before
          FROM visit JOIN (VALUES {bands}) AS band(band, start, long) USING (band)
        )
        SELECT c, client, provider, d, day, band, k, minutes, CAST(before // long AS BIGINT) AS round,
          CAST(start + before % long AS INTEGER) AS from_minute, CASE WHEN band < 2 THEN 0 ELSE 1 END AS team
        FROM ordered"""
    )
    district.run(
        "CREATE TABLE team AS SELECT provider, team, CAST(CEIL((MAX(round) + 1) * 1.4) AS BIGINT) + 1 AS size "
        "FROM dealt GROUP BY provider, team"
    )


def _add_shifts(district: District) -> None:
    plan = district.plan
    visit = ("c", "d", "band", "k")
    by_hand = share("'hand'", *visit) + f" < {plan('manual_share')}"
    declined = share("'no'", *visit) + f" < {plan('declined')}"
    edited = share("'edit'", *visit) + f" < {plan('edits')} AND minutes > 8"
    by, up = whole(5, "'by'", *visit), whole(2, "'up'", *visit)
    edit = f"CASE WHEN {edited} THEN (1 + {by}) * (2 * {up} - 1) ELSE 0 END"
    district.run(
        f"""INSERT INTO shift BY NAME
        WITH told AS (
          SELECT c, client, provider, day, band, k, minutes, from_minute, from_minute + minutes AS to_minute,
            {by_hand} AS by_hand, {declined} AS declined, {edit} AS edit,
            {person("'worker'", "provider", "team", "(round + d // 2 * 3) % size")} AS worker
          FROM dealt JOIN team USING (provider, team)
        )
        SELECT ROW_NUMBER() OVER (ORDER BY c, day, band, k) AS id, worker, client, provider, day, from_minute,
          to_minute,
          CASE WHEN declined THEN 'declined' ELSE 'visit' END AS kind, 'home_care' AS area,
          CASE WHEN declined THEN 'declined' ELSE 'performed' END AS status,
          CASE WHEN by_hand THEN 'manual' WHEN c % 3 = 0 THEN 'app' ELSE 'nfc' END AS capture,
          CASE WHEN NOT by_hand AND NOT declined THEN from_minute END AS receipt_from,
          CASE WHEN NOT by_hand AND NOT declined THEN to_minute + edit END AS receipt_to,
          CASE WHEN declined THEN 'Avböjt av brukaren' WHEN by_hand THEN 'Glömd utregistrering' END AS reason,
          FALSE AS double_staffing
        FROM told"""
    )


def _add_second_workers(district: District) -> None:
    """Honest: some are lifted by two in the mornings, as decided; the second follows a round of the first."""
    listed = ", ".join(name for name in SHIFT if name not in ("id", "worker", "double_staffing"))
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT 100000000 + ROW_NUMBER() OVER (ORDER BY id) AS id, TRUE AS double_staffing,
          {person("'second'", "worker")} AS worker, {listed}
        FROM shift
        WHERE client IN (SELECT client FROM care WHERE two_workers) AND from_minute < 720 AND area = 'home_care'"""
    )


def _add_shared_visits(district: District) -> None:
    """Honest: the own unit visits two who live together at once, and its contract pays both."""
    listed = ", ".join(
        f"shift.{name}" for name in SHIFT if name not in ("id", "client", "same_visit", "kind", "status")
    )
    district.run(
        f"""CREATE TABLE shared AS
        SELECT shift.id, other.client AS client
        FROM shift
        JOIN care ON care.client = shift.client AND care.lives_together AND care.c % 2 = 0
        JOIN care AS other ON other.c = care.c + 1 AND other.provider = care.provider
        JOIN contract ON contract.provider_id = care.provider AND contract.cohabit_rule = 'both'
        WHERE shift.status = 'performed' AND {share("'shared'", "shift.id")} < {district.plan("shared_visits")}"""
    )
    district.run("UPDATE shift SET same_visit = 'G' || id WHERE id IN (SELECT id FROM shared)")
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT 200000000 + ROW_NUMBER() OVER (ORDER BY id) AS id, shared.client, same_visit, kind, status, {listed}
        FROM shared JOIN shift USING (id)"""
    )


def _add_night_visits(district: District) -> None:
    """Honest: the night patrol, whose last visit crosses midnight: two rows, with the receipts of the whole."""
    district.run(
        f"""INSERT INTO shift BY NAME
        WITH round AS (
          SELECT client, provider, ROW_NUMBER() OVER (PARTITION BY provider ORDER BY c) - 1 AS place FROM care
            WHERE at_night
        ), whole AS (
          SELECT client, provider, {person("'patrol'", "provider", "place // 4")} AS worker, d,
            1350 + 27 * (place % 4) AS start, 1350 + 27 * (place % 4) + 20 AS stop
          FROM round CROSS JOIN range({district.days}) AS day(d) WHERE (d + place) % 3 = 0
        ), part AS (
          SELECT client, provider, worker, d, start, LEAST(stop, 1440) AS stop, start AS r0, stop AS r1 FROM whole
          UNION ALL SELECT client, provider, worker, d + 1, 0, stop - 1440, start - 1440, stop - 1440
            FROM whole WHERE stop > 1440
        )
        SELECT 300000000 + ROW_NUMBER() OVER (ORDER BY client, d, start) AS id, worker, client, provider,
          CAST($month AS DATE) + d::INTEGER AS day, start AS from_minute, stop AS to_minute, 'visit' AS kind,
          'home_care' AS area, 'performed' AS status, 'nfc' AS capture, r0 AS receipt_from, r1 AS receipt_to,
          FALSE AS double_staffing
        FROM part WHERE d < {district.days}""",
        month=district.month,
    )
