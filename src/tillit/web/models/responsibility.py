"""Who answers for each step of a chain at each unit: the function, and the person who holds it."""

from django.db import models

from tillit.web.models.board import Board, Unit
from tillit.web.models.scoping import OfBoard
from tillit.web.models.user import User


class Responsibility(models.Model):
    """A cell of the matrix. Unit none is the whole board; one that is not there, or is blank, is nobody's.

    The chain `controls` has the controls of the catalogue as its steps: each has one owner at the board.
    """

    board = models.ForeignKey(Board, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    chain = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    function = models.CharField(max_length=100, blank=True)
    person = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfBoard["Responsibility"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "unit", "chain", "step"], name="one_answers_at_a_unit"),
            models.UniqueConstraint(
                fields=["board", "chain", "step"], condition=models.Q(unit=None), name="one_answers_at_the_board"
            ),
        ]
