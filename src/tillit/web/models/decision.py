"""Decisions on assistance, mirrored: what each gives and when, and from when until when it was known to be so."""

from django.db import models
from django.db.models import F, Q

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Decision(models.Model):
    """A decision as it was known for a time. What turns out otherwise is a new row: the old one gets its `known_to`.

    The client is known by code. A month that was settled rests on what was known then, also when it changes later.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    number = models.CharField(max_length=60)
    client_code = models.CharField(max_length=20)
    provider_number = models.CharField(max_length=20, blank=True)
    arrangement = models.CharField(max_length=20, blank=True, help_text="provider, own_employer, municipality ...")
    payee = models.CharField(max_length=20, blank=True, help_text="who is paid, where it is not the provider")
    cover = models.CharField(max_length=20, help_text="what the municipality answers for (tillit.settlement)")
    minutes = models.PositiveIntegerField()
    per = models.CharField(max_length=10)
    month_factor = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    weighted = models.BooleanField(default=True)
    parental_a_day = models.PositiveSmallIntegerField(default=0, help_text="minutes still to be taken off")
    double_bank = models.PositiveIntegerField(default=0, help_text="minutes a month")
    double_slots = models.JSONField(default=list, help_text="[weekday or null, from minute, to minute, extra workers]")
    raised = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True, help_text="share of the rate")
    own_rate_ore = models.PositiveIntegerField(null=True, blank=True, help_text="öre an hour by the own tariff")
    agreed_on = models.DateField(null=True, blank=True, help_text="when the agreement with the provider began")
    told_on = models.DateField(null=True, blank=True, help_text="when this client was told that the permit had ended")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=64, blank=True, help_text="the delivery's hash; none where it was typed")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfBoard["Decision"]()

    class Meta:
        ordering = ["valid_from", "number", "known_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "number", "valid_from"], condition=Q(known_to=None), name="decision_is_known_once"
            ),
            models.CheckConstraint(
                name="decision_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["board", "client_code"], name="decision_of_client")]
