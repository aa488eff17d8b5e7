"""A person's question of what is held about them (registerutdrag), and what was given out or held back, and why."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class SubjectRequest(models.Model):
    """One question at one board. The person is known by the board's code; the identity number is never kept.

    `items` is what was found, each with whether it is given and why not; it stands once it is settled, as does the
    fingerprint of the file that was given.
    Law: dataskyddsförordningen art. 15; OSL 26 kap. 1 §.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    person_code = models.CharField(max_length=20)
    registry_number = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    items = models.JSONField(default=list)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = OfBoard["SubjectRequest"]()

    class Meta:
        ordering = ["-at", "-pk"]
