"""The log: every read of a person's data and every change, in a chain that shows when it has been touched."""

from django.db import models

from tillit.web.models.user import User


class Entry(models.Model):
    """One line of the log. It is only ever added; each holds the hash of the one before.

    Not scoped: it is read through queries/log.py alone, by those whose role is to review it. Triggers
    (models/walls.py) refuse every change and removal. The hash is made in store/chain.py.
    """

    count = models.PositiveBigIntegerField(unique=True, help_text="1 for the first line; no number is left out")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[("read", "Läst"), ("change", "Ändrat"), ("refused", "Nekat")])
    what = models.CharField(max_length=60)
    board = models.CharField(max_length=50, blank=True)
    matter = models.CharField(max_length=40, blank=True, db_index=True)
    zone = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["by", "at"]),
            models.Index(fields=["at", "count"], name="entry_newest"),
            models.Index(fields=["kind", "at", "count"], name="entry_of_kind"),
        ]


class Head(models.Model):
    """The end of the chain: one row, locked while a line is added."""

    hash = models.CharField(max_length=64)
    count = models.PositiveBigIntegerField(default=0)


class Review(models.Model):
    """A line of the log that a manager is asked to look at: drawn at random, or an access taken in an emergency.

    Not scoped: the manager it is asked of sees it, and through queries/log.py alone.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=[("sample", "Urval"), ("emergency", "Tillfällig åtkomst")])
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=10, blank=True, choices=[("right", "Behövdes i arbetet"), ("asked", "Har frågat"), ("wrong", "Fel")]
    )
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reviewer", "why"], name="review_asked_once")]
        indexes = [models.Index(fields=["reviewer", "answered_at"])]
