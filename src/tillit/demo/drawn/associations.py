"""Associations of a district: what they are granted, what they do for it, and the receipts that they show."""

from datetime import date

from tillit.demo.drawn.district import District, account, organisation
from tillit.demo.drawn.draws import person, share, whole

LAST = 150
"""The numbers of associations end here, and those of homes and suppliers follow."""

_MOST = 50
_TEAM, _POOL = "'Lag ' || (1 + t)", 20
_ABSENT = 0.35


def draw_associations(district: District) -> None:
    """Fills grant_payment, grant_application, grant_receipt, grant_activity, grant_attendance and venue_booking.

    Associations stand among providers, with an account and a board, as others do.
    """
    count = min(_MOST, max(4, round(district.inhabitants * district.plan("associations"))))
    first = LAST - count
    _found(district, first, count)
    _grant(district, first, count)
    _apply(district)
    _show_receipts(district)
    _meet(district)
    _attend(district)


def _found(district: District, first: int, count: int) -> None:
    """Honest: a board of three, and no one of them in the board of another association."""
    numbers = [organisation(district.number, first + place) for place in range(count)]
    district.add_many(
        "provider",
        ("provider_id", "name", "legal_form", "service_area", "is_own_unit", "registered_on", "status"),
        [
            (number, f"Förening {district.number}-{place}", "IF", "other", False, date(2009, 5, 1), "active")
            for place, number in enumerate(numbers)
        ],
    )
    district.add_many(
        "bank_account",
        ("account", "provider_id", "holder_id", "valid_from", "verified_on", "verified_how"),
        [
            (account(district.number, first + place), number, number, *2 * (date(2018, 1, 1),), "certificate")
            for place, number in enumerate(numbers)
        ],
    )
    district.add_many(
        "provider_role",
        ("provider_id", "person_id", "role", "valid_from"),
        [
            (number, district.random.getrandbits(62), role, date(2020, 3, 15))
            for number in numbers
            for role in ("board", "board", "signatory")
        ],
    )


