# Check lists and their answers, own questions, and the states that are sealed.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0012_responsibility"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checklist", models.CharField(max_length=10)),
                ("revision", models.PositiveIntegerField()),
                ("added", models.JSONField(default=dict)),
                ("asked", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checklist_runs", to="web.matter"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40)),
                (
                    "reply",
                    models.CharField(
                        choices=[("yes", "Ja"), ("no", "Nej"), ("not_applicable", "Ej aktuellt")], max_length=14
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                ("comment", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="web.matter"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="web.checklistrun"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("process", "state"), name="seal_once")],
            },
        ),
        migrations.CreateModel(
            name="LocalQuestions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checklist", models.CharField(max_length=10)),
                ("revision", models.PositiveIntegerField()),
                ("questions", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="web.board")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="web.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unit", None)),
                        fields=("board", "checklist", "revision"),
                        name="local_questions_once_a_board",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("unit", "checklist", "revision"),
                        name="local_questions_once_a_unit",
                    ),
                ],
            },
        ),
    ]
