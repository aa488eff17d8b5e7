"""Personal assistance in a district: who has it, who works when, and all that is odd and honest about it."""

from tillit.demo.drawn.district import SHIFT, District
from tillit.demo.drawn.draws import normal, person, share, whole

_PATTERNS = """(VALUES
  -- pattern, part, from, to (0 where the grant says), kind, passes are as long
  ('evening', 0, 900, 0, 'active', 720),
  ('day', 0, 420, 0, 'active', 0),
  ('waiting', 0, 360, 1320, 'active', 480), ('waiting', 1, 1320, 1800, 'waiting', 480),
  ('standby', 0, 360, 1320, 'active', 480), ('standby', 1, 1320, 1800, 'standby', 480),
  ('whole', 0, 600, 1320, 'active', 720), ('whole', 1, 1320, 1800, 'waiting', 480), ('whole', 2, 1800, 2040,
    'active', 720),
  ('always', 0, 360, 1320, 'active', 480), ('always', 1, 1320, 1800, 'active', 480)
) AS pattern(pattern, part, start, stop, kind, long)"""
"""When someone is there, day by day: after school, the day, and the night as waiting, standby or active time."""

_NEW, _SECOND, _RESERVE = 90, 91, 100
"""Places in a client's team: who is shown round, who is the other of two, who steps in for each pass."""


def draw_assistance(district: District) -> None:
    """Fills client and `shift`; decisions and workers follow from what is worked."""
    _draw_clients(district)
    _draw_passes(district)
    _cut_at_midnight(district)
    _add_second_workers(district)
    _add_training(district)
    _add_siblings(district)
    _add_double_slots(district)


def _draw_clients(district: District) -> None:
    plan = district.plan
    spread = normal("'week'", "a")
    week = f"LEAST(336, {plan('assistance_week_hours')} + {plan('assistance_week_sd')} * {spread})"
    district.run(
        f"""CREATE TABLE assisted AS
        WITH drawn AS (
          SELECT a, {person("'assisted'", "a")} AS client, CAST(GREATEST(21, {week}) AS DOUBLE) AS week,
            {share("'municipal'", "a")} < {plan("assistance_municipal")} AS municipal,
            {share("'night'", "a")} AS night, {share("'siblings'", "a // 2")} < {plan("siblings")} AS siblings,
            {share("'provider'", "a // 2")} AS place, {share("'two'", "a")} < {plan("double_assistance")} AS fixed_two,
            {share("'bank'", "a")} < {plan("double_bank")} AS bank,
            {share("'jobs'", "a")} < {plan("two_jobs")} AS two_jobs
          FROM range({district.count("assistance_clients")}) AS given(a)
        )
        SELECT a, client, municipal, siblings, served.provider, CASE WHEN siblings OR two_jobs THEN LEAST(week,
          35) ELSE week END AS week, fixed_two AND NOT siblings AS fixed_two,
          bank AND NOT fixed_two AND NOT siblings AND week <= 200 AS bank, two_jobs AND NOT siblings AS two_jobs,
          CASE
            WHEN siblings OR two_jobs THEN 'evening' WHEN week < 40 THEN 'evening' WHEN week < 112 THEN 'day'
            WHEN week > 165 THEN 'always' WHEN night < 0.5 THEN 'waiting' WHEN night < 0.75 THEN 'whole' ELSE 'standby'
          END AS pattern,
          a % 2 = 1 AND siblings AND a // 2 * 2 + 1 < {district.count("assistance_clients")} AS second_sibling,
          CASE WHEN siblings THEN {person("'siblings'", "a // 2")} ELSE {person("'house'", "a")} END AS home
        FROM drawn JOIN served ON served.area = 'personal_assistance' AND place >= low AND place < high"""
    )
    district.run(
        f"""INSERT INTO client BY NAME
        SELECT client AS client_id, home AS household_id, FALSE AS protected_identity, 'Funktionsstöd' AS unit,
          CASE WHEN {share("'death'", "a")} < {plan("deaths")} AND NOT siblings
            THEN $month + {whole(district.days - 6, "'died'", "a")}::INTEGER + 3 END AS death_date
        FROM assisted ORDER BY a""",
        month=district.month,
    )


