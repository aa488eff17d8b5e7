# Documents of a matter, the files that were sent, and to whom.
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0018_deviation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="its number in the matter, 1 for the first")),
                ("document", models.CharField(max_length=40)),
                ("revision", models.PositiveIntegerField(help_text="of the document's file, when it was last made")),
                (
                    "step",
                    models.CharField(
                        blank=True, help_text="the step that makes it; empty where a person asked", max_length=40
                    ),
                ),
                (
                    "values",
                    models.JSONField(default=dict, help_text="what comes from the matter, as it was when it was made"),
                ),
                ("asked", models.JSONField(default=dict, help_text="what a person has filled in on it")),
                (
                    "recipient",
                    models.CharField(blank=True, help_text="name and address, as they stand in it", max_length=500),
                ),
                ("registry_number", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                (
                    "times",
                    models.PositiveIntegerField(
                        default=1, help_text="how often it has been made; an action changes what it read"
                    ),
                ),
                (
                    "frozen_at",
                    models.DateTimeField(
                        blank=True, help_text="sent, or settled where it stays in the matter", null=True
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, help_text="what it was made for did not happen", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="none where no person made it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="web.matter"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="web.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(help_text="a code of content/recipients.yaml", max_length=40)),
                (
                    "to",
                    models.CharField(blank=True, help_text="which one, where the code does not say it", max_length=200),
                ),
                ("channel", models.CharField(max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("kind", models.CharField(choices=[("pdf", "PDF"), ("word", "Word")], max_length=4)),
                ("sha256", models.CharField(max_length=64)),
                ("registry_number", models.CharField(blank=True, max_length=40)),
                (
                    "cleared",
                    models.JSONField(
                        default=dict, help_text="what the guard pointed at and a person let pass, with the reason"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dispatches", to="web.matter"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dispatches", to="web.document"
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("pdf", "PDF"), ("word", "Word")], max_length=4)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="web.document"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="web.matter"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("matter", "number"), name="document_number_once"),
        ),
        migrations.AddConstraint(
            model_name="documentfile",
            constraint=models.UniqueConstraint(fields=("document", "kind"), name="document_file_once"),
        ),
    ]
