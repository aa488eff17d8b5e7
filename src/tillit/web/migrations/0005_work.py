# What runs, imports and jobs need.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0004_saved_filter"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="finding",
            name="explained_until",
        ),
        migrations.AddField(
            model_name="finding",
            name="gone_at",
            field=models.DateTimeField(blank=True, help_text="the control ran again and did not find it", null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="error",
            field=models.CharField(blank=True, help_text="a code, where it came to no end", max_length=80),
        ),
        migrations.AddField(
            model_name="upload",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="size",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="job",
            name="not_before",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="job",
            name="progress",
            field=models.PositiveSmallIntegerField(default=0, help_text="per cent"),
        ),
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[("waiting", "Väntar"), ("running", "Pågår"), ("done", "Klart"), ("failed", "Gick inte")],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="progress",
            field=models.PositiveSmallIntegerField(default=0, help_text="per cent"),
        ),
        migrations.AlterField(
            model_name="upload",
            name="error",
            field=models.CharField(blank=True, help_text="a code, where it could not even be tried", max_length=80),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("finished_at", None)), fields=["not_before"], name="job_open"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["board", "sha256"], name="web_upload_board_i_0d1797_idx"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("error", ""), ("finished_at", None)), fields=("board",), name="one_run_at_a_time"
            ),
        ),
    ]
