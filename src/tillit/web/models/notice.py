"""Messages on the screen, and in the mail as 'log in to read': about a matter, and about what a run brought."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.matter import Matter
from tillit.web.models.run import Run
from tillit.web.models.scoping import OfBoard, OfMatter
from tillit.web.models.user import User


class Notice(models.Model):
    """Something a person is told about a matter. It holds no person data; it is shown only while they may see it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = OfMatter["Notice"]()

    class Meta:
        indexes = [models.Index(fields=["user", "seen_at"])]


class RunNotice(models.Model):
    """That a run brought new findings for someone to assess, and how many of them this person may read."""

    board = models.ForeignKey(Board, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE, related_name="run_notices")
    run = models.ForeignKey(Run, models.CASCADE, related_name="+")
    new = models.PositiveIntegerField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = OfBoard["RunNotice"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "run"], name="told_of_a_run_once")]
