"""Long work in a queue of our own: it is in the same database, so that work and what it is about commit together."""

from django.db import models


class Job(models.Model):
    """Long work: what, with what, how far, and whether its worker still lives.

    Not scoped: it holds keys alone, and only the worker reads it. `once` keeps the same work from being queued twice.
    """

    kind = models.CharField(max_length=40)
    given = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10,
        default="waiting",
        choices=[("waiting", "Väntar"), ("running", "Pågår"), ("done", "Klart"), ("failed", "Gick inte")],
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True, help_text="a code, never an exception's text")
    once = models.CharField(max_length=100, unique=True, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["not_before"], condition=models.Q(finished_at=None), name="job_open")]
