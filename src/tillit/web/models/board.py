"""Boards and their units: the board is the tenant, and in secrecy law an authority of its own."""

from django.db import models


class Board(models.Model):
    """A board (nämnd, stadsdelsnämnd, or the directorate of a municipal association)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20,
        choices=[("board", "Nämnd"), ("district", "Stadsdelsnämnd"), ("association", "Kommunalförbund")],
        default="board",
    )
    mailbox = models.EmailField(blank=True, help_text="the function mailbox that others ask: never a person's own")
    connected = models.BooleanField(default=True, help_text="its people log in here; else it reports by link")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit within a board's administration. The default one has what no decision places (rules/decided_unit.py)."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="units")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    default = models.BooleanField(default=False)
    apart = models.BooleanField(default=False, help_text="a branch of its own in secrecy law: it is asked of by nobody")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "slug"], name="unit_once_a_board"),
            models.UniqueConstraint(fields=["board"], condition=models.Q(default=True), name="one_default_unit"),
        ]

    def __str__(self) -> str:
        return self.name
