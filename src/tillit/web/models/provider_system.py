"""A provider's own system, which comes in by a token: an account of the portal as any other, and what it has sent."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.portal import PortalGrant
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class ProviderSystem(models.Model):
    """How a system proves who it is. What it may see and when that ends is its portal account's (`portal`)."""

    board = models.ForeignKey(Board, models.PROTECT)
    portal = models.OneToOneField(PortalGrant, models.CASCADE, related_name="system")
    token_hash = models.CharField(max_length=64, unique=True, help_text="the token itself is kept nowhere")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    seen_on = models.DateField(null=True, blank=True, help_text="the last day that it came in")

    objects = OfBoard["ProviderSystem"]()

    class Meta:
        indexes = [models.Index(fields=["board", "made_at"], name="provider_system_of_board")]


class Sending(models.Model):
    """What a system sent under a key of its own and what it was answered: sent again, it is answered the same.

    A hash and three counts: nothing of any person can be read out of it.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    system = models.ForeignKey(ProviderSystem, models.CASCADE, related_name="sendings")
    key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    objects = OfBoard["Sending"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="sending_key_once")]
