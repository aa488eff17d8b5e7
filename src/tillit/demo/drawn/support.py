"""Economic support in a district: what units pay, month by month, and the inquiries they make."""

from datetime import timedelta

from tillit.demo.drawn.district import District
from tillit.demo.drawn.draws import person, share, whole

_INQUIRIES = 12


def draw_support(district: District) -> None:
    """Fills support_payment and support_inquiry."""
    _pay(district)
    _inquire(district)


def _pay(district: District) -> None:
    """Honest: two units pay for different things; one moved between the months; a payment that was sent back."""
    district.run(
        f"""CREATE TABLE supported AS
        SELECT n, {person("'supported'", "n")} AS client, 'Enhet ' || (1 + n % 3) AS unit,
          'Enhet ' || (1 + (n + 1) % 3) AS other_unit, 400000 + {whole(500_000, "'rent'", "n")} AS rent,
          {share("'two units'", "n")} < {district.plan("support_two_units")} AS two_units,
          {share("'sent back'", "n")} < {district.plan("support_sent_back")} AS sent_back,
          {share("'moved'", "n")} < {district.plan("moves")} AS moved
        FROM range({max(20, district.count("supported"))}) AS given(n)"""
    )
    district.run(
        """INSERT INTO support_payment BY NAME
        WITH told AS (
          SELECT n, client, unit, 'rent' AS cost_type, CAST($month AS DATE) AS month, rent AS amount, 'paid' AS status
          FROM supported
          UNION ALL SELECT n, client, CASE WHEN two_units THEN other_unit ELSE unit END, 'norm', $month, 420000, 'paid'
          FROM supported
          UNION ALL SELECT n, client, CASE WHEN moved THEN other_unit ELSE unit END, 'rent', $before, rent, 'paid'
          FROM supported
          UNION ALL SELECT n, client, other_unit, 'rent', $month, rent, 'returned' FROM supported WHERE sent_back
          UNION ALL SELECT n, client, other_unit, 'other', $month, 30000, 'paid' FROM supported WHERE two_units
          UNION ALL SELECT n, client, unit, 'other', $month, 20000, 'paid' FROM supported WHERE two_units
        )
        SELECT 'E' || $number || '-' || ROW_NUMBER() OVER (ORDER BY n, month, cost_type, unit, status) AS support_id,
          unit, client AS client_id, cost_type, CAST(month AS DATE) AS month, CAST(amount AS BIGINT) AS amount_ore,
          CAST(month AS DATE) + 24 AS paid_on, status
        FROM told ORDER BY n, month, cost_type, unit, status""",
        month=district.month, before=(district.month - timedelta(days=1)).replace(day=1), number=str(district.number),
    )  # fmt: skip


def _inquire(district: District) -> None:
    """Honest: a suspicion that a lawyer has said why not to report, and one that is new."""
    day, reported = district.month, district.day(20)
    for place in range(_INQUIRIES):
        outcome = ("no_error", "error", "suspicion")[place % 3]
        wrong = outcome != "no_error"
        new = place == 11
        closed = district.after + timedelta(days=50) if new else day + timedelta(days=place)
        district.add(
            "support_inquiry", inquiry_id=f"U{district.number}-{place}", unit=f"Enhet {1 + place % 3}",
            closed_on=closed, outcome=outcome, established_on=closed if wrong else None,
            reported_on=reported if outcome == "suspicion" and not new and place != 5 else None,
            not_reported_on=reported if place == 5 else None,
            recovery_decided_on=None if new or not wrong else closed + timedelta(days=30),
        )  # fmt: skip
