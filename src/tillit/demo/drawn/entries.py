"""From local minutes to rows of time as readers leave them: instants, and both readings of a doubtful hour."""

from datetime import UTC, timedelta

from tillit.demo.drawn.district import District
from tillit.units import day_minutes, interval, midnight, minutes_between

_DOUBTFUL = range(120, 180)
"""Local minutes that come twice, the night the clocks are put back."""


def write_entries(district: District) -> None:
    """Fills time_entry from `shift`."""
    days = [district.day(number) for number in range(1, district.days + 1)]
    district.run("CREATE OR REPLACE TABLE clock (day DATE, midnight TIMESTAMP, turned INTEGER)")
    district.add_many(
        "clock",
        ("day", "midnight", "turned"),
        [(day, midnight(day).replace(tzinfo=None), day_minutes(day) - 1440) for day in days],
    )

    def instant(minute: str) -> str:
        turned = f"CASE WHEN {minute} >= {_DOUBTFUL.stop} AND turned <> 0 THEN turned ELSE 0 END"
        return f"midnight + TO_MINUTES(CAST({minute} + {turned} AS BIGINT))"

    district.run(
        f"""INSERT INTO time_entry BY NAME
        WITH planned AS (
          -- plans are made in steps of five minutes, and hardly ever kept to the minute
          SELECT *, (from_minute + 2) // 5 * 5 AS planned_from,
            (from_minute + 2) // 5 * 5 + GREATEST(5, (to_minute - from_minute + 2) // 5 * 5) AS planned_to
          FROM shift
        ), timed AS (
          SELECT shift.*, {instant("from_minute")} AS starts_at, {instant("to_minute")} AS ends_at,
            {instant("receipt_from")} AS receipt_starts_at, {instant("receipt_to")} AS receipt_ends_at,
            {instant("planned_from")} AS planned_starts_at, {instant("planned_to")} AS planned_ends_at
          FROM planned AS shift JOIN clock USING (day)
        )
        SELECT 'E' || id AS entry_id, provider AS provider_id, worker AS worker_id, client AS client_id,
          day AS work_date,
          starts_at, ends_at, DATE_DIFF('minute', starts_at, ends_at) AS minutes, starts_at AS earliest_starts_at,
          ends_at AS latest_ends_at, DATE_DIFF('minute', starts_at, ends_at) AS longest_minutes,
            FALSE AS clock_uncertain,
          kind, area AS service_area, CASE WHEN area = 'home_care' THEN 'HT' END AS service_code, status, capture,
          receipt_starts_at, receipt_ends_at, reason AS reason_code,
          planned_starts_at, planned_ends_at, double_staffing, same_visit AS group_id,
          ends_at + INTERVAL 5 MINUTE AS registered_at
        FROM timed ORDER BY client, day, starts_at, id"""
    )
    _read_twice(district)


def _read_twice(district: District) -> None:
    for id, day, start, stop in district.rows(
        f"""SELECT id, day, from_minute, to_minute FROM shift JOIN clock USING (day)
        WHERE turned > 0 AND (from_minute BETWEEN {_DOUBTFUL.start} AND {_DOUBTFUL.stop - 1}
          OR to_minute BETWEEN {_DOUBTFUL.start} AND {_DOUBTFUL.stop - 1}) ORDER BY id"""
    ):
        end_day = day + timedelta(days=1) if stop == 1440 else day
        read = interval(day, f"{start // 60}:{start % 60:02}", f"{stop // 60 % 24}:{stop % 60:02}", end_day)
        first, last, earliest, latest = (one.astimezone(UTC).replace(tzinfo=None) for one in read[:4])
        district.run(
            """UPDATE time_entry SET starts_at = $first, ends_at = $last, earliest_starts_at = $earliest,
              latest_ends_at = $latest, minutes = $minutes, longest_minutes = $longest, clock_uncertain = $doubtful
            WHERE entry_id = $entry""",
            first=first, last=last, earliest=earliest, latest=latest, entry=f"E{id}",
            minutes=minutes_between(read.start, read.end), doubtful=read.clock_uncertain,
            longest=minutes_between(read.earliest_start, read.latest_end),
        )  # fmt: skip