def _draw_passes(district: District) -> None:
    """Spans are cut in passes of about six, eight or twelve hours, and the team takes turns."""
    district.run(
        f"""CREATE TABLE pass AS
        WITH span AS (
          SELECT a, part, pattern.kind, assisted.pattern,
            -- not on the hour for all
            CAST(pattern.start + CASE WHEN assisted.pattern = 'day' THEN {whole(60, "'begins'", "a")}
              WHEN two_jobs THEN 180 ELSE 0 END AS INTEGER) AS start,
            CAST(CASE WHEN pattern.stop > 0 THEN pattern.stop - pattern.start
              WHEN assisted.pattern = 'evening' THEN LEAST(240, GREATEST(60, ROUND(week * 60 / 7 * 0.9)))
              ELSE GREATEST(240, ROUND(week * 60 / 7 * 0.9)) END AS INTEGER) AS length,
            CASE WHEN pattern.long > 0 THEN pattern.long ELSE LIST_VALUE(360, 480, 720)[1 + {
            whole(3, "'pass'", "a")
        }] END AS long
          FROM assisted JOIN {_PATTERNS} USING (pattern)
          WHERE NOT second_sibling
        ), passes AS (
          SELECT a, part, pattern, kind, start, length, CAST(CEIL(length / long) AS INTEGER) AS parts FROM span
        ), numbered AS (
          SELECT a, part, pattern, kind, k, parts, start + CAST(length * k / parts AS INTEGER) AS from_minute,
            start + CAST(length * (k + 1) / parts AS INTEGER) AS to_minute,
            -- one and the same from morning to morning, else the next of the team
            CASE WHEN pattern = 'whole' THEN 0
              ELSE ROW_NUMBER() OVER (PARTITION BY a ORDER BY part, k) - 1 END AS turn,
            CASE WHEN pattern = 'whole' THEN 1 ELSE COUNT(*) OVER (PARTITION BY a) END AS turns
          FROM passes CROSS JOIN LATERAL (SELECT UNNEST(range(parts)) AS k)
        )
        SELECT a, part, kind, k, d, from_minute,
          -- honest: at some changes both are there for five minutes
          to_minute + CASE WHEN k + 1 < parts AND {share("'handover'", "a", "d", "k")} < {district.plan("handover")}
            THEN 5 ELSE 0 END AS to_minute,
          CAST((d * turns + turn) % (turns + 2) AS INTEGER) AS member
        FROM numbered CROSS JOIN range({district.days}) AS day(d)"""
    )


def _cut_at_midnight(district: District) -> None:
    """The rows of time. Honest: some are ill and replaced, and some rows stand as replaced by a correction."""
    district.run(
        f"""CREATE TABLE reported AS
        WITH told AS (
          SELECT a, d, part, k, kind, member, from_minute, to_minute,
            kind = 'active' AND {share("'sick'", "a", "d", "part", "k")} < {district.plan("sick")} AS sick,
            {share("'corrected'", "a", "d", "part", "k")} < {district.plan("corrections")} AS corrected
          FROM pass
        ), version AS (
          SELECT a, d, part, k, CASE WHEN sick THEN 'sick' ELSE kind END AS kind, member, from_minute, to_minute,
            'performed' AS status FROM told
          UNION ALL SELECT a, d, part, k, kind, {_RESERVE} + 4 * part + k, from_minute, to_minute, 'performed'
            FROM told WHERE sick
          UNION ALL SELECT a, d, part, k, kind, member, from_minute, to_minute + 20, 'replaced' FROM told
            WHERE corrected
        )
        SELECT a, d, part, k, kind, member, from_minute, LEAST(to_minute, 1440) AS to_minute, status FROM version
        WHERE from_minute < 1440
        UNION ALL
        SELECT a, d + 1, part, k, kind, member, GREATEST(from_minute, 1440) - 1440, to_minute - 1440, status
          FROM version
        WHERE to_minute > 1440"""
    )
    district.run(
        """CREATE TABLE borrowed AS
        WITH evening AS (
          SELECT a, provider, ROW_NUMBER() OVER (ORDER BY a) AS place FROM assisted WHERE two_jobs
        ), morning AS (
          SELECT a, provider, ROW_NUMBER() OVER (ORDER BY a) AS place FROM assisted WHERE pattern = 'day' AND week < 60
        )
        SELECT evening.a, morning.a AS lender FROM evening JOIN morning USING (place)"""
    )
    day = "CAST($month AS DATE) + d::INTEGER"
    own = f"lender IS NULL OR member >= {_RESERVE}"  # an evening worker of another client's, but not who steps in
    of, place = f"CASE WHEN {own} THEN a ELSE lender END", f"CASE WHEN {own} THEN member ELSE 0 END"
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT 400000000 + ROW_NUMBER() OVER (ORDER BY a, d, part, k, status, kind, from_minute) AS id,
          {person("'assistant'", of, place)} AS worker, client, provider,
          {day} AS day, from_minute, to_minute, kind,
          'personal_assistance' AS area, status, CASE WHEN a % 7 = 0 THEN 'paper' ELSE 'app' END AS capture,
          FALSE AS double_staffing
        FROM reported JOIN assisted USING (a) LEFT JOIN borrowed USING (a)
        WHERE d < {district.days}""",
        month=district.month,
    )


def _more(district: District, first_id: int, select: str) -> None:
    """Adds shifts of assistance: the select gives client, provider, worker, day, from_minute, to_minute and kind."""
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT {first_id} + ROW_NUMBER() OVER (ORDER BY client, day, from_minute, worker) AS id, client, provider,
          worker,
          day, from_minute, to_minute, kind, 'personal_assistance' AS area, 'performed' AS status, 'app' AS capture,
          FALSE AS double_staffing
        FROM ({select})""",
        month=district.month,
    )


