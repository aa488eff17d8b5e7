"""Findings that came before lists were sorted by urgency get theirs: rules/urgency.py, as SQL for old rows alone."""

from django.db import migrations

FILL = """
    UPDATE web_matter SET urgency = (
        SELECT (4 - f.severity) * 4
            + CASE f.certainty WHEN 'sure' THEN 0 WHEN 'possible' THEN 1 WHEN 'indication' THEN 2 ELSE 3 END
        FROM web_finding f WHERE f.matter_ptr_id = web_matter.id)
    WHERE urgency = 15 AND EXISTS (SELECT 1 FROM web_finding f WHERE f.matter_ptr_id = web_matter.id)
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            # The second wall shows rows within a scope of boards alone, to migrations too.
            cursor.execute("SELECT '{' || coalesce(string_agg(id::text, ','), '') || '}' FROM web_board")
            cursor.execute("SELECT set_config('tillit.boards', %s, true)", cursor.fetchone())
        cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0009_runs_and_withdrawals"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
