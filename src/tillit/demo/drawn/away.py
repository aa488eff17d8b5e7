"""Where clients are not at home: in hospital, or dead. Honest: what is planned for those days is called off."""

from tillit.demo.drawn.district import District
from tillit.demo.drawn.draws import share, whole


def draw_away(district: District) -> None:
    """Fills absence, and takes away the time of days away: the first day and the last may be both."""
    district.run(
        f"""INSERT INTO absence BY NAME
        WITH ill AS (
          SELECT client_id, CAST($month AS DATE) + ({
            whole(district.days - 11, "'ill'", "client_id")
        })::INTEGER AS from_date
          FROM client
          WHERE {share("'hospital'", "client_id")} < {district.plan("hospital")} AND death_date IS NULL
        )
        SELECT 'client' AS subject, client_id, 'hospital' AS kind, from_date, TRUE AS registered,
          from_date + (2 + {whole(7, "'stays'", "client_id")})::INTEGER AS to_date
        FROM ill ORDER BY client_id""",
        month=district.month,
    )
    district.run(
        """DELETE FROM shift WHERE EXISTS (
          SELECT 1 FROM absence WHERE absence.client_id = shift.client
            AND shift.day > from_date AND shift.day < to_date)"""
    )
    district.run(
        """DELETE FROM shift WHERE EXISTS (
          SELECT 1 FROM client WHERE client.client_id = shift.client AND shift.day > death_date)"""
    )
