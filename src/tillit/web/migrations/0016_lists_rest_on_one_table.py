"""Moves what lists of findings choose by to the table of matters, and gives lists their indexes."""

from django.db import migrations, models

COPY = """
    UPDATE web_matter SET
        control = (SELECT f.old_control FROM web_finding f WHERE f.matter_ptr_id = web_matter.id),
        at_risk_ore = (SELECT f.old_at_risk_ore FROM web_finding f WHERE f.matter_ptr_id = web_matter.id)
    WHERE EXISTS (SELECT 1 FROM web_finding f WHERE f.matter_ptr_id = web_matter.id)
"""


def copy(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            # The second wall shows rows within a scope of boards alone, to migrations too.
            cursor.execute("SELECT '{' || coalesce(string_agg(id::text, ','), '') || '}' FROM web_board")
            cursor.execute("SELECT set_config('tillit.boards', %s, true)", cursor.fetchone())
        cursor.execute(COPY)


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0015_press"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="finding", name="web_finding_control_a115a9_idx"),
        migrations.RenameField(model_name="finding", old_name="control", new_name="old_control"),
        migrations.RenameField(model_name="finding", old_name="at_risk_ore", new_name="old_at_risk_ore"),
        migrations.AddField(
            model_name="matter",
            name="control",
            field=models.CharField(
                blank=True, default="", help_text="what found it; empty where a person did", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="matter",
            name="at_risk_ore",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.RemoveField(model_name="finding", name="old_control"),
        migrations.RemoveField(model_name="finding", name="old_at_risk_ore"),
        migrations.RemoveIndex(
            model_name="matter",
            name="web_matter_board_i_386a53_idx",
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["at", "count"], name="entry_newest"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "at", "count"], name="entry_of_kind"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["worker_code"], name="finding_of_worker"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(condition=models.Q(("gone_at__isnull", False)), fields=["gone_at"], name="finding_gone"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["board", "process", "state", "opened_at"], name="matter_in_state_at_board"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["board", "opened_at"], name="matter_of_board"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["control", "opened_at"], name="matter_of_control"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["provider_number", "opened_at"], name="matter_of_provider"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["board", "process", "due_on"],
                name="matter_due_in_process",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["board", "provider_number", "urgency", "due_on"],
                name="matter_of_provider_at_board",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=[
                    "board",
                    "control",
                    "provider_number",
                    "urgency",
                    "due_on",
                    "at_risk_ore",
                    "opened_at",
                    "process",
                    "unit",
                    "protected",
                    "opened_by",
                ],
                name="matter_in_groups_at_board",
            ),
        ),
    ]
