"""What other boards know of a deviation at a provider: a copy of a few facts of the operation (Z3), never a link."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.provider import Provider


class Deviation(models.Model):
    """That a board has demanded remedy of a provider: in what, of what kind, and how it stands.

    Not scoped: the boards that use the provider read it (queries/deviation.py). What happened is told at the board
    that saw it; the provider's answer and a correction go with it. `number` is that board's own, and is shown to no
    other. Never about a sole trader. Written by steps of content/processes/provider_deviation.yaml alone.
    """

    number = models.CharField(max_length=40, unique=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="deviations")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    area = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    since = models.DateField()
    remedy_by = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    correction = models.TextField(blank=True)
