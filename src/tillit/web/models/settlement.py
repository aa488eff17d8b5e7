"""Settlements of a month: what was counted, from what, and what there was left to pay. Never changed."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.scoping import OfMatter
from tillit.web.models.time_report import TimeReport
from tillit.web.models.user import User


class Settlement(models.Model):
    """One calculation of one report (D17). A change afterwards is a new one, which points at the one before it.

    `given` holds what it was counted from as it was known, `lines` each figure with its rows. Money is whole öre.
    """

    matter = models.ForeignKey(TimeReport, models.CASCADE, related_name="settlements")
    number = models.CharField(max_length=60, unique=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    carries = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_by", help_text="the surplus set off here"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given = models.JSONField()
    lines = models.JSONField()
    carried = models.JSONField(default=list, help_text="what grants of more than a month have given so far")
    due_ore = models.BigIntegerField()
    carry_over_ore = models.BigIntegerField(default=0)
    advance_ore = models.BigIntegerField(default=0)
    difference_ore = models.BigIntegerField()
    action = models.CharField(max_length=20)
    examine = models.JSONField(default=list)
    content = models.CharField(max_length=64, help_text="the content it was counted with, by its hash")
    sha256 = models.CharField(max_length=64, help_text="of what was given and the lines")

    objects = OfMatter["Settlement"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="settlement_adds_up",
                condition=Q(difference_ore=F("due_ore") + F("carry_over_ore") - F("advance_ore")),
            ),
            models.CheckConstraint(name="settlement_carries_only_a_surplus", condition=Q(carry_over_ore__lte=0)),
        ]
