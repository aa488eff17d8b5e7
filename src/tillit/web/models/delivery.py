"""Files that a board has delivered, and how each was understood."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Upload(models.Model):
    """A delivered file. `delivery` is how it was understood (store/delivery.py); empty until it has been read.

    Its bytes and rows lie in the board's own folder (rules/board_store.py), never in the database.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    delivery = models.JSONField(default=dict)
    error = models.CharField(max_length=80, blank=True, help_text="a code, where it could not even be tried")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    objects = OfBoard["Upload"]()

    class Meta:
        indexes = [models.Index(fields=["board", "sha256"])]
