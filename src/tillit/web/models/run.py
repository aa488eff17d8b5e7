"""Runs of the controls over what a board has delivered."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Run(models.Model):
    """A run of the controls over a board's deliveries, as of a day.

    `summary` says what changed since the run before (actions/finding_import.py) and what could not be asked.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    day = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    error = models.CharField(max_length=80, blank=True, help_text="a code, where it came to no end")
    summary = models.JSONField(default=dict)

    objects = OfBoard["Run"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=models.Q(finished_at=None, error=""), name="one_run_at_a_time"
            )
        ]
