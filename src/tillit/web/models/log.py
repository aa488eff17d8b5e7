"""The log: every read of a person's data and every change, in a chain that shows when it has been touched."""

from django.db import models

from tillit.web.models.user import User


class Entry(models.Model):
    """One line of the log. It is only ever added; each holds the hash of the one before.

    Not scoped: it is read through queries/log.py alone, by those whose role is to review it.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[("read", "Läst"), ("change", "Ändrat"), ("refused", "Nekat")])
    what = models.CharField(max_length=60)
    board = models.CharField(max_length=50, blank=True)
    matter = models.CharField(max_length=40, blank=True, db_index=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["by", "at"])]


class Head(models.Model):
    """The end of the chain: one row, locked while a line is added."""

    hash = models.CharField(max_length=64)
    count = models.PositiveBigIntegerField(default=0)
