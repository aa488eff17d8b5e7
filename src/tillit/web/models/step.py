"""Steps taken, and steps that wait for a second person."""

from django.db import models

from tillit.web.models.matter import Case, Matter
from tillit.web.models.scoping import OfMatter
from tillit.web.models.user import User


class StepTaken(models.Model):
    """A step of a process that someone took: from which state to which, when, with what and with whom."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    given = models.JSONField(default=dict)
    # The key from a person's matter to what was opened from it lies here, never on the other side (IS3).
    opened = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfMatter["StepTaken"]()

    class Meta:
        ordering = ["at", "pk"]


class Proposal(models.Model):
    """A step that one person has proposed and another must agree to."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="proposals")
    step = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    declined_why = models.CharField(max_length=500, blank=True)

    objects = OfMatter["Proposal"]()

    class Meta:
        indexes = [models.Index(fields=["matter"], condition=models.Q(settled_at=None), name="proposal_waits")]