def _grant(district: District, first: int, count: int) -> None:
    """Honest: two boards, two purposes; one board twice for one purpose, in two years; a report that came late."""
    year = district.month.year
    rows = []
    for place in range(count):
        number = organisation(district.number, first + place)
        cost = district.random.randrange(2_000_000, 20_000_000)
        purposes = [("Fritidsnämnden", "Hallhyra"), ("Kulturnämnden", "Läsfrämjande")][: 1 + place % 2]
        for board, purpose in purposes:
            for since in (year - 1, year):
                grant = f"{board[:2]}-{district.number}-{place}-{since}"
                span = (date(since, 1, 1), date(since, 12, 31))
                due = date(since + 1, 3, 31) if since == year else date(year, 2, 28)
                approved = None if since == year else date(year, 3, 9) if place % 5 == 0 else date(year, 2, 20)
                paid = date(since, 1, 20)
                rows.append((grant, board, number, purpose, *span, cost * 8 // 10, cost, paid, due, approved))
    names = (
        "grant_id", "board", "provider_id", "purpose", "period_from", "period_to", "amount_ore", "approved_cost_ore",
        "paid_on", "report_due_on", "report_approved_on",
    )  # fmt: skip
    district.add_many("grant_payment", names, rows)


def _apply(district: District) -> None:
    """An application for each grant, tested before it was decided. Honest: one is paid to a friend's, by a proxy."""
    district.run(
        """INSERT INTO grant_application BY NAME
        SELECT 'AN-' || grant_id AS application_id, board, grant_payment.provider_id, purpose,
          paid_on - 60 AS applied_on, account, FALSE AS account_proxy, FALSE AS successor, paid_on - 20 AS decided_on,
          amount_ore AS granted_ore, paid_on - 40 AS conditions_tested_on, paid_on - 20 AS leaders_tested_on
        FROM grant_payment JOIN bank_account ON bank_account.provider_id = grant_payment.provider_id
        ORDER BY grant_id"""
    )
    first = "SELECT MIN(application_id) FROM grant_application"
    district.run(
        f"UPDATE grant_application SET account = '{account(district.number, LAST - 1)}', account_proxy = TRUE "
        f"WHERE application_id = ({first})"
    )


def _show_receipts(district: District) -> None:
    """Honest: one receipt is shown for two grants, with its half for each."""
    district.run(
        f"""INSERT INTO grant_receipt BY NAME
        SELECT 'KV-' || grant_id || '-' || k AS receipt_id, board, grant_id, provider_id,
          seller AS seller_id, 'K' || (10000 + ROW_NUMBER() OVER (ORDER BY grant_id, k)) AS number,
          period_from + {whole(300, "'bought'", "grant_id", "k")}::INTEGER AS dated_on,
          CAST(50000 + {whole(900_000, "'cost'", "grant_id", "k")} AS BIGINT) AS amount_ore
        FROM grant_payment CROSS JOIN range(3) AS of(k)
        CROSS JOIN (SELECT MIN(provider_id) AS seller FROM contract WHERE service_area = 'other')
        ORDER BY grant_id, k"""
    )
    shown = [
        row[0]
        for row in district.rows(
            """SELECT grant_id FROM grant_payment WHERE provider_id = (
              SELECT MIN(provider_id) FROM grant_payment) ORDER BY grant_id LIMIT 2"""
        )
    ]
    for grant in shown:
        district.run(
            """UPDATE grant_receipt SET number = 'HALV', dated_on = $day, amount_ore = 400000, claimed_ore = 200000
            WHERE receipt_id = $id""",
            day=date(district.month.year, 1, 15),
            id=f"KV-{grant}-0",
        )


def _meet(district: District) -> None:
    """Honest: one booking for two groups, one group after the other with one leader for both; some meet outdoors."""
    district.run(
        f"""CREATE TABLE meeting AS
        SELECT f, t, k, provider_id, 'S' || $number || '-' || f || '-' || t || '-' || k AS activity_id,
          CAST($month AS DATE) + (2 * k + f % 2)::INTEGER AS held_on, 1020 + 90 * t AS start,
          {share("'outdoors'", "f")} < 0.2 AS outdoors
        FROM (SELECT provider_id, ROW_NUMBER() OVER (ORDER BY provider_id) - 1 AS f FROM grant_payment
          GROUP BY provider_id)
        CROSS JOIN range(2) AS team(t) CROSS JOIN range(12) AS time(k)""",
        month=district.month,
        number=str(district.number),
    )
    district.run(
        """INSERT INTO venue_booking BY NAME
        SELECT DISTINCT 'Hall ' || f AS venue, provider_id, CAST(held_on AS TIMESTAMP) + INTERVAL 1005 MINUTE
          AS starts_at, CAST(held_on AS TIMESTAMP) + INTERVAL 1215 MINUTE AS ends_at, 40 AS capacity
        FROM meeting WHERE NOT outdoors ORDER BY provider_id, starts_at"""
    )


def _attend(district: District) -> None:
    """Honest: a small group that is the same every time, and a member of two associations who is at both in a day."""
    there = share("'there'", "f", "t", "k", "n") + f" > {_ABSENT}"
    small = "f % 4 = 3 AND t = 1"
    district.run(
        f"""INSERT INTO grant_attendance BY NAME
        SELECT provider_id, activity_id, {person("'member'", "f", "t", "n")} AS person_id, 'participant' AS part
        FROM meeting CROSS JOIN range({_POOL}) AS member(n)
        WHERE CASE WHEN {small} THEN n < 6 ELSE {there} END
        UNION ALL SELECT provider_id, activity_id, {person("'leader'", "f")}, 'leader' FROM meeting
        ORDER BY ALL"""
    )
    district.run(
        f"""INSERT INTO grant_activity BY NAME
        SELECT activity_id, meeting.provider_id, {_TEAM} AS team, held_on,
          CAST(held_on AS TIMESTAMP) + TO_MINUTES(start) AS starts_at,
          CAST(held_on AS TIMESTAMP) + TO_MINUTES(start + 90) AS ends_at,
          COUNT(*) FILTER (WHERE part = 'participant') AS participants, 0 AS outside_age, 19 + f % 30 AS leader_age,
          CASE WHEN NOT outdoors THEN 'Hall ' || f END AS venue
        FROM meeting JOIN grant_attendance USING (provider_id, activity_id)
        GROUP BY ALL ORDER BY ALL"""
    )
    district.run(
        f"""INSERT INTO grant_attendance BY NAME
        SELECT two.provider_id, two.activity_id, {person("'member'", "0", "0", "0")} AS person_id,
          'participant' AS part
        FROM meeting AS two WHERE two.f = 2 AND two.t = 1 AND two.k < 4
          AND two.held_on IN (SELECT held_on FROM meeting WHERE f = 0 AND t = 0)
        ORDER BY two.activity_id"""
    )
    district.run(
        """UPDATE grant_activity SET participants = (
          SELECT COUNT(*) FROM grant_attendance AS there WHERE there.part = 'participant'
            AND there.activity_id = grant_activity.activity_id AND there.provider_id = grant_activity.provider_id)"""
    )
