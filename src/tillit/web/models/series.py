"""The numbers of matters: one series for each board, kind of matter and year."""

from django.db import models

from tillit.web.models.board import Board
from tillit.web.models.scoping import OfBoard


class Series(models.Model):
    """The last number given in a series, as 7 for NORR-U-2026-7."""

    board = models.ForeignKey(Board, models.CASCADE)
    letters = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField(default=0)

    objects = OfBoard["Series"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "letters", "year"], name="series_once")]