def _add_second_workers(district: District) -> None:
    """Honest: two at fixed times, as decided; and a bank of hours for two, whenever they are needed."""
    second = person("'assistant'", "a", str(_SECOND))
    _more(
        district,
        500_000_000,
        f"""SELECT client, provider, {second} AS worker, CAST($month AS DATE) + d::INTEGER AS day, 'active' AS kind,
          CASE WHEN bank THEN 600 ELSE 480 END AS from_minute,
          CASE WHEN bank THEN 720 WHEN week > 200 THEN 960 ELSE 600 END AS to_minute
        FROM assisted CROSS JOIN range({district.days}) AS day(d)
        WHERE fixed_two OR week > 200 OR (bank AND d IN (2, 9, 16, 23))""",
    )


def _add_training(district: District) -> None:
    """Honest: a new assistant who is shown round."""
    new = person("'assistant'", "client", str(_NEW))
    _more(
        district,
        510_000_000,
        f"""SELECT client, provider, {new} AS worker, day, from_minute, to_minute, 'training' AS kind FROM shift
        WHERE area = 'personal_assistance' AND kind = 'active' AND status = 'performed'
          AND {share("'new'", "shift.id")} < {district.plan("training")}""",
    )


def _add_siblings(district: District) -> None:
    """Honest: two children in one home, and one assistant for both at the same time."""
    listed = ", ".join(f"shift.{name}" for name in SHIFT if name not in ("id", "client", "same_visit"))
    first = "shift.client = one.client AND one.siblings AND one.a % 2 = 0"
    district.run(
        """UPDATE shift SET same_visit = 'S' || id WHERE client IN (
          SELECT one.client FROM assisted AS one
          JOIN assisted AS other ON other.a = one.a + 1 AND other.second_sibling WHERE one.a % 2 = 0)"""
    )
    district.run(
        f"""INSERT INTO shift BY NAME
        SELECT 520000000 + ROW_NUMBER() OVER (ORDER BY shift.id) AS id, other.client, same_visit, {listed}
        FROM shift JOIN assisted AS one ON {first}
        JOIN assisted AS other ON other.a = one.a + 1 AND other.second_sibling"""
    )


def _add_double_slots(district: District) -> None:
    district.run(
        """INSERT INTO double_slot BY NAME
        SELECT 'B-' || client AS decision_id, client AS client_id, 480 AS from_minute,
          CASE WHEN week > 200 THEN 960 ELSE 600 END AS to_minute, 1 AS extra_workers, DATE '2024-01-01' AS valid_from
        FROM assisted WHERE fixed_two OR (week > 200 AND NOT bank) ORDER BY a"""
    )
